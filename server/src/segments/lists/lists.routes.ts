import { z } from 'zod'
import { encodeCursor, PageQuery, pageOf } from '../../web/page.ts'
import { type Route, route } from '../../web/route.ts'
import { cursorKeys, Person, personFor, readers, writers } from '../answers.ts'
import { changesLimit } from './list.ts'
import type { Lists } from './lists.service.ts'

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

/** Lists of people, by hand. */
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
