import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Actor } from '../web/route.ts'
import type { CampaignState, Flow } from './campaign.ts'
import { betweenTurns, readCampaign, restTimers, setState, wakeTimers } from './campaigns.store.ts'
import { drafts } from './drafts.service.ts'
import { underWay } from './moving.store.ts'
import { type Moving, type PublishNeeds, publishDraft } from './publish.service.ts'
import { scheduleOf } from './runs/due.ts'
import { openRuns } from './runs/runs.store.ts'
import { nextRun } from './schedule.ts'
import { markCancelling, settle } from './settle.service.ts'

/** What becomes of the people under way when a campaign ends: they finish, or it ends for them too. */
export const stoppings = ['drain', 'cancel'] as const
export type Stopping = (typeof stoppings)[number]

/** Publishing, starting, pausing and ending campaigns; each between two turns of the line. */
export function switches(needs: PublishNeeds) {
  const written = drafts(needs)
  const publish = async (actor: Actor, id: number, moving: Moving = 'stay') => {
    // What was asked for before is done before: who was to be ended or moved must not be taken for people of the new version.
    await settle(needs, actor.shop)
    if (await publishDraft(needs, actor, { id, moving })) await settle(needs, actor.shop)
    return await written.get(actor.shop, id)
  }

  return {
    /** Makes the draft the version that people enter on; those under way finish on theirs or move to it. */
    publish,
    /** Publishes the draft where it is new, and lets people in; after a pause, what ran out meanwhile runs out now. */
    start: async (actor: Actor, id: number, moving: Moving = 'stay') => {
      const { draft, state } = await written.get(actor.shop, id)
      const isAnew = state !== 'live' && !(await isUnderWay(needs, actor.shop, id))
      if (isAnew) await refusePast(needs, actor.shop, { draft, now: needs.clock.now() })
      await publish(actor, id, moving)
      return await turnTo(needs, actor, {
        id,
        state: 'live',
        also: async (tx, { before, now }) => {
          // Drawing its messages takes a moment: a time that has gone by meanwhile would call nobody, and nobody would notice.
          if (isAnew) await refusePast(needs, actor.shop, { draft, now })
          if (before === 'paused') await wakeTimers(tx, actor.shop, { id, now })
        },
      })
    },
    /** Nobody enters, nothing leaves; the people under way wait where they are. */
    pause: async (actor: Actor, id: number) =>
      await turnTo(needs, actor, {
        id,
        state: 'paused',
        also: async (tx, { before }) => {
          if (before !== 'live')
            throw new Refusal('conflict', 'Only a live campaign can be paused.')
          await restTimers(tx, actor.shop, id)
        },
      }),
    /** Nobody enters any more; those under way finish, or it ends for them too and what is queued does not leave. */
    stop: async (actor: Actor, id: number, how: Stopping = 'cancel') => {
      const { shop } = actor
      await turnTo(needs, actor, {
        id,
        state: how === 'drain' ? 'draining' : 'stopped',
        also: async (tx, { before, now }) => {
          if (before === 'draft')
            throw new Refusal('conflict', 'This campaign has not been started.')
          if (how === 'drain' && before === 'stopped')
            throw new Refusal('conflict', 'This campaign has ended already.')
          if (how === 'cancel') await markCancelling(tx, shop, id)
          else if (before === 'paused') await wakeTimers(tx, shop, { id, now })
        },
      })
      await settle(needs, shop)
      return await written.get(shop, id)
    },
    /** How many people are under way, by the version they are on. */
    underWay: async (shop: ShopId, id: number) => {
      await written.found(shop, id)
      return await underWay(needs.db, shop, id)
    },
    /** Goes on with what a server that died left undone, and ends what has drained; whether there was anything. */
    settle: (shop: ShopId) => settle(needs, shop),
  }
}

/** Whether there is anybody to go on with: a bulk send that was paused must not be left where it stood. */
async function isUnderWay({ db }: PublishNeeds, shop: ShopId, id: number): Promise<boolean> {
  if ((await underWay(db, shop, id)).length > 0) return true
  return (await openRuns(db, shop)).some(({ campaign }) => campaign === id)
}

/** A time that is over would let nobody in, and nobody would notice. */
async function refusePast(
  needs: PublishNeeds,
  shop: ShopId,
  { draft, now }: { readonly draft: Flow; readonly now: number },
): Promise<void> {
  const schedule = scheduleOf(draft)
  if (!schedule) return
  const { timeZone } = await needs.shops.shop(shop)
  if (nextRun(schedule, now - 1, timeZone) === undefined)
    throw new Refusal('invalid', 'This time is over. Choose a later one.', 'trigger.schedule')
}

const actNames = {
  draft: 'drafted',
  live: 'started',
  paused: 'paused',
  draining: 'draining',
  stopped: 'stopped',
} as const satisfies Record<CampaignState, string>

/** Changes the state between two turns of the line. */
async function turnTo(
  needs: PublishNeeds,
  actor: Actor,
  to: {
    readonly id: number
    readonly state: CampaignState
    readonly also?: (
      tx: Tx,
      at: { readonly before: CampaignState; readonly now: number },
    ) => Promise<void>
  },
) {
  const { id, state } = to
  const written = drafts(needs)
  await needs.db.begin(async (tx) => {
    await betweenTurns(tx, actor.shop)
    // Read behind the lock: what two people do at once must not leave timers that nobody sets again.
    const row = await readCampaign(tx, actor.shop, id)
    if (!row) throw new Refusal('not-found', `There is no campaign ${id}.`)
    const { state: before } = row
    const now = needs.clock.now()
    await setState(tx, actor.shop, { id, state, now })
    await to.also?.(tx, { before, now })
  })
  await needs.shops.audit(actor, `campaign.${actNames[state]}`, { object: `campaign:${id}` })
  return await written.get(actor.shop, id)
}
