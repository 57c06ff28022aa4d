import { z } from 'zod'
import type { DeliveryReport, FailureCause, Handover, ReportedCause } from '../carrier.ts'
import { koreanTime } from './numbers.ts'

const code = z.union([z.number(), z.string().regex(/^-?\d{1,6}$/)]).transform(Number)
const count = z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).transform(Number)

/** Every answer has this; a code above 0 is a success. */
export const AligoAnswer = z.object({ result_code: code, message: z.string().catch('') })

export const AligoSent = AligoAnswer.extend({
  msg_id: z.union([z.number(), z.string()]).transform(String).optional(),
  success_cnt: count.optional(),
  error_cnt: count.optional(),
})

export const AligoRemain = AligoAnswer.extend({
  SMS_CNT: count.optional(),
  LMS_CNT: count.optional(),
  MMS_CNT: count.optional(),
})

/** A message as the result list names it. */
export const AligoMessage = z.object({
  receiver: z.string(),
  sms_state: z.string().catch(''),
  send_date: z.string().nullish(),
})
export type AligoMessage = z.infer<typeof AligoMessage>
export const AligoResults = AligoAnswer.extend({
  list: z.array(AligoMessage).catch([]),
  next_yn: z.string().catch('N'),
})
export const AligoRecent = AligoAnswer.extend({
  list: z.array(z.object({ sender: z.string().catch('') })).catch([]),
})

// Aligo publishes hardly any codes; what went wrong stands in the message (docs/decisions/0017-text-providers.md).
const wrongKey = -101
const noMoney = /잔액|잔여|포인트|충전|건수.*부족/

/** A call that Aligo refused. Nothing of it was taken. */
export function aligoRefusal(resultCode: number, message: string): Handover {
  const detail = `${resultCode} ${message}`.trim()
  if (noMoney.test(message)) return { kind: 'no_balance', detail }
  if (resultCode === wrongKey || /인증|허용.*IP|IP.*허용|등록되지 않은 IP/i.test(message))
    return { kind: 'temporary', detail }
  return { kind: 'permanent', cause: refusedFor(message), detail }
}

function refusedFor(words: string): FailureCause {
  if (/수신\s*거부/.test(words)) return 'opted_out'
  if (/발신\s*번호/.test(words)) return 'sender_unregistered'
  if (/수신\s*번호|착신 번호|결번|가입자\s*없음/.test(words)) return 'no_address'
  return 'other'
}

/** `mass:receiver`: our id of a message there. */
export function aligoId(msgId: string, receiver: string): string {
  return `${msgId}:${receiver}`
}

/** The report a listed message makes once its end is known; `now` (UTC ms) stands in where it tells no time. */
export function aligoReport(
  msgId: string,
  message: AligoMessage,
  now: number,
): DeliveryReport | undefined {
  const state = message.sms_state.trim()
  // On its way: waiting, being sent, or handed on without a word from the carrier yet.
  if (state === '' || /대기|전송중|발송중|처리중|예약/.test(state)) return undefined
  return {
    providerId: aligoId(msgId, message.receiver.replace(/\D/g, '')),
    at: Math.min(koreanTime(message.send_date ?? '') ?? now, now),
    outcome: /^(발송|전송)\s*완료$|^성공$/.test(state)
      ? { kind: 'delivered' }
      : { kind: 'failed', cause: reportedFor(state), detail: state },
  }
}

function reportedFor(state: string): ReportedCause {
  if (noMoney.test(state)) return 'no_balance'
  if (/스팸/.test(state)) return 'spam_filtered'
  if (/수신\s*거부/.test(state)) return 'opted_out'
  if (/전원|음영|시간\s*초과|일시|단말/.test(state)) return 'unreachable'
  if (/결번|가입자\s*없음|착신 번호 에러|번호 오류/.test(state)) return 'no_address'
  return 'other'
}
