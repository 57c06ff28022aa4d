import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import { differenceReasons } from './compare.ts'
import type { NumbersRoom } from './numbers.service.ts'
import { numberPeriods } from './period.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
/** Orders that are named on the page; their reasons are counted all. */
const namedOrders = 500
const Totals = z.object({ orders: z.number(), paid: z.number(), refunded: z.number() })
const Answer = z.object({
  /** Whole days of the shop, [from, to) in UTC ms. */
  from: z.number(),
  to: z.number(),
  checkedAt: z.number(),
  /** Amounts in currency units. */
  ours: Totals,
  theirs: Totals,
  same: z.number(),
  reasons: z.partialRecord(z.enum(differenceReasons), z.number()),
  /** The newest first, 500 at most. */
  differences: z.array(
    z.object({
      id: z.string(),
      reason: z.enum(differenceReasons),
      ours: z.number().nullable(),
      theirs: z.number().nullable(),
      refundedOurs: z.number(),
      refundedTheirs: z.number(),
      at: z.number(),
    }),
  ),
  members: z.object({ theirs: z.number(), known: z.number(), unknown: z.array(z.string()) }),
  /** Where the shop's side comes from; nothing: neither a platform nor a file has told us anything. */
  sources: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      orders: z.number(),
      members: z.number(),
      seenAt: z.number().nullable(),
    }),
  ),
})

/** Our numbers beside the shop's. */
export function numberRoutes({
  numbers,
}: {
  readonly numbers: Pick<NumbersRoom, 'look' | 'checks'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/connect/numbers',
      summary:
        'Orders, paid amounts, refunds and members of yesterday, the last seven days or the last month: ours beside the shop’s, each order that counts differently with its reason.',
      roles: readers,
      query: z.object({ period: z.enum(numberPeriods).default('yesterday') }),
      response: Answer,
      handle: async ({ actor, query }) => {
        const found = await numbers.look(actor.shop, query.period)
        const { members, differences } = found
        const reasons: Partial<Record<(typeof differenceReasons)[number], number>> = {}
        for (const { reason } of differences) reasons[reason] = (reasons[reason] ?? 0) + 1
        return {
          ...found.period,
          checkedAt: found.checkedAt,
          ours: inUnits(found.ours),
          theirs: inUnits(found.theirs),
          same: found.same,
          reasons,
          differences: differences.slice(0, namedOrders).map((one) => ({
            ...one,
            ours: one.ours === null ? null : one.ours / 10_000,
            theirs: one.theirs === null ? null : one.theirs / 10_000,
            refundedOurs: one.refundedOurs / 10_000,
            refundedTheirs: one.refundedTheirs / 10_000,
          })),
          members: { ...members, unknown: [...members.unknown] },
          sources: [...found.sources],
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/connect/numbers/checks',
      summary: 'When our numbers and the shop’s were last laid side by side, and last the same.',
      roles: readers,
      response: z.object({
        items: z.array(
          z.object({
            period: z.enum(numberPeriods),
            checkedAt: z.number(),
            matchedAt: z.number().nullable(),
            differences: z.number(),
          }),
        ),
      }),
      handle: async ({ actor }) => ({ items: [...(await numbers.checks(actor.shop))] }),
    }),
  ]
}

function inUnits({ orders, paid, refunded }: z.infer<typeof Totals>) {
  return { orders, paid: paid / 10_000, refunded: refunded / 10_000 }
}
