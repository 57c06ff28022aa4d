import { z } from 'zod'
import { firstSendLocked, firstSendOf, firstSendTasks } from '../../consent/first-send.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { boundedBytes } from '../../web/bounded-body.ts'
import { type Route, route } from '../../web/route.ts'
import type { ConsentImports } from './imports.service.ts'
import type { ImportRow } from './imports.store.ts'
import type { Counts } from './plan.ts'
import { importKinds, rowFaults } from './row.ts'

type Needs = {
  readonly imports: ConsentImports
  readonly shops: Pick<Shops, 'shop'>
}

const fileBytesLimit = 16 * 1024 * 1024
const readers = ['marketer', 'developer', 'viewer'] as const
const Params = z.object({ id: z.coerce.number().int().positive() })
/** A name under a sentence: who answers for it. */
const Signed = z.strictObject({
  name: z.string().trim().min(1).max(100),
  sentence: z.string().trim().min(10).max(1_000),
})
const CountsAnswer = z.object({
  rows: z.number(),
  consents: z.number(),
  outweighed: z.number(),
  refusals: z.number(),
  already: z.number(),
  unknownRefused: z.number(),
  newPeople: z.number(),
  faults: z.partialRecord(z.enum(rowFaults), z.number()),
})
const Import = z.object({
  id: z.number(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  state: z.enum(['looking', 'looked_at', 'applying', 'done', 'failed', 'cancelled']),
  /** null until it has been looked at. */
  counts: CountsAnswer.nullable(),
  madeAt: z.number(),
  attestedBy: z.string().nullable(),
  sentence: z.string().nullable(),
  appliedAt: z.number().nullable(),
  /** Words written so far, of how many (while it is looked at, of 100); null until the work has begun. */
  done: z.number(),
  total: z.number().nullable(),
  /** Why it failed; it may be applied again. */
  problem: z.string().nullable(),
})

/** Files of consents and refusals, and what must be settled before a first message. */
export function consentImportRoutes(needs: Needs): readonly Route[] {
  return [...bringRoutes(needs), ...broughtRoutes(needs), ...firstSendRoutes(needs)]
}

function bringRoutes({ imports }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/consents/imports',
      summary:
        'Takes a CSV file (sent as the body; UTF-8 or CP949, 16 MiB and 100,000 lines at most) of consents, of the toll-free number’s list or of the refusals another tool took. What it would do is found out beside the requests: ask for the import. Nothing changes until it is applied.',
      roles: ['marketer'],
      query: z.object({
        kind: z.enum(importKinds),
        name: z.string().max(200).default('file.csv'),
        /** Where the consents were given, for lines that do not say. */
        from: z.string().trim().max(200).default(''),
      }),
      media: { request: 'text/csv' },
      response: Import,
      handle: async ({ actor, query, request }) => {
        const { kind, from, name } = query
        const bytes = await bodyOf(request)
        const id = await imports.lookAt(actor, { bytes, kind, from, fileName: name })
        return answerOf(await imports.get(actor.shop, id))
      },
    }),
    route({
      method: 'post',
      path: '/api/consents/imports/{id}/apply',
      summary:
        'Lets the file be applied, under the name and sentence of whoever answers for it. It is done beside the requests: ask for the import to see how far it is.',
      roles: ['marketer'],
      params: Params,
      body: Signed,
      response: Import,
      handle: async ({ actor, params, body }) =>
        answerOf(await imports.apply(actor, params.id, body)),
    }),
    route({
      method: 'post',
      path: '/api/consents/imports/{id}/cancel',
      summary:
        'Calls a file off and forgets it. What it has said already stays said; one that is done stays done.',
      roles: ['marketer'],
      params: Params,
      response: Import,
      handle: async ({ actor, params }) => answerOf(await imports.cancel(actor, params.id)),
    }),
  ]
}

function broughtRoutes({ imports }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consents/imports',
      summary:
        'Files that were brought, the newest first; those called off before anybody answered for them are left out.',
      roles: readers,
      response: z.object({ items: z.array(Import) }),
      handle: async ({ actor }) => ({ items: (await imports.list(actor.shop)).map(answerOf) }),
    }),
    route({
      method: 'get',
      path: '/api/consents/imports/{id}',
      summary: 'A file, and how far it is.',
      roles: readers,
      params: Params,
      response: Import,
      handle: async ({ actor, params }) => answerOf(await imports.get(actor.shop, params.id)),
    }),
    route({
      method: 'get',
      path: '/api/consents/imports/{id}/lines',
      summary: 'The first 200 of the lines that do nothing, with the reason of each.',
      roles: ['marketer'],
      params: Params,
      response: z.object({
        items: z.array(
          z.object({ line: z.number(), reason: z.enum(rowFaults), value: z.string() }),
        ),
      }),
      handle: async ({ actor, params }) => {
        const { id } = await imports.get(actor.shop, params.id)
        const lines = await imports.shownLines(actor.shop, id)
        return {
          items: lines.map(({ line, fault, cells }) => ({
            line,
            reason: fault,
            value: cells.join(', ').slice(0, 200),
          })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/consents/imports/{id}/refused',
      summary:
        'The lines that did nothing, as CSV with the reason of each. Each look is in the audit log.',
      roles: ['marketer'],
      params: Params,
      media: { response: 'text/csv' },
      response: z.string(),
      handle: async ({ actor, params }) =>
        new Response(await imports.refusedFile(actor, params.id), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="refused-${params.id}.csv"`,
            'cache-control': 'no-store',
          },
        }),
    }),
  ]
}

function firstSendRoutes({ imports, shops }: Needs): readonly Route[] {
  const Settled = z
    .object({
      how: z.enum(['imported', 'none']),
      by: z.string(),
      sentence: z.string(),
      at: z.number(),
      import: z.number().nullable(),
    })
    .nullable()
  const Answer = z.object({
    locked: z.boolean(),
    optOut080: Settled,
    oldTool: Settled,
    consents: Settled,
  })
  const answer = async (shop: Parameters<Shops['shop']>[0]) => {
    const { settings } = await shops.shop(shop)
    return { locked: firstSendLocked(settings), ...firstSendOf(settings) }
  }
  return [
    route({
      method: 'get',
      path: '/api/consents/first-send',
      summary:
        'What must be settled before a provider of the shop sends anything, and whether it is.',
      roles: readers,
      response: Answer,
      handle: ({ actor }) => answer(actor.shop),
    }),
    route({
      method: 'post',
      path: '/api/consents/first-send/{task}',
      summary:
        'Says by name that there is nothing to bring: no such list, no tool before, no consents.',
      roles: ['marketer'],
      params: z.object({ task: z.enum(firstSendTasks) }),
      body: Signed,
      response: Answer,
      handle: async ({ actor, params, body }) => {
        await imports.attestNone(actor, params.task, body)
        return answer(actor.shop)
      },
    }),
  ]
}

function answerOf({ counts, consentsFrom: _, actor: __, ...row }: ImportRow) {
  const known = JSON.parse(counts) as Partial<Counts>
  return { ...row, counts: known.rows === undefined ? null : countsOf(known as Counts) }
}

function countsOf(counts: Counts) {
  return { ...counts, faults: { ...counts.faults } }
}

/** Reads an upload to its end; refuses one that is too large before it is held. */
async function bodyOf(request: Request): Promise<Buffer> {
  const bytes = await boundedBytes(request, fileBytesLimit)
  if (!bytes) throw new Refusal('too-large', 'A file may have 16 MiB at most.', 'file')
  if (bytes.byteLength === 0) throw new Refusal('invalid', 'The file is empty.', 'file')
  return Buffer.from(bytes)
}
