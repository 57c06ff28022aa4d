import { z } from 'zod'

const Count = z.number().int()
/** A value and its interval. */
export const EstimateAnswer = z.object({ value: z.number(), low: z.number(), high: z.number() })

/** One comparison as it is answered. */
export const EffectAnswer = z.object({
  confidence: z.number(),
  people: z.object({ treatment: Count, holdout: Count }),
  means: z.object({ treatment: z.number().nullable(), holdout: z.number().nullable() }),
  difference: EstimateAnswer.nullable().describe('Per person, treatment minus hold-out.'),
  ratio: EstimateAnswer.nullable(),
  probability: z.number().nullable(),
  varianceLeft: z.number().describe('1: what people spent before was not taken account of.'),
  needsMore: Count.nullable(),
  verdict: z.enum(['helps', 'harms', 'open', 'too_little']),
})
