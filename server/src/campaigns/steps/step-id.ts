import { z } from 'zod'

/** Unique in its flow and kept over edits: decisions, timers and people under way name it. */
export const StepId = z.number().int().min(1).max(10_000)

/** What a marketer calls a path or an arm. */
export const PathName = z.string().trim().min(1).max(60)
/** Unique in its step and kept over edits. */
export const PathId = z.string().regex(/^[a-z0-9-]{1,20}$/, 'small letters, digits and dashes')

/** A step as those around it need to know it. */
export type StepRef = { readonly id: number }
