import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import { flatten, traitPaths } from '../../events/flatten.ts'
import type { Happening } from '../../events/happening.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { realZone } from '../../lib/zone.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flow } from '../campaign.ts'
import type { Flows } from '../flows.service.ts'
import { zoneOf } from '../person-turn.ts'
import type { Schedule } from '../schedule.ts'
import { calledEvent } from '../trigger.ts'
import { callsAt, returnsIn } from './due.ts'
import { firstShare, isFirst, judgeFirst, leadMs, runSettings } from './run.ts'
import {
  audienceSize,
  audienceSlice,
  countsSince,
  holdRun,
  isCounted,
  type Listed,
  type Living,
  moveRun,
  type RunRow,
  zonesOfCustomers,
} from './runs.store.ts'

export type CallNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly flows: Flows
  readonly accept: Pick<Accept, 'appendInTransaction' | 'backlog'>
  /** Waits a moment while the line is pressed; without it the step says that there was nothing to do. */
  readonly rest?: () => Promise<void>
  /** People called in one transaction; tests make it small. */
  readonly slice?: number
}

/** Called at once. With as much waiting for the line already, what lives stands behind a few tenths of a second of a bulk send. */
const sliceLimit = 250
/** People rest uncalled while more than so much waits for the line. */
const pressedRows = 250
/** A line that is always pressed still lets a slice through after so long: a busy shop must not wait for ever. */
const pressedLimitMs = 5_000
/** A run that nobody could move on for so long is yesterday's: a person decides about it. */
const staleMs = dayMs
/** The first share's messages are looked at again this often while they cannot leave. */
const lookAgainMs = minuteMs

/** One step of a run whose campaign is live; whether it did anything. */
export function caller(needs: CallNeeds) {
  const { db, clock } = needs
  /** Since when a shop's line has been pressed. */
  const pressed = new Map<ShopId, number>()

  async function mayCall(shop: ShopId): Promise<boolean> {
    const { rows } = await needs.accept.backlog(shop)
    const now = clock.now()
    const since = pressed.get(shop) ?? now
    if (rows <= pressedRows || now - since >= pressedLimitMs) {
      pressed.delete(shop)
      return true
    }
    pressed.set(shop, since)
    return false
  }

  return async (shop: ShopId, run: RunRow): Promise<boolean> => {
    const now = clock.now()
    const flowOf = await needs.flows.load(db, shop, [run])
    const flow = flowOf(run.campaign, run.version)
    switch (run.state) {
      case 'planned':
        return await begin(needs, shop, { run, flow, now })
      case 'calling_first':
      case 'calling':
        if (now - run.movedAt > staleMs) return await ask(db, shop, { run, now })
        if (await mayCall(shop)) return await callSlice(needs, shop, { run, flow })
        await needs.rest?.()
        return needs.rest !== undefined
      case 'waiting':
        return await look(needs, shop, { run, now })
      default:
        return false
    }
  }
}

const ask = (db: Database, shop: ShopId, { run, now }: { run: RunRow; now: number }) =>
  moveRun(db, shop, { id: run.id, from: run.state, state: 'asking', reason: 'interrupted', now })

/** Counts the audience, once its segment is known whole, and draws how many are called first. */
async function begin(
  needs: CallNeeds,
  shop: ShopId,
  one: { readonly run: RunRow; readonly flow: Flow; readonly now: number },
): Promise<boolean> {
  const { db } = needs
  const { run, flow, now } = one
  const { audience: segment } = flow
  if (now - run.dueAt > staleMs) {
    const reason = 'too_late' as const
    return await moveRun(db, shop, { id: run.id, from: 'planned', state: 'cancelled', reason, now })
  }
  if (segment !== undefined && !(await isCounted(db, shop, segment))) return false
  const { trigger } = flow
  const { timeZone, settings: all } = await needs.shops.shop(shop)
  const size =
    trigger.kind === 'schedule' && segment !== undefined
      ? await audienceSize(db, shop, {
          segment,
          living: await livingThen(db, shop, { run, schedule: trigger.schedule, timeZone }),
        })
      : undefined
  const settings = runSettings(all.runs)
  const share = size === undefined ? 1 : firstShare(settings, size)
  return await moveRun(db, shop, {
    id: run.id,
    from: 'planned',
    state: share < 1 ? 'calling_first' : 'calling',
    now,
    share,
    ...(size === undefined ? {} : { audience: size }),
  })
}

/** Where the people live whom a run calls; undefined where the shop's clocks count for everybody. */
async function livingThen(
  db: Database,
  shop: ShopId,
  of: { readonly run: RunRow; readonly schedule: Schedule; readonly timeZone: string },
): Promise<Living | undefined> {
  const { run, schedule, timeZone } = of
  if (schedule.zone === 'shop') return undefined
  const named = await zonesOfCustomers(db, shop)
  const called = (zone: string) => callsAt(schedule, run.dueAt, realZone(zone) ?? timeZone)
  const there = !callsAt(schedule, run.dueAt, timeZone)
  return { zones: named.filter((zone) => called(zone) === there), there }
}

/**
 * Calls the next people of the audience: the cursor moves in the transaction that appends them to the log, so a server that dies
 * in the middle goes on where it stood. Whoever is called again by the second walk is known by the message's id.
 */
async function callSlice(
  needs: CallNeeds,
  shop: ShopId,
  one: { readonly run: RunRow; readonly flow: Flow },
): Promise<boolean> {
  const { run, flow } = one
  const { timeZone, settings } = await needs.shops.shop(shop)
  const { waitMinutes } = runSettings(settings.runs)
  const limit = needs.slice ?? sliceLimit
  return await needs.db.begin(async (tx) => {
    if (!(await holdRun(tx, shop, run))) return false
    const now = needs.clock.now()
    const listed = await audienceSlice(tx, shop, {
      segment: flow.audience,
      after: run.cursor,
      limit,
    })
    const wanted = listed.filter((person) => isWanted(person, one, timeZone))
    const isWhole = listed.length < limit
    const calls = wanted.map(({ customer }) => callOf(run, customer, now))
    const calledMore = await needs.accept.appendInTransaction(tx, shop, calls)
    const waits = isWhole && run.state === 'calling_first'
    await moveRun(tx, shop, {
      id: run.id,
      from: run.state,
      state: isWhole ? (waits ? 'waiting' : 'done') : run.state,
      now,
      cursor: waits ? 0 : (listed.at(-1)?.customer ?? run.cursor),
      calledMore,
      ...(waits ? { waitUntil: now + waitMinutes * minuteMs + leadMs(flow.steps) } : {}),
    })
    return true
  })
}

function isWanted(
  { customer, traits }: Listed,
  { run, flow }: { readonly run: RunRow; readonly flow: Flow },
  shopZone: string,
): boolean {
  const { trigger } = flow
  if (run.state === 'calling_first' && !isFirst(run.id, customer, run.share)) return false
  if (trigger.kind === 'anniversary') {
    const date = flatten(traitsOf(traits), traitPaths).texts.get(trigger.trait)
    return date !== undefined && returnsIn(trigger, date, { dueAt: run.dueAt, zone: shopZone })
  }
  if (trigger.kind !== 'schedule' || trigger.schedule.zone === 'shop') return true
  // Whoever tells no zone that there is lives by the shop's clocks.
  return callsAt(trigger.schedule, run.dueAt, zoneOf(traitsOf(traits)) ?? shopZone)
}

function traitsOf(text: string): JsonObject {
  const traits: unknown = JSON.parse(text)
  return isJsonObject(traits) ? traits : {}
}

function callOf(
  run: { readonly id: number; readonly campaign: CampaignId },
  customer: number,
  now: number,
): Happening {
  return {
    kind: 'derived',
    name: calledEvent,
    at: now,
    receivedAt: now,
    messageId: `${calledEvent}:${run.id}:${customer}`,
    ids: { customer, verified: true },
    body: { properties: { campaign_id: run.campaign, run: run.id } },
  }
}

/** After the wait: the run goes on by itself, asks, or waits for what could not leave. */
async function look(
  needs: CallNeeds,
  shop: ShopId,
  { run, now }: { readonly run: RunRow; readonly now: number },
): Promise<boolean> {
  const { db } = needs
  const until = run.waitUntil ?? now
  if (now < until || (now < run.movedAt + lookAgainMs && run.movedAt > until)) return false
  const counts = await countsSince(db, shop, {
    campaign: run.campaign,
    since: run.begunAt ?? run.dueAt,
    until: null,
  })
  const settings = runSettings((await needs.shops.shop(shop)).settings.runs)
  const verdict = judgeFirst(counts, settings, now - until)
  const move = { id: run.id, from: 'waiting', now } as const
  switch (verdict.kind) {
    case 'go':
      return await moveRun(db, shop, { ...move, state: 'calling' })
    case 'ask':
      return await moveRun(db, shop, { ...move, state: 'asking', reason: verdict.reason })
    default:
      await moveRun(db, shop, { ...move, state: 'waiting' })
      return false
  }
}
