import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { Messages } from '../messages/messages.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Actor } from '../web/route.ts'
import type { Flow } from './campaign.ts'
import { betweenTurns, insertVersion } from './campaigns.store.ts'
import { carriesCoupon } from './coupon-carried.ts'
import { drafts, shown } from './drafts.service.ts'
import { publishedFlows } from './enrolments.store.ts'
import { stepsOf, withSteps } from './flow-map.ts'
import { validate } from './flow-problems.ts'
import { setUnfinished } from './moving.store.ts'
import { type NamedThingsNeeds, namedProblems } from './named-things.service.ts'
import { settle } from './settle.service.ts'
import { chainOf } from './steps/message.ts'
import type { Step } from './steps/table.ts'

export type PublishNeeds = NamedThingsNeeds & {
  readonly clock: Clock
  readonly shops: Shops
  readonly messages: Pick<Messages, 'publish'>
  /** Refuses what another member has to approve first. */
  readonly refuseUnapproved?: (shop: ShopId, campaign: number) => Promise<void>
}

/** What becomes of the people under way when a new version is published: they finish on theirs, or move to it. */
export const movings = ['stay', 'move'] as const
export type Moving = (typeof movings)[number]

/** Makes the draft the version that people enter on, unless it is that already. Answers whether it is a new one. */
export async function publishDraft(
  needs: PublishNeeds,
  actor: Actor,
  what: { readonly id: number; readonly moving: Moving },
): Promise<boolean> {
  const { db, clock } = needs
  const { shop } = actor
  const { id, moving } = what
  const row = await drafts(needs).found(shop, id)
  const flow = await readyFlow(needs, shop, shown(row).draft)
  const text = canonicalJson(flow)
  const [current] = await publishedFlows(db, shop, [{ campaign: row.id, version: row.version }])
  if (current?.flow === text) return false
  await needs.refuseUnapproved?.(shop, id)
  // What a server that died left undone of the version before is not forgotten over the new one.
  await settle(needs, shop)
  const version = await db.begin(async (tx) => {
    await betweenTurns(tx, shop)
    const made = { campaign: id, flow: text, by: actor.name, now: clock.now() }
    const unfinished = moving === 'move' ? 'moving' : null
    await setUnfinished(tx, shop, { campaign: id, unfinished })
    return await insertVersion(tx, shop, made)
  })
  // Who calls a message informational answers for it by name (Network Act, article 50).
  const detail = { version, moving, ...flow.nature }
  await needs.shops.audit(actor, 'campaign.published', { object: `campaign:${id}`, detail })
  return true
}

/** The flow as it will run: without problems, its messages checked by the law and compiled. */
async function readyFlow(needs: PublishNeeds, shop: ShopId, draft: Flow): Promise<Flow> {
  const [problem] = validate(draft)
  if (problem) throw new Refusal('invalid', problem.message, problem.field)
  const [gone] = await namedProblems(needs, shop, { flow: draft, now: needs.clock.now() })
  if (gone) {
    const { language } = await needs.shops.shop(shop)
    throw new Refusal('invalid', gone[language], `steps.${gone.step}`)
  }
  const published = new Map<MessageContent, string>()
  for (const step of stepsOf(draft))
    for (const content of contentsOf(step)) {
      const carries = carriesCoupon(draft, step.kind === 'message' ? step : {}, content)
      const as = { ...draft.nature, carriesCoupon: carries }
      const { id } = await needs.messages.publish(shop, content, as)
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
