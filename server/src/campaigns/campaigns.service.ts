import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { Messages } from '../messages/messages.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Actor } from '../web/route.ts'
import type { CampaignState, Flow } from './campaign.ts'
import {
  betweenTurns,
  cancelEnrolments,
  insertVersion,
  restTimers,
  setState,
  wakeTimers,
} from './campaigns.store.ts'
import { drafts, shown } from './drafts.service.ts'
import { eraseEnrolments, publishedFlows } from './enrolments.store.ts'
import { stepsOf, withSteps } from './flow-map.ts'
import { validate } from './flow-problems.ts'
import { flows } from './flows.service.ts'
import { campaignsRoom, type LineNeeds } from './line-room.service.ts'
import { recheck } from './recheck.service.ts'
import { scheduleOf } from './runs/due.ts'
import { nextRun } from './schedule.ts'
import { campaignsUsing } from './segment-users.service.ts'
import { chainOf } from './steps/message.ts'
import type { Step } from './steps/table.ts'

export type CampaignNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly messages: Pick<Messages, 'decideAll' | 'publish'>
}

/** Enrolments of a stopped campaign are ended in bites, so that the line is never kept waiting. */
const cancelBatch = 5_000

/** Campaigns as people and the line use them. */
export function campaigns(needs: CampaignNeeds) {
  const published = flows()
  const written = drafts(needs)
  const publish = (actor: Actor, id: number) => publishDraft(needs, actor, id)
  const stateOf = async (actor: Actor, id: number) => (await written.found(actor.shop, id)).state

  return {
    /** The room's part in the line; `segments` says who is a member at this moment of the turn. */
    room: (segments: LineNeeds['segments']) =>
      campaignsRoom({ shops: needs.shops, flows: published, messages: needs.messages, segments }),
    /** What the sender asks right before it hands messages over. */
    recheck: recheck({ flows: published, clock: needs.clock }),
    /** Lets go of erased people, in the line's transaction. */
    erase: (tx: Tx, shop: ShopId, customers: readonly CustomerId[]) =>
      eraseEnrolments(tx, shop, { customers, now: needs.clock.now() }),

    /** The campaigns that need a segment, by name. */
    usersOf: (shop: ShopId, segment: number) => campaignsUsing(needs.db, shop, segment),

    list: written.list,
    get: written.get,
    create: written.create,
    change: written.change,
    enrolments: written.enrolments,

    publish,
    /** Publishes the draft where it is new, and lets people in; after a pause, what ran out meanwhile runs out now. */
    start: async (actor: Actor, id: number) => {
      const { draft, state } = await written.get(actor.shop, id)
      if (state !== 'live') await refusePast(needs, actor.shop, draft)
      await publish(actor, id)
      return await turnTo(needs, actor, {
        id,
        state: 'live',
        also: async (tx, { before, now }) => {
          if (before === 'paused') await wakeTimers(tx, actor.shop, { id, now })
        },
      })
    },
    /** Nobody enters, nothing leaves; the people under way wait where they are. */
    pause: async (actor: Actor, id: number) => {
      if ((await stateOf(actor, id)) !== 'live')
        throw new Refusal('conflict', 'Only a live campaign can be paused.')
      const also = (tx: Tx) => restTimers(tx, actor.shop, id)
      return await turnTo(needs, actor, { id, state: 'paused', also })
    },
    /** Ends the campaign for everybody under way; what is queued does not leave any more. */
    stop: async (actor: Actor, id: number) => {
      if ((await stateOf(actor, id)) === 'draft')
        throw new Refusal('conflict', 'This campaign has not been started.')
      const stopped = await turnTo(needs, actor, { id, state: 'stopped' })
      while ((await cancelSome(needs, actor.shop, id)) === cancelBatch);
      return stopped
    },
  }
}
export type Campaigns = ReturnType<typeof campaigns>

/** A time that is over would let nobody in, and nobody would notice. */
async function refusePast(needs: CampaignNeeds, shop: ShopId, draft: Flow): Promise<void> {
  const schedule = scheduleOf(draft)
  if (!schedule) return
  const { timeZone } = await needs.shops.shop(shop)
  if (nextRun(schedule, needs.clock.now() - 1, timeZone) === undefined)
    throw new Refusal('invalid', 'This time is over. Choose a later one.', 'trigger.schedule')
}

/** Makes the draft the version that people enter on, unless it is that already. */
async function publishDraft(needs: CampaignNeeds, actor: Actor, id: number) {
  const { db, clock } = needs
  const { shop } = actor
  const written = drafts(needs)
  const row = await written.found(shop, id)
  const flow = await readyFlow(needs, shop, shown(row).draft)
  const text = canonicalJson(flow)
  const [current] = await publishedFlows(db, shop, [{ campaign: row.id, version: row.version }])
  if (current?.flow === text) return shown(row)
  const version = await db.begin(async (tx) => {
    await betweenTurns(tx, shop)
    const made = { campaign: id, flow: text, by: actor.name, now: clock.now() }
    return await insertVersion(tx, shop, made)
  })
  // Who calls a message informational answers for it by name (Network Act, article 50).
  const what = { object: `campaign:${id}`, detail: { version, ...flow.nature } }
  await needs.shops.audit(actor, 'campaign.published', what)
  return await written.get(shop, id)
}

const actNames = {
  draft: 'drafted',
  live: 'started',
  paused: 'paused',
  stopped: 'stopped',
} as const satisfies Record<CampaignState, string>

/** Changes the state between two turns of the line. */
async function turnTo(
  needs: CampaignNeeds,
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
  const { state: before } = await written.found(actor.shop, id)
  await needs.db.begin(async (tx) => {
    await betweenTurns(tx, actor.shop)
    const now = needs.clock.now()
    await setState(tx, actor.shop, { id, state, now })
    await to.also?.(tx, { before, now })
  })
  await needs.shops.audit(actor, `campaign.${actNames[state]}`, { object: `campaign:${id}` })
  return await written.get(actor.shop, id)
}

async function cancelSome(needs: CampaignNeeds, shop: ShopId, id: number): Promise<number> {
  return await needs.db.begin(async (tx) => {
    await betweenTurns(tx, shop)
    const asked = { campaign: id, limit: cancelBatch, now: needs.clock.now() }
    return await cancelEnrolments(tx, shop, asked)
  })
}

/** The flow as it will run: without problems, its messages checked by the law and compiled. */
async function readyFlow(needs: CampaignNeeds, shop: ShopId, draft: Flow): Promise<Flow> {
  const [problem] = validate(draft)
  if (problem) throw new Refusal('invalid', problem.message, problem.field)
  const published = new Map<MessageContent, string>()
  for (const content of stepsOf(draft).flatMap(contentsOf)) {
    const { id } = await needs.messages.publish(shop, content, draft.nature)
    published.set(content, id)
  }
  const withId = <C extends { readonly content: MessageContent }>(one: C) => {
    const contentId = published.get(one.content)
    return contentId === undefined ? one : { ...one, contentId }
  }
  return withSteps(draft, (step) => {
    if (step.kind === 'webhook') return withId(step)
    if (step.kind !== 'message') return step
    const fallbacks = step.fallbacks?.map(withId)
    return { ...withId(step), ...(fallbacks ? { fallbacks } : {}) }
  })
}

function contentsOf(step: Step): readonly MessageContent[] {
  if (step.kind === 'webhook') return [step.content]
  return step.kind === 'message' ? chainOf(step).map(({ content }) => content) : []
}
