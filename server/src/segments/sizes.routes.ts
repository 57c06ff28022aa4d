import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import { readers, SegmentParams } from './answers.ts'
import { overlapLimit } from './overlap.service.ts'
import type { Segments } from './segments.service.ts'

const Day = z.string().max(10).describe("a day of the shop's calendar: 2026-03-01")

/** Sizes of segments: over time, and over each other. */
export function sizesRoutes(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/history',
      summary:
        'Members at the end of each day, and how many entered and left; the last 30 days unless told, 400 at most.',
      roles: readers,
      params: SegmentParams,
      query: z.object({ from: Day.optional(), to: Day.optional() }),
      response: z.object({
        /** The shop's time zone, in which the days begin. */
        zone: z.string(),
        days: z.array(
          z.object({
            day: z.string(),
            members: z.number(),
            /** Those whom the backfill found are counted on the day it found them. */
            entered: z.number(),
            left: z.number(),
          }),
        ),
      }),
      handle: ({ actor, params, query }) =>
        segments.history(actor.shop, { segment: params.id, from: query.from, to: query.to }),
    }),
    route({
      method: 'post',
      path: '/api/segments/overlap',
      summary: 'Sizes of 2 to 5 segments, of every intersection of theirs, and of all together.',
      roles: readers,
      body: z.strictObject({
        segments: z.array(z.number().int().positive()).min(2).max(overlapLimit),
      }),
      response: z.object({
        segments: z.array(
          z.object({
            id: z.number(),
            name: z.string(),
            members: z.number(),
            /** In this one and none of the others asked. */
            alone: z.number(),
          }),
        ),
        /** Of each two or more: who is in all of them, whatever else they are in. */
        intersections: z.array(z.object({ segments: z.array(z.number()), members: z.number() })),
        /** In any of them, each person once. */
        together: z.number(),
      }),
      handle: async ({ actor, body }) => {
        const { intersections, ...rest } = await segments.overlap(actor.shop, body.segments)
        return {
          ...rest,
          intersections: intersections.map((one) => ({ ...one, segments: [...one.segments] })),
        }
      },
    }),
  ]
}
