import { z } from 'zod'
import type { DeliveryReport } from '../carrier.ts'
import { koreanTime } from '../text/numbers.ts'
import { nhnEnd } from './nhn-codes.ts'

const Hook = z.object({
  requestId: z.string().min(1).max(100),
  recipientSeq: z.coerce.number().int(),
  resultCode: z.string().nullish(),
  kakaoMessageType: z.string().nullish(),
  receiveDate: z.string().nullish(),
})

const Body = z.object({
  event: z.string(),
  /** `KakaoTalk Bizmessage`; texts of the same provider come to the same address. */
  productName: z.string().nullish(),
  hooks: z.array(z.unknown()).max(1_000),
})

/** The id reports name a message by: service, request and place in it. */
export function nhnId(service: 'a' | 'b', requestId: string, recipientSeq: number): string {
  return `${service}.${requestId}.${recipientSeq}`
}

/**
 * NHN Cloud's webhook MESSAGE_RESULT_UPDATE for Kakao messages. Other events and unreadable hooks are left out. Its times
 * are Korean without a zone.
 */
export function nhnKakaoReports(body: unknown, now: number): readonly DeliveryReport[] {
  const parsed = Body.safeParse(body)
  if (!parsed.success || parsed.data.event !== 'MESSAGE_RESULT_UPDATE') return []
  if (!/kakao/i.test(parsed.data.productName ?? 'kakao')) return []
  return parsed.data.hooks.flatMap((one) => {
    const hook = Hook.safeParse(one)
    if (!hook.success) return []
    const { requestId, recipientSeq, resultCode, kakaoMessageType, receiveDate } = hook.data
    // The hook tells no status; a code that stands for success is one.
    const code = resultCode ?? ''
    const succeeded = code === 'MRC01' || code === '1000' || code === '0'
    const status = succeeded ? 'COMPLETED' : code === '' ? undefined : 'FAILED'
    const outcome = nhnEnd({ status, code, words: '' })
    if (!outcome) return []
    const service = (kakaoMessageType ?? '').startsWith('ALIMTALK') ? 'a' : 'b'
    const providerId = nhnId(service, requestId, recipientSeq)
    return [{ providerId, at: koreanInstant(receiveDate, now), outcome }]
  })
}

/** A time of NHN Cloud (Korean clocks) in UTC ms; `now` where it says nothing or lies ahead. */
export function koreanInstant(told: string | null | undefined, now: number): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(told ?? '') ? `${told} 00:00:00` : (told ?? '')
  return Math.min(koreanTime(day) ?? now, now)
}
