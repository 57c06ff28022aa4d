import { z } from 'zod'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type {
  Page,
  PageAsked,
  Platform,
  PlatformAnswer,
  PlatformRow,
  PlatformSession,
} from '../platform/platform.ts'
import { Cafe24Keys, cafe24Renewal } from './connect.ts'
import { readCafe24Notice } from './notice.ts'
import {
  Cafe24Member,
  Cafe24Order,
  Cafe24Product,
  Cafe24Refund,
  mayBeRefunded,
  memberOf,
  orderOf,
  productOf,
} from './rows.ts'
import { cafe24Text, cafe24Time } from './values.ts'

const membersAtOnce = 1_000
const productsAtOnce = 100
const ordersAtOnce = 500
const refundsAtOnce = 500
/** One search reaches over three months at most. */
const searchMs = 85 * dayMs
/** Orders are brought week by week: a search gives the first 15,000. */
const weekMs = 7 * dayMs
const offsetLimit = 15_000
/** Ids in one search. */
const idsAtOnce = 100
/** The version of the API that was read; Cafe24 answers by it. */
const apiVersion = '2025-12-01'

/** By which times an order shows that it changed; refunds are asked for beside them. */
const orderDates = [
  'order_date',
  'pay_date',
  'cancel_date',
  'cancel_complete_date',
  'return_complete_date',
  'exchange_complete_date',
] as const

/**
 * Cafe24's Admin API. `baseOf` is a test server's address where one is set; else the mall's own, which nobody can choose beyond the
 * mall's id. Members have no time of change there: changes come by webhook, and by looking at all of them every six hours.
 */
export function cafe24Platform(options: { readonly testServer: string | undefined }): Platform {
  return {
    kind: 'cafe24',
    plans: [
      {
        resource: 'products',
        everyMs: 15 * minuteMs,
        overlapMs: hourMs,
        sweepEveryMs: 7 * dayMs,
      },
      {
        resource: 'members',
        everyMs: 10 * minuteMs,
        overlapMs: dayMs,
        sweepEveryMs: 6 * hourMs,
      },
      { resource: 'orders', everyMs: 5 * minuteMs, overlapMs: 6 * hourMs, sweepEveryMs: null },
    ],
    rate: { bucket: 40, perSecond: 2 },
    baseOf: (mall) =>
      options.testServer === undefined
        ? `https://${mall}.cafe24api.com/api/v2`
        : `${options.testServer}/${mall}/api/v2`,
    headersOf: (credentials) => ({
      authorization: `Bearer ${Cafe24Keys.parse(credentials).accessToken}`,
      'x-cafe24-api-version': apiVersion,
    }),
    renewal: cafe24Renewal,
    page: (session, asked) => {
      switch (asked.resource) {
        case 'products':
          return products(session, asked)
        case 'members':
          return members(session, asked)
        case 'orders':
          return orders(session, asked)
      }
    },
    one: (session, { resource, id }) => {
      switch (resource) {
        case 'products':
          return oneProduct(session, id)
        case 'members':
          return oneMember(session, id)
        case 'orders':
          return oneOrder(session, id)
      }
    },
    readNotice: readCafe24Notice,
  }
}

async function members(session: PlatformSession, asked: PageAsked): Promise<Page> {
  // By the time of joining, from one page's last to the next: an offset ends at 8,000 members.
  const from = asked.cursor ?? (asked.window ? cafe24Text(asked.window.from) : '2000-01-01')
  const answer = await session.call({
    method: 'get',
    path: '/admin/customersprivacy',
    query: { search_type: 'created_date', created_start_date: from, limit: `${membersAtOnce}` },
  })
  const told = rowsIn(answer, 'customersprivacy')
  const read = each(told, (one) => {
    const parsed = Cafe24Member.safeParse(one)
    return parsed.success ? memberOf(parsed.data) : undefined
  })
  const last = told.at(-1)
  const lastAt =
    isJsonObject(last) && typeof last.created_date === 'string' ? last.created_date : ''
  if (told.length < membersAtOnce) return { ...read, next: null }
  // A page of one single second goes on with the next one.
  const next = lastAt === from ? cafe24Text((cafe24Time(lastAt) ?? 0) + 1_000) : lastAt
  return { ...read, next }
}

async function oneMember(session: PlatformSession, id: string) {
  const path = `/admin/customersprivacy/${encodeURIComponent(id)}`
  const answer = await session.call({ method: 'get', path })
  const parsed = Cafe24Member.safeParse(inside(answer, 'customersprivacy'))
  return answer.status === 404 || !parsed.success ? gone(answer) : memberOf(parsed.data)
}

async function products(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const { window } = asked
  const since = asked.cursor ?? '0'
  const changed: Record<string, string> = window
    ? {
        updated_start_date: cafe24Text(window.from),
        updated_end_date: cafe24Text(window.to),
      }
    : {}
  const answer = await session.call({
    method: 'get',
    path: '/admin/products',
    query: { limit: `${productsAtOnce}`, since_product_no: since, ...changed },
  })
  const told = rowsIn(answer, 'products')
  const read = each(told, (one) => {
    const parsed = Cafe24Product.safeParse(one)
    return parsed.success ? productOf(parsed.data, session.name) : undefined
  })
  const last = read.rows.at(-1)
  return { ...read, next: told.length < productsAtOnce || !last ? null : last.id }
}

async function oneProduct(session: PlatformSession, id: string) {
  const path = `/admin/products/${encodeURIComponent(id)}`
  const answer = await session.call({ method: 'get', path })
  const parsed = Cafe24Product.safeParse(inside(answer, 'product'))
  return answer.status === 404 || !parsed.success
    ? gone(answer)
    : productOf(parsed.data, session.name)
}

/** Where a look at orders stands: by which time, in which stretch, how far in it. */
const OrderCursor = z.object({
  by: z.number(),
  from: z.number(),
  span: z.number(),
  offset: z.number(),
})
type OrderCursor = z.infer<typeof OrderCursor>

async function orders(session: PlatformSession, asked: PageAsked): Promise<Page> {
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
  return { ...read, next: next ? JSON.stringify(next) : null }
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
  return each(
    parsed.map(({ one }) => one),
    (one) => {
      const read = Cafe24Order.safeParse(one)
      return read.success ? orderOf(read.data, refunds.get(read.data.order_id) ?? []) : undefined
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

async function oneOrder(session: PlatformSession, id: string) {
  const path = `/admin/orders/${encodeURIComponent(id)}`
  const answer = await session.call({ method: 'get', path, query: { embed: 'items,buyer' } })
  const parsed = Cafe24Order.safeParse(inside(answer, 'order'))
  if (answer.status === 404 || !parsed.success) return gone(answer)
  const own = [parsed.data].filter(mayBeRefunded)
  const refunds = await refundsOfOrders(session, own, session.now())
  return orderOf(parsed.data, refunds.get(id) ?? [])
}

/** 404 says that there is none; an answer that cannot be read says nothing of the kind. */
function gone(answer: PlatformAnswer): undefined {
  if (answer.status === 404) return undefined
  throw new PlatformTrouble('refused', 'The answer cannot be read.', answer.status)
}

function inside(answer: PlatformAnswer, key: string): unknown {
  const body = answer.body as JsonObject | undefined
  const value = body?.[key]
  return Array.isArray(value) ? value[0] : value
}

function rowsIn(answer: PlatformAnswer, key: string): readonly unknown[] {
  const value = (answer.body as JsonObject | undefined)?.[key]
  if (answer.status !== 200 || !Array.isArray(value)) {
    throw new PlatformTrouble('refused', `The answer has no ${key}.`, answer.status)
  }
  return value
}

const idKeys = ['order_id', 'member_id', 'product_no'] as const

function each(
  told: readonly unknown[],
  read: (one: unknown) => PlatformRow | undefined,
): Pick<Page, 'rows' | 'refused'> {
  const rows: PlatformRow[] = []
  const refused: { id: string; why: string }[] = []
  for (const one of told) {
    const row = read(one)
    if (row) rows.push(row)
    else refused.push({ id: idOf(one), why: 'It is written in a way that is not known here.' })
  }
  return { rows, refused }
}

function idOf(one: unknown): string {
  const object = one as JsonObject | null
  const key = idKeys.find((name) => object?.[name] !== undefined)
  return key ? String(object?.[key]).slice(0, 200) : ''
}
