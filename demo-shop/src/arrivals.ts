import { monthOf } from './calendar.ts'
import type { Chance } from './chance.ts'
import { goodsOf, linesOf } from './pages/buying.ts'
import type { Cart } from './session.ts'
import { type ArrivalName, truth } from './truth.ts'

/** Where a visit came from: what stands in its first address, or the site before. Neither: the address was typed in. */
export type Arrival = {
  readonly name: ArrivalName
  /** Begins with `?`; empty without utm parameters. */
  readonly query: string
  readonly referrer?: string
}

const utm = (source: string, medium: string, campaign: string): string =>
  `?${new URLSearchParams({ utm_source: source, utm_medium: medium, utm_campaign: campaign })}`

const arrivals: Readonly<Record<ArrivalName, Omit<Arrival, 'name'>>> = {
  direct: { query: '' },
  naver: { query: '', referrer: 'https://search.naver.com/search.naver' },
  google: { query: '', referrer: 'https://www.google.com/' },
  blog: { query: '', referrer: 'https://blog.naver.com/slowtable' },
  naverAd: { query: utm('naver', 'cpc', 'brand') },
  instagram: { query: utm('instagram', 'paid_social', 'table-of-the-season') },
  kakao: { query: utm('kakao', 'message', 'friends') },
  newsletter: { query: utm('newsletter', 'email', 'monthly') },
}

export type Coming = {
  /** UTC ms */
  readonly at: number
  readonly isFirst: boolean
  /** Mean days between two orders of whoever comes. */
  readonly meanGapDays: number
}

/**
 * Where somebody came from. Advertising is loudest in busy months and brings more of those who rarely buy, so channels differ
 * in who comes by them, not in what they do to anybody.
 */
export function arrivalOf({ at, isFirst, meanGapDays }: Coming, random: Chance): Arrival {
  const { first, back, adsPullOfRareBuyers } = truth.arrivals
  const rare = meanGapDays > truth.rhythm.meanGapDays ? adsPullOfRareBuyers : 1
  const loud = rare * (truth.season[monthOf(at)] ?? 1)
  const pulls = Object.entries(isFirst ? first : back) as [ArrivalName, number][]
  const name = random.pick(
    pulls.map(([one, pull]) => [one, isAd(one) ? pull * loud : pull] as const),
  )
  return { name, ...arrivals[name] }
}

const isAd = (name: ArrivalName): boolean => name === 'instagram' || name === 'naverAd'

/** What an order was given off its goods, KRW; without a code it was a sale. */
export type Saving = { readonly amount: number; readonly coupon?: string }

/** What an order saves, or undefined. The rules of the two coupons are those of `truth.savings`. */
export function savingOf(
  cart: Cart,
  { at, isFirst, by }: { readonly at: number; readonly isFirst: boolean; readonly by: ArrivalName },
  random: Chance,
): Saving | undefined {
  const { welcome, letter, sale } = truth.savings
  const goods = goodsOf(linesOf(cart))
  const draw = random.next()
  if (isFirst)
    return goods >= welcome.from && draw < (by === 'instagram' ? welcome.usedByAds : welcome.used)
      ? { amount: welcome.amount, coupon: welcome.code }
      : undefined
  if (by === 'newsletter' && draw < letter.used)
    return { amount: Math.min(percentOf(letter.percent, goods), letter.most), coupon: letter.code }
  return sale.months.some((month) => month === monthOf(at)) && draw > 1 - sale.used
    ? { amount: percentOf(sale.percent, goods) }
    : undefined
}

const percentOf = (percent: number, won: number): number => Math.round((won * percent) / 100)
