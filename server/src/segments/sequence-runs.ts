import { notRole, reachedRole, type SequenceLeaf, stepRole, withoutRole } from './sequence-leaf.ts'

/** One happening that a sequence kept, for one product ('' when products do not matter). */
export type SequenceItem = {
  readonly at: number
  readonly position: number
  readonly product: string
  /** Bits of sequence-leaf.ts. */
  readonly roles: number
}

/** How far one product has come: the newest happening that reached each step, and that is each step's `without`. */
export type Track = {
  readonly reached: (SequenceItem | undefined)[]
  readonly without: (SequenceItem | undefined)[]
  /** Ends of runs that `not` may still take back. */
  open: SequenceItem[]
}
/** ends: the last happenings of runs, in no order; tracks by product. */
export type Runs = {
  readonly ends: readonly SequenceItem[]
  readonly tracks: ReadonlyMap<string, Track>
}

/** The order of happenings: (at, position). */
export function inOrder(a: SequenceItem, b: SequenceItem): number {
  return a.at - b.at || a.position - b.position
}

/**
 * All runs among items that stand in order. Of the happenings that reached a step only the newest is asked: whatever follows
 * an older one in time and with nothing between follows it too.
 */
export function findRuns(leaf: SequenceLeaf, items: readonly SequenceItem[]): Runs {
  const tracks = new Map<string, Track>()
  const ends: SequenceItem[] = []
  const last = leaf.steps.length - 1
  for (const item of items) {
    const track = trackOf(tracks, item.product)
    if (item.roles & notRole) takeBack(leaf, track, { item, ends })
    // The last step first: an item follows what others reached, never itself.
    for (let step = last; step >= 0; step--) {
      if (!reaches(leaf, track, { item, step })) continue
      track.reached[step] = item
      if (step === last) track.open.push(item)
    }
    for (let step = 1; step <= last; step++)
      if (item.roles & withoutRole(step)) track.without[step] = item
  }
  for (const { open } of tracks.values()) for (const item of open) ends.push(item)
  return { ends, tracks }
}

function trackOf(tracks: Map<string, Track>, product: string): Track {
  const known = tracks.get(product)
  if (known) return known
  const track: Track = { reached: [], without: [], open: [] }
  tracks.set(product, track)
  return track
}

/** What happened takes back the ends that are still within its span; older ones nothing later can take back. */
function takeBack(
  { not }: SequenceLeaf,
  track: Track,
  { item, ends }: { readonly item: SequenceItem; readonly ends: SequenceItem[] },
): void {
  const from = item.at - (not?.withinMs ?? 0)
  for (const end of track.open) if (end.at < from) ends.push(end)
  track.open = []
}

function reaches(
  { steps }: SequenceLeaf,
  track: Track,
  { item, step }: { readonly item: SequenceItem; readonly step: number },
): boolean {
  if (item.roles & reachedRole(step)) return true
  if (!(item.roles & stepRole(step))) return false
  if (step === 0) return true
  const before = track.reached[step - 1]
  if (!before || item.at > before.at + (steps[step]?.withinMs ?? 0)) return false
  const without = track.without[step]
  return !without || inOrder(without, before) <= 0
}

/** Whether some run holds at `now`, and when that changes by time alone (UTC ms; Infinity for never). */
export function judgeRuns(
  leaf: SequenceLeaf,
  items: readonly SequenceItem[],
  now: number,
): { readonly value: boolean; readonly nextFlipAt: number } {
  const wait = leaf.not?.withinMs ?? 0
  const ats = findRuns(leaf, items)
    .ends.map(({ at }) => at)
    .sort((a, b) => a - b)
  // A run holds in [at + wait, at + window): these are of one length, so they begin and end in the same order.
  let until = -Infinity
  for (const at of ats) {
    const from = at + wait
    if (at + leaf.windowMs <= now) continue
    if (from > Math.max(now, until))
      return until > now ? { value: true, nextFlipAt: until } : { value: false, nextFlipAt: from }
    until = at + leaf.windowMs
  }
  return until > now ? { value: true, nextFlipAt: until } : { value: false, nextFlipAt: Infinity }
}
