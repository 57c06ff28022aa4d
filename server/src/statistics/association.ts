import { normalQuantile } from './distributions.ts'
import type { Estimate } from './intervals.ts'

/** Baskets: all, those with the one, with the other, with both. */
export type Together = {
  readonly all: number
  readonly one: number
  readonly other: number
  readonly both: number
}

/**
 * How many times as often two things are together as if they had nothing to do with each other: "interest" of Brin, Motwani and
 * Silverstein (1997), Beyond market baskets, SIGMOD, 265-276. Its interval is that of the logarithm, whose variance for counts of
 * one multinomial is, by the delta method, (1/p11 - 1/p1. - 1/p.1 + 2 lift - 1) / n. Null where nothing is together.
 */
export function interest({ all, one, other, both }: Together, confidence = 0.95): Estimate | null {
  if (both === 0) return null
  const value = (both * all) / (one * other)
  const variance = Math.max(0, 1 / both - 1 / one - 1 / other + (2 * value - 1) / all)
  const factor = Math.exp(normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance))
  return { value, low: value / factor, high: value * factor }
}
