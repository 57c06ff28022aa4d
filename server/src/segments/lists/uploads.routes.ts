import { z } from 'zod'
import type { Shops } from '../../shops/shops.service.ts'
import { type Route, route } from '../../web/route.ts'
import { writers } from '../answers.ts'
import { listChanges, refusedReasons, refusedShown, uploadStates } from './list.ts'
import { readUpload } from './list-file.driver.ts'
import type { ListUploads } from './uploads.service.ts'
import type { UploadRow } from './uploads.store.ts'

type Needs = {
  readonly uploads: ListUploads
  readonly shops: Pick<Shops, 'shop'>
}

const Params = z.object({ id: z.coerce.number().int().positive() })
const Change = z.enum(listChanges).default('added')
/** What a file says and would do. */
const Answer = z.object({
  rows: z.number(),
  matched: z.number(),
  unmatched: z.number(),
  /** The people of the lines that matched, each once. */
  people: z.number(),
  /** Of them, whom it would put on the list or take off it. */
  changes: z.number(),
  header: z.boolean(),
  /** Which column of the file said who: its place, from 0, its name, lines that fill it and lines whose people it found. */
  columns: z.array(
    z.object({
      kind: z.enum(['user', 'customer', 'email', 'phone']),
      at: z.number(),
      name: z.string().nullable(),
      filled: z.number(),
      led: z.number(),
    }),
  ),
})
const Upload = z.object({
  id: z.number(),
  list: z.number().nullable(),
  listName: z.string().nullable(),
  change: z.enum(listChanges),
  fileName: z.string(),
  state: z.enum(uploadStates),
  /** null until it has been looked at. */
  answer: Answer.nullable(),
  madeAt: z.number(),
  endedAt: z.number().nullable(),
  /** Lines gone through, of how many; null before the file was opened. */
  done: z.number(),
  total: z.number().nullable(),
  /** People put on the list or taken off it so far. */
  changed: z.number(),
  /** Why it failed: the code of the refusal. */
  problem: z.string().nullable(),
})

function answerOf({ answer, actor: _, ...row }: UploadRow): z.infer<typeof Upload> {
  return { ...row, answer: answer === '{}' ? null : Answer.parse(JSON.parse(answer)) }
}

/** Files of people for lists. */
export function listUploadRoutes(needs: Needs): readonly Route[] {
  return [...bringing(needs), ...deciding(needs), ...refusing(needs)]
}

function bringing({ uploads }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/lists/uploads',
      summary:
        'Takes a CSV file (sent as the body) of people for a list, or for a new one when none is named: member ids, e-mails or phones, with a header or without, UTF-8 or CP949; 16 MiB and 100,000 lines at most. What it would do is found out beside the requests: ask for the upload. Nothing changes until it is applied.',
      roles: writers,
      query: z.object({
        list: z.coerce.number().int().positive().optional(),
        change: Change,
        name: z.string().max(200).default('file.csv'),
      }),
      media: { request: 'text/csv' },
      response: Upload,
      handle: async ({ actor, query, request }) => {
        const bytes = await readUpload(request)
        const { list, change, name } = query
        return answerOf(await uploads.take(actor, { bytes, list, change, fileName: name }))
      },
    }),
    route({
      method: 'get',
      path: '/api/lists/uploads',
      summary:
        'The last 20 files brought for lists, the newest first; those called off are left out.',
      roles: writers,
      response: z.object({ items: z.array(Upload) }),
      handle: async ({ actor }) => ({ items: (await uploads.list(actor.shop)).map(answerOf) }),
    }),
    route({
      method: 'get',
      path: '/api/lists/uploads/{id}',
      summary: 'A file, and how far it is.',
      roles: writers,
      params: Params,
      response: Upload,
      handle: async ({ actor, params }) => answerOf(await uploads.get(actor.shop, params.id)),
    }),
  ]
}

function deciding({ uploads }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/lists/uploads/{id}/look',
      summary:
        'Looks at a file anew, for another list (a new one when none is named) or to take its people off it.',
      roles: writers,
      params: Params,
      body: z.strictObject({ list: z.number().int().positive().optional(), change: Change }),
      response: Upload,
      handle: async ({ actor, params, body }) =>
        answerOf(await uploads.lookAgain(actor.shop, params.id, body)),
    }),
    route({
      method: 'post',
      path: '/api/lists/uploads/{id}/apply',
      summary:
        'Lets the file be applied; a new list is made under the name given. It is done beside the requests, and again where it failed: ask for the upload to see how far it is.',
      roles: writers,
      params: Params,
      body: z.strictObject({ name: z.string().trim().min(1).max(100).optional() }),
      response: Upload,
      handle: async ({ actor, params, body }) =>
        answerOf(await uploads.apply(actor, params.id, body.name)),
    }),
    route({
      method: 'post',
      path: '/api/lists/uploads/{id}/cancel',
      summary:
        'Calls a file off and forgets it. Whom it has changed already stays changed; one that is done stays done.',
      roles: writers,
      params: Params,
      response: Upload,
      handle: async ({ actor, params }) => answerOf(await uploads.cancel(actor, params.id)),
    }),
  ]
}

function refusing({ uploads, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/lists/uploads/{id}/lines',
      summary: 'The first 20 of the lines that do nothing, with the reason of each.',
      roles: writers,
      params: Params,
      response: z.object({
        items: z.array(
          z.object({ line: z.number(), value: z.string(), reason: z.enum(refusedReasons) }),
        ),
      }),
      handle: async ({ actor, params }) => {
        const { id } = await uploads.get(actor.shop, params.id)
        return { items: (await uploads.refused(actor.shop, id)).slice(0, refusedShown) }
      },
    }),
    route({
      method: 'get',
      path: '/api/lists/uploads/{id}/refused',
      summary:
        'All lines that do nothing, as CSV with the reason of each. Each look is in the audit log.',
      roles: writers,
      params: Params,
      media: { response: 'text/csv' },
      response: z.string(),
      handle: async ({ actor, params }) => {
        const { id } = await uploads.get(actor.shop, params.id)
        const { language } = await shops.shop(actor.shop)
        const file = await uploads.refusedFile(actor, id, language)
        return new Response(file, {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="refused-${id}.csv"`,
            'cache-control': 'no-store',
          },
        })
      },
    }),
  ]
}
