import { hourMs, minuteMs } from '../../lib/duration.ts'

/** An order as one side knows it. Amounts are ten-thousandths of the currency unit, times UTC ms. */
export type SideOrder = {
  readonly id: string
  /** As customers know it; the same as the id where there is one. */
  readonly number: string
  readonly orderedAt: number
  readonly paidAt: number | null
  readonly isCancelled: boolean
  /** Paid before refunds. */
  readonly paid: number
  readonly refunded: number
  readonly deliveryFee: number
  readonly orderDiscount: number
  /** `naver_pay` ...; null: the shop itself. */
  readonly channel: string | null
}
export type OurOrder = Omit<SideOrder, 'number' | 'deliveryFee' | 'orderDiscount' | 'channel'> & {
  /** Who told of it: a page's word alone is a claim. */
  readonly source: 'server' | 'browser' | 'import'
  readonly customer: number
}

/** Why an order is counted differently here and at the shop. */
export const differenceReasons = [
  'missing',
  'naver_pay',
  'unpaid',
  'cancelled_there',
  'cancelled_here',
  'page_only',
  'unknown_there',
  'doubled',
  'time_zone',
  'other_day',
  'delivery_fee',
  'order_discount',
  'refund',
  'amount',
] as const
export type DifferenceReason = (typeof differenceReasons)[number]

export type Difference = {
  readonly id: string
  readonly reason: DifferenceReason
  /** What it counts for here and there: paid amount; null: not counted. */
  readonly ours: number | null
  readonly theirs: number | null
  readonly refundedOurs: number
  readonly refundedTheirs: number
  readonly at: number
}
export type SideTotals = {
  readonly orders: number
  readonly paid: number
  /** Given back of those orders, whenever it was. */
  readonly refunded: number
}
export type Compared = {
  readonly ours: SideTotals
  readonly theirs: SideTotals
  /** Orders that count the same on both sides. */
  readonly same: number
  readonly differences: readonly Difference[]
}
export type Period = { readonly from: number; readonly to: number }

/** Two orders told twice follow each other closely. */
const doubledMs = 10 * minuteMs

/**
 * Lays the orders that were paid in a period, [from, to), side by side: those we count and those the shop counts. Each that counts
 * on one side only, on another day or for another amount is named with the reason that explains it. Both sides give all they know of
 * the orders, whatever period they count in.
 */
export function compare(
  ours: readonly OurOrder[],
  theirs: readonly SideOrder[],
  period: Period,
): Compared {
  const there = new Map<string, SideOrder>()
  for (const order of theirs) {
    there.set(order.number, order)
    there.set(order.id, order)
  }
  const here = new Map(ours.map((order) => [there.get(order.id)?.id ?? order.id, order]))
  const ids = new Set([
    ...theirs.filter((one) => countsIn(one, period)).map(({ id }) => id),
    ...ours.filter((one) => countsIn(one, period)).map(({ id }) => there.get(id)?.id ?? id),
  ])
  const differences: Difference[] = []
  let same = 0
  for (const id of ids) {
    const pair = { our: here.get(id), their: there.get(id) }
    const reason = reasonOf(pair, period) ?? doubt(pair, { ours, there, period })
    if (reason === undefined) same++
    else differences.push(differenceOf(id, pair, { reason, period }))
  }
  differences.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
  return { ours: totals(ours, period), theirs: totals(theirs, period), same, differences }
}

type Countable = Pick<SideOrder, 'paidAt' | 'isCancelled' | 'paid' | 'refunded'>
type Pair = { readonly our: OurOrder | undefined; readonly their: SideOrder | undefined }

/** An order counts when it was paid in the period and was not cancelled. */
function countsIn({ paidAt, isCancelled }: Countable, { from, to }: Period): boolean {
  return paidAt !== null && paidAt >= from && paidAt < to && !isCancelled
}

function totals(orders: readonly Countable[], period: Period): SideTotals {
  const counted = orders.filter((one) => countsIn(one, period))
  return {
    orders: counted.length,
    paid: counted.reduce((sum, { paid }) => sum + paid, 0),
    refunded: counted.reduce((sum, { refunded }) => sum + refunded, 0),
  }
}

/** undefined: it counts the same on both sides, or a doubt remains that `doubt` settles. */
function reasonOf({ our, their }: Pair, period: Period): DifferenceReason | undefined {
  const isOurs = our !== undefined && countsIn(our, period)
  const isTheirs = their !== undefined && countsIn(their, period)
  if (our && their && isOurs && isTheirs) return amountReason(our, their)
  if (their && isTheirs) {
    if (!our) return their.channel === 'naver_pay' ? 'naver_pay' : 'missing'
    if (our.isCancelled) return 'cancelled_here'
    return our.paidAt === null ? 'missing' : dayReason(our.paidAt, their.paidAt ?? 0)
  }
  if (!our || !their) return undefined
  if (their.isCancelled) return 'cancelled_there'
  return their.paidAt === null ? 'unpaid' : dayReason(our.paidAt ?? 0, their.paidAt)
}

/** Clocks of one side that run in another zone are off by whole or half hours, of 14 at most. */
function dayReason(ours: number, theirs: number): DifferenceReason {
  const off = Math.abs(ours - theirs)
  const rest = off % (hourMs / 2)
  const isZone = off >= hourMs && off <= 14 * hourMs && Math.min(rest, hourMs / 2 - rest) < 5_000
  return isZone ? 'time_zone' : 'other_day'
}

function amountReason(our: OurOrder, their: SideOrder): DifferenceReason | undefined {
  const off = our.paid - their.paid
  if (off === 0) return our.refunded === their.refunded ? undefined : 'refund'
  if (their.deliveryFee > 0 && Math.abs(off) === their.deliveryFee) return 'delivery_fee'
  if (their.orderDiscount > 0 && Math.abs(off) === their.orderDiscount) return 'order_discount'
  if (their.refunded > 0 && Math.abs(off) === their.refunded) return 'refund'
  return 'amount'
}

/** An order we count and the shop does not know: told twice under two names, said by a page alone, or not in what the shop gave us. */
function doubt(
  { our, their }: Pair,
  known: {
    readonly ours: readonly OurOrder[]
    readonly there: ReadonlyMap<string, SideOrder>
    readonly period: Period
  },
): DifferenceReason | undefined {
  if (!our || their) return undefined
  const twin = known.ours.some(
    (one) =>
      one.id !== our.id &&
      known.there.has(one.id) &&
      one.paid === our.paid &&
      one.customer === our.customer &&
      our.customer !== 0 &&
      Math.abs((one.paidAt ?? 0) - (our.paidAt ?? 0)) <= doubledMs,
  )
  if (twin) return 'doubled'
  return our.source === 'browser' ? 'page_only' : 'unknown_there'
}

function differenceOf(
  id: string,
  { our, their }: Pair,
  { reason, period }: { readonly reason: DifferenceReason; readonly period: Period },
): Difference {
  const isOurs = our !== undefined && countsIn(our, period)
  const isTheirs = their !== undefined && countsIn(their, period)
  return {
    id: their?.number ?? our?.id ?? id,
    reason,
    ours: isOurs ? our.paid : null,
    theirs: isTheirs ? their.paid : null,
    refundedOurs: isOurs ? our.refunded : 0,
    refundedTheirs: isTheirs ? their.refunded : 0,
    at: their?.paidAt ?? our?.paidAt ?? their?.orderedAt ?? our?.orderedAt ?? period.from,
  }
}
