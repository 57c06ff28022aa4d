import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Clock } from '../../lib/clock.ts'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import { escapeHtml } from '../../lib/html.ts'
import { emptyBucket, pour } from '../platform/bucket.ts'
import type { Cafe24Mall, MallOrder } from './cafe24-mall.contract.ts'
import { designApi, promotionApi } from './cafe24-promotion.contract.ts'
import { cartRow, memberRow, orderRow, productRow, refundRow } from './cafe24-rows.contract.ts'
import { cafe24Text, cafe24Time } from './values.ts'

/** The app that the mall's owner made in Cafe24's developer centre. */
export const testApp = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }

/**
 * Cafe24 as its documents describe it, over one mall: OAuth with codes of one minute and refresh keys that work once, a bucket of 40
 * calls that drains at two a second, searches that reach over three months and 15,000 rows, no time of change of members. `isOut`
 * answers nothing but 503.
 */
export function cafe24Server(mall: Cafe24Mall, clock: Pick<Clock, 'now'>) {
  const codes = new Map<string, number>()
  let access = { token: '', until: 0 }
  let refresh = { token: '', until: 0 }
  let bucket = emptyBucket({ bucket: 40, perSecond: 2 })
  const state = {
    isOut: false,
    /** No key counts any more, until somebody says yes again. */
    isRevoked: false,
    calls: 0,
    refused: 0,
    renewals: 0,
    lost: 0,
    mute: 0,
    unreadable: '',
    /** Dormant members are shown nowhere. */
    hidesApart: false,
  }
  const app = new Hono().basePath('/:mall/api/v2')

  app.get('/oauth/authorize', (context) => {
    const { redirect_uri: to = '', state: said = '', client_id: id } = context.req.query()
    if (id !== testApp.clientId) return context.text('unknown client_id', 400)
    const code = randomBytes(16).toString('hex')
    codes.set(code, clock.now())
    const href = `${to}?${new URLSearchParams({ code, state: said })}`
    return context.html(consentPage(mall.mall, href))
  })

  app.post('/oauth/token', async (context) => {
    if (state.isOut) return context.json({}, 503)
    const basic = btoa(`${testApp.clientId}:${testApp.clientSecret}`)
    if (context.req.header('authorization') !== `Basic ${basic}`)
      return context.json({ error: 'invalid_client' }, 401)
    const form = new URLSearchParams(await context.req.text())
    if (!isTaken(form)) return context.json({ error: 'invalid_grant' }, 400)
    const now = clock.now()
    access = { token: randomBytes(16).toString('hex'), until: now + 2 * hourMs }
    refresh = { token: randomBytes(16).toString('hex'), until: now + 14 * 24 * hourMs }
    return context.json({
      access_token: access.token,
      // Times of keys carry no zone; they are Seoul's.
      expires_at: cafe24Text(access.until).slice(0, 19),
      refresh_token: refresh.token,
      refresh_token_expires_at: cafe24Text(refresh.until).slice(0, 19),
      ...{ client_id: testApp.clientId, mall_id: mall.mall },
    })
  })

  function isTaken(form: URLSearchParams): boolean {
    const now = clock.now()
    if (form.get('grant_type') === 'authorization_code') {
      const code = form.get('code') ?? ''
      const at = codes.get(code)
      codes.delete(code)
      state.isRevoked = false
      return at !== undefined && now - at <= minuteMs
    }
    state.renewals++
    const isKnown = form.get('refresh_token') === refresh.token && now < refresh.until
    return isKnown && !state.isRevoked
  }

  app.use('/admin/*', async (context, next) => {
    state.calls++
    if (state.isOut) return context.json({ error: { message: 'Service Unavailable' } }, 503)
    if (
      state.isRevoked ||
      context.req.header('authorization') !== `Bearer ${access.token}` ||
      clock.now() >= access.until
    )
      return context.json({ error: { code: 401, message: 'access_token time expired.' } }, 401)
    const poured = pour(bucket, clock.now())
    if (poured.waitMs > 0) {
      state.refused++
      return context.json({ error: { message: 'Too Many Requests' } }, 429)
    }
    bucket = poured.bucket
    context.header('x-api-call-limit', `${Math.ceil(bucket.level)}/40`)
    await next()
    return undefined
  })

  promotionApi(app, mall, { clock, state })
  designApi(app, mall)
  adminApi(app, mall, state)
  return { app, state, fetch: ((url, init) => app.request(String(url), init)) as typeof fetch }
}

function adminApi(
  app: Hono,
  mall: Cafe24Mall,
  state: { readonly unreadable: string; readonly hidesApart: boolean },
): void {
  app.get('/admin/customersprivacy', (context) => {
    const { created_start_date: from, limit = '30', search_type: by } = context.req.query()
    if (by !== 'created_date') return context.json({ error: { message: 'search_type' } }, 422)
    const start = cafe24Time(from) ?? 0
    const found = [...mall.members.values()]
      .filter(({ isDormant }) => !isDormant)
      .filter(({ joinedAt }) => Math.floor(joinedAt / 1_000) * 1_000 >= start)
      .sort((a, b) => a.joinedAt - b.joinedAt)
    return context.json({ customersprivacy: found.slice(0, Number(limit)).map(memberRow) })
  })
  app.get('/admin/customersprivacy/:id', (context) => {
    const member = mall.members.get(context.req.param('id'))
    return member && !member.isDormant
      ? context.json({ customersprivacy: memberRow(member) })
      : context.json({ error: { message: 'No member' } }, 404)
  })
  app.get('/admin/customers', (context) => {
    const wanted = (context.req.query('member_id') ?? '').split(',')
    const found = wanted.filter((id) => {
      const member = mall.members.get(id)
      return member && !(member.isDormant && state.hidesApart)
    })
    return context.json({ customers: found.map((member_id) => ({ shop_no: 1, member_id })) })
  })
  app.get('/admin/products', (context) => {
    const { since_product_no: since = '0', limit = '10' } = context.req.query()
    const { updated_start_date: from, updated_end_date: to } = context.req.query()
    const found = [...mall.products.entries()]
      .filter(([no, { at }]) => no > Number(since) && isWithin(at, from, to))
      .sort(([a], [b]) => a - b)
    return context.json({ products: found.slice(0, Number(limit)).map(productRow) })
  })
  app.get('/admin/products/:no', (context) => {
    const no = Number(context.req.param('no'))
    const product = mall.products.get(no)
    return product
      ? context.json({ product: productRow([no, product]) })
      : context.json({ error: { message: 'No product' } }, 404)
  })
  app.get('/admin/orders', (context) => {
    const query = context.req.query()
    const ids = query.order_id?.split(',')
    if (!ids && isTooLong(query)) return context.json({ error: { message: '3 months' } }, 422)
    const found = [...mall.orders.values()].filter((order) =>
      ids
        ? ids.includes(order.id)
        : isWithin(dateOf(mall, order, query.date_type), query.start_date, query.end_date),
    )
    return context.json({ orders: paged(found, query).map((one) => orderRow(mall, one)) })
  })
  app.get('/admin/orders/count', (context) => {
    const query = context.req.query()
    if (isTooLong(query)) return context.json({ error: { message: '3 months' } }, 422)
    const found = [...mall.orders.values()].filter((order) =>
      isWithin(dateOf(mall, order, query.date_type), query.start_date, query.end_date),
    )
    return context.json({ count: found.length })
  })
  app.get('/admin/orders/:id', (context) => {
    const order = mall.orders.get(context.req.param('id'))
    if (order?.id === state.unreadable) return context.json({ error: { message: 'Broken' } }, 422)
    return order
      ? context.json({ order: orderRow(mall, order) })
      : context.json({ error: { message: 'No order' } }, 404)
  })
  app.get('/admin/refunds', (context) => {
    const query = context.req.query()
    if (isTooLong(query)) return context.json({ error: { message: '3 months' } }, 422)
    const ids = query.order_id?.split(',')
    const found = mall.refunds.filter(
      ({ order, at }) =>
        isWithin(at, query.start_date, query.end_date) && (ids?.includes(order) ?? true),
    )
    return context.json({ refunds: paged(found, query).map(refundRow) })
  })
  app.get('/admin/carts', (context) => {
    const wanted = (context.req.query('member_id') ?? '').split(',')
    const found = mall.carts.filter(({ member }) => wanted.includes(member))
    return context.json({ carts: found.map(cartRow) })
  })
}

function isWithin(at: number | null, from: string | undefined, to: string | undefined): boolean {
  if (at === null) return false
  const second = Math.floor(at / 1_000) * 1_000
  return second >= (cafe24Time(from) ?? 0) && second <= (cafe24Time(to) ?? Number.MAX_SAFE_INTEGER)
}

function isTooLong(query: Readonly<Record<string, string>>): boolean {
  const [from, to] = [cafe24Time(query.start_date), cafe24Time(query.end_date)]
  return from === null || to === null || to - from > 92 * 24 * hourMs
}

function paged<T>(rows: readonly T[], query: Readonly<Record<string, string>>): readonly T[] {
  const offset = Number(query.offset ?? '0')
  return offset > 15_000 ? [] : rows.slice(offset, offset + Number(query.limit ?? '10'))
}

function dateOf(mall: Cafe24Mall, order: MallOrder, type = 'order_date'): number | null {
  const returned = mall.refunds.find((refund) => refund.order === order.id)?.at ?? null
  const dates: Readonly<Record<string, number | null>> = {
    order_date: order.at,
    pay_date: order.paidAt,
    shipbegin_date: order.shippedAt ?? null,
    shipend_date: order.deliveredAt ?? null,
    cancel_date: order.cancelledAt,
    cancel_complete_date: order.cancelledAt,
    return_complete_date: order.cancelledAt === null ? returned : null,
  }
  return dates[type] ?? null
}

function consentPage(mall: string, href: string): string {
  return `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>앱 권한 동의</title><body style="font:16px sans-serif;max-width:480px;margin:64px auto;padding:0 16px">
<h1>카페24 (시험용 서버)</h1><p><b>${escapeHtml(mall)}</b> 쇼핑몰의 회원, 상품, 주문 정보를 이 앱이 읽도록 허용할까요?</p>
<p><a id="agree" href="${escapeHtml(href)}">동의함</a></p></body></html>`
}
