import { z } from 'zod'
import { interest } from '../statistics/association.ts'

/** Fewer orders with both say nothing, nor do those of fewer people. */
export const leastTogether = { orders: 20, people: 10 } as const
/** Orders of so many days are looked at. */
export const pairsOfDays = 365
/** Pairs of a report. */
const pairsLimit = 100

const Count = z.number().int()
const Product = z.object({ id: z.string(), name: z.string(), orders: Count })
const Pair = z.object({
  one: Product,
  other: Product,
  orders: Count.describe('Orders with both.'),
  people: Count,
  support: z.number().describe('Share of all orders.'),
  afterOne: z.number().describe('Of the orders with the one, the share that has the other.'),
  afterOther: z.number(),
  lift: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .describe('How many times as often as by chance, with its 95 % interval.'),
})

/** What is bought in one order; candidates, not causes. */
export const PairsReport = z.object({
  asOf: z.number().describe('UTC ms: now, or the newest order of a shop that has none any more.'),
  days: Count,
  orders: Count,
  least: z.object({ orders: Count, people: Count }),
  pairs: z.array(Pair).describe('The lower end of the interval first.'),
})
export type PairsReport = z.infer<typeof PairsReport>

/** Two products with the orders of each and of both. */
export type PairCount = {
  readonly one: string
  readonly other: string
  readonly orders: number
  readonly people: number
  readonly ofOne: number
  readonly ofOther: number
}

/** The report of what was counted; products without a name are called by their id. */
export function pairsOf(
  { asOf, orders }: Pick<PairsReport, 'asOf' | 'orders'>,
  counted: readonly PairCount[],
  names: ReadonlyMap<string, { readonly name: string }>,
): PairsReport {
  const nameOf = (id: string) => names.get(id)?.name ?? id
  const pairs = counted.flatMap((pair) => {
    const lift = interest({
      all: orders,
      one: pair.ofOne,
      other: pair.ofOther,
      both: pair.orders,
    })
    if (!lift) return []
    return {
      one: { id: pair.one, name: nameOf(pair.one), orders: pair.ofOne },
      other: { id: pair.other, name: nameOf(pair.other), orders: pair.ofOther },
      orders: pair.orders,
      people: pair.people,
      support: pair.orders / orders,
      afterOne: pair.orders / pair.ofOne,
      afterOther: pair.orders / pair.ofOther,
      lift,
    }
  })
  return {
    asOf,
    days: pairsOfDays,
    orders,
    least: leastTogether,
    pairs: pairs.sort((a, b) => b.lift.low - a.lift.low).slice(0, pairsLimit),
  }
}
