import { z } from 'zod'
import { encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import {
  cursorKeys,
  Person,
  personFor,
  readers,
  SegmentParams,
  Sentence,
  Why,
  whyOf,
  writers,
} from './answers.ts'
import { described } from './describe.ts'
import { exportRoutes } from './export.routes.ts'
import { membershipRoutes } from './membership.routes.ts'
import { SegmentInput } from './segment.ts'
import { SegmentAnswer, segmentAnswer } from './segment-answer.ts'
import type { Segments } from './segments.service.ts'
import { sizesRoutes } from './sizes.routes.ts'
import { versionsRoutes } from './versions.routes.ts'
import { Vocabulary } from './vocabulary.ts'

const Counted = z.object({
  count: z.number(),
  /** Of these, who have signed up at the shop, and who have not. */
  signedUp: z.number(),
  anonymous: z.number(),
  /** Who could be advertised to by day on each channel: an address that is not suppressed, and consent. */
  reach: z.object({ email: z.number(), sms: z.number(), kakao: z.number(), push: z.number() }),
  sample: z.array(Person.extend({ why: Why })),
  /** The answer is true for the log up to this position. */
  position: z.number(),
  sentence: Sentence,
})
const Estimated = z.object({
  estimate: z.object({
    count: z.number().describe('About so many members.'),
    low: z.number().describe('In some nineteen cases of twenty the exact count is from here ...'),
    high: z.number().describe('... to here. Equal to `low` where all customers were looked at.'),
    of: z.number().describe('How many customers the shop has in all.'),
  }),
})

/** Segments: build, count and list. */
export function segmentsRoutes(segments: Segments): readonly Route[] {
  return [
    ...asking(segments),
    ...keeping(segments),
    ...members(segments),
    ...membershipRoutes(segments),
    ...versionsRoutes(segments),
    ...sizesRoutes(segments),
    ...exportRoutes(segments),
  ]
}

// Before the routes with {id}: "preview" and "vocabulary" are no ids.
function asking(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/segments/preview',
      summary:
        'Count a definition without keeping it: how many, how they can be reached, and up to five of them with why; or, quickly, about how many.',
      roles: readers,
      body: z.strictObject({
        definition: z.unknown(),
        estimate: z
          .boolean()
          .optional()
          .describe(
            'true: only about how many, from a tenth of the customers; for large shops, while the exact count is under way.',
          ),
      }),
      response: z.union([Counted, Estimated]),
      handle: async ({ actor, body, signal }) => {
        if (body.estimate)
          return { estimate: await segments.estimate(actor.shop, body.definition, signal) }
        const { definition, sample, ...counted } = await segments.preview(
          actor.shop,
          body.definition,
          signal,
        )
        const names = await segments.namesIn(actor.shop, [definition])
        // Somebody merged away or erased in this very moment is left out.
        const people = sample.flatMap((one) =>
          one.why ? [{ ...personFor(actor.role, one), why: whyOf(one.why) }] : [],
        )
        return { ...counted, sample: people, sentence: described(definition, names) }
      },
    }),
    route({
      method: 'get',
      path: '/api/segments/vocabulary',
      summary: 'Event names, property paths and traits that really arrived, for the builder.',
      roles: readers,
      response: Vocabulary,
      handle: ({ actor }) => segments.vocabulary(actor.shop),
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
      response: pageOf(SegmentAnswer),
      handle: async ({ actor, query }) => {
        const before = query.after === undefined ? undefined : cursorKeys(query.after, 1)[0]
        const items = await segments.list(actor.shop, { before, limit: query.limit })
        const last = items.at(-1)
        const next = items.length === query.limit && last ? encodeCursor([last.id]) : null
        const answers = items.map((one) => segmentAnswer(segments, actor.shop, one))
        return { items: await Promise.all(answers), next }
      },
    }),
    route({
      method: 'post',
      path: '/api/segments',
      summary: 'Make a segment; who qualifies already is found in the background.',
      roles: writers,
      body: SegmentInput,
      response: SegmentAnswer,
      handle: async ({ actor, body }) =>
        segmentAnswer(segments, actor.shop, await segments.create(actor, body)),
    }),
    route({
      method: 'get',
      path: '/api/segments/{id}',
      summary: 'One segment, with how far it is built.',
      roles: readers,
      params: SegmentParams,
      response: SegmentAnswer,
      handle: async ({ actor, params }) =>
        segmentAnswer(segments, actor.shop, await segments.get(actor.shop, params.id)),
    }),
    route({
      method: 'put',
      path: '/api/segments/{id}',
      summary: 'Change a segment. A new definition keeps the members until it is built.',
      roles: writers,
      params: SegmentParams,
      body: SegmentInput,
      response: SegmentAnswer,
      handle: async ({ actor, params, body }) =>
        segmentAnswer(segments, actor.shop, await segments.change(actor, params.id, body)),
    }),
    route({
      method: 'delete',
      path: '/api/segments/{id}',
      summary: 'Delete a segment and its memberships.',
      roles: writers,
      params: SegmentParams,
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
      params: SegmentParams,
      query: PageQuery,
      response: pageOf(Person.extend({ enteredAt: z.number() })),
      handle: async ({ actor, params, query }) => {
        const { id } = await segments.get(actor.shop, params.id)
        const [enteredAt = 0, customer = 0] =
          query.after === undefined ? [] : cursorKeys(query.after, 2)
        const rows = await segments.members(actor.shop, {
          segment: id,
          after: query.after === undefined ? undefined : [enteredAt, customer],
          limit: query.limit,
        })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...personFor(actor.role, row), enteredAt: row.entered_at })),
          next:
            rows.length === query.limit && last
              ? encodeCursor([last.entered_at, last.customer])
              : null,
        }
      },
    }),
  ]
}
