import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { byteOrderMark } from '../web/csv-cell.ts'
import { InFile } from '../web/csv-heads.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import { codeKey } from './code.ts'
import { couponStates } from './coupon.ts'
import { IssuedCoupon, issuedAnswer, issuedHead, issuedLine } from './issued-answer.ts'
import { PoolAnswer, poolAnswer } from './pool-answer.ts'
import { PoolChange, PoolDraft } from './pool-draft.ts'
import type { CouponPools } from './pools.service.ts'

type Needs = {
  readonly pools: CouponPools
  readonly shops: Pick<Shops, 'shop'>
  readonly maskName: (name: string | null) => string | null
}

const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer'] as const
const Params = z.object({ id: z.coerce.number().int().positive() })
/** Lines of the file read at once. */
const csvPageRows = 1_000

/** Coupons: their pools, their codes, and who has one. */
export function couponsRoutes(needs: Needs): readonly Route[] {
  return [...issuedRoutes(needs), ...readingRoutes(needs), ...writingRoutes(needs)]
}

function readingRoutes({ pools, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/coupons',
      summary:
        'Coupons of the shop, newest first, each with what is left and what became of it. A shop has 500 open ones at most.',
      roles: readers,
      query: z.object({ archived: z.enum(['true', 'false']).default('false') }),
      response: z.object({ items: z.array(PoolAnswer) }),
      handle: async ({ actor, query }) => {
        const shop = await shops.shop(actor.shop)
        const items = await pools.list(actor.shop, query.archived === 'true')
        return { items: items.map((pool) => poolAnswer(pool, shop)) }
      },
    }),
    route({
      method: 'get',
      path: '/api/coupons/{id}',
      summary: 'One coupon.',
      roles: readers,
      params: Params,
      response: PoolAnswer,
      handle: async ({ actor, params }) =>
        poolAnswer(await pools.get(actor.shop, params.id), await shops.shop(actor.shop)),
    }),
  ]
}

function writingRoutes({ pools, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/coupons',
      summary:
        'Make a coupon: amounts in currency units, times in UTC ms. A percentage needs the most it may take off.',
      roles: writers,
      body: PoolDraft,
      response: PoolAnswer,
      handle: async ({ actor, body }) =>
        poolAnswer(await pools.create(actor, body), await shops.shop(actor.shop)),
    }),
    route({
      method: 'patch',
      path: '/api/coupons/{id}',
      summary:
        'Change a coupon, or archive it: an archived one is given to nobody any more; those given stay good. What it takes off is promised and stays.',
      roles: writers,
      params: Params,
      body: PoolChange,
      response: PoolAnswer,
      handle: async ({ actor, params, body }) =>
        poolAnswer(await pools.change(actor, params.id, body), await shops.shop(actor.shop)),
    }),
    route({
      method: 'post',
      path: '/api/coupons/{id}/codes',
      summary:
        'Add codes to a coupon that takes them from a list: one a line, or the first column of a CSV file. Known ones and doubles are left out.',
      roles: writers,
      params: Params,
      body: z.strictObject({ text: z.string().min(1).max(6_000_000) }),
      bodyLimitBytes: 8 * 1024 * 1024,
      response: z.object({
        added: z.number(),
        /** Codes the shop has already. */
        known: z.number(),
        /** The first 1,000 lines that hold no code, or one that stood before. */
        refused: z.array(
          z.object({
            line: z.number(),
            value: z.string(),
            reason: z.enum(['not_a_code', 'twice']),
          }),
        ),
      }),
      handle: async ({ actor, params, body }) => {
        const { refused, ...counts } = await pools.upload(actor, params.id, body.text)
        return { ...counts, refused: [...refused] }
      },
    }),
  ]
}

const IssuedQuery = PageQuery.extend({
  pool: z.coerce.number().int().positive().optional(),
  customer: z.coerce.number().int().positive().optional(),
  state: z.enum(couponStates).optional(),
  code: z.string().max(100).optional(),
})

function issuedRoutes({ pools, shops, maskName }: Needs): readonly Route[] {
  const seenBy = ({ role }: Actor) => ({
    maskName: role === 'owner' || role === 'marketer' ? undefined : maskName,
    now: pools.now(),
  })
  return [
    route({
      method: 'get',
      path: '/api/coupons/issued',
      summary: 'Coupons given to people, newest first. `code` finds one however it is typed.',
      roles: readers,
      query: IssuedQuery,
      response: pageOf(IssuedCoupon),
      handle: async ({ actor, query }) => {
        const { after, code, ...filter } = query
        const before = after === undefined ? undefined : idIn(after)
        const codeFilter = code === undefined ? {} : { codeKey: codeKey(code) }
        const rows = await pools.issued(actor.shop, { ...filter, ...codeFilter, before })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => issuedAnswer(row, seenBy(actor))),
          next: rows.length === query.limit && last ? encodeCursor([last.id]) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/coupons/{id}/issued.csv',
      summary:
        'Everybody who got this coupon, as a CSV file, streamed. Masked but for owners and marketers; in the audit log.',
      roles: readers,
      params: Params,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, params, query: { language } }) => {
        const pool = await pools.get(actor.shop, params.id)
        const { timeZone } = await shops.shop(actor.shop)
        const seen = seenBy(actor)
        await pools.audit(actor, 'coupon.exported', {
          object: `coupon:${pool.id}`,
          detail: { name: pool.name, masked: seen.maskName !== undefined },
        })
        const body = pagesOf(issuedHead(language), async (before) => {
          const rows = await pools.issued(actor.shop, {
            pool: pool.id,
            before,
            limit: csvPageRows,
          })
          const lines = rows.map((row) =>
            issuedLine(issuedAnswer(row, seen), { zone: timeZone, language }),
          )
          return { text: lines.join(''), last: rows.at(-1)?.id, full: rows.length === csvPageRows }
        })
        const file = encodeURIComponent(`${pool.name}.csv`).replaceAll("'", '%27')
        return new Response(body, {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="coupon-${pool.id}.csv"; filename*=UTF-8''${file}`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        })
      },
    }),
  ]
}

type CsvPage = { readonly text: string; readonly last: number | undefined; readonly full: boolean }

/** A page is read only when the one before has been taken: a slow reader costs no memory. */
function pagesOf(
  head: string,
  read: (before: number | undefined) => Promise<CsvPage>,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  let before: number | undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (file) => file.enqueue(utf8.encode(byteOrderMark + head)),
      pull: async (file) => {
        const { text, last, full } = await read(before)
        if (text !== '') file.enqueue(utf8.encode(text))
        before = last ?? before
        if (!full) file.close()
      },
    },
    { highWaterMark: 1 },
  )
}

function idIn(cursor: string): number {
  const keys = decodeCursor(cursor)
  const [id] = keys ?? []
  if (keys?.length !== 1 || typeof id !== 'number' || !Number.isSafeInteger(id)) {
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  }
  return id
}
