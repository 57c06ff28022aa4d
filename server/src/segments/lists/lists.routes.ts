import { z } from 'zod'
import { encodeCursor, PageQuery, pageOf } from '../../web/page.ts'
import { type Route, route } from '../../web/route.ts'
import { cursorKeys, Person, personFor, readers, writers } from '../answers.ts'
import { changesLimit, listChanges, refusedReasons } from './list.ts'
import { readUpload } from './list-file.driver.ts'
import type { Lists } from './lists.service.ts'
import type { Uploaded as FileAnswer } from './upload.service.ts'

const Params = z.object({ id: z.coerce.number().int().positive() })
const Name = z.strictObject({ name: z.string().trim().min(1).max(100) })
const List = z.object({
  id: z.number(),
  name: z.string(),
  members: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
const Ids = z.array(z.number().int().positive()).max(changesLimit).default([])
const Changed = z.object({
  /** Of those asked, who exist. */
  found: z.number(),
  /** For whom it was new. */
  changed: z.number(),
})

/** What a file did, or would do. */
const Uploaded = z.object({
  rows: z.number(),
  matched: z.number(),
  unmatched: z.number(),
  /** The people of the lines that matched, each once. */
  people: z.number(),
  changed: z.number(),
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
  /** The first 1,000 lines that do nothing. */
  refused: z.array(
    z.object({ line: z.number(), value: z.string(), reason: z.enum(refusedReasons) }),
  ),
})

function answered({ columns, refused, ...counts }: FileAnswer): z.infer<typeof Uploaded> {
  return { ...counts, columns: [...columns], refused: [...refused] }
}

/** Lists of people, by hand and by file. */
export function listsRoutes(lists: Lists): readonly Route[] {
  return [...keeping(lists), ...filling(lists)]
}

function keeping(lists: Lists): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/lists',
      summary: 'Lists of people, the newest first; a shop has 100 at most.',
      roles: readers,
      response: z.object({ items: z.array(List) }),
      handle: async ({ actor }) => ({ items: [...(await lists.list(actor.shop))] }),
    }),
    route({
      method: 'post',
      path: '/api/lists',
      summary: 'Make an empty list.',
      roles: writers,
      body: Name,
      response: List,
      handle: ({ actor, body }) => lists.create(actor, body.name),
    }),
    route({
      method: 'get',
      path: '/api/lists/{id}',
      summary: 'One list.',
      roles: readers,
      params: Params,
      response: List,
      handle: ({ actor, params }) => lists.get(actor.shop, params.id),
    }),
    route({
      method: 'patch',
      path: '/api/lists/{id}',
      summary: 'Rename a list.',
      roles: writers,
      params: Params,
      body: Name,
      response: List,
      handle: ({ actor, params, body }) => lists.rename(actor, params.id, body.name),
    }),
    route({
      method: 'delete',
      path: '/api/lists/{id}',
      summary: 'Take everybody off a list and forget it; refused while a segment asks for it.',
      roles: writers,
      params: Params,
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params }) => {
        await lists.remove(actor, params.id)
        return { ok: true }
      },
    }),
  ]
}

function filling(lists: Lists): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/lists/{id}/members',
      summary: 'Who is on a list, in order of their ids.',
      roles: readers,
      params: Params,
      query: PageQuery,
      response: pageOf(Person.extend({ addedAt: z.number() })),
      handle: async ({ actor, params, query }) => {
        const { id } = await lists.get(actor.shop, params.id)
        const [after = 0] = query.after === undefined ? [] : cursorKeys(query.after, 1)
        const { limit } = query
        const rows = await lists.members(actor.shop, { list: id, after, limit })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...personFor(actor.role, row), addedAt: row.added_at })),
          next: rows.length === limit && last ? encodeCursor([last.customer]) : null,
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/lists/check',
      summary:
        'What a CSV file would do to a list (or to a new one when none is named), changing nothing: the columns recognised, who is found, and the lines that would be refused. Sent as the body.',
      roles: writers,
      query: z.object({
        list: z.coerce.number().int().positive().optional(),
        change: z.enum(listChanges).default('added'),
      }),
      media: { request: 'text/csv' },
      response: Uploaded,
      handle: async ({ actor, query, request }) => {
        const bytes = await readUpload(request)
        return answered(await lists.check(actor, { bytes, ...query }))
      },
    }),
    route({
      method: 'post',
      path: '/api/lists/{id}/members',
      summary:
        'Put the people of a CSV file on a list (or take them off it): member ids, e-mails or phones, with a header or without, UTF-8 or CP949; 16 MiB and 100,000 lines at most. Sent as the body.',
      roles: writers,
      params: Params,
      query: z.object({ change: z.enum(listChanges).default('added') }),
      media: { request: 'text/csv' },
      response: Uploaded,
      handle: async ({ actor, params, query, request }) => {
        const bytes = await readUpload(request)
        return answered(await lists.upload(actor, params.id, { bytes, change: query.change }))
      },
    }),
    route({
      method: 'patch',
      path: '/api/lists/{id}/members',
      summary: 'Put customers on a list and take others off it, by our ids; 1,000 of each at most.',
      roles: writers,
      params: Params,
      body: z.strictObject({ add: Ids, remove: Ids }),
      response: z.object({ added: Changed, removed: Changed }),
      handle: ({ actor, params, body }) => lists.change(actor, params.id, body),
    }),
  ]
}
