import type { Simulation } from '../simulate.ts'
import { backtestLimits } from './backtest.ts'
import type { Counts, PersonOutcome } from './counts.ts'
import { type Ground, groundOf, type Run, type RunNeeds } from './ground.service.ts'
import type { Past } from './past.ts'
import type { Plan } from './plan.ts'
import { replay } from './replay.ts'
import { type Kept, sampling } from './samples.ts'
import { readSlice } from './slice.service.ts'
import { type Tally, tally } from './tally.ts'
import { type Traced, tracing } from './trace.ts'

/** Stops early with what the signal says; `tell` hears of people done, at every breath. */
export type Looked = {
  readonly signal: AbortSignal
  readonly tell: (done: number) => void
  /** Hears of every person's way, side after side. */
  readonly onPerson?: (past: Past, run: Simulation) => void
}

type Sample = {
  readonly customer: number
  readonly outcome: PersonOutcome
  readonly trace: readonly Traced[]
}

/** What some of the people gave, side after side; a plain value, which may go from thread to thread. */
export type Found = {
  readonly people: number
  readonly rows: number
  readonly imported: boolean
  readonly sides: readonly { readonly counts: Counts; readonly kept: Kept<Sample> }[]
}

/** People read at once at first; then as many as give about `rowsAimed` rows, so that no read keeps others waiting. */
const firstSlice = 500
const largestSlice = 8_000
const rowsAimed = 40_000
/** The loop is given back at least so often, so that the next slice comes in meanwhile. */
const breathMs = 20

type Lived = {
  readonly plan: Plan
  readonly tally: Tally
  readonly samples: ReturnType<typeof sampling<Sample>>
}

/** As `liveThrough` for whoever has not read the ground yet: another thread. */
export async function liveApart(
  needs: RunNeeds,
  of: { readonly run: Run; readonly ids: readonly number[] },
  looked: Looked,
): Promise<Found> {
  const ground = await groundOf(needs, of.run, looked.signal)
  return await liveThrough(needs, { run: of.run, ground, ids: of.ids }, looked)
}

/** Lets these people live through the period again, one after another, and counts. Reads only. */
export async function liveThrough(
  needs: RunNeeds,
  of: { readonly run: Run; readonly ground: Ground; readonly ids: readonly number[] },
  looked: Looked,
): Promise<Found> {
  const { signal } = looked
  const lived = livedOf(of.run, of.ground)
  const read = reading(needs, of)
  let [people, rows, imported] = [0, 0, false]
  let breathed = performance.now()
  let coming = read.next()
  for (;;) {
    signal.throwIfAborted()
    const now = await coming
    if (!now) break
    // The next are read while these live; should these fail, nobody waits for them any more.
    coming = read.next(now)
    coming.catch(() => undefined)
    for (const [at, past] of now.pasts.entries()) {
      imported ||= past.happenings.some(({ happening }) => happening.importId !== undefined)
      for (const one of lived) {
        const run = liveAgain(one, past)
        looked.onPerson?.(past, run)
      }
      if (performance.now() - breathed < breathMs) continue
      looked.tell(people + at + 1)
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      breathed = performance.now()
    }
    people += now.asked
    rows += now.rows
    looked.tell(people)
  }
  const sides = lived.map((one) => ({ counts: one.tally.counts(), kept: one.samples.kept }))
  return { people, rows, imported, sides }
}

/** Nobody has lived yet. */
function livedOf(run: Run, { shop, plans }: Ground): readonly Lived[] {
  return plans.map((plan) => ({
    plan,
    tally: tally(shop.timeZone, run),
    samples: sampling<Sample>(backtestLimits.samples),
  }))
}

type Slice = Awaited<ReturnType<typeof readSlice>> & { readonly asked: number }

/** People in slices of about as many rows each, however much each of them did. */
function reading(
  needs: RunNeeds,
  { ground, ids }: { readonly ground: Ground; readonly ids: readonly number[] },
) {
  let [at, size] = [0, firstSlice]
  return {
    next: async (before?: Slice): Promise<Slice | undefined> => {
      if (before) {
        const perPerson = Math.max(1, before.rows / before.asked)
        size = Math.max(1, Math.min(largestSlice, size * 2, Math.floor(rowsAimed / perPerson)))
      }
      const slice = ids.slice(at, at + size)
      at += slice.length
      if (slice.length === 0) return undefined
      return { asked: slice.length, ...(await readSlice(needs, ground.asked, slice)) }
    },
  }
}

function liveAgain({ plan, tally: count, samples }: Lived, past: Past): Simulation {
  const { onWays, onDecision, onNotEntered } = count
  let entered = false
  const run = replay(plan, past, {
    onWays: (change) => {
      entered ||= change.after.length > 0
      onWays(change)
    },
    onDecision,
    onNotEntered,
  })
  const outcome = count.person(run)
  const { survivor: customer } = past
  // Few are shown, so they live once more and are written down.
  if (!entered || !samples.wants(outcome, customer)) return run
  const written = tracing(plan.campaign.flow)
  replay(plan, past, written)
  samples.keep(outcome, customer, { customer, outcome, trace: written.trace() })
  return run
}
