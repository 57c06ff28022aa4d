import { localTime } from '../lib/zone.ts'
import { type Pool, perPersonDaysLimit } from './coupon.ts'

/** How amounts and dates are written: currency code, IANA zone, language. */
export type Wording = {
  readonly language: 'ko' | 'en'
  readonly currency: string
  readonly timeZone: string
}

/** Writes an amount in ten-thousandths. */
type Amounts = (amount: number) => string

/** As messages write it (messages/filters.ts), in every language, for texts can carry no other sign of won: `5,000원`, `£12.50`. */
const inMessages =
  (currency: string): Amounts =>
  (amount) =>
    currency === 'KRW'
      ? `${Math.round(amount / 10_000).toLocaleString('en-US')}원`
      : (amount / 10_000).toLocaleString('en-US', { style: 'currency', currency })

/** As the dashboard writes it: won in English are `₩5,000`. */
const inDashboard = ({ language, currency }: Pick<Wording, 'language' | 'currency'>): Amounts =>
  currency === 'KRW' && language === 'en'
    ? (amount) => `₩${Math.round(amount / 10_000).toLocaleString('en-US')}`
    : inMessages(currency)

/** What a coupon takes off, as a message says it: `5,000원 할인`, `10% 할인(최대 5,000원)`, `무료 배송`. */
export function benefitWords(
  discount: Pool['discount'],
  { language, currency }: Pick<Wording, 'language' | 'currency'>,
): string {
  return takesOff(discount, language, inMessages(currency))
}

function takesOff(
  discount: Pool['discount'],
  language: Wording['language'],
  written: Amounts,
): string {
  const ko = language === 'ko'
  switch (discount.kind) {
    case 'amount': {
      const amount = written(discount.amount)
      return ko ? `${amount} 할인` : `${amount} off`
    }
    case 'percent': {
      const most = written(discount.most)
      const share = `${discount.percent}%`
      return ko ? `${share} 할인(최대 ${most})` : `${share} off (up to ${most})`
    }
    case 'shipping':
      return ko ? '무료 배송' : 'Free delivery'
  }
}

/** Most categories or products that a sentence names. */
const namedMost = 3

/** Which orders a coupon is for, in words: `첫 주문에만, 니트·셔츠 상품에만`; '' when any is. */
export function conditionWords(
  { firstOrderOnly, scope }: Pick<Pool, 'firstOrderOnly' | 'scope'>,
  { language }: Pick<Wording, 'language'>,
): string {
  const ko = language === 'ko'
  const first = firstOrderOnly ? (ko ? '첫 주문에만' : 'first orders only') : ''
  return [first, scope === null ? '' : scopeWords(scope, ko)].filter((one) => one !== '').join(', ')
}

function scopeWords({ categories, products }: NonNullable<Pool['scope']>, ko: boolean): string {
  const last = categories.map((path) => path.split('/').at(-1) ?? path)
  const named = last.slice(0, namedMost).join(ko ? '·' : ', ')
  const more = last.length - namedMost
  const rest = more > 0 ? (ko ? ` 외 ${more}개 분류` : ` and ${more} more`) : ''
  const chosen = ko ? `지정 상품 ${products.length}개` : `${products.length} chosen products`
  const of = [`${named}${rest}`, products.length > 0 ? chosen : ''].filter((one) => one !== '')
  if (!ko) return `only for ${of.join(' and ')}`
  return products.length > 0 ? `${of.join(', ')}에만` : `${of.join('')} 상품에만`
}

type PoolSaid =
  | 'discount'
  | 'minOrder'
  | 'validHours'
  | 'endsAt'
  | 'total'
  | 'perPerson'
  | 'firstOrderOnly'
  | 'scope'

/** What a person may say of the pool, for the marketer: `5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번`. */
export function poolSentence(pool: Pick<Pool, PoolSaid>, wording: Wording): string {
  const parts = [
    takesOff(pool.discount, wording.language, inDashboard(wording)),
    pool.minOrder > 0 ? fromWords(pool.minOrder, wording) : '',
    conditionWords(pool, wording),
    pool.validHours === null ? '' : validWords(pool.validHours, wording),
    pool.endsAt === null ? '' : endWords(pool.endsAt, wording),
    pool.perPerson === null ? '' : personWords(pool.perPerson, wording),
    pool.total === null ? '' : totalWords(pool.total, wording),
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function fromWords(minOrder: number, wording: Wording): string {
  const written = inDashboard(wording)(minOrder)
  if (wording.language === 'en') return `orders from ${written}`
  const units = minOrder / 10_000
  // 3만원 is how it is said; 35,000원 is not 3만 5천원 on a coupon.
  const isRound = wording.currency === 'KRW' && units % 10_000 === 0
  const said = isRound ? `${(units / 10_000).toLocaleString('en-US')}만원` : written
  return `${said} 이상 주문`
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
  // So many days are as many as may be asked for: once for all.
  if (days >= perPersonDaysLimit) return language === 'ko' ? `1인 ${count}번` : `${count} a person`
  if (language === 'ko') return `1인 ${days}일에 ${count}번`
  return `${count} a person in ${days} days`
}

function totalWords(total: number, { language }: Wording): string {
  const pieces = total.toLocaleString('en-US')
  return language === 'ko' ? `${pieces}장 한정` : `${pieces} in all`
}
