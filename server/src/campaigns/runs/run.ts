import { z } from 'zod'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { hash32 } from '../../lib/random.ts'
import type { Flow } from '../campaign.ts'

/**
 * One calling of a campaign's audience.
 *
 * - planned        its time has come; the audience is being made ready
 * - calling_first  a random share is being called
 * - waiting        that share has been called; what comes of it is waited for
 * - asking         it went badly or was interrupted: a person decides
 * - calling        everybody (else) is being called
 */
export const openRunStates = ['planned', 'calling_first', 'waiting', 'asking', 'calling'] as const
export const runStates = [...openRunStates, 'done', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

/** Why a run asks, or why it was given up. */
export const runReasons = [
  'failures',
  'opt_outs',
  'not_sent',
  'interrupted',
  'too_late',
  'campaign_stopped',
  'by_hand',
] as const
export type RunReason = (typeof runReasons)[number]

/** The shop's settings section `runs`: how bulk sends are begun. */
export const RunSettings = z.strictObject({
  /** Share (percent) that is called first; 0: everybody at once. */
  firstPercent: z.number().min(0).max(50).default(5),
  /** At least so many, or the share would tell nothing. */
  firstAtLeast: z.int().min(10).max(10_000).default(100),
  /** Smaller audiences are called at once: the first share would be most of them. */
  fromAudience: z.int().min(20).max(1_000_000).default(1_000),
  /** How long failures and opt-outs are waited for; most opt-outs come within the first half hour. */
  waitMinutes: z
    .int()
    .min(5)
    .max(24 * 60)
    .default(30),
  /** More failures (percent of what left) than dead addresses explain: a few percent are usual. */
  mostFailedPercent: z.number().min(0).max(100).default(5),
  /** Opt-outs (percent of what left) from which a message does harm: domain.md E.0 warns above 0.5 %. */
  mostOptOutPercent: z.number().min(0).max(100).default(0.5),
})
export type RunSettings = z.infer<typeof RunSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function runSettings(settings: unknown): RunSettings {
  const parsed = RunSettings.safeParse(settings ?? {})
  return parsed.success ? parsed.data : RunSettings.parse({})
}

/** The share (0 to 1) of an audience that is called first; 1: everybody at once. */
export function firstShare(settings: RunSettings, audience: number): number {
  if (settings.firstPercent === 0 || audience < settings.fromAudience) return 1
  return Math.min(1, Math.max(settings.firstPercent / 100, settings.firstAtLeast / audience))
}

/** How long (ms) a flow lets everybody wait before it does anything: nothing is known of its messages before. */
export function leadMs(steps: Flow['steps']): number {
  const [first, ...others] = steps
  return first?.kind === 'wait' ? first.minutes * minuteMs + leadMs(others) : 0
}

/** Whether chance puts a person into the first share of a run: the same person every time it is asked. */
export function isFirst(run: number, customer: number, share: number): boolean {
  return hash32(`run:${run}:${customer}`) < share * 2 ** 32
}

/** What has become of the messages of a run so far. */
export type RunCounts = {
  /** Left the house, or may have. */
  readonly sent: number
  /** Failed for good, at the provider or because they could not be drawn. */
  readonly failed: number
  /** People who got one and opted out. */
  readonly optOuts: number
  /** Waiting to leave. */
  readonly queued: number
}

/** Fewer than so many tell nothing: one person of a hundred is one percent. */
const chanceful = 3
/** A first share that could not leave for so long is a matter for a person. */
const longestWaitMs = dayMs

/** Whether a run goes on after its first share. `waitedMs`: since the wait was over. */
export function judgeFirst(
  counts: RunCounts,
  settings: RunSettings,
  waitedMs: number,
): { readonly kind: 'go' | 'wait' } | { readonly kind: 'ask'; readonly reason: RunReason } {
  const left = counts.sent + counts.failed
  const tooMany = (count: number, percent: number) =>
    count >= chanceful && count > (left * percent) / 100
  if (tooMany(counts.failed, settings.mostFailedPercent)) return { kind: 'ask', reason: 'failures' }
  if (tooMany(counts.optOuts, settings.mostOptOutPercent))
    return { kind: 'ask', reason: 'opt_outs' }
  // The night, a halt or an empty account keeps them: nothing is known yet.
  if (counts.queued > 0 && counts.queued >= left)
    return waitedMs > longestWaitMs ? { kind: 'ask', reason: 'not_sent' } : { kind: 'wait' }
  return { kind: 'go' }
}
