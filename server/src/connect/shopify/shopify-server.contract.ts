import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Clock } from '../../lib/clock.ts'
import { hourMs } from '../../lib/duration.ts'
import { type Bucket, emptyBucket, pour } from '../platform/bucket.ts'
import { chosen, costOf, type Field, fieldsOf } from './graph-played.contract.ts'
import {
  couponNode,
  customerNode,
  orderNode,
  productNode,
  webhookNode,
} from './shopify-nodes.contract.ts'
import { type ShopCoupon, type ShopifyShop, testApp } from './shopify-shop.contract.ts'

/** The token of an app that was made in the admin: it lasts. */
export const testToken = 'shpat_0123456789abcdef'
const scopes = [
  'read_customers',
  'read_orders',
  'read_all_orders',
  'read_products',
  'write_discounts',
]
/** The standard plan; no single query may cost more than a thousand. */
const size = 2_000
const restoreRate = 100
const mostCost = 1_000

type Variables = Readonly<Record<string, unknown>>

/**
 * Shopify's Admin API as its documents describe it, over one shop: keys of a day for the app's id and secret, GraphQL whose fields are
 * checked and whose cost is taken from a bucket before it runs and counted out after, pages by cursor in the order of change. `isOut`
 * answers nothing but 503; not `isInstalled`, it takes no key.
 */
export function shopifyServer(shop: ShopifyShop, clock: Pick<Clock, 'now'>) {
  const state = { isOut: false, isInstalled: true, calls: 0, throttled: 0, renewals: 0, scopes }
  let token = { text: '', until: 0 }
  let bucket: Bucket = emptyBucket({ bucket: size, perSecond: restoreRate })
  const app = new Hono().basePath('/:shop/admin')
  app.use('*', async (context, next) => {
    if (state.isOut) return context.text('Service Unavailable', 503)
    await next()
    return undefined
  })
  app.post('/oauth/access_token', async (context) => {
    const form = new URLSearchParams(await context.req.text())
    const isOurs =
      state.isInstalled &&
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === testApp.clientId &&
      form.get('client_secret') === testApp.clientSecret
    if (!isOurs) return context.json({ error: 'invalid_request' }, 400)
    state.renewals++
    token = { text: `shpat_${randomBytes(8).toString('hex')}`, until: clock.now() + 24 * hourMs }
    const granted = state.scopes.join(',')
    return context.json({ access_token: token.text, scope: granted, expires_in: 86_399 })
  })
  app.post('/api/2026-07/graphql.json', async (context) => {
    const given = context.req.header('x-shopify-access-token')
    const isKnown =
      state.isInstalled &&
      (given === testToken || (given === token.text && clock.now() < token.until))
    if (!isKnown) return context.json({ errors: '[API] Invalid API key or access token' }, 401)
    state.calls++
    const { query, variables } = (await context.req.json()) as {
      query: string
      variables: Variables
    }
    const requested = costOf(fieldsOf(query), query.trim().startsWith('mutation'))
    if (requested > mostCost)
      return context.json({
        errors: [{ message: 'Query cost is too high', extensions: { code: 'MAX_COST_EXCEEDED' } }],
      })
    const poured = pour(bucket, clock.now(), requested)
    if (poured.waitMs > 0) {
      state.throttled++
      const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }]
      return context.json({
        errors,
        extensions: costTold(bucket, { requested, actual: null }, clock.now()),
      })
    }
    const { data, errors } = answered(shop, state, { query, variables })
    const actual = Math.min(requested, 2 + Math.ceil(JSON.stringify(data).length / 120))
    bucket = { ...poured.bucket, level: poured.bucket.level - (requested - actual) }
    const extensions = costTold(bucket, { requested, actual }, clock.now())
    return context.json({ data, ...(errors ? { errors } : {}), extensions })
  })
  return { app, state, fetch: ((url, init) => app.request(String(url), init)) as typeof fetch }
}

function costTold(
  bucket: Bucket,
  { requested, actual }: { readonly requested: number; readonly actual: number | null },
  now: number,
) {
  const level = Math.max(0, bucket.level - ((now - bucket.at) / 1_000) * restoreRate)
  return {
    cost: {
      ...{ requestedQueryCost: requested, actualQueryCost: actual },
      throttleStatus: {
        ...{ maximumAvailable: size, restoreRate },
        currentlyAvailable: Math.floor(size - level),
      },
    },
  }
}

function answered(
  shop: ShopifyShop,
  state: { readonly scopes: readonly string[] },
  asked: { readonly query: string; readonly variables: Variables },
): { readonly data: unknown; readonly errors?: readonly { readonly message: string }[] } {
  try {
    const fields = fieldsOf(asked.query)
    const data = fields.map((field) => [
      field.name,
      chosen(resolve(shop, state, { field, variables: asked.variables }), field.fields),
    ])
    return { data: Object.fromEntries(data) }
  } catch (error) {
    return { data: null, errors: [{ message: error instanceof Error ? error.message : 'error' }] }
  }
}

function resolve(
  shop: ShopifyShop,
  state: { readonly scopes: readonly string[] },
  { field, variables }: { readonly field: Field; readonly variables: Variables },
): unknown {
  const id = Number(
    String(variables.id ?? '')
      .split('/')
      .at(-1),
  )
  const page = { field, variables }
  switch (field.name) {
    case 'shop':
      return {
        name: '온샵',
        myshopifyDomain: 'onshop.myshopify.com',
        ianaTimezone: 'Asia/Seoul',
        currencyCode: 'KRW',
      }
    case 'currentAppInstallation':
      return { accessScopes: state.scopes.map((handle) => ({ handle })) }
    case 'products':
      return changed([...shop.products.values()], productNode, page)
    case 'customers':
      return changed([...shop.customers.values()], customerNode, page)
    case 'orders':
      return changed([...shop.orders.values()], (order) => opened(orderNode(order), 10, null), page)
    case 'product': {
      const product = shop.products.get(id)
      return product ? productNode(product) : null
    }
    case 'customer': {
      const customer = shop.customers.get(id)
      return customer ? customerNode(customer) : null
    }
    case 'order': {
      const order = shop.orders.get(id)
      const lines = field.fields.find(({ name }) => name === 'lineItems')
      const after = lines?.args.after ? String(variables.after) : null
      return order ? opened(orderNode(order), Number(lines?.args.first ?? 10), after) : null
    }
    case 'refund': {
      const refund = [...shop.orders.values()]
        .flatMap((order) => orderNode(order).refunds)
        .find((one) => one.id === variables.id)
      const after = variables.after ? String(variables.after) : null
      return refund ? { ...refund, refundLineItems: cut(refund.refundLineItems, 10, after) } : null
    }
    case 'webhookSubscriptions':
      return {
        nodes: shop.webhooks.map(webhookNode),
        pageInfo: { hasNextPage: false, endCursor: null },
      }
    case 'codeDiscountNodes': {
      const title = /^title:'(.+)'$/.exec(String(variables.query))?.[1]
      const nodes = shop.coupons.filter((one) => one.title === title).map(couponNode)
      return { nodes, pageInfo: { hasNextPage: false, endCursor: null } }
    }
    default:
      return mutated(shop, field.name, variables)
  }
}

function mutated(shop: ShopifyShop, name: string, variables: Variables): unknown {
  if (name === 'webhookSubscriptionCreate') {
    const { topic, webhook } = variables as { topic: string; webhook: { uri: string } }
    const one = { id: shop.nextId(), topic, uri: webhook.uri }
    shop.webhooks.push(one)
    return { webhookSubscription: webhookNode(one), userErrors: [] }
  }
  if (name === 'webhookSubscriptionDelete') {
    const at = shop.webhooks.findIndex((one) => webhookNode(one).id === variables.id)
    if (at >= 0) shop.webhooks.splice(at, 1)
    return { deletedWebhookSubscriptionId: variables.id, userErrors: [] }
  }
  if (name === 'discountCodeBasicCreate') {
    const { discount } = variables as { discount: Omit<ShopCoupon, 'id' | 'at'> }
    if (shop.coupons.some(({ code }) => code === discount.code))
      return { codeDiscountNode: null, userErrors: [{ message: 'Code must be unique.' }] }
    const coupon = shop.offer(discount)
    return { codeDiscountNode: couponNode(coupon), userErrors: [] }
  }
  throw new Error(`Field '${name}' doesn't exist on type 'QueryRoot'`)
}

/** A part of a list with where it ends. */
function cut<T>(rows: readonly T[], size: number, after: string | null) {
  const from = after === null ? 0 : Number(after) + 1
  const nodes = rows.slice(from, from + size)
  const end = from + nodes.length
  return { nodes, pageInfo: { hasNextPage: end < rows.length, endCursor: String(end - 1) } }
}

const opened = (order: ReturnType<typeof orderNode>, first: number, after: string | null) => ({
  ...order,
  lineItems: cut(order.lineItems, first, after),
})

/** In the order of change; the cursor holds the change it stands at. */
function changed<T extends { readonly id: number; readonly updatedAt: number }>(
  rows: readonly T[],
  node: (row: T) => unknown,
  { field, variables }: { readonly field: Field; readonly variables: Variables },
) {
  const since = /^updated_at:>='([^']+)'$/.exec(String(variables.query ?? ''))?.[1]
  const from = since === undefined ? 0 : Math.floor(Date.parse(since) / 1_000)
  const [at = 0, last = 0] = variables.after
    ? atob(String(variables.after)).split(':').map(Number)
    : []
  const found = rows
    .filter(({ updatedAt }) => Math.floor(updatedAt / 1_000) >= from)
    .filter(({ id, updatedAt }) => updatedAt > at || (updatedAt === at && id > last))
    .sort((a, b) => a.updatedAt - b.updatedAt || a.id - b.id)
  const page = found.slice(0, Number(field.args.first))
  const end = page.at(-1)
  return {
    nodes: page.map(node),
    pageInfo: {
      hasNextPage: found.length > page.length,
      endCursor: end ? btoa(`${end.updatedAt}:${end.id}`) : null,
    },
  }
}
