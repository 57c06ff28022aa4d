import { monthsLater } from './calendar.ts'

/**
 * The one exception from prior consent: who gave their address in a transaction may get advertising for the shop's own goods of
 * the same kind for 6 months after it ended (Network Act article 50(1) item 1, decree article 61(1)). It takes away only
 * the duty of prior consent; label, opt-out, night and caps stay, and a refusal beats it.
 */
export type TradingRelation = {
  /** Id of the order it rests on. */
  readonly order: string
  /** UTC ms: when the transaction ended; here when it was paid, the earliest reading. */
  readonly endedAt: number
  /** UTC ms: the first instant at which it no longer holds. */
  readonly until: number
}

const months = 6

/** The relation that the newest order makes at `now`, or undefined; orders that were undone make none. */
export function tradingRelation(
  order: { readonly id: string; readonly paidAt: number } | undefined,
  now: number,
): TradingRelation | undefined {
  if (!order || order.paidAt > now) return undefined
  const until = monthsLater(order.paidAt, months)
  return now < until ? { order: order.id, endedAt: order.paidAt, until } : undefined
}

/** Whether a relation stands in for consent: only while the person has refused nothing on the channel. */
export function relationAllows(
  relation: TradingRelation | undefined,
  consent: { readonly refusedAt: number | null } | undefined,
): boolean {
  return relation !== undefined && (consent?.refusedAt ?? null) === null
}

/** What is kept with an advertisement that rests on a relation instead of consent; undefined for every other message. */
export function tradingBasisOf(
  relation: TradingRelation | undefined,
  about: {
    readonly consent: { readonly adDay: boolean; readonly refusedAt: number | null } | undefined
    readonly purpose: 'advertising' | 'informational'
  },
): (TradingRelation & { readonly kind: 'existing_customer_6m' }) | undefined {
  if (about.purpose === 'informational' || about.consent?.adDay) return undefined
  if (!relation || !relationAllows(relation, about.consent)) return undefined
  return { kind: 'existing_customer_6m', ...relation }
}
