import { z } from 'zod'
import { Sentence } from './answers.ts'
import type { Definition } from './definition.ts'
import { describe } from './describe.ts'
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
export function segmentAnswer(one: Segment): SegmentAnswer {
  return { ...one, definition: { ...one.definition }, sentence: sentenceOf(one.definition) }
}

/** A definition in both languages. */
export function sentenceOf(definition: Definition) {
  return { ko: describe(definition, 'ko'), en: describe(definition, 'en') }
}
