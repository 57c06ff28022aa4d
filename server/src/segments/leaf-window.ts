import { unreachable } from '../lib/assert.ts'
import { bucketAfter, bucketBefore, bucketOf, type CalendarUnit } from './calendar.ts'
import { instantMs, spanMs } from './comparison.ts'
import type { Window } from './event-condition.ts'

/** A window in milliseconds. `lag` moves a rolling window's end back: `(now - ms, now - lag]`. */
export type LeafWindow =
  | { readonly kind: 'ever' }
  | { readonly kind: 'rolling'; readonly ms: number; readonly lag?: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'before'; readonly to: number }
  | { readonly kind: 'after'; readonly from: number }
  | {
      readonly kind: 'calendar'
      readonly unit: CalendarUnit
      readonly which: 'this' | 'last'
      readonly zone: string
    }

/** Times `after < at <= upTo`, UTC ms; infinite where there is no bound. */
export type Bounds = { readonly after: number; readonly upTo: number }

/** A condition's window in milliseconds. */
export function leafWindow(window: Window): LeafWindow {
  switch (window.kind) {
    case 'ever':
      return { kind: 'ever' }
    case 'rolling': {
      const ms = spanMs(window.span)
      return window.until
        ? { kind: 'rolling', ms, lag: spanMs(window.until) }
        : { kind: 'rolling', ms }
    }
    case 'between':
      return { kind: 'between', from: instantMs(window.from), to: instantMs(window.to) }
    case 'before':
      return { kind: 'before', to: instantMs(window.at) }
    case 'after':
      return { kind: 'after', from: instantMs(window.at) }
    case 'calendar': {
      const { unit, which, zone } = window
      return { kind: 'calendar', unit, which, zone }
    }
    default:
      return unreachable(window)
  }
}

/** Whether happenings leave the window as time passes. */
export function moves({ kind }: LeafWindow): boolean {
  return kind === 'rolling' || kind === 'calendar'
}

/** Which times the window holds at `now`. A happening counts from `entersAt` its time until just before `leavesAt` it. */
export function insideAt(window: LeafWindow, now: number): Bounds {
  const { after, upTo } = everInside(window)
  switch (window.kind) {
    case 'ever':
    case 'between':
    case 'before':
    case 'after':
      return { after, upTo: Math.min(upTo, now) }
    case 'rolling':
      return { after: now - window.ms, upTo: now - (window.lag ?? 0) }
    case 'calendar': {
      const { unit, zone } = window
      const current = bucketOf(now, unit, zone)
      if (window.which === 'this') return { after: current.from - 1, upTo: now }
      return { after: bucketBefore(current, unit, zone).from - 1, upTo: current.from - 1 }
    }
    default:
      return unreachable(window)
  }
}

/** Which times the window may hold at any time at all: what does not move. */
export function everInside(window: LeafWindow): Bounds {
  switch (window.kind) {
    case 'between':
      return { after: window.from - 1, upTo: window.to - 1 }
    case 'before':
      return { after: -Infinity, upTo: window.to - 1 }
    case 'after':
      return { after: window.from - 1, upTo: Infinity }
    case 'ever':
    case 'rolling':
    case 'calendar':
      return { after: -Infinity, upTo: Infinity }
    default:
      return unreachable(window)
  }
}

/** When a happening of a time begins to count. Never earlier for a later one. */
export function entersAt(window: LeafWindow, at: number): number {
  if (window.kind === 'rolling') return at + (window.lag ?? 0)
  if (window.kind === 'calendar' && window.which === 'last')
    return bucketOf(at, window.unit, window.zone).to
  return at
}

/** When a happening of a time ceases to count; Infinity for never. Never earlier for a later one. */
export function leavesAt(window: LeafWindow, at: number): number {
  if (window.kind === 'rolling') return at + window.ms
  if (window.kind !== 'calendar') return Infinity
  const { unit, zone } = window
  const bucket = bucketOf(at, unit, zone)
  return window.which === 'this' ? bucket.to : bucketAfter(bucket, unit, zone).to
}

/** Times `after < at <= upTo` that count alike; `at` is the time written for all of them. */
export type Stretch = Bounds & { readonly at: number }

/**
 * Stretches of time whose happenings can no longer be told apart at `now` or later: they have come, or will count
 * together, and leave together. What has come into a window that does not move; the days of a calendar. Ascending.
 */
export function alikeAt(window: LeafWindow, now: number): readonly Stretch[] {
  if (window.kind === 'rolling') return []
  if (window.kind !== 'calendar') return [stretch(insideAt(window, now))]
  const { unit, zone } = window
  const current = bucketOf(now, unit, zone)
  if (window.which === 'this') return [stretch({ after: current.from - 1, upTo: now })]
  const last = bucketBefore(current, unit, zone)
  return [last, current].map(({ from, to }) => stretch({ after: from - 1, upTo: to - 1 }))
}

/** Happenings up to this time are settled at `now`: they count, or are alike; each later one comes at a time of its own. */
export function settledUpTo(window: LeafWindow, now: number): number {
  return alikeAt(window, now).at(-1)?.upTo ?? insideAt(window, now).upTo
}

function stretch({ after, upTo }: Bounds): Stretch {
  return { after, upTo, at: Number.isFinite(after) ? after + 1 : Math.min(0, upTo) }
}
