import { localTime } from '../lib/zone.ts'
import type { Pool } from './coupon.ts'

/** How amounts and dates are written: currency code, IANA zone, language. */
export type Wording = {
  readonly language: 'ko' | 'en'
  readonly currency: string
  readonly timeZone: string
}

/** An amount in ten-thousandths in words: `5,000원`, `£12.50`. */
export function amountWords(amount: number, { currency }: Pick<Wording, 'currency'>): string {
  const units = amount / 10_000
  if (currency === 'KRW') return `${Math.round(units).toLocaleString('en-US')}원`
  return units.toLocaleString('en-US', { style: 'currency', currency })
}

/** What a coupon takes off, in words: `5,000원 할인`, `10% 할인(최대 5,000원)`, `무료 배송`. */
export function benefitWords(
  discount: Pool['discount'],
  wording: Pick<Wording, 'language' | 'currency'>,
): string {
  const ko = wording.language === 'ko'
  switch (discount.kind) {
    case 'amount': {
      const amount = amountWords(discount.amount, wording)
      return ko ? `${amount} 할인` : `${amount} off`
    }
    case 'percent': {
      const most = amountWords(discount.most, wording)
      const share = `${discount.percent}%`
      return ko ? `${share} 할인(최대 ${most})` : `${share} off (up to ${most})`
    }
    case 'shipping':
      return ko ? '무료 배송' : 'Free delivery'
  }
}

/** What a person may say of the pool, for the marketer: `5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번`. */
export function poolSentence(
  pool: Pick<Pool, 'discount' | 'minOrder' | 'validHours' | 'endsAt' | 'total' | 'perPerson'>,
  wording: Wording,
): string {
  const parts = [
    benefitWords(pool.discount, wording),
    pool.minOrder > 0 ? fromWords(pool.minOrder, wording) : '',
    pool.validHours === null ? '' : validWords(pool.validHours, wording),
    pool.endsAt === null ? '' : endWords(pool.endsAt, wording),
    pool.perPerson === null ? '' : personWords(pool.perPerson, wording),
    pool.total === null ? '' : totalWords(pool.total, wording),
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function fromWords(minOrder: number, { language, currency }: Wording): string {
  const units = minOrder / 10_000
  // 3만원 is how it is said; 35,000원 is not 3만 5천원 on a coupon.
  const round = currency === 'KRW' && units % 10_000 === 0
  const ko = round
    ? `${(units / 10_000).toLocaleString('en-US')}만원`
    : amountWords(minOrder, { currency })
  return language === 'ko'
    ? `${ko} 이상 주문`
    : `orders from ${amountWords(minOrder, { currency })}`
}

function validWords(hours: number, { language }: Wording): string {
  const days = hours % 24 === 0 && hours > 48 ? hours / 24 : undefined
  if (language === 'ko') return days === undefined ? `발급 후 ${hours}시간` : `발급 후 ${days}일`
  return days === undefined ? `${hours} hours after issue` : `${days} days after issue`
}

function endWords(at: number, { language, timeZone }: Wording): string {
  const wall = new Date(localTime(at, timeZone))
  const two = (number: number) => String(number).padStart(2, '0')
  const time = `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`
  const month = wall.getUTCMonth() + 1
  const day = wall.getUTCDate()
  return language === 'ko'
    ? `${month}월 ${day}일 ${time}까지`
    : `until ${wall.getUTCFullYear()}-${two(month)}-${two(day)} ${time}`
}

function personWords(
  { count, days }: NonNullable<Pool['perPerson']>,
  { language }: Wording,
): string {
  if (language === 'ko') return `1인 ${days}일에 ${count}번`
  return `${count} a person in ${days} days`
}

function totalWords(total: number, { language }: Wording): string {
  const pieces = total.toLocaleString('en-US')
  return language === 'ko' ? `${pieces}장 한정` : `${pieces} in all`
}
