import type { Placed } from '../events/happening.ts'
import { type Cart, foldCarts, mergeCarts } from '../facts/cart.ts'
import { assert } from '../lib/assert.ts'
import { hourMs } from '../lib/duration.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { Flow } from './campaign.ts'
import type { DrawnBySplit, Notes } from './enrolment.ts'
import { isGoal } from './goal.ts'
import { mergePages, noPages, type PageMemory, rememberedPages } from './page/page-memory.ts'

/**
 * What campaigns remember of a person between turns (customer_state, section `campaigns`). It is kept also while no
 * campaign is live, so that one switched on today knows the carts of yesterday.
 */
export type Memory = {
  readonly carts: readonly Cart[]
  /** Event time of the newest order, UTC ms. */
  readonly lastOrderAt: number | null
  /** Campaign and entry (`7`, `7:product:p1`) -> when a message was last decided for it, UTC ms. */
  readonly decided: { readonly [entry: string]: number }
  /** Campaigns and entries that the person ever entered, so that once is once. */
  readonly entered?: readonly string[]
  /** `campaign:split` -> the arm that was drawn for the person; it stays theirs. */
  readonly arms?: { readonly [split: string]: DrawnArm }
  /** What pages showed them, and the silences they asked for. */
  readonly pages?: PageMemory
}

/** An arm of a split, and whether its people reached the goal within the goal's window. Times are UTC ms. */
export type DrawnArm = DrawnBySplit & {
  readonly at: number
  /** When the goal was reached, counted from `at`. */
  readonly reached?: number
}

/** A person without a past. */
export const noMemory: Memory = { carts: [], lastOrderAt: null, decided: {} }

/** Decisions remembered a person; the oldest make room. */
const decidedLimit = 100
/** Entries by cart or product remembered a person; the oldest make room. Those of the person alone are never forgotten. */
const keyedEntriesLimit = 500

/**
 * The section as the line keeps it; undefined: nothing is remembered yet. It was written by `writeMemory` and is read once a
 * person and turn, so its outline is looked at and its insides are trusted.
 */
export function readMemory(section: Json | undefined): Memory {
  if (section === undefined) return noMemory
  assert(
    isJsonObject(section) && Array.isArray(section.carts) && isJsonObject(section.decided),
    'the section of campaigns is one that campaigns wrote',
  )
  return section as unknown as Memory
}

/** The section to keep: the same value as JSON. */
export function writeMemory(memory: Memory): Json {
  return memory as unknown as Json
}

/** What one happening adds; the same object when it adds nothing. Imported history fills no carts. */
export function remembered(memory: Memory, happening: Placed): Memory {
  const carts = happening.importId === undefined ? foldCarts(memory.carts, happening) : memory.carts
  const lastOrderAt =
    happening.name === 'Order Completed'
      ? Math.max(memory.lastOrderAt ?? happening.at, happening.at)
      : memory.lastOrderAt
  const before = memory.pages ?? noPages
  const pages = happening.importId === undefined ? rememberedPages(before, happening) : before
  if (carts === memory.carts && lastOrderAt === memory.lastOrderAt && pages === before)
    return memory
  return { ...memory, carts, lastOrderAt, ...(pages === noPages ? {} : { pages }) }
}

/** Two people who turned out to be one. */
export function mergeMemories(survivor: Memory, merged: Memory): Memory {
  const decided = { ...survivor.decided }
  for (const [entry, at] of Object.entries(merged.decided))
    decided[entry] = Math.max(decided[entry] ?? at, at)
  const entered = [...new Set([...(merged.entered ?? []), ...(survivor.entered ?? [])])]
  return {
    carts: mergeCarts(survivor.carts, merged.carts),
    lastOrderAt: latest(survivor.lastOrderAt, merged.lastOrderAt),
    decided: newest(decided),
    ...(entered.length > 0 ? { entered: bounded(entered) } : {}),
    ...earlierArms(survivor, merged),
    ...(survivor.pages || merged.pages
      ? { pages: mergePages(survivor.pages ?? noPages, merged.pages ?? noPages) }
      : {}),
  }
}

/** Notes that the person entered; the same object when that is known. */
export function withEntry(memory: Memory, entry: string): Memory {
  const { entered = [] } = memory
  return entered.includes(entry) ? memory : { ...memory, entered: bounded([...entered, entry]) }
}

/**
 * Notes which run of a campaign let the person in; of each campaign the newest is kept. Who is merged into somebody whom the run has
 * still to call is not let in twice.
 */
export function withRun(memory: Memory, campaign: number, run: number): Memory {
  const others = memory.entered?.filter((entry) => !entry.startsWith(`${campaign}:run:`)) ?? []
  return { ...memory, entered: bounded([...others, runEntry(campaign, run)]) }
}

/** How the memory of entries names a run. */
export function runEntry(campaign: number, run: number): string {
  return `${campaign}:run:${run}`
}

/** Of two arms of one split the earlier drawn stays. */
function earlierArms(one: Memory, other: Memory): Pick<Memory, 'arms'> {
  if (!one.arms && !other.arms) return {}
  const arms = { ...one.arms }
  for (const [split, drawn] of Object.entries(other.arms ?? {})) {
    const mine = arms[split]
    if (!mine || drawn.at < mine.at) arms[split] = drawn
  }
  return { arms }
}

/** Notes the arms that splits drew for the person; the first of each split stays. */
export function withArms(
  memory: Memory,
  campaign: number,
  drawn: { readonly arms: Notes['arms']; readonly now: number },
): Memory {
  const fresh = Object.entries(drawn.arms ?? {}).filter(
    ([split]) => memory.arms?.[`${campaign}:${split}`] === undefined,
  )
  if (fresh.length === 0) return memory
  const arms = { ...memory.arms }
  for (const [split, arm] of fresh) arms[`${campaign}:${split}`] = { ...arm, at: drawn.now }
  return { ...memory, arms }
}

/** Notes which splits' people reached the goal with this happening; `goalOf`: of the campaign, as it is now. */
export function withGoals(
  memory: Memory,
  happening: Placed,
  goalOf: (campaign: number) => Flow['goal'] | undefined,
): Memory {
  if (!memory.arms || happening.importId !== undefined) return memory
  let { arms } = memory
  for (const [split, drawn] of Object.entries(arms)) {
    if (drawn.reached !== undefined) continue
    const goal = goalOf(Number(split.split(':')[0]))
    if (!goal || happening.at <= drawn.at) continue
    if (happening.at > drawn.at + goal.windowHours * hourMs || !isGoal(goal, happening)) continue
    arms = { ...arms, [split]: { ...drawn, reached: happening.at } }
  }
  return arms === memory.arms ? memory : { ...memory, arms }
}

function bounded(entered: readonly string[]): readonly string[] {
  const keyed = entered.filter((entry) => entry.includes(':'))
  if (keyed.length <= keyedEntriesLimit) return entered
  const over = new Set(keyed.slice(0, -keyedEntriesLimit))
  return entered.filter((entry) => !over.has(entry))
}

/** Notes that a message was decided for this entry of a campaign. */
export function withDecision(memory: Memory, entry: string, at: number): Memory {
  return { ...memory, decided: newest({ ...memory.decided, [entry]: at }) }
}

function newest(decided: { readonly [entry: string]: number }): {
  readonly [entry: string]: number
} {
  const entries = Object.entries(decided)
  if (entries.length <= decidedLimit) return decided
  return Object.fromEntries(entries.sort((a, b) => a[1] - b[1]).slice(-decidedLimit))
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
