import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { boundedBytes } from '../../web/bounded-body.ts'
import { type Route, route } from '../../web/route.ts'
import { dayOrders } from './day-order.ts'
import { fileFaults } from './fault.ts'
import type { FileImports } from './file-imports.service.ts'
import type { FileImportRow } from './file-imports.store.ts'
import { fieldsOf, fileKinds } from './headings.ts'
import { fileBytesLimit, fileLayouts } from './layout.ts'
import { fileNotes } from './understood.ts'

type Needs = { readonly files: FileImports }

const readers = ['marketer', 'developer', 'viewer'] as const
const Params = z.object({ id: z.coerce.number().int().positive() })
const everyField = [...new Set([...fieldsOf.orders, ...fieldsOf.members, ...fieldsOf.products])]
const Mapping = z.partialRecord(
  z.enum(everyField as [string, ...string[]]),
  z.number().int().nonnegative().max(300),
)
const Came = z.object({ fresh: z.number(), changed: z.number(), same: z.number() })
const Understood = z.object({
  rows: z.number(),
  objects: z.number(),
  faults: z.partialRecord(z.enum(fileFaults), z.number()),
  notes: z.array(z.enum(fileNotes)),
  /** Amounts in currency units. */
  orders: z
    .object({
      paid: z.number(),
      unpaid: z.number(),
      cancelled: z.number(),
      refunds: z.number(),
      refundAmount: z.number(),
      amount: z.number(),
      buyers: z.number(),
      guests: z.number(),
      naverPay: z.number(),
    })
    .nullable(),
  members: z.object({ withPhone: z.number(), withEmail: z.number() }).nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** A day that could be read both ways, and how it is read; files of before have none. */
  doubtfulDay: z
    .object({ cell: z.string(), order: z.enum(dayOrders) })
    .nullable()
    .default(null),
})
const Dropped = z.object({
  id: z.number(),
  fileName: z.string(),
  /** null until it has been looked at, as the next ones. */
  kind: z.enum(fileKinds).nullable(),
  layout: z.enum(fileLayouts).nullable(),
  state: z.enum(['looking', 'looked_at', 'applying', 'done', 'failed', 'cancelled']),
  /** null where the columns do not suffice: say which says what. */
  understood: Understood.nullable(),
  /** What bringing it would come to, and what it came to. */
  would: Came.nullable(),
  came: Came.nullable(),
  /** It says consents too: they are brought under the name of whoever answers for them. */
  hasConsents: z.boolean(),
  madeAt: z.number(),
  endedAt: z.number().nullable(),
  /** Objects brought so far, of how many. */
  done: z.number(),
  total: z.number().nullable(),
  /** Why it failed. */
  problem: z.string().nullable(),
})

/** Files of orders, members and products of any shop. */
export function fileRoutes({ files }: Needs): readonly Route[] {
  return [...bringing(files), ...brought(files)]
}

function bringing(files: FileImports): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/connect/files',
      summary:
        'Takes an Excel (.xlsx) or CSV file (UTF-8, CP949), or a table of a web page called .xls, of orders, members, products or consents, sent as the body; 32 MiB and 200,000 lines at most. What it says is found out beside the requests: ask for the file. Nothing changes until it is let in.',
      roles: ['marketer'],
      query: z.object({ name: z.string().trim().min(1).max(200).default('file.csv') }),
      media: { request: 'application/octet-stream' },
      response: Dropped,
      handle: async ({ actor, query, request }) => {
        const bytes = await bodyOf(request)
        const id = await files.lookAt(actor, { name: query.name, bytes })
        return answerOf(await files.get(actor.shop, id))
      },
    }),
    route({
      method: 'put',
      path: '/api/connect/files/{id}/columns',
      summary:
        'Says what the file is and which column (from 0) says which field; it is looked at anew, and remembered for files with the same headings.',
      roles: ['marketer'],
      params: Params,
      body: z.strictObject({
        kind: z.enum(fileKinds),
        mapping: Mapping,
        /** Where days such as 03/04/2026 could be read both ways: what stands first. */
        days: z.enum(dayOrders).optional(),
      }),
      response: Dropped,
      handle: async ({ actor, params, body }) => {
        await files.choose(actor, params.id, body)
        return answerOf(await files.get(actor.shop, params.id))
      },
    }),
    route({
      method: 'post',
      path: '/api/connect/files/{id}/apply',
      summary:
        'Lets the file in. It is brought beside the requests; the same orders again change nothing.',
      roles: ['marketer'],
      params: Params,
      response: Dropped,
      handle: async ({ actor, params }) => {
        await files.apply(actor, params.id)
        return answerOf(await files.get(actor.shop, params.id))
      },
    }),
    route({
      method: 'post',
      path: '/api/connect/files/{id}/cancel',
      summary: 'Calls a file off and forgets it. What was brought already stays.',
      roles: ['marketer'],
      params: Params,
      response: Dropped,
      handle: async ({ actor, params }) => {
        await files.cancel(actor, params.id)
        return answerOf(await files.get(actor.shop, params.id))
      },
    }),
    route({
      method: 'post',
      path: '/api/connect/files/{id}/consents',
      summary:
        'Gives the file on to the import of consents, where somebody answers for it by name. Answers its id there.',
      roles: ['marketer'],
      params: Params,
      body: z.strictObject({ from: z.string().trim().max(200).default('') }),
      response: z.object({ id: z.number() }),
      handle: async ({ actor, params, body }) => ({
        id: await files.toConsents(actor, params.id, body.from),
      }),
    }),
  ]
}

function brought(files: FileImports): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/connect/files',
      summary: 'Files that were dropped, the newest first.',
      roles: readers,
      response: z.object({ items: z.array(Dropped) }),
      handle: async ({ actor }) => ({ items: (await files.list(actor.shop)).map(answerOf) }),
    }),
    route({
      method: 'get',
      path: '/api/connect/files/{id}',
      summary: 'A file, how far it is, and what was understood of it.',
      roles: readers,
      params: Params,
      response: Dropped,
      handle: async ({ actor, params }) => answerOf(await files.get(actor.shop, params.id)),
    }),
    route({
      method: 'get',
      path: '/api/connect/files/{id}/shown',
      summary: 'Its headings, first lines and which column says what, while it waits for a word.',
      roles: ['marketer'],
      params: Params,
      response: z.object({
        headings: z.array(z.string()),
        first: z.array(z.array(z.string())),
        mapping: Mapping,
      }),
      handle: async ({ actor, params }) => {
        const shown = await files.shown(actor.shop, params.id)
        if (!shown) return { headings: [], first: [], mapping: {} }
        const { headings, first, mapping } = shown
        return { headings: [...headings], first: first.map((row) => [...row]), mapping }
      },
    }),
    route({
      method: 'get',
      path: '/api/connect/files/{id}/refused',
      summary:
        'The lines that were left out, as CSV with the reason of each. Each look is in the audit log.',
      roles: ['marketer'],
      params: Params,
      media: { response: 'text/csv' },
      response: z.string(),
      handle: async ({ actor, params }) =>
        new Response(await files.refusedFile(actor, params.id), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="left-out-${params.id}.csv"`,
            'cache-control': 'no-store',
          },
        }),
    }),
  ]
}

type Answer = {
  readonly would?: z.infer<typeof Came>
  readonly came?: z.infer<typeof Came>
  readonly hasConsents?: boolean
} & Partial<z.infer<typeof Understood>>

function answerOf(row: FileImportRow): z.infer<typeof Dropped> {
  const { shop: _, round: __, chosen: ___, actor: ____, answer, ...kept } = row
  const { would, came, hasConsents = false, ...said } = JSON.parse(answer) as Answer
  const isRead = said.rows !== undefined
  return {
    ...kept,
    ...{ hasConsents, would: would ?? null, came: came ?? null },
    understood: isRead ? inUnits(Understood.parse(said)) : null,
  }
}

function inUnits(said: z.infer<typeof Understood>): z.infer<typeof Understood> {
  const { orders } = said
  if (!orders) return said
  const { amount, refundAmount } = orders
  return {
    ...said,
    orders: { ...orders, amount: amount / 10_000, refundAmount: refundAmount / 10_000 },
  }
}

async function bodyOf(request: Request): Promise<Buffer> {
  const bytes = await boundedBytes(request, fileBytesLimit)
  if (!bytes) throw new Refusal('too-large', 'A file may have 32 MiB at most.', 'file')
  if (bytes.byteLength < 8) throw new Refusal('invalid', 'The file is empty.', 'file')
  return Buffer.from(bytes)
}
