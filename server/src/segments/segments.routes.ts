import { z } from 'zod'
import { maskName } from '../customers/mask-name.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { Definition } from './definition.ts'
import { describe } from './describe.ts'
import { SegmentInput, type Segment as SegmentRecord } from './segment.ts'
import type { Segments } from './segments.service.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer'] as const

const Id = z.object({ id: z.coerce.number().int().positive() })
const Sentence = z.object({ ko: z.string(), en: z.string() })
const Segment = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  definition: z.looseObject({ format: z.literal(1) }),
  sentence: Sentence,
  version: z.number(),
  state: z.enum(['building', 'live', 'failed']),
  /** Share of customers judged by this version, 0 to 1. */
  progress: z.number(),
  members: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
const Person = z.object({
  id: z.number(),
  /** Masked for viewers and developers. */
  name: z.string().nullable(),
  member: z.boolean(),
  lastSeenAt: z.number(),
})
const Path = z.object({
  path: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'date']),
  count: z.number(),
  examples: z.array(z.string()),
})
const Vocabulary = z.object({
  events: z.array(z.object({ name: z.string(), count: z.number(), properties: z.array(Path) })),
  traits: z.array(Path),
})

/** Segments: build, count and list. */
export function segmentsRoutes(segments: Segments): readonly Route[] {
  return [...asking(segments), ...keeping(segments), ...members(segments)]
}

// Before the routes with {id}: "preview" and "vocabulary" are no ids.
function asking(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/segments/preview',
      summary: 'Count a definition without keeping it, with up to five of its members.',
      roles: readers,
      body: z.strictObject({ definition: z.unknown() }),
      response: z.object({
        count: z.number(),
        sample: z.array(Person),
        /** The answer is true for the log up to this position. */
        position: z.number(),
        sentence: Sentence,
      }),
      handle: async ({ actor, body, signal }) => {
        const { definition, count, sample, position } = await segments.preview(
          actor.shop,
          body.definition,
          signal,
        )
        const people = sample.map((one) => shown(actor, one))
        return { count, position, sample: people, sentence: sentenceOf(definition) }
      },
    }),
    route({
      method: 'get',
      path: '/api/segments/vocabulary',
      summary: 'Event names, property paths and traits that really arrived, for the builder.',
      roles: readers,
      response: Vocabulary,
      handle: ({ actor }) => segments.vocabulary(actor.shop) as Promise<z.infer<typeof Vocabulary>>,
    }),
  ]
}

function keeping(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments',
      summary: 'Segments, the newest first.',
      roles: readers,
      query: PageQuery,
      response: pageOf(Segment),
      handle: async ({ actor, query }) => {
        const before = query.after === undefined ? undefined : cursor(query.after, 1)[0]
        const items = await segments.list(actor.shop, { before, limit: query.limit })
        const last = items.at(-1)
        const next = items.length === query.limit && last ? encodeCursor([last.id]) : null
        return { items: items.map(answer), next }
      },
    }),
    route({
      method: 'post',
      path: '/api/segments',
      summary: 'Make a segment; who qualifies already is found in the background.',
      roles: writers,
      body: SegmentInput,
      response: Segment,
      handle: async ({ actor, body }) => answer(await segments.create(actor, body)),
    }),
    route({
      method: 'get',
      path: '/api/segments/{id}',
      summary: 'One segment, with how far it is built.',
      roles: readers,
      params: Id,
      response: Segment,
      handle: async ({ actor, params }) => answer(await segments.get(actor.shop, params.id)),
    }),
    route({
      method: 'put',
      path: '/api/segments/{id}',
      summary: 'Change a segment. A new definition keeps the members until it is built.',
      roles: writers,
      params: Id,
      body: SegmentInput,
      response: Segment,
      handle: async ({ actor, params, body }) =>
        answer(await segments.change(actor, params.id, body)),
    }),
    route({
      method: 'delete',
      path: '/api/segments/{id}',
      summary: 'Delete a segment and its memberships.',
      roles: writers,
      params: Id,
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params }) => {
        await segments.remove(actor, params.id)
        return { ok: true }
      },
    }),
  ]
}

function members(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/members',
      summary: 'Who is in a segment and since when, the newest first.',
      roles: readers,
      params: Id,
      query: PageQuery,
      response: pageOf(Person.extend({ enteredAt: z.number() })),
      handle: async ({ actor, params, query }) => {
        const { id } = await segments.get(actor.shop, params.id)
        const [enteredAt = 0, customer = 0] =
          query.after === undefined ? [] : cursor(query.after, 2)
        const rows = await segments.members(actor.shop, {
          segment: id,
          after: query.after === undefined ? undefined : [enteredAt, customer],
          limit: query.limit,
        })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...shown(actor, row), enteredAt: row.entered_at })),
          next:
            rows.length === query.limit && last
              ? encodeCursor([last.entered_at, last.customer])
              : null,
        }
      },
    }),
  ]
}

type Row = {
  readonly customer: number
  readonly name: string | null
  readonly member: boolean
  readonly last_seen_at: number
}

function shown({ role }: Actor, row: Row): z.infer<typeof Person> {
  const { customer, name, member, last_seen_at: lastSeenAt } = row
  const knowsNames = role === 'owner' || role === 'marketer'
  return { id: customer, name: knowsNames ? name : maskName(name), member, lastSeenAt }
}

function answer(one: SegmentRecord): z.infer<typeof Segment> {
  return { ...one, definition: { ...one.definition }, sentence: sentenceOf(one.definition) }
}

function sentenceOf(definition: Definition) {
  return { ko: describe(definition, 'ko'), en: describe(definition, 'en') }
}

function cursor(text: string, length: number): readonly number[] {
  const keys = decodeCursor(text)
  if (keys?.length !== length || !keys.every((key) => Number.isSafeInteger(key)))
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return keys.map(Number)
}
