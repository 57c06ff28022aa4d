import { z } from 'zod'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject } from '../../lib/json.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked, Platform } from '../platform/platform.ts'
import { each, gone, inside, rowsIn } from './answers.driver.ts'
import { Cafe24Keys, cafe24Renewal } from './connect.ts'
import { cafe24Coupons, cafe24Native } from './coupons.provider.ts'
import { cafe24Gifts } from './gifts.provider.ts'
import { cafe24MemberOf } from './member-token.driver.ts'
import { readCafe24Notice } from './notice.ts'
import { oneOrder, orders } from './orders.provider.ts'
import { cafe24Products } from './products.provider.ts'
import { Cafe24Member, memberOf } from './rows.ts'
import { putScript, takeScript } from './script.provider.ts'
import { cafe24Text, cafe24Time } from './values.ts'

const membersAtOnce = 1_000
/** Ids in one question: an address has an end. */
const idsAtOnce = 50
/** The version of the API that was read; Cafe24 answers by it. */
const apiVersion = '2025-12-01'

/**
 * Cafe24's Admin API. `baseOf` is a test server's address where one is set; else the mall's own, which nobody can choose beyond the
 * mall's id. Members have no time of change there: changes come by webhook, and by looking at all of them every six hours.
 */
export function cafe24Platform(options: { readonly testServer: string | undefined }): Platform {
  const products = cafe24Products()
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
      { resource: 'coupons', everyMs: 15 * minuteMs, overlapMs: dayMs, sweepEveryMs: null },
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
          return products.page(session, asked)
        case 'members':
          return members(session, asked)
        case 'orders':
          return orders(session, asked)
        case 'coupons':
          return cafe24Gifts(session, asked)
      }
    },
    one: (session, { resource, id }) => {
      switch (resource) {
        case 'products':
          return products.one(session, id)
        case 'members':
          return oneMember(session, id)
        case 'orders':
          return oneOrder(session, id)
      }
    },
    rest: { topics: { dormant: '90145', released: '90146' }, keptApart },
    readNotice: readCafe24Notice,
    settle: putScript,
    unsettle: takeScript,
    coupons: cafe24Coupons,
    cart,
    native: cafe24Native,
    memberOf: cafe24MemberOf,
  }
}

const CartLine = z
  .object({
    product_no: z.union([z.string(), z.number()]).transform(String),
    quantity: z.coerce.number().int().positive().catch(1),
    created_date: z.string().nullish(),
  })
  .transform((line) => ({
    product: line.product_no,
    quantity: line.quantity,
    addedAt: cafe24Time(line.created_date ?? undefined),
  }))

/** What lies in the member's cart; a member without one has an empty list. */
async function cart(session: PlatformSession, member: string) {
  const answer = await session.call({
    method: 'get',
    path: '/admin/carts',
    query: { member_id: member, limit: '100' },
    once: true,
  })
  return rowsIn(answer, 'carts').flatMap((one) => CartLine.safeParse(one).data ?? [])
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

/**
 * Who of these is a member of whom personal data is not shown: `GET /admin/customers` says of ids that they exist, without names. Whether
 * it shows dormant members, as its documents leave open, is seen by the answer.
 */
async function keptApart(session: PlatformSession, ids: readonly string[]) {
  const found = new Set<string>()
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const asked = ids.slice(at, at + idsAtOnce)
    const query = { member_id: asked.join(',') }
    const answer = await session.call({ method: 'get', path: '/admin/customers', query })
    if (answer.status === 404) continue
    for (const one of rowsIn(answer, 'customers'))
      if (isJsonObject(one) && typeof one.member_id === 'string') found.add(one.member_id)
  }
  return found
}

async function oneMember(session: PlatformSession, id: string) {
  const path = `/admin/customersprivacy/${encodeURIComponent(id)}`
  const answer = await session.call({ method: 'get', path })
  const parsed = Cafe24Member.safeParse(inside(answer, 'customersprivacy'))
  return answer.status === 404 || !parsed.success ? gone(answer) : memberOf(parsed.data)
}
