import { parseDecimal } from '../../lib/decimal.ts'
import { dueAfter, leastIntervals } from '../../orders/repurchase-interval.ts'

/** A sentence in both languages of the dashboard. */
export type Said = { readonly ko: string; readonly en: string }

/** Fewest buyers that a threshold for the best of them is taken of. */
export const leastBuyers = 30
/** The share of last year's buyers who are among the best of the shop. */
export const bestShare = 0.1

/** What a shop's own orders say of it; measured by figures.store.ts. */
export type ShopFigures = {
  readonly currency: string
  /** Median days between an order and the next one of the same customer; null without any. */
  readonly medianIntervalDays: number | null
  /** How many such intervals there are. */
  readonly intervals: number
  /** What the least of the best tenth of last year's buyers has spent in all, net, in currency units; null without buyers. */
  readonly bestBuyersSpent: number | null
  /** Customers who ordered in the last year. */
  readonly buyers: number
}

/** A number and whether it is the shop's own or the default of the field. */
export type Figure = { readonly value: number; readonly isOwn: boolean }

/** After how many days without an order the next one is due: the shop's median interval within bounds, 30 until it has 30 intervals. */
export function repurchaseDays({ medianIntervalDays, intervals }: ShopFigures): Figure {
  const shop =
    medianIntervalDays === null ? undefined : { medianDays: medianIntervalDays, intervals }
  const { days, from } = dueAfter({ shop })
  return { value: days, isOwn: from !== '' }
}

/** From what they have spent in all (currency units) buyers count among the best: the shop's best tenth, a round number. */
export function bestSpent({ bestBuyersSpent, buyers, currency }: ShopFigures): Figure {
  const usual = currency === 'KRW' ? 300_000 : 300
  if (bestBuyersSpent === null || buyers < leastBuyers || bestBuyersSpent <= 0)
    return { value: usual, isOwn: false }
  const value = rounded(bestBuyersSpent)
  return parseDecimal(String(value)) === undefined
    ? { value: usual, isOwn: false }
    : { value, isOwn: true }
}

// Two leading digits, rounded down: nobody whom the measure counts among the best falls out by rounding.
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.max(1, Math.floor(value / step) * step)
}

/** Where the number of days comes from, in a sentence. */
export function repurchaseSaid(figures: ShopFigures): Said {
  const { value, isOwn } = repurchaseDays(figures)
  const counted = figures.intervals.toLocaleString('en')
  return isOwn
    ? {
        ko: `우리 상점의 재구매 간격 중앙값 ${value}일을 썼어요 (간격 ${counted}개로 계산).`,
        en: `Uses this shop's median interval between orders, ${value} days (of ${counted} intervals).`,
      }
    : {
        ko: `재구매 간격이 아직 ${leastIntervals}개가 안 돼서 흔한 값인 ${value}일을 썼어요.`,
        en: `Uses the usual ${value} days: this shop has fewer than ${leastIntervals} intervals between orders so far.`,
      }
}

/** Where the amount comes from, in a sentence. */
export function bestSaid(figures: ShopFigures): Said {
  const { value, isOwn } = bestSpent(figures)
  const amount = value.toLocaleString('en')
  const [ko, en] =
    figures.currency === 'KRW'
      ? [`${amount}원`, `₩${amount}`]
      : [`${amount} ${figures.currency}`, `${amount} ${figures.currency}`]
  const counted = figures.buyers.toLocaleString('en')
  return isOwn
    ? {
        ko: `최근 1년 동안 산 ${counted}명 중 상위 10%의 구매 금액 ${ko}을 기준으로 썼어요.`,
        en: `The threshold ${en} is what the best tenth of last year's ${counted} buyers spent.`,
      }
    : {
        ko: `최근 1년 구매 고객이 아직 ${leastBuyers}명이 안 돼서 흔한 값인 ${ko}을 기준으로 썼어요.`,
        en: `Uses the usual ${en}: fewer than ${leastBuyers} people bought here in the last year.`,
      }
}
