import { z } from 'zod'
import { encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { cursorKeys, readers, SegmentParams, writers } from './answers.ts'
import { SegmentAnswer, segmentAnswer } from './segment-answer.ts'
import type { Segments } from './segments.service.ts'

const Version = z.object({
  number: z.number(),
  at: z.number(),
  /** `member:12`, `key:3` or `system`. */
  actor: z.string(),
  act: z.enum(['created', 'changed', 'restored', 'duplicated', 'undeleted']),
  name: z.string(),
  description: z.string(),
  definition: z.looseObject({ format: z.literal(1) }),
})
const Deleted = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  deletedAt: z.number(),
  /** When it cannot be had back any more. */
  goneAt: z.number(),
})

/** What segments were, who uses them, and how to have a deleted one back. */
export function versionsRoutes(segments: Segments): readonly Route[] {
  return [...versions(segments), ...copies(segments)]
}

function versions(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/versions',
      summary: 'Every change of a segment: who, when and what it made of it, the newest first.',
      roles: readers,
      params: SegmentParams,
      query: PageQuery,
      response: pageOf(Version),
      handle: async ({ actor, params, query }) => {
        const { after, limit } = query
        const rows = await segments.versions(actor.shop, {
          segment: params.id,
          before: after === undefined ? undefined : cursorKeys(after, 1)[0],
          limit,
        })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...row, definition: JSON.parse(row.definition) })),
          next: rows.length === limit && last ? encodeCursor([last.number]) : null,
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/segments/{id}/versions/{number}/restore',
      summary: 'Make a segment again what it was; that is a change of its own.',
      roles: writers,
      params: SegmentParams.extend({ number: z.coerce.number().int().positive() }),
      response: SegmentAnswer,
      handle: async ({ actor, params }) => {
        const { id: segment, number } = params
        return segmentAnswer(
          segments,
          actor.shop,
          await segments.restore(actor, { segment, number }),
        )
      },
    }),
    route({
      method: 'get',
      path: '/api/segments/{id}/users',
      summary: 'What stops working without a segment: it cannot be deleted while there is any.',
      roles: readers,
      params: SegmentParams,
      response: z.object({
        items: z.array(
          z.object({ kind: z.enum(['campaign', 'segment']), id: z.number(), name: z.string() }),
        ),
      }),
      handle: async ({ actor, params }) => ({
        items: [...(await segments.usersOf(actor.shop, params.id))],
      }),
    }),
  ]
}

function copies(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/segments/{id}/duplicate',
      summary: 'Make a new segment of the same definition.',
      roles: writers,
      params: SegmentParams,
      body: z.strictObject({ name: z.string().trim().min(1).max(100).optional() }),
      response: SegmentAnswer,
      handle: async ({ actor, params, body }) =>
        segmentAnswer(
          segments,
          actor.shop,
          await segments.duplicate(actor, { segment: params.id, name: body.name }),
        ),
    }),
    route({
      method: 'get',
      path: '/api/deleted-segments',
      summary: 'Deleted segments that can be had back for 30 days, the last deleted first.',
      roles: readers,
      response: z.object({ items: z.array(Deleted) }),
      handle: async ({ actor }) => ({ items: await segments.deleted(actor.shop) }),
    }),
    route({
      method: 'post',
      path: '/api/deleted-segments/{id}/restore',
      summary: 'Have a deleted segment back, under a new id; its members are found anew.',
      roles: writers,
      params: SegmentParams,
      response: SegmentAnswer,
      handle: async ({ actor, params }) =>
        segmentAnswer(segments, actor.shop, await segments.undelete(actor, params.id)),
    }),
  ]
}
