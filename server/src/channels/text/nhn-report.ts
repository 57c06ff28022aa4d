import { z } from 'zod'
import type { DeliveryReport } from '../carrier.ts'
import { nhnCause, nhnHookVerdict, nhnVerdict } from './nhn-codes.ts'
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
  const { msgStatus, resultCode, resultCodeName, resultDate } = message
  return reportOf({
    providerId: nhnIdIn(list, message),
    verdict: nhnVerdict(msgStatus ?? ''),
    isNight: msgStatus === '6',
    code: resultCode ?? '',
    words: resultCodeName ?? '',
    at: Math.min(koreanTime(resultDate ?? '') ?? now, now),
  })
}

type Told = {
  readonly providerId: string | null
  readonly verdict: ReturnType<typeof nhnVerdict>
  /** Advertising that came at night. */
  readonly isNight: boolean
  readonly code: string
  readonly words: string
  /** UTC ms. */
  readonly at: number
}

function reportOf({ providerId, verdict, isNight, code, words, at }: Told) {
  if (providerId === null || verdict === undefined || verdict === 'waiting') return undefined
  const outcome: DeliveryReport['outcome'] =
    verdict === 'delivered'
      ? { kind: 'delivered' }
      : {
          kind: 'failed',
          cause: isNight ? 'outside_window' : nhnCause(code),
          detail: `${code} ${words}`.trim(),
        }
  return { providerId, at, outcome }
}

const Body = z.object({
  event: z.string(),
  /** `SMS` or `Sms`; Kakao messages of the same provider come to the same address. */
  productName: z.string().nullish(),
  hooks: z.array(z.unknown()).max(10_000),
})
const Hook = z.object({
  requestId: z.string().min(1),
  recipientSeq: seqNumber,
  /** `NORMAL_SMS`, `AD_MMS` and so on. */
  senderType: z.string(),
  messageStatus: z.string(),
  resultCode: z.string().nullish(),
  receiveDate: z.string().nullish(),
})

/**
 * The body of the webhook MESSAGE_RESULT_UPDATE (docs.nhncloud.com, Notification > SMS > 웹훅), which names what the lists name
 * otherwise; other events and what cannot be read yield nothing.
 */
export function nhnReports(body: unknown, now: number): readonly DeliveryReport[] {
  const parsed = Body.safeParse(body)
  if (!parsed.success || parsed.data.event !== 'MESSAGE_RESULT_UPDATE') return []
  if (!/^sms$/i.test(parsed.data.productName ?? 'sms')) return []
  return parsed.data.hooks.flatMap((one) => {
    const hook = Hook.safeParse(one)
    if (!hook.success) return []
    const { requestId, recipientSeq, senderType, messageStatus, resultCode, receiveDate } =
      hook.data
    const list = senderType.endsWith('SMS') ? 'sms' : 'mms'
    const report = reportOf({
      providerId: nhnId({ list, request: requestId, seq: recipientSeq }),
      verdict: nhnHookVerdict(messageStatus, resultCode ?? ''),
      isNight: messageStatus === 'FAILED_AD',
      code: resultCode ?? '',
      words: '',
      at: Math.min(koreanTime(receiveDate ?? '') ?? now, now),
    })
    return report ? [report] : []
  })
}
