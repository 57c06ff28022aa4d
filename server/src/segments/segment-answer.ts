import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import { Sentence } from './answers.ts'
import type { Definition } from './definition.ts'
import { described } from './describe.ts'
import type { Segment } from './segment.ts'

/** A segment as the API answers it. */
export const SegmentAnswer = z.object({
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
export type SegmentAnswer = z.infer<typeof SegmentAnswer>

/** A segment with its definition as a sentence. */
export async function segmentAnswer(
  segments: NamesSegments,
  shop: ShopId,
  one: Segment,
): Promise<SegmentAnswer> {
  const { definition } = one
  const names = await segments.namesIn(shop, [definition])
  return { ...one, definition: { ...definition }, sentence: described(definition, names) }
}

/** Knows what the segments that definitions name are called. */
export type NamesSegments = {
  readonly namesIn: (
    shop: ShopId,
    definitions: readonly Definition[],
  ) => Promise<ReadonlyMap<number, string>>
}
