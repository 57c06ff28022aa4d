import { z } from 'zod'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked, Platform } from '../platform/platform.ts'
import { type Reading, readRows } from '../platform/read-rows.ts'
import type { PlatformRow } from '../platform/rows.ts'
import { shopifyCoupons } from './coupons.provider.ts'
import { gid, graph, limitOf, Nodes } from './graph.provider.ts'
import { ShopifyKeys, shopifyRenewal } from './keys.ts'
import { readShopifyNotice } from './notice.driver.ts'
import { oneOrder, ordersOf } from './orders.provider.ts'
import { costs, customerQuery, customersQuery, productQuery, productsQuery } from './queries.ts'
import { memberOf, productOf, ShopifyCustomer, ShopifyProduct } from './rows.ts'
import { dropWebhooks, keepWebhooks } from './webhooks.provider.ts'

/** The standard plan's bucket: points it holds, and how many come back a second. */
const bucket = 2_000
const perSecond = 100

/**
 * Shopify's Admin API (GraphQL) of a shop by its name. What a query costs is taken from a bucket before it runs and counted out after
 * it; Shopify says with each answer how full the bucket is.
 */
export function shopifyPlatform(options: { readonly testServer: string | undefined }): Platform {
  return {
    kind: 'shopify',
    plans: [
      { resource: 'products', everyMs: 15 * minuteMs, overlapMs: hourMs, sweepEveryMs: 7 * dayMs },
      { resource: 'members', everyMs: 10 * minuteMs, overlapMs: hourMs, sweepEveryMs: dayMs },
      { resource: 'orders', everyMs: 5 * minuteMs, overlapMs: hourMs, sweepEveryMs: 7 * dayMs },
    ],
    rate: { bucket, perSecond },
    readLimit: limitOf(bucket),
    baseOf: (name) =>
      options.testServer === undefined
        ? `https://${name}.myshopify.com`
        : `${options.testServer}/${name}`,
    headersOf: (credentials) => ({
      'x-shopify-access-token': ShopifyKeys.parse(credentials).accessToken,
    }),
    renewal: shopifyRenewal,
    page: (session, asked) => {
      switch (asked.resource) {
        case 'products':
          return listed(session, asked, products)
        case 'members':
          return listed(session, asked, members)
        case 'orders':
          return ordersOf(session, asked)
        case 'coupons':
          throw new Error('Customers type codes there: nobody is given one.')
      }
    },
    one: async (session, { resource, id }) => {
      if (!/^\d+$/.test(id)) return undefined
      switch (resource) {
        case 'products':
          return await single(session, id, products)
        case 'members':
          return await single(session, id, members)
        case 'orders':
          return await oneOrder(session, id)
      }
    },
    readNotice: readShopifyNotice,
    settle: async (session, ours) => ({
      ...(await keepWebhooks(session, ours.webhookUrl)),
      // The shop pastes it as a custom pixel: no call puts it there.
      pixel: ours.scriptUrl('/shopify-pixel.js'),
    }),
    coupons: shopifyCoupons,
    unsettle: (session, ours) => dropWebhooks(session, ours.webhookUrl),
  }
}

type Kind<T> = Reading<T> & {
  readonly name: 'products' | 'customers'
  readonly gidKind: string
  readonly page: string
  readonly one: string
}

const products: Kind<z.output<typeof ShopifyProduct>> = {
  ...{ name: 'products', gidKind: 'Product', page: productsQuery, one: productQuery },
  ...{ schema: ShopifyProduct, idKey: 'id', row: productOf },
}
const members: Kind<z.output<typeof ShopifyCustomer>> = {
  ...{ name: 'customers', gidKind: 'Customer', page: customersQuery, one: customerQuery },
  ...{ schema: ShopifyCustomer, idKey: 'id', row: memberOf },
}

/** What changed since, oldest change first: Shopify's cursor holds the change it stands at, so that nothing is pushed over an edge. */
export const changedSince = ({ window, cursor }: PageAsked) => ({
  after: cursor,
  query: window ? `updated_at:>='${new Date(window.from).toISOString()}'` : null,
})

async function listed<T>(session: PlatformSession, asked: PageAsked, kind: Kind<T>): Promise<Page> {
  const { name, page: query } = kind
  const variables = changedSince(asked)
  const answer = await graph(
    session,
    { query, variables, cost: costs[name] },
    z.object({ [name]: Nodes }),
  )
  const { nodes = [], pageInfo } = answer[name] ?? {}
  return { ...readRows(nodes, kind), next: pageInfo?.hasNextPage ? pageInfo.endCursor : null }
}

async function single<T>(
  session: PlatformSession,
  id: string,
  kind: Kind<T>,
): Promise<PlatformRow | undefined> {
  const asked = { query: kind.one, variables: { id: gid(kind.gidKind, id) }, cost: costs.small }
  const answer = await graph(session, asked, z.record(z.string(), z.unknown()))
  const [object] = Object.values(answer)
  if (object === null || object === undefined) return undefined
  const row = kind.row(kind.schema.parse(object))
  return row === 'none' ? undefined : row
}
