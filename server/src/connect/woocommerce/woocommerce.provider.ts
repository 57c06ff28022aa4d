import type { z } from 'zod'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked, Platform } from '../platform/platform.ts'
import { readRows } from '../platform/read-rows.ts'
import { wooCoupons } from './coupons.provider.ts'
import { WooKeys } from './keys.ts'
import { readWooNotice } from './notice.driver.ts'
import { oneOrder, ordersOf } from './orders.provider.ts'
import { listIn, objectIn, pageRows, totalIn } from './pages.provider.ts'
import { oneProduct, productsOf } from './products.provider.ts'
import { consentKeysIn, memberOf, WooCustomer } from './rows.ts'
import { dropWebhooks, keepWebhooks, wakeWebhooks } from './webhooks.provider.ts'

/**
 * WooCommerce's REST API, version 3, of a shop at any address. There is no limit of calls but that of the shop's own host, so it is
 * asked gently. Customers have no search by change: webhooks tell, and all of them are looked at every six hours.
 */
export function woocommercePlatform(options: {
  readonly testServer: string | undefined
}): Platform {
  const { testServer } = options
  return {
    kind: 'woocommerce',
    plans: [
      { resource: 'products', everyMs: 15 * minuteMs, overlapMs: hourMs, sweepEveryMs: dayMs },
      { resource: 'members', everyMs: 10 * minuteMs, overlapMs: dayMs, sweepEveryMs: 6 * hourMs },
      { resource: 'orders', everyMs: 5 * minuteMs, overlapMs: hourMs, sweepEveryMs: 7 * dayMs },
    ],
    rate: { bucket: 10, perSecond: 4 },
    isAnywhere: testServer === undefined,
    baseOf: (name) => `${testServer ?? 'https:/'}/${name}/wp-json/wc/v3`,
    headersOf: (credentials) => {
      const keys = WooKeys.parse(credentials)
      return { authorization: `Basic ${btoa(`${keys.consumerKey}:${keys.consumerSecret}`)}` }
    },
    page: async (session, asked) => {
      switch (asked.resource) {
        case 'products':
          if (asked.cursor === null) await wakeWebhooks(session)
          return await productsOf(session, asked)
        case 'members':
          return await members(session, asked)
        case 'orders':
          return await ordersOf(session, asked)
        case 'coupons':
          throw new Error('Customers type codes there: nobody is given one.')
      }
    },
    one: async (session, { resource, id }) => {
      // What is no number there was never an id: asking for it would ask for something else.
      if (!/^\d+$/.test(id)) return undefined
      switch (resource) {
        case 'products':
          return await oneProduct(session, id)
        case 'members':
          return await oneMember(session, id)
        case 'orders':
          return await oneOrder(session, id)
      }
    },
    readNotice: readWooNotice,
    settle: (session, ours) =>
      keepWebhooks(session, { url: ours.webhookUrl, secret: secretIn(ours.credentials) }),
    coupons: wooCoupons,
    unsettle: (session, ours) => dropWebhooks(session, ours.webhookUrl),
  }
}

const secretIn = (credentials: JsonObject): string => WooKeys.parse(credentials).hookSecret

/** The newest who joined, for a look; all of them, in the order of their ids, else. */
async function members(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const page = Number(asked.cursor ?? '1')
  const { window } = asked
  const order = window
    ? { orderby: 'registered_date', order: 'desc' }
    : { orderby: 'id', order: 'asc' }
  const answer = await session.call({
    method: 'get',
    path: '/customers',
    query: { role: 'all', per_page: `${pageRows}`, page: `${page}`, ...order },
  })
  const told = listIn(answer)
  const read = readRows(told, reading(session))
  const joined = read.rows.map((row) => (row.resource === 'members' ? row.joinedAt : 0))
  const isPast = window !== null && joined.some((at) => at < window.from)
  const isLast = told.length < pageRows || isPast
  return {
    ...read,
    next: isLast ? null : `${page + 1}`,
    ...(window ? {} : totalIn(answer, asked.cursor === null)),
  }
}

async function oneMember(session: PlatformSession, id: string) {
  const answer = await session.call({ method: 'get', path: `/customers/${id}` })
  const read = objectIn(answer, WooCustomer)
  const row = read && memberOf(read, consentKeysIn(session.settings))
  return row === 'none' ? undefined : row
}

const reading = ({ settings }: PlatformSession) => ({
  schema: WooCustomer,
  idKey: 'id',
  row: (read: z.infer<typeof WooCustomer>) => memberOf(read, consentKeysIn(settings)),
})
