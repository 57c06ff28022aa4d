import { type Context, Hono } from 'hono'
import type { Clock } from '../../lib/clock.ts'
import { emptyBucket, pour } from '../platform/bucket.ts'
import { wooText, wooTime } from './values.ts'
import { customerRow, orderRow, productRow, refundRow, variationRow } from './woo-rows.contract.ts'
import type { WooShop } from './woo-shop.contract.ts'

/** Keys of the shop's owner; the second may only read. */
export const testKeys = {
  consumerKey: 'ck_0123456789abcdef0123456789abcdef01234567',
  consumerSecret: 'cs_0123456789abcdef0123456789abcdef01234567',
}
export const readOnlyKey = 'ck_read'

/**
 * WooCommerce's REST API (version 3) as its documents and source describe it, over one shop: keys by Basic authentication, pages of at
 * most 100 with `X-WP-Total`, searches by change that leave the trash out, webhooks that are made by calls. Beside it a host that lets
 * ten calls a second through. `isOut` answers nothing but 503.
 */
export function wooServer(shop: WooShop, clock: Pick<Clock, 'now'>) {
  const state = { isOut: false, isRevoked: false, calls: 0, refused: 0 }
  let bucket = emptyBucket({ bucket: 60, perSecond: 10 })
  const app = new Hono().basePath('/wp-json/wc/v3')
  app.use('*', async (context, next) => {
    state.calls++
    if (state.isOut) return context.text('Service Unavailable', 503)
    const poured = pour(bucket, clock.now())
    if (poured.waitMs > 0) {
      state.refused++
      return context.text('Too Many Requests', 429, { 'retry-after': '1' })
    }
    bucket = poured.bucket
    const key = keyIn(context.req.header('authorization'))
    if (key === undefined || state.isRevoked)
      return refused(context, 'woocommerce_rest_cannot_view', 401)
    if (key === readOnlyKey && context.req.method !== 'GET')
      return refused(context, 'woocommerce_rest_authentication_error', 401)
    await next()
    return undefined
  })
  reading(app, shop)
  webhookApi(app, shop)
  couponApi(app, shop, clock)
  // The shop may live in a folder: what stands before the API is its name.
  const answer = async (request: Request): Promise<Response> =>
    app.fetch(
      new Request(request.url.replace(/^(https?:\/\/[^/]+).*?(?=\/wp-json\/)/, '$1'), request),
    )
  return { answer, state, fetch: ((url, init) => answer(new Request(url, init))) as typeof fetch }
}

function keyIn(header: string | undefined): string | undefined {
  const [key, secret] = atob((header ?? '').replace(/^Basic /, '')).split(':')
  const isKnown = key === testKeys.consumerKey || key === readOnlyKey
  return isKnown && secret === testKeys.consumerSecret ? key : undefined
}

const refused = (context: Context, code: string, status: 400 | 401 | 404) =>
  context.json({ code, message: code, data: { status } }, status)

/** A page of rows with the headers of all of them. */
function paged(context: Context, rows: readonly unknown[]) {
  const query = context.req.query()
  const size = Number(query.per_page ?? '10')
  if (size < 1 || size > 100) return refused(context, 'rest_invalid_param', 400)
  const from = (Number(query.page ?? '1') - 1) * size
  return context.json(rows.slice(from, from + size), 200, {
    'x-wp-total': String(rows.length),
    'x-wp-totalpages': String(Math.ceil(rows.length / size)),
  })
}

/** Those that changed after the time asked for, which is outside, oldest change first. */
function changed<T extends { readonly id: number; readonly modifiedAt: number }>(
  context: Context,
  rows: Iterable<T>,
): readonly T[] {
  const after = wooTime(context.req.query('modified_after')) ?? 0
  const text = ({ modifiedAt }: T) => wooText(modifiedAt)
  return [...rows]
    .filter((row) => (wooTime(text(row)) ?? 0) > after)
    .sort((a, b) => (text(a) === text(b) ? a.id - b.id : text(a) < text(b) ? -1 : 1))
}

function reading(app: Hono, shop: WooShop): void {
  app.get('/orders', (context) => {
    const asked = context.req.query('status') ?? 'any'
    const found = changed(context, shop.orders.values()).filter(({ status }) =>
      asked === 'any' ? status !== 'trash' : status === asked,
    )
    return paged(context, found.map(orderRow))
  })
  app.get('/orders/:id', (context) => {
    const order = shop.orders.get(Number(context.req.param('id')))
    return order
      ? context.json(orderRow(order))
      : refused(context, 'woocommerce_rest_shop_order_invalid_id', 404)
  })
  app.get('/orders/:id/refunds', (context) => {
    const order = shop.orders.get(Number(context.req.param('id')))
    return paged(context, order?.refunds.map((refund) => refundRow(order, refund)) ?? [])
  })
  app.get('/products', (context) =>
    paged(context, changed(context, shop.products.values()).map(productRow)),
  )
  app.get('/products/:id', (context) => {
    const product = shop.products.get(Number(context.req.param('id')))
    return product
      ? context.json(productRow(product))
      : refused(context, 'woocommerce_rest_product_invalid_id', 404)
  })
  app.get('/products/:id/variations', (context) => {
    const product = shop.products.get(Number(context.req.param('id')))
    return paged(context, product?.variations.map(variationRow) ?? [])
  })
  app.get('/customers', (context) => {
    const { role = 'customer', orderby, order } = context.req.query()
    const found = [...shop.customers.values()]
      .filter((one) => role === 'all' || one.role === role)
      .sort((a, b) => (orderby === 'registered_date' ? a.at - b.at : a.id - b.id))
    return paged(context, (order === 'desc' ? found.reverse() : found).map(customerRow))
  })
  app.get('/customers/:id', (context) => {
    const customer = shop.customers.get(Number(context.req.param('id')))
    return customer
      ? context.json(customerRow(customer))
      : refused(context, 'woocommerce_rest_invalid_id', 404)
  })
}

function webhookApi(app: Hono, shop: WooShop): void {
  app.get('/webhooks', (context) => {
    const status = context.req.query('status') ?? 'all'
    const found = shop.webhooks.filter((one) => status === 'all' || one.status === status)
    return paged(context, found.map(shown))
  })
  app.post('/webhooks', async (context) => {
    const asked = (await context.req.json()) as WooShop['webhooks'][number]
    const webhook = { ...asked, id: shop.nextId(), failures: 0 }
    shop.webhooks.push(webhook)
    return context.json(shown(webhook), 201)
  })
  app.put('/webhooks/:id', async (context) => {
    const webhook = shop.webhooks.find(({ id }) => id === Number(context.req.param('id')))
    if (!webhook) return refused(context, 'woocommerce_rest_shop_webhook_invalid_id', 404)
    Object.assign(webhook, await context.req.json(), { failures: 0 })
    return context.json(shown(webhook))
  })
  app.delete('/webhooks/:id', (context) => {
    const at = shop.webhooks.findIndex(({ id }) => id === Number(context.req.param('id')))
    const [webhook] = at < 0 ? [] : shop.webhooks.splice(at, 1)
    return context.json(webhook ? shown(webhook) : {})
  })
}

/** A secret is never shown again. */
const shown = ({ secret: _, failures: __, ...webhook }: WooShop['webhooks'][number]) => webhook

function couponApi(app: Hono, shop: WooShop, clock: Pick<Clock, 'now'>): void {
  app.get('/coupons', (context) => {
    const words = context.req.query('search') ?? ''
    const found = [...shop.coupons.values()].filter(
      ({ code, description }) => code.includes(words) || description.includes(words),
    )
    return paged(context, found)
  })
  app.post('/coupons', async (context) => {
    const asked = (await context.req.json()) as { code: string }
    // Codes are kept in small letters, and there is one of each.
    const code = asked.code.toLowerCase()
    if ([...shop.coupons.values()].some((one) => one.code === code))
      return refused(context, 'woocommerce_rest_coupon_code_already_exists', 400)
    const made = { id: shop.nextId(), code, date_created_gmt: wooText(clock.now()) }
    const coupon = { date_expires_gmt: null, description: '', ...asked, ...made }
    shop.coupons.set(coupon.id, coupon)
    return context.json(coupon, 201)
  })
}
