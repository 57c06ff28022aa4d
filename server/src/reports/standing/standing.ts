import { z } from 'zod'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { localTime, utcOfLocal } from '../../lib/zone.ts'

/** Most standing files of a shop. */
export const filesLimit = 20
/** Most lines of one file; of events the rest comes with the next. */
export const linesLimit = 100_000
/** How long a written file can be fetched, and its link works. */
export const keptMs = 7 * dayMs
/** A run is tried so often before the next one is waited for. */
export const mostTries = 4

/** What is written: who is in a segment, or the events of these names since the last file. */
export const What = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment'), segment: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('events'),
    names: z.array(z.string().trim().min(1).max(200)).min(1).max(20),
  }),
])
export type What = z.infer<typeof What>

/** Where a file goes, beside being kept here to be fetched. */
export const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('here') }),
  z.strictObject({ kind: z.literal('server'), url: z.string().trim().min(1).max(2_000) }),
  z.strictObject({
    kind: z.literal('sheet'),
    /** The part of a Google sheet's address between /d/ and /edit. */
    spreadsheet: z.string().regex(/^[\w-]{20,100}$/),
    /** The tab whose cells are replaced. */
    sheet: z.string().trim().min(1).max(100),
  }),
])
export type Place = z.infer<typeof Place>

const Minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1)
/** When, by the shop's clocks; `minute` of the day, `weekday` 0 is Sunday. */
export const Every = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hour') }),
  z.strictObject({ kind: z.literal('day'), minute: Minute }),
  z.strictObject({
    kind: z.literal('week'),
    minute: Minute,
    weekday: z.number().int().min(0).max(6),
  }),
])
export type Every = z.infer<typeof Every>

/** What of a Google service account's key file is used. */
export const ServiceKey = z.object({
  client_email: z.email(),
  private_key: z.string().includes('PRIVATE KEY').max(10_000),
})
export type ServiceKey = z.infer<typeof ServiceKey>

/** A standing file as it is asked for; `key` is the text of the Google key file, absent where it stays. */
export const StandingDraft = z.strictObject({
  name: z.string().trim().min(1).max(100),
  what: What,
  place: Place,
  key: z.string().max(20_000).optional(),
  emails: z.array(z.email()).max(5).default([]),
  every: Every,
})
export type StandingDraft = z.infer<typeof StandingDraft>

/** The first instant behind `after` (UTC ms) at which a file is due by the clocks of a zone. */
export function nextDue(every: Every, after: number, zone: string): number {
  if (every.kind === 'hour') return (Math.floor(after / hourMs) + 1) * hourMs
  const today = Math.floor(localTime(after, zone) / dayMs)
  for (let day = today; ; day++) {
    // The first of January 1970 was a Thursday.
    if (every.kind === 'week' && (day + 4) % 7 !== every.weekday) continue
    const at = utcOfLocal(day * dayMs + every.minute * minuteMs, zone)
    if (at > after) return at
  }
}

/** The wait before a run is tried again, ms: 5, 15, 45 minutes. */
export function againAfter(tries: number): number {
  return 5 * minuteMs * 3 ** Math.max(0, tries - 1)
}

/** The signed text of a file's link: which run, and until when it may be fetched (UTC ms). */
export function linkText(of: {
  readonly shop: number
  readonly run: number
  readonly until: number
}): string {
  return `${of.shop}.${of.run}.${of.until}`
}

/** Reads `linkText`; undefined for anything else. */
export function readLink(
  text: string,
): { readonly shop: number; readonly run: number; readonly until: number } | undefined {
  const [, shop, run, until] = /^(\d{1,9})\.(\d{1,15})\.(\d{1,15})$/.exec(text) ?? []
  if (shop === undefined) return undefined
  return { shop: Number(shop), run: Number(run), until: Number(until) }
}
