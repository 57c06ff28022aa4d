import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import { canonicalJson } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Actor } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { readCampaign } from '../campaigns.store.ts'
import { stepsOf } from '../flow-map.ts'
import { type BacktestAsked, BacktestResult, backtestLimits } from './backtest.ts'
import {
  type BacktestRow,
  type Claimed,
  cancelBacktest,
  claimBacktest,
  endBacktest,
  forgetBacktests,
  insertBacktest,
  keepBacktest,
  listBacktests,
  readBacktest,
  releaseBacktest,
} from './backtests.store.ts'
import type { Run } from './ground.service.ts'
import { namesOf } from './people.store.ts'
import { problemOf, problemSaid } from './problems.ts'
import type { Watched } from './run.service.ts'

/** Lives through one backtest and answers what it found (JSON). */
export type Live = (run: Run, watched: Pick<Watched, 'signal' | 'tell'>) => Promise<string>

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly live: Live
  /** Hears why one came to no end. */
  readonly onError?: (error: unknown) => void
}

/** A worker that was not heard of for so long is dead. */
const leaseMs = 20_000
/** How soon a backtest that is called off stops at the latest, and how often it says how far it is. */
const beatMs = 400

/** Backtests as people ask for them, and the worker that runs one after another. */
export function backtests(needs: Needs) {
  const { db, clock } = needs
  /** The one under way; stopping the server ends it, and whoever comes next begins it anew. */
  let stop = new AbortController()

  async function get(shop: ShopId, id: number) {
    const row = await readBacktest(db, shop, id)
    if (!row) throw new Refusal('not-found', `There is no backtest ${id}.`)
    const { flow, against, result: text, ...rest } = withSentence(row)
    const result = text === null ? null : BacktestResult.parse(JSON.parse(text))
    const shown = result ? [result.side, ...(result.against ? [result.against] : [])] : []
    const customers = shown.flatMap((side) => side.samples.map((one) => one.customer))
    const names = await namesOf(db, shop, [...new Set(customers)])
    return {
      ...rest,
      flow: Flow.parse(JSON.parse(flow)),
      against: against === null ? null : Flow.parse(JSON.parse(against)),
      result,
      names: [...names].map(([customer, name]) => ({ customer, name })),
    }
  }

  return {
    get,
    list: async (shop: ShopId, page: Parameters<typeof listBacktests>[2]) =>
      (await listBacktests(db, shop, page)).map(withSentence),
    ask: async (actor: Actor, asked: BacktestAsked): Promise<{ readonly id: number }> => {
      const { from, to } = periodOf(asked, clock.now())
      const { flow, against } = await flowsOf(needs, actor.shop, asked)
      const id = await insertBacktest(db, actor.shop, {
        campaign: asked.campaign ?? null,
        flow: canonicalJson(flow),
        against: against && canonicalJson(against),
        from,
        to,
        by: actor.name,
        now: clock.now(),
        waitingLimit: backtestLimits.waiting,
      })
      if (id === undefined)
        throw new Refusal(
          'too-many',
          `${backtestLimits.waiting} backtests wait already; call one off or wait for one to end.`,
        )
      return { id }
    },
    cancel: async (shop: ShopId, id: number) => {
      await cancelBacktest(db, shop, { id, now: clock.now() })
      return await get(shop, id)
    },
    /** Runs the next one to its end; whether there was one. */
    turn: async (): Promise<boolean> => {
      const now = clock.now()
      const claimed = await claimBacktest(db, { now, until: now + leaseMs })
      if (!claimed) return false
      await work(needs, claimed, stop.signal)
      return true
    },
    /** Lets go of the one under way, for another worker; called when the server stops. */
    letGo: () => {
      stop.abort()
      stop = new AbortController()
    },
    /** Forgets old results. */
    keep: () => forgetBacktests(db, clock.now() - backtestLimits.keptMs),
  }
}
export type Backtests = ReturnType<typeof backtests>

/** Runs one; the database says every moment whether it is still wanted, whoever called it off. */
async function work(needs: Needs, claimed: Claimed, leaving: AbortSignal): Promise<void> {
  const { db, clock } = needs
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, leaving])
  let progress = { done: 0, people: 0 }
  const beat = async () => {
    const kept = await keepBacktest(db, claimed, { ...progress, until: clock.now() + leaseMs })
    if (!kept) stop.abort()
  }
  const beating = setInterval(() => void beat().catch(() => stop.abort()), beatMs)
  try {
    const { shop, campaign, from, to } = claimed
    const flow = Flow.parse(JSON.parse(claimed.flow))
    const against = claimed.against === null ? null : Flow.parse(JSON.parse(claimed.against))
    const result = await needs.live(
      { shop, campaign: campaign ?? 0, flow, against, from, to },
      {
        signal,
        tell: (done, people) => {
          progress = { done, people: Math.max(done, people) }
        },
      },
    )
    await keepBacktest(db, claimed, { ...progress, until: clock.now() + leaseMs })
    await endBacktest(db, claimed, {
      state: 'done',
      result,
      problem: null,
      now: clock.now(),
    })
  } catch (error) {
    // Called off, or another worker has it: what it says stands.
    if (stop.signal.aborted) return
    if (leaving.aborted) {
      await releaseBacktest(db, claimed)
      return
    }
    needs.onError?.(error)
    const problem = problemOf(error)
    await endBacktest(db, claimed, { state: 'failed', result: null, problem, now: clock.now() })
  } finally {
    clearInterval(beating)
  }
}

function withSentence<R extends Pick<BacktestRow, 'problem'>>(row: R) {
  return { ...row, problem: row.problem === null ? null : problemSaid(row.problem) }
}

function periodOf({ from, to }: BacktestAsked, now: number): { from: number; to: number } {
  if (from >= to) throw new Refusal('invalid', 'The period must end after it begins.', 'to')
  if (to - from > backtestLimits.days * dayMs)
    throw new Refusal('too-large', `A period has ${backtestLimits.days} days at most.`, 'from')
  if (from >= now)
    throw new Refusal('invalid', 'The period lies in the future: nothing has happened yet.', 'from')
  return { from, to: Math.min(to, now) }
}

async function flowsOf(
  { db }: Needs,
  shop: ShopId,
  asked: BacktestAsked,
): Promise<{ readonly flow: Flow; readonly against: Flow | null }> {
  const saved =
    asked.campaign === undefined ? undefined : await readCampaign(db, shop, asked.campaign)
  if (asked.campaign !== undefined && !saved)
    throw new Refusal('not-found', `There is no campaign ${asked.campaign}.`, 'campaign')
  const flow = asked.flow ?? (saved && Flow.parse(JSON.parse(saved.draft)))
  if (!flow) throw new Refusal('invalid', 'Name a campaign or give a flow.', 'campaign')
  if (stepsOf(flow).length === 0)
    throw new Refusal('invalid', 'The flow has no steps yet: there is nothing to try.', 'flow')
  if (asked.against !== 'published') return { flow, against: asked.against ?? null }
  if (!saved?.publishedFlow)
    throw new Refusal('conflict', 'The campaign has no published version yet.', 'against')
  return { flow, against: Flow.parse(JSON.parse(saved.publishedFlow)) }
}
