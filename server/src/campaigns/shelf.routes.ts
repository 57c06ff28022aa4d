import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { CampaignName } from './campaign.ts'
import type { Shelf } from './shelf.service.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const FolderName = z.string().trim().min(1).max(60)
const Difference = z.object({
  kind: z.enum(['setting', 'added', 'removed', 'changed', 'moved']),
  setting: z.string().optional(),
  step: z.number().optional(),
  stepKind: z.string().optional(),
  values: z
    .array(z.object({ path: z.string(), was: z.string().nullable(), is: z.string().nullable() }))
    .readonly()
    .optional(),
})
const Version = z.object({
  version: z.number(),
  by: z.string(),
  at: z.number(),
  differences: z.array(Difference).readonly(),
})
const done = z.object({ ok: z.literal(true) })

/** Keeping campaigns in order: copies, folders, what is put away, and what they were. */
export function shelfRoutes(shelf: Shelf): readonly Route[] {
  return [...placing(shelf), ...remembering(shelf)]
}

function placing(shelf: Shelf): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaign-folders',
      summary: 'The folders that campaigns lie in.',
      roles: ['viewer', 'marketer', 'developer'],
      response: z.object({
        items: z.array(z.object({ name: z.string(), campaigns: z.number() })),
      }),
      handle: async ({ actor }) => ({ items: [...(await shelf.folders(actor.shop))] }),
    }),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/copy',
      summary: 'Makes a draft with the same flow.',
      roles: ['marketer'],
      params: Id,
      body: z.object({ name: CampaignName }),
      response: z.object({ id: z.number() }),
      handle: async ({ actor, params, body }) => ({
        id: await shelf.copy(actor, params.id, body.name),
      }),
    }),
    route({
      method: 'put',
      path: '/api/campaigns/{id}/place',
      summary: 'Lays a campaign into a folder, puts it away or takes it out again.',
      roles: ['marketer'],
      params: Id,
      body: z.object({
        folder: FolderName.nullable().optional(),
        archived: z.boolean().optional(),
      }),
      response: done,
      handle: async ({ actor, params, body }) => {
        if (body.folder !== undefined) await shelf.layInto(actor, params.id, body.folder)
        if (body.archived !== undefined) await shelf.putAway(actor, params.id, body.archived)
        return { ok: true } as const
      },
    }),
  ]
}

function remembering(shelf: Shelf): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/versions',
      summary: 'Published versions with what each changed, the newest first.',
      roles: ['viewer', 'marketer', 'developer'],
      params: Id,
      query: PageQuery,
      response: pageOf(Version),
      handle: async ({ actor, params, query }) => {
        const { after, limit } = query
        const [before] = after === undefined ? [undefined] : (decodeCursor(after) ?? [null])
        if (before !== undefined && typeof before !== 'number')
          throw new Refusal('invalid', 'This is not a page we gave.', 'after')
        const items = await shelf.versions(actor.shop, { campaign: params.id, before, limit })
        const last = items.at(-1)
        const next = last && items.length === limit ? encodeCursor([last.version]) : null
        return { items: [...items], next }
      },
    }),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/versions/{version}/restore',
      summary:
        'Makes the draft what a published version was; what is live stays until it is published.',
      roles: ['marketer'],
      params: Id.extend({ version: z.coerce.number().int().positive() }),
      response: done,
      handle: async ({ actor, params }) => {
        await shelf.restore(actor, params.id, params.version)
        return { ok: true } as const
      },
    }),
  ]
}
