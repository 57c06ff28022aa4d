import type { FailureCause, Handover } from '../carrier.ts'

// NHN Cloud KakaoTalk Bizmessage, "Error codes" (docs.nhncloud.com, read 2026-11-22). Negative codes answer a request; positive ones
// are Kakao's own, told later of a message that was accepted.

// What of a refusal can be mended without touching the message: keys, activation, daily limits.
const mendable: ReadonlySet<number> = new Set([-1000, -1001, -1017, -4002, -4004, -4005])
// Nobody knows what happened behind it; -1005 says that the very same hand-over came in before.
const unsure: ReadonlySet<number> = new Set([-1005, -7000, -9999])

const refused: ReadonlyMap<number, FailureCause> = new Map([
  ...causeOf('sender_unregistered', [-1006, -1014, -1024, -1027, -2017, -3300, -3340, -3341]),
  ...causeOf('template_mismatch', [-3003, -3004, -3005, -3010, -3011, -3033, -3042, -3043, -3046]),
  ...causeOf('template_mismatch', [-3049, -3324]),
  ...causeOf('no_address', [-4019, -5000]),
  ...causeOf('opted_out', [-3301]),
])

const failed: ReadonlyMap<number, FailureCause> = new Map([
  // 3018: not reachable (no KakaoTalk for 7 days, another phone, no friend), 3019: no user, 3020: blocked, 3021: too old an app.
  ...causeOf('not_on_kakao', [3018, 3019, 3020, 3021]),
  ...causeOf('no_address', [1020, 3008]),
  ...causeOf('template_mismatch', [3015, 3016, 3027, 3028, 3030, 3031, 3033, 3036, 3038, 3042]),
  ...causeOf('template_mismatch', [3043, 3044, 3045, 4132, 4133, 4134]),
  ...causeOf('sender_unregistered', [1021, 1022, 1023, 1024, 4104]),
  ...causeOf('spam_filtered', [1025, 1027]),
  ...causeOf('outside_window', [3022]),
  ...causeOf('unreachable', [3000, 3006, 3010, 3012]),
])

function causeOf(cause: FailureCause, codes: readonly number[]) {
  return codes.map((code) => [code, cause] as const)
}

/** What the code of an answered request says of the messages in it; undefined for success. */
export function nhnRefusal(code: number, message: string): Handover | undefined {
  if (code === 0) return undefined
  const detail = `${code} ${message}`.trim().slice(0, 500)
  if (mendable.has(code)) return { kind: 'temporary', detail }
  if (unsure.has(code)) return { kind: 'ambiguous', detail }
  return { kind: 'permanent', cause: refused.get(code) ?? 'other', detail }
}

/** Whether one message among many may be why the whole request was refused. */
export function mayBeOneOfMany(code: number): boolean {
  return code !== 0 && !mendable.has(code) && !unsure.has(code)
}

/**
 * What NHN Cloud says of an accepted message. 3005 means sent without Kakao knowing whether it arrived, which may still happen
 * within three days: that is no end.
 */
export function nhnEnd(told: {
  readonly status: string | null | undefined
  readonly code: string | null | undefined
  readonly words: string | null | undefined
}):
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly cause: FailureCause; readonly detail: string }
  | undefined {
  const code = told.code ?? ''
  if (code === '3005' || code === '4161') return undefined
  const succeeded = code === '' || code === 'MRC01' || code === '1000' || code === '0'
  if (told.status === 'COMPLETED' && succeeded) return { kind: 'delivered' }
  const isOver = told.status === 'FAILED' || told.status === 'CANCEL' || told.status === 'COMPLETED'
  if (!isOver) return undefined
  const cause = failed.get(Number(code)) ?? 'other'
  return { kind: 'failed', cause, detail: `${code} ${told.words ?? ''}`.trim().slice(0, 500) }
}
