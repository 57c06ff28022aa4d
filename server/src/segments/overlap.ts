/** A set of segments and how many are in all of them, whatever else they are in. */
export type Intersection = { readonly segments: readonly number[]; readonly members: number }

/** How many are in exactly these segments of those asked, by a bit for each of `segments`: the first is bit 1. */
export type Region = { readonly bits: number; readonly members: number }

/**
 * Every intersection of at least two of the segments, from the regions of the picture: who is in exactly which of them.
 * The smallest sets first, in the order in which the segments were asked.
 */
export function intersections(
  segments: readonly number[],
  regions: readonly Region[],
): readonly Intersection[] {
  const sets = Array.from({ length: 2 ** segments.length }, (_, bits) => bits)
  return sets
    .map((bits) => ({
      segments: segments.filter((_, index) => (bits >> index) & 1),
      members: membersOf(bits, regions),
    }))
    .filter((set) => set.segments.length >= 2)
    .sort((a, b) => a.segments.length - b.segments.length)
}

/** How many are in all segments of the bits. */
export function membersOf(bits: number, regions: readonly Region[]): number {
  return regions.reduce(
    (sum, region) => sum + ((region.bits & bits) === bits ? region.members : 0),
    0,
  )
}
