import type { FailureCause, Handover, ReportedCause } from './carrier.ts'

// Solapi's message status codes (developers.solapi.com/references/message-status-codes, read through its public examples):
// 1xxx refused when handed over, 2xxx on its way, 3xxx failed at the carrier or at Kakao, 4000 delivered.
const waiting: ReadonlySet<string> = new Set(['2000', '3000'])
const delivered = '4000'
const noMoney: ReadonlySet<string> = new Set(['1030', '2230'])

const causes: Readonly<Record<string, FailureCause>> = {
  // The shop's own list of blocked numbers and the 080 list are both refusals of the person.
  '1060': 'opted_out',
  '1061': 'opted_out',
  '2061': 'opted_out',
  '1062': 'sender_unregistered',
  '2062': 'sender_unregistered',
  '2254': 'spam_filtered',
  '3054': 'spam_filtered',
  '3032': 'no_address',
  '3102': 'not_on_kakao',
  '3103': 'template_mismatch',
  '3104': 'not_on_kakao',
  '3107': 'not_on_kakao',
  '3108': 'outside_window',
}

/** What a status code says of a message: still on its way, delivered, failed, or (undefined) no code at all. */
export function solapiVerdict(code: string): 'waiting' | 'delivered' | 'failed' | undefined {
  if (!/^\d{4}$/.test(code)) return undefined
  if (waiting.has(code)) return 'waiting'
  return code === delivered ? 'delivered' : 'failed'
}

/** Why a message with this status code failed, as far as we act on it. */
export function solapiCause(code: string): ReportedCause {
  return noMoney.has(code) ? 'no_balance' : (causes[code] ?? 'other')
}

/** A message that was refused when handed over. */
export function solapiRefusal(code: string, message: string): Handover {
  const detail = `${code} ${message}`.trim()
  return noMoney.has(code)
    ? { kind: 'no_balance', detail }
    : { kind: 'permanent', cause: causes[code] ?? 'other', detail }
}
