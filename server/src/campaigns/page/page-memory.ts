import type { Happening } from '../../events/happening.ts'
import { dayMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { rests } from '../../messages/onsite/content.ts'
import type { Rest } from '../../messages/onsite/view.ts'
import { calledEvent } from '../trigger.ts'

/** What is remembered of a visitor and the messages on pages. Times are UTC ms. */
export type PageMemory = {
  /** Campaign -> when it was last decided for them, and the visit (its beginning) in which. */
  readonly shown?: {
    readonly [campaign: string]: { readonly at: number; readonly visit: number }
  }
  /** A campaign's number, `signup` or `consent` -> until when they asked for silence. */
  readonly rests?: { readonly [of: string]: number }
}

/** A visitor nobody showed anything. */
export const noPages: PageMemory = {}

/** Told by the page when a visitor closes, refuses or asks for silence. */
export const dismissedEvent = 'Promotion Dismissed'

/** Campaigns remembered a person; the oldest make room. */
const rememberedLimit = 100
/** Silence for ever: as long as a person's memory of it is kept. */
const foreverMs = 100 * 365 * dayMs
const restMs = {
  today: dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  never: foreverMs,
} as const satisfies Record<Rest, number>

/** What one happening adds; the same object when it adds nothing. */
export function rememberedPages(pages: PageMemory, happening: Happening): PageMemory {
  const { properties } = happening.body
  if (!properties) return pages
  if (happening.kind === 'derived' && happening.name === calledEvent)
    return withShown(pages, properties, happening.at)
  return happening.name === dismissedEvent ? withRest(pages, properties, happening.at) : pages
}

/** Two people who turned out to be one: the later sight and the longer silence hold. */
export function mergePages(one: PageMemory, other: PageMemory): PageMemory {
  const shown = { ...one.shown }
  for (const [campaign, seen] of Object.entries(other.shown ?? {})) {
    const mine = shown[campaign]
    if (!mine || mine.at < seen.at) shown[campaign] = seen
  }
  const until = { ...one.rests }
  for (const [of, time] of Object.entries(other.rests ?? {}))
    until[of] = Math.max(until[of] ?? 0, time)
  return {
    ...(Object.keys(shown).length > 0 ? { shown: newest(shown, ({ at }) => at) } : {}),
    ...(Object.keys(until).length > 0 ? { rests: newest(until, (time) => time) } : {}),
  }
}

function withShown(pages: PageMemory, properties: JsonObject, at: number): PageMemory {
  const { campaign_id: campaign, visit } = properties
  if (typeof campaign !== 'number' || typeof visit !== 'number') return pages
  const shown = { ...pages.shown, [campaign]: { at, visit } }
  return { ...pages, shown: newest(shown, (seen) => seen.at) }
}

function withRest(pages: PageMemory, properties: JsonObject, at: number): PageMemory {
  const { campaign_id: campaign, rest, asks, until } = properties
  const known = rests.find((one) => one === rest)
  if (typeof campaign !== 'number' || !known) return pages
  // Today ends at midnight where the visitor is, which only their page knows.
  const today = typeof until === 'number' ? Math.max(at, until) : at + restMs.today
  const end = known === 'today' ? Math.min(today, at + restMs.today) : at + restMs[known]
  const named =
    asks === 'signup' || asks === 'consent' ? [asks, String(campaign)] : [String(campaign)]
  const longer = named.filter((of) => (pages.rests?.[of] ?? 0) < end)
  if (longer.length === 0) return pages
  const untils = { ...pages.rests, ...Object.fromEntries(longer.map((of) => [of, end])) }
  return { ...pages, rests: newest(untils, (time) => time) }
}

function newest<T>(
  kept: { readonly [key: string]: T },
  timeOf: (value: T) => number,
): { readonly [key: string]: T } {
  const entries = Object.entries(kept)
  if (entries.length <= rememberedLimit) return kept
  return Object.fromEntries(
    entries.sort((a, b) => timeOf(a[1]) - timeOf(b[1])).slice(-rememberedLimit),
  )
}
