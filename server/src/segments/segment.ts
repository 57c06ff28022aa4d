import { z } from 'zod'
import type { Definition } from './definition.ts'
import { readyIds } from './ready/gallery.ts'

/** Most segments of a shop. */
export const segmentsLimit = 200
/** Most different leaves that the line keeps for one shop. */
export const shopLeavesLimit = 100

/** Versions kept of a segment; the oldest go. */
export const versionsLimit = 200
/** Days for which a deleted segment can be had back. */
export const undoDays = 30

/** What a change of a segment was. */
export type SegmentAct = 'created' | 'changed' | 'restored' | 'duplicated' | 'undeleted'

/** Something that stops working without a segment. */
export type SegmentUser = {
  readonly kind: 'campaign' | 'segment'
  readonly id: number
  readonly name: string
}

/** What a marketer gives: the definition is read by definition.ts, whose refusals name the part at fault. */
export const SegmentInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().max(1_000).default(''),
  definition: z.unknown().describe('{ format: 1, where: condition }, see the guide to segments'),
  ready: z.enum(readyIds).optional().describe('The ready definition that a new one is made of.'),
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
  /** When who belongs to it was last changed, UTC ms; a new name is no change. */
  readonly updatedAt: number
}
