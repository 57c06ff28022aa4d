import { z } from 'zod'
import type { Definition } from './definition.ts'

/** Most segments of a shop. */
export const segmentsLimit = 200
/** Most different leaves that the line keeps for one shop. */
export const shopLeavesLimit = 100

/** What a marketer gives: the definition is read by definition.ts, whose refusals name the part at fault. */
export const SegmentInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(1_000).default(''),
  definition: z.unknown().describe('{ format: 1, where: condition }, see the guide to segments'),
})
export type SegmentInput = z.infer<typeof SegmentInput>

/** A segment as the dashboard and the API see one. */
export type Segment = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly definition: Definition
  readonly version: number
  readonly state: 'building' | 'live' | 'failed'
  /** Share of customers judged by the newest version, 0 to 1. */
  readonly progress: number
  readonly members: number
  readonly createdAt: number
  readonly updatedAt: number
}
