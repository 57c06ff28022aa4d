import { createHmac } from 'node:crypto'
import type { Hono } from 'hono'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import type { Cafe24Mall } from './cafe24-mall.contract.ts'
import { cafe24Text } from './values.ts'

/** Signs tokens of members, as in the developer centre. */
export const testServiceKey = 'test-service-key'

/**
 * Coupons of a mall as Cafe24 describes them: made with their benefit in an object of its own, given to one member a call, listed with
 * when they were given and used. `state.lost` posts are done and never answered; `state.mute` posts are not done either.
 */
export function promotionApi(
  app: Hono,
  mall: Cafe24Mall,
  {
    clock,
    state,
  }: { readonly clock: Pick<Clock, 'now'>; readonly state: { lost: number; mute: number } },
): void {
  /** Whether the answer gets lost on the way. */
  const isLost = (): boolean => state.lost > 0 && state.lost-- > 0
  const isMute = (): boolean => state.mute > 0 && state.mute-- > 0
  const away = { error: { message: 'Service Unavailable' } }

  app.get('/admin/coupons', (context) => {
    const { offset = '0', limit = '10' } = context.req.query()
    const from = Number(offset)
    return context.json({ coupons: mall.coupons.slice(from, from + Number(limit)) })
  })
  app.post('/admin/coupons', async (context) => {
    const { request } = (await context.req.json()) as { request: Record<string, unknown> }
    if (isMute()) return context.json(away, 503)
    const wrong = faultOf(request)
    if (wrong) return context.json({ error: { message: wrong } }, 422)
    const coupon_no = `60${String(mall.coupons.length + 1).padStart(17, '0')}`
    const coupon_name = String(request.coupon_name)
    const coupon = { ...request, coupon_no, coupon_name, deleted: 'F' }
    mall.coupons.push(coupon)
    return isLost() ? context.json(away, 503) : context.json({ coupon }, 201)
  })
  app.get('/admin/coupons/:no/issues', (context) =>
    context.json({ issues: issuesOf(mall, context.req.param('no'), context.req.query()) }),
  )
  app.post('/admin/coupons/:no/issues', async (context) => {
    const { request } = (await context.req.json()) as { request: Record<string, unknown> }
    if (isMute()) return context.json(away, 503)
    const no = context.req.param('no')
    const member = String(request.member_id ?? '')
    if (!mall.coupons.some((one) => one.coupon_no === no) || !mall.members.has(member))
      return context.json({ error: { message: 'No such member or coupon' } }, 422)
    const own = { coupon: no, member }
    mall.issues.push({
      ...own,
      no: `8${String(mall.issues.length).padStart(9, '0')}`,
      at: clock.now(),
    })
    if (isLost()) return context.json(away, 503)
    return context.json({ issues: { shop_no: 1, count: { [no]: 1 } } }, 201)
  })
  app.get('/admin/orders/coupons', (context) => {
    const ids = (context.req.query('order_id') ?? '').split(',')
    const coupons = ids.flatMap((id) => {
      const order = mall.orders.get(id)
      const used = mall.coupons.find((one) => one.coupon_no === order?.coupon)
      if (!order || !used) return []
      const { coupon_no: no, coupon_name } = used
      return [{ shop_no: 1, order_id: id, coupon_name, coupon_code: `#${no}#` }]
    })
    // As the documents show it: a number of 19 digits, not a text.
    const body = JSON.stringify({ coupons }).replaceAll(/"#(\d+)#"/g, '$1')
    return context.body(body, 200, { 'content-type': 'application/json' })
  })
  app.get('/admin/automessages/setting', (context) =>
    context.json({
      automessages: {
        shop_no: 1,
        use_sms: 'T',
        use_kakaoalimtalk: 'F',
        use_push: 'F',
        send_method: 'S',
      },
    }),
  )
}

/** Scripts of apps on the shop's pages, and its categories. */
export function designApi(app: Hono, mall: Cafe24Mall): void {
  app.post('/admin/scripttags', async (context) => {
    const { request } = (await context.req.json()) as { request: Record<string, unknown> }
    const script = { script_no: `${mall.scripts.length + 1}`, ...request }
    mall.scripts.push(script)
    return context.json({ scripttag: script }, 201)
  })
  app.get('/admin/scripttags', (context) => context.json({ scripttags: mall.scripts }))
  app.delete('/admin/scripttags/:no', (context) => {
    const at = mall.scripts.findIndex(({ script_no: no }) => no === context.req.param('no'))
    if (at >= 0) mall.scripts.splice(at, 1)
    return context.json({ scripttag: {} })
  })
  app.get('/admin/categories', (context) =>
    context.json({
      categories: [
        {
          category_no: 24,
          category_name: '니트',
          full_category_name: { '1': '의류', '2': '니트', '3': null },
        },
      ],
    }),
  )
}

/** Pieces of a coupon, in the order of their numbers. */
function issuesOf(mall: Cafe24Mall, no: string, query: Readonly<Record<string, string>>) {
  const { member_id: member, since_issue_no: since = '', limit = '10' } = query
  const { issued_start_date: from = '', issued_end_date: to = '9' } = query
  const coupon = mall.coupons.find((one) => one.coupon_no === no)
  const days = Number(coupon?.available_day_from_issued ?? 0)
  const isUsed = (member: string): boolean =>
    [...mall.orders.values()].some((order) => order.coupon === no && order.member === member)
  return mall.issues
    .filter((issue) => issue.coupon === no && (member === undefined || issue.member === member))
    .filter(({ no: own, at }) => own > since && isOnDay(at, from, to))
    .slice(0, Number(limit))
    .map((issue) => ({
      ...{ shop_no: 1, coupon_no: no, issue_no: issue.no, member_id: issue.member },
      issued_date: cafe24Text(issue.at),
      expiration_date: days > 0 ? cafe24Text(issue.at + days * dayMs) : null,
      used_coupon: isUsed(issue.member) ? 'T' : 'F',
    }))
}

/** Dates are days, the last one whole. */
function isOnDay(at: number, from: string, to: string): boolean {
  const day = cafe24Text(at).slice(0, 10)
  return day >= from && day <= to
}

/** What the documents ask of a coupon; undefined: nothing is wrong. */
function faultOf(request: Record<string, unknown>): string | undefined {
  const name = String(request.coupon_name ?? '')
  if (name === '' || name.length > 50) return 'coupon_name'
  if (!Array.isArray(request.available_site)) return 'available_site'
  const amount = (request.discount_amount as { benefit_price?: unknown } | undefined)?.benefit_price
  const rate = (request.discount_rate as { benefit_percentage?: unknown } | undefined)
    ?.benefit_percentage
  if (request.benefit_type === 'A' && !Number.isInteger(amount)) return 'discount_amount'
  if (request.benefit_type === 'B' && typeof rate !== 'number') return 'discount_rate'
  const isPeriod = request.available_period_type === 'F' && request.available_end_datetime
  const days = Number(request.available_day_from_issued)
  const isDays = request.available_period_type === 'R' && days >= 1 && days <= 999
  return isPeriod || isDays ? undefined : 'available_period_type'
}

/** What `CAFE24API.getEncryptedMemberId` answers on a page on which this member is signed in. */
export function memberToken(member: string, now: number, key = testServiceKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const said = `${part({ typ: 'JWT', alg: 'HS512' })}.${part({ member_id: member, iat: Math.floor(now / 1_000) })}`
  return `${said}.${createHmac('sha512', key).update(said).digest('base64url')}`
}
