import { z } from 'zod'
import type { DeliveryReport } from '../carrier.ts'
import { nhnCause, nhnVerdict } from './nhn-codes.ts'
import { koreanTime } from './numbers.ts'

/** Our id of a message there: which list it is in, its request and its place in that. */
export type NhnId = {
  readonly list: 'sms' | 'mms'
  readonly request: string
  readonly seq: number
}

/** `sms:20180810100630ReZQ6KZzAH0:1` */
export function nhnId({ list, request, seq }: NhnId): string {
  return `${list}:${request}:${seq}`
}

/** The parts of an id we gave; undefined when it is none. */
export function nhnIdOf(id: string): NhnId | undefined {
  const parts = /^(sms|mms):([A-Za-z0-9-]{1,40}):(\d{1,9})$/.exec(id)
  if (!parts) return undefined
  return {
    list: parts[1] === 'mms' ? 'mms' : 'sms',
    request: parts[2] ?? '',
    seq: Number(parts[3]),
  }
}

const seqNumber = z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).transform(Number)

/** A message as NHN Cloud tells of it in its lists. */
export const NhnMessage = z.object({
  requestId: z.string().min(1),
  recipientSeq: seqNumber.optional(),
  mtPr: seqNumber.optional(),
  msgStatus: z.string().nullish(),
  resultCode: z.string().nullish(),
  resultCodeName: z.string().nullish(),
  resultDate: z.string().nullish(),
  recipientGroupingKey: z.string().nullish(),
})
export type NhnMessage = z.infer<typeof NhnMessage>

/** Our id of a listed message; null where the row does not say its place. */
export function nhnIdIn(list: NhnId['list'], message: NhnMessage): string | null {
  const seq = message.recipientSeq ?? message.mtPr
  return seq === undefined ? null : nhnId({ list, request: message.requestId, seq })
}

/** The report a listed message makes once its end is known; `now` (UTC ms) stands in where it tells no time. */
export function nhnReport(
  message: NhnMessage,
  list: NhnId['list'],
  now: number,
): DeliveryReport | undefined {
  const providerId = nhnIdIn(list, message)
  const verdict = nhnVerdict(message.msgStatus ?? '')
  if (providerId === null || verdict === undefined || verdict === 'waiting') return undefined
  return {
    providerId,
    at: Math.min(koreanTime(message.resultDate ?? '') ?? now, now),
    outcome: verdict === 'delivered' ? { kind: 'delivered' } : failed(message),
  }
}

function failed(message: NhnMessage): DeliveryReport['outcome'] {
  const code = message.resultCode ?? ''
  const cause = message.msgStatus === '6' ? 'outside_window' : nhnCause(code)
  const detail = `${code} ${message.resultCodeName ?? ''}`.trim()
  return { kind: 'failed', cause, detail }
}

const Hook = z.object({ event: z.string(), hooks: z.array(z.unknown()).max(10_000) })
const ResultHook = NhnMessage.omit({ resultDate: true }).extend({
  messageType: z.string().nullish(),
  sendType: z.union([z.string(), z.number()]).nullish(),
  receiveDate: z.string().nullish(),
  resultDate: z.string().nullish(),
})

/** The body of the webhook MESSAGE_RESULT_UPDATE; other events and what cannot be read yield nothing. */
export function nhnReports(body: unknown, now: number): readonly DeliveryReport[] {
  const hook = Hook.safeParse(body)
  if (!hook.success || hook.data.event !== 'MESSAGE_RESULT_UPDATE') return []
  return hook.data.hooks.flatMap((one) => {
    const told = ResultHook.safeParse(one)
    if (!told.success) return []
    const { messageType, sendType, receiveDate, resultDate, ...message } = told.data
    const isShort = messageType === 'SMS' || String(sendType ?? '') === '0'
    const report = nhnReport(
      { ...message, resultDate: resultDate ?? receiveDate },
      isShort ? 'sms' : 'mms',
      now,
    )
    return report ? [report] : []
  })
}
