import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { Path, Text, TraitTest } from './value-test.ts'

/** A test of what is known of the person by now, by a path of the catalogue of facts: `cart.value`, `stage.now`. */
export const FactCondition = z.strictObject({
  kind: z.literal('fact'),
  path: Path,
  is: TraitTest,
})
export type FactCondition = z.infer<typeof FactCondition>

const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Number.isInteger(hundredths(value)), 'has two decimals at most')

/**
 * A share of all people that stays the same: those whose number between 0 and 100 lies in `[from, to)`. The number follows
 * from the seed and the customer id alone, so another seed cuts another share and equal seeds cut disjoint ones.
 */
export const RandomCondition = z.strictObject({
  kind: z.literal('random'),
  seed: Text,
  from: Percent,
  to: Percent,
})
export type RandomCondition = z.infer<typeof RandomCondition>

/** Whoever is in another segment: its definition is put in this place. */
export const SegmentCondition = z.strictObject({
  kind: z.literal('segment'),
  segment: z.int().min(1),
})
export type SegmentCondition = z.infer<typeof SegmentCondition>

/** Evaluators see definitions with the segments they name in their place: one that was not expanded is a mistake of ours. */
export function notExpanded({ segment }: SegmentCondition): never {
  throw new Error(`segment ${segment} was not put in its place before it was judged`)
}

/** Of 10,000 equal parts the one that a customer is in: the first 32 bits of SHA-256 of `seed:customer`, scaled. */
export function shareOf(seed: string, customer: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(`${seed}:${customer}`))
  const bits = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
  return Math.floor((bits * shareParts) / 2 ** 32)
}

/** How finely people are shared out: a hundredth of a percent. */
export const shareParts = 10_000

/** Whether the customer is in the share. */
export function randomHolds({ seed, from, to }: RandomCondition, customer: number): boolean {
  const share = shareOf(seed, customer)
  return share >= hundredths(from) && share < hundredths(to)
}

/** A percentage as parts of 10,000; whole when it has two decimals at most. */
export function hundredths(percent: number): number {
  const parts = percent * 100
  const whole = Math.round(parts)
  return Math.abs(parts - whole) < 1e-6 ? whole : parts
}
