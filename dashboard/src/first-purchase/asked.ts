import { type SortKey, sortKeys } from '../../../server/src/first-purchase/ranked.ts'
import { utcOfLocal } from '../../../server/src/lib/zone.ts'
import type { FirstPurchaseAsked } from '../api/first-purchase.ts'
import { useSession } from '../app/session.tsx'
import { usePut } from '../insight/use-put.ts'

export const horizons = [30, 60, 90, 180] as const
export const spans = [90, 180, 365] as const
const usualHorizon = 60
const dayMs = 86_400_000
/** Products that one campaign shows. */
export const pickLimit = 3

/** What the address asks of the page. */
export function useAsked() {
  const [params, put] = usePut()
  const { timeZone } = useSession().shop
  const flag = (key: string) => (params.get(key) === '1' ? ('1' as const) : undefined)
  const told = params.get('horizon')
  const discount = params.get('discount')
  const isOwn = params.get('period') === 'own'
  /** Midnight of a day of the address in the shop's zone, or so many days later; undefined where it names none. */
  const midnight = (key: string, later = 0) => {
    const day = isOwn ? Date.parse(params.get(key) ?? '') : Number.NaN
    return Number.isNaN(day) ? undefined : utcOfLocal(day + later * dayMs, timeZone)
  }
  const question: FirstPurchaseAsked = {
    from: midnight('from'),
    to: midnight('to', 1),
    days: spans.find((days) => String(days) === params.get('period')),
    horizon_days:
      told === 'none'
        ? undefined
        : (horizons.find((days) => String(days) === told) ?? usualHorizon),
    min_gap_days: params.get('gap') === '1' ? 1 : undefined,
    credit: flag('shared') && 'fractional',
    channel: params.get('channel') ?? undefined,
    discount: discount === '1' || discount === '0' ? discount : undefined,
    without_renewals: flag('norenewals'),
    compare: flag('compare'),
  }
  const picked = (params.get('pick') ?? '')
    .split(',')
    .filter((one) => one !== '')
    .slice(0, pickLimit)
  return {
    put,
    question,
    /** First and last day (`2026-11-23`) where the period is one's own; '' where there is no end. */
    period: isOwn ? { from: params.get('from') ?? '', to: params.get('to') ?? '' } : undefined,
    category: params.get('category'),
    never: flag('never') === '1',
    product: params.get('product'),
    by: sortKeys.find((key) => key === params.get('sort')) ?? ('trust' satisfies SortKey),
    picked: picked.map(decodeURIComponent),
    pick: (products: readonly string[]) =>
      put('pick', products.slice(0, pickLimit).map(encodeURIComponent).join(',')),
  }
}
export type Asked = ReturnType<typeof useAsked>
