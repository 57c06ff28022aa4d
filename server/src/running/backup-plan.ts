import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { localTime, utcOfLocal } from '../lib/zone.ts'

/** A backup as it is noted; times are UTC ms. */
export type BackupNote = {
  readonly id: number
  readonly kind: 'nightly' | 'asked' | 'upgrade'
  readonly state: 'asked' | 'running' | 'done' | 'failed'
  readonly startedAt: number
  /** When the one that writes it was last heard. */
  readonly seenAt: number
  readonly finishedAt: number | null
  readonly folder: string
  readonly files: number
  readonly rows: number
  readonly bytes: number
  /** Code of what went wrong, or the sentence of an engine. */
  readonly problem: string | null
}

/** Whoever writes a backup and is not heard for so long has died. */
export const silentMs = 10 * minuteMs
/** A night's backup that failed is tried again after so long, and so often. */
const againMs = hourMs
const mostTries = 3

/** The last time at which a nightly backup was to begin, UTC ms; `minute` is of the day by the zone's clocks. */
export function lastNight(now: number, zone: string, minute: number): number {
  const day = Math.floor(localTime(now, zone) / dayMs)
  const today = utcOfLocal(day * dayMs + minute * minuteMs, zone)
  return today <= now ? today : utcOfLocal((day - 1) * dayMs + minute * minuteMs, zone)
}

/**
 * Whether the nightly backup is to begin now: none of this night is done, the last try is an hour ago, and the installation was
 * there when the night began. A machine that slept through the hour makes up for it when it wakes.
 */
export function isNightDue(asked: {
  readonly now: number
  /** `lastNight` of now. */
  readonly night: number
  /** UTC ms; null while there is no shop. */
  readonly installedAt: number | null
  readonly notes: readonly Pick<BackupNote, 'kind' | 'state' | 'startedAt' | 'seenAt'>[]
}): boolean {
  const { now, night, installedAt } = asked
  if (installedAt === null || installedAt > night) return false
  if (asked.notes.some((note) => note.state === 'running' && now - note.seenAt < silentMs))
    return false
  const tonight = asked.notes.filter((note) => note.startedAt >= night)
  if (tonight.some((note) => note.state === 'done' || note.state === 'asked')) return false
  const tries = tonight.filter((note) => note.kind === 'nightly')
  return tries.length < mostTries && tries.every((note) => now - note.startedAt >= againMs)
}

const gibibyte = 1024 ** 3

/**
 * Bytes that must be free before a backup begins: a half more than the last one took, or a quarter of what the engines hold on
 * disk when there was none, and a GiB that the engines themselves may need meanwhile.
 */
export function bytesNeeded(known: {
  readonly lastBytes: number | null
  readonly engineBytes: number
}): number {
  return (
    Math.ceil(known.lastBytes === null ? known.engineBytes / 4 : known.lastBytes * 1.5) + gibibyte
  )
}

/** `danggol-20261123-0400`, by the zone's clocks: sorted by name they are sorted by time. */
export function folderName(at: number, zone: string): string {
  const text = new Date(localTime(at, zone)).toISOString()
  return `danggol-${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 16).replace(':', '')}`
}

const ours = /^danggol-\d{8}-\d{4}$/
const leftover = /^danggol-\d{8}-\d{4}\.partial$/

/** Which of these folders go when a backup has just been finished: all but the newest ones, and what was cut off. */
export function foldersToForget(names: readonly string[], copies: number): readonly string[] {
  const whole = names.filter((name) => ours.test(name)).sort()
  return [
    ...whole.slice(0, Math.max(0, whole.length - copies)),
    ...names.filter((name) => leftover.test(name)),
  ]
}
