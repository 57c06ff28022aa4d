import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import { readers, SegmentParams, Why, whyOf } from './answers.ts'
import type { Segments } from './segments.service.ts'

const Cause = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    position: z.number(),
    /** null when neither the log nor history holds the event any more. */
    name: z.string().nullable(),
    at: z.number().nullable(),
  }),
  z.object({ kind: z.literal('time') }),
  z.object({ kind: z.literal('backfill') }),
])

/** One customer's memberships, and why. */
export function membershipRoutes(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/members/{customer}',
      summary: 'Whether a customer is in a segment, since when, what brought them in, and why.',
      roles: readers,
      params: SegmentParams.extend({ customer: z.coerce.number().int().positive() }),
      response: z.object({
        /** The survivor, when the customer asked for was merged away. */
        customer: z.number(),
        member: z.boolean(),
        since: z.number().nullable(),
        cause: Cause.nullable(),
        asOf: z.number(),
        why: Why,
      }),
      handle: async ({ actor, params }) => {
        const { id: segment, customer } = params
        const { why, ...rest } = await segments.membership(actor.shop, { segment, customer })
        return { ...rest, why: whyOf(why) }
      },
    }),
    route({
      method: 'get',
      path: '/api/customers/{id}/segments',
      summary: 'The segments a customer is in, the newest first.',
      roles: readers,
      params: SegmentParams,
      response: z.object({
        items: z.array(z.object({ id: z.number(), name: z.string(), enteredAt: z.number() })),
      }),
      handle: async ({ actor, params }) => {
        const rows = await segments.segmentsOf(actor.shop, params.id)
        return {
          items: rows.map(({ segment, name, entered_at }) => ({
            id: segment,
            name,
            enteredAt: entered_at,
          })),
        }
      },
    }),
  ]
}
