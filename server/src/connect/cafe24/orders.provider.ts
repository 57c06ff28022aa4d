import { z } from 'zod'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { PlatformCoupon } from '../platform/offers.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { each, gone, inside, rowsIn } from './answers.driver.ts'
import { Cafe24Order, Cafe24Refund, mayBeRefunded, mayHaveUsedCoupon, orderOf } from './rows.ts'
import { cafe24Text, cafe24Time } from './values.ts'

const ordersAtOnce = 500
const refundsAtOnce = 500
/** One search reaches over three months at most. */
const searchMs = 85 * dayMs
/** Orders are brought week by week: a search gives the first 15,000. */
const weekMs = 7 * dayMs
const offsetLimit = 15_000
/** Ids in one search. */
const idsAtOnce = 100
const couponsAtOnce = 500
const UsedCoupon = z.object({
  order_id: z.string(),
  coupon_name: z.string().catch(''),
  coupon_code: z.union([z.string(), z.number()]).transform(String),
})
/** By which times an order shows that it changed; refunds are asked for beside them. */
const orderDates = [
  'order_date',
  'pay_date',
  'shipbegin_date',
  'shipend_date',
  'cancel_date',
  'cancel_complete_date',
  'return_complete_date',
  'exchange_complete_date',
] as const

/** Where a look at orders stands: by which time, in which stretch, how far in it. */
const OrderCursor = z.object({
  by: z.number(),
  from: z.number(),
  span: z.number(),
  offset: z.number(),
})
type OrderCursor = z.infer<typeof OrderCursor>

/** A page of the orders that changed in a window. */
export async function orders(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const { window } = asked
  if (!window) throw new Error('Orders are looked at in a window.')
  const isBackfill = window.to - window.from > searchMs
  const first = { by: 0, from: window.from, span: weekMs, offset: 0 }
  const at = asked.cursor ? OrderCursor.parse(JSON.parse(asked.cursor)) : first
  const kinds = isBackfill ? orderDates.slice(0, 1) : orderDates
  const to = Math.min(at.from + at.span, window.to)
  const dateType = kinds[at.by]
  const stretch = { from: at.from, to }
  const told = dateType
    ? await search(session, { ...stretch, dateType, offset: at.offset })
    : await refundedOrders(session, stretch)
  const read = await withRefunds(session, told, window.to)
  const isFull = dateType !== undefined && told.length === ordersAtOnce
  const next = nextOf(at, {
    ...{ to, isFull, window },
    // Refunds are the last kind of a look; those of a first look come with their orders.
    kinds: isBackfill ? 1 : kinds.length + 1,
  })
  const total = isBackfill && asked.cursor === null ? { total: await countOf(session, window) } : {}
  return { ...read, ...total, next: next ? JSON.stringify(next) : null }
}

/** How many orders a first look will bring. */
async function countOf(
  session: PlatformSession,
  window: { readonly from: number; readonly to: number },
): Promise<number> {
  let count = 0
  for (let from = window.from; from < window.to; from += searchMs) {
    const to = Math.min(from + searchMs, window.to)
    const answer = await session.call({
      method: 'get',
      path: '/admin/orders/count',
      query: {
        ...{ start_date: cafe24Text(from), end_date: cafe24Text(to), date_type: 'order_date' },
      },
    })
    count += z.object({ count: z.coerce.number() }).safeParse(answer.body).data?.count ?? 0
  }
  return count
}

/** The next stretch; one with too many orders is begun anew by halves. */
function nextOf(
  at: OrderCursor,
  how: {
    readonly to: number
    readonly window: { readonly from: number; readonly to: number }
    readonly isFull: boolean
    readonly kinds: number
  },
): OrderCursor | null {
  if (how.isFull && at.offset + 2 * ordersAtOnce > offsetLimit)
    return { ...at, span: Math.max(minuteMs, Math.floor(at.span / 2)), offset: 0 }
  if (how.isFull) return { ...at, offset: at.offset + ordersAtOnce }
  if (how.to < how.window.to) return { ...at, from: how.to, offset: 0 }
  const next = { by: at.by + 1, from: how.window.from, span: weekMs, offset: 0 }
  return next.by < how.kinds ? next : null
}

async function search(
  session: PlatformSession,
  asked: {
    readonly from: number
    readonly to: number
    readonly dateType: string
    readonly offset: number
  },
): Promise<readonly unknown[]> {
  const answer = await session.call({
    method: 'get',
    path: '/admin/orders',
    query: {
      start_date: cafe24Text(asked.from),
      end_date: cafe24Text(asked.to),
      date_type: asked.dateType,
      embed: 'items,buyer',
      limit: `${ordersAtOnce}`,
      offset: `${asked.offset}`,
    },
  })
  return rowsIn(answer, 'orders')
}

/** Orders of which money went back in this stretch. */
async function refundedOrders(
  session: PlatformSession,
  stretch: { readonly from: number; readonly to: number },
): Promise<readonly unknown[]> {
  const refunds = await refundsOf(session, stretch, {})
  const ids = [...new Set(refunds.map(({ order_id }) => order_id))]
  const found: unknown[] = []
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const answer = await session.call({
      method: 'get',
      path: '/admin/orders',
      query: {
        order_id: ids.slice(at, at + idsAtOnce).join(','),
        embed: 'items,buyer',
        limit: `${idsAtOnce}`,
      },
    })
    found.push(...rowsIn(answer, 'orders'))
  }
  return found
}

async function withRefunds(
  session: PlatformSession,
  told: readonly unknown[],
  now: number,
): Promise<Pick<Page, 'rows' | 'refused'>> {
  const parsed = told.map((one) => ({ one, read: Cafe24Order.safeParse(one) }))
  const orders = parsed.flatMap(({ read }) => (read.success ? [read.data] : []))
  const refunds = await refundsOfOrders(session, orders.filter(mayBeRefunded), now)
  const coupons = await couponsOfOrders(session, orders.filter(mayHaveUsedCoupon))
  return each(
    parsed.map(({ one }) => one),
    (one) => {
      const read = Cafe24Order.safeParse(one)
      if (!read.success) return undefined
      const { order_id: id } = read.data
      return orderOf(read.data, refunds.get(id) ?? [], coupons.get(id))
    },
  )
}

async function refundsOfOrders(
  session: PlatformSession,
  orders: readonly Cafe24Order[],
  now: number,
): Promise<ReadonlyMap<string, readonly Cafe24Refund[]>> {
  const refunds: Cafe24Refund[] = []
  for (let at = 0; at < orders.length; at += idsAtOnce) {
    const some = orders.slice(at, at + idsAtOnce)
    const first = Math.min(...some.map(({ order_date }) => cafe24Time(order_date) ?? now))
    const ids = some.map(({ order_id }) => order_id).join(',')
    refunds.push(...(await refundsOf(session, { from: first, to: now + dayMs }, { order_id: ids })))
  }
  return Map.groupBy(refunds, ({ order_id }) => order_id)
}

/** The coupons that were used, by order; one that was used for several lines stands once. */
async function couponsOfOrders(
  session: PlatformSession,
  orders: readonly Cafe24Order[],
): Promise<ReadonlyMap<string, readonly PlatformCoupon[]>> {
  const used: z.infer<typeof UsedCoupon>[] = []
  for (let at = 0; at < orders.length; at += idsAtOnce) {
    const ids = orders.slice(at, at + idsAtOnce).map(({ order_id }) => order_id)
    const answer = await session.call({
      method: 'get',
      path: '/admin/orders/coupons',
      query: { order_id: ids.join(','), limit: `${couponsAtOnce}` },
    })
    used.push(...rowsIn(answer, 'coupons').flatMap((one) => UsedCoupon.safeParse(one).data ?? []))
  }
  const byOrder = Map.groupBy(used, ({ order_id }) => order_id)
  return new Map(
    [...byOrder].map(([id, all]) => {
      const names = new Map(all.map((one) => [one.coupon_code, one.coupon_name]))
      return [id, [...names].map(([code, name]) => ({ id: code, name }))]
    }),
  )
}

async function refundsOf(
  session: PlatformSession,
  stretch: { readonly from: number; readonly to: number },
  more: Readonly<Record<string, string>>,
): Promise<readonly Cafe24Refund[]> {
  const found = new Map<string, Cafe24Refund>()
  for (let from = stretch.from; from < stretch.to; from += searchMs) {
    for (let offset = 0; ; offset += refundsAtOnce) {
      const answer = await session.call({
        method: 'get',
        path: '/admin/refunds',
        query: {
          start_date: cafe24Text(from),
          end_date: cafe24Text(Math.min(from + searchMs, stretch.to)),
          date_type: 'refund_date',
          limit: `${refundsAtOnce}`,
          offset: `${offset}`,
          ...more,
        },
      })
      const told = rowsIn(answer, 'refunds')
      for (const one of told) {
        const read = Cafe24Refund.safeParse(one)
        if (read.success) found.set(read.data.refund_code, read.data)
      }
      if (told.length < refundsAtOnce) break
    }
  }
  return [...found.values()]
}

/** One order as it is now. */
export async function oneOrder(session: PlatformSession, id: string) {
  const path = `/admin/orders/${encodeURIComponent(id)}`
  const answer = await session.call({ method: 'get', path, query: { embed: 'items,buyer' } })
  const parsed = Cafe24Order.safeParse(inside(answer, 'order'))
  if (answer.status === 404 || !parsed.success) return gone(answer)
  const own = [parsed.data].filter(mayBeRefunded)
  const refunds = await refundsOfOrders(session, own, session.now())
  const coupons = await couponsOfOrders(session, [parsed.data].filter(mayHaveUsedCoupon))
  return orderOf(parsed.data, refunds.get(id) ?? [], coupons.get(id))
}
