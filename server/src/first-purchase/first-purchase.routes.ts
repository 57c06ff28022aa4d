import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Route, route } from '../web/route.ts'
import {
  firstPurchaseNotes,
  firstPurchaseRows,
  firstPurchaseTotal,
} from './first-purchase.store.ts'

const Measures = z.object({
  firstBuyers: z.number(),
  repeatOrders: z.number(),
  repeaters: z.number(),
  repeatPerBuyer: z.number(),
  repurchaseRate: z.number(),
  repeatRevenue: z.number(),
  repeatRevenuePerBuyer: z.number(),
  firstRevenue: z.number(),
})
const Row = Measures.extend({
  product: z.string(),
  name: z.string(),
  category: z.string(),
  repeatSameOrders: z.number(),
  repeatOtherOrders: z.number(),
  repeatSameItems: z.number(),
  repeatOtherItems: z.number(),
})

const Question = z.object({
  from: z.coerce.number().int().optional().describe('First orders paid from here (UTC ms).'),
  to: z.coerce.number().int().optional().describe('... until here, exclusive.'),
  horizon_days: z.coerce.number().int().min(1).max(730).optional(),
  min_gap_days: z.coerce.number().min(0).max(30).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

/** The first-purchase-product table of a shop. */
export function firstPurchaseRoutes(needs: {
  readonly shops: Shops
  readonly warehouse: Warehouse
  readonly clock: Clock
  /** Log position that history is complete to. */
  readonly completeTo: (shop: ShopId) => Promise<number>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/first-purchase',
      summary:
        'For every product: its first buyers and what they bought afterwards. Candidates, not causes.',
      roles: ['marketer', 'developer', 'viewer'],
      query: Question,
      response: z.object({
        rows: z.array(Row),
        total: Measures,
        notes: z.object({ ordersWithoutCustomer: z.number(), ordersInOtherCurrency: z.number() }),
        asOf: z.number(),
        currency: z.string(),
        completeTo: z.number(),
      }),
      handle: async ({ actor, query }) => {
        const { currency } = await needs.shops.shop(actor.shop)
        const question = {
          asOf: needs.clock.now(),
          currency,
          minGapDays: query.min_gap_days,
          ...(query.from === undefined ? {} : { from: query.from }),
          ...(query.to === undefined ? {} : { to: query.to }),
          ...(query.horizon_days === undefined ? {} : { horizonDays: query.horizon_days }),
        }
        const completeTo = await needs.completeTo(actor.shop)
        const [rows, total, notes] = await Promise.all([
          firstPurchaseRows(needs.warehouse, actor.shop, { ...question, limit: query.limit }),
          firstPurchaseTotal(needs.warehouse, actor.shop, question),
          firstPurchaseNotes(needs.warehouse, actor.shop, question),
        ])
        return { rows: [...rows], total, notes, asOf: question.asOf, currency, completeTo }
      },
    }),
  ]
}
