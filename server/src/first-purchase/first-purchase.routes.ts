import { z } from 'zod'
import type { Customers } from '../customers/customers.service.ts'
import { maskName } from '../customers/mask-name.ts'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { InFile } from '../web/csv-heads.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { FirstPurchase } from './first-purchase.service.ts'
import { sortKeys } from './ranked.ts'
import {
  FirstPurchaseAsked,
  FirstPurchaseReport,
  FirstPurchaseSettings,
  ProductDetail,
} from './report.ts'
import { reportLines } from './report-lines.ts'

export type FirstPurchaseRoutesNeeds = {
  readonly firstPurchase: FirstPurchase
  readonly customers: Pick<Customers, 'namesOf'>
  readonly saveSettings: (actor: Actor, section: JsonObject) => Promise<unknown>
}

const Product = z.object({ product: z.string().min(1).max(200) })
const Buyer = z.object({
  customer: z.number(),
  name: z.string().nullable(),
  firstAt: z.number(),
  repeatOrders: z.number(),
  repeatRevenue: z.number(),
  backAt: z.number().nullable(),
})
const readers = ['marketer', 'developer', 'viewer'] as const

/** The first-purchase-product table of a shop. */
export function firstPurchaseRoutes(needs: FirstPurchaseRoutesNeeds): readonly Route[] {
  const { firstPurchase } = needs
  return [
    route({
      method: 'get',
      path: '/api/reports/first-purchase',
      summary:
        'For every product: its first buyers and what they bought afterwards. Candidates, not causes.',
      roles: readers,
      query: FirstPurchaseAsked.extend(keptQuery),
      response: keptOf(FirstPurchaseReport),
      handle: ({ actor, query: { fresh, ...query } }) =>
        firstPurchase.report(actor.shop, query, fresh === '1'),
    }),
    route({
      method: 'get',
      path: '/api/reports/first-purchase.csv',
      summary: 'The same table as a file, worked out at once.',
      roles: readers,
      query: FirstPurchaseAsked.extend({
        category: z.string().max(400).optional().describe('Of it and all below it only.'),
        sort: z.enum(sortKeys).default('trust').describe('As the page sorts; `trust`: by place.'),
        ...InFile.shape,
      }),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query: { category, language, sort, ...query } }) => {
        const report = await firstPurchase.workOut(actor.shop, query)
        const name = language === 'ko' ? '첫 구매 상품.csv' : 'first-purchase.csv'
        return new Response(reportLines(report, { language, category, sort }), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="first-purchase.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        })
      },
    }),
    route({
      method: 'get',
      path: '/api/reports/first-purchase/products/{product}',
      summary: 'Of one product: who came back by when, and its first buyers month by month.',
      roles: readers,
      params: Product,
      query: FirstPurchaseAsked,
      response: ProductDetail,
      handle: ({ actor, params, query }) => firstPurchase.detail(actor.shop, params.product, query),
    }),
    route({
      method: 'get',
      path: '/api/reports/first-purchase/products/{product}/buyers',
      summary: 'The first buyers of a product, the newest first.',
      roles: readers,
      params: Product,
      query: FirstPurchaseAsked.extend(PageQuery.shape),
      response: pageOf(Buyer),
      handle: ({ actor, params, query }) => buyersPage(needs, actor, { ...params, query }),
    }),
    route({
      method: 'put',
      path: '/api/reports/first-purchase/settings',
      summary: 'Since when the shop’s orders are known: who joined before is left out.',
      roles: ['marketer'],
      body: FirstPurchaseSettings,
      response: FirstPurchaseSettings,
      handle: async ({ actor, body }) => {
        await needs.saveSettings(actor, { ...body })
        return body
      },
    }),
  ]
}

async function buyersPage(
  { firstPurchase, customers }: FirstPurchaseRoutesNeeds,
  actor: Actor,
  asked: {
    readonly product: string
    readonly query: FirstPurchaseAsked & z.infer<typeof PageQuery>
  },
) {
  const { after, limit, ...query } = asked.query
  const items = await firstPurchase.buyers(actor.shop, asked.product, {
    query,
    after: after === undefined ? undefined : keyOf(after),
    limit,
  })
  const names = await customers.namesOf(
    actor.shop,
    items.map(({ customer }) => customer),
  )
  const last = items.at(-1)
  const mask = actor.role === 'viewer' || actor.role === 'developer'
  return {
    items: items.map((one) => {
      const name = names.get(one.customer)?.name ?? null
      return { ...one, name: mask ? maskName(name) : name }
    }),
    next: items.length === limit && last ? encodeCursor([last.firstAt, last.customer]) : null,
  }
}

function keyOf(after: string): { readonly firstAt: number; readonly customer: number } {
  const [firstAt, customer] = decodeCursor(after) ?? []
  if (typeof firstAt === 'number' && typeof customer === 'number') return { firstAt, customer }
  throw new Refusal('invalid', 'Not a page of this list.', 'after')
}
