import { createHash } from 'node:crypto'
import type { Coupons } from '../coupons/coupons.service.ts'
import { mostItCosts } from '../coupons/most-cost.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Actor } from '../web/route.ts'
import {
  type ApprovalRow,
  askedApprovals,
  countPeople,
  decideApproval,
  insertApproval,
  memberNames,
  newestApproval,
} from './approval.store.ts'
import {
  approvalSettings,
  type CampaignSize,
  countedDays,
  limitsPassed,
  mayApprove,
  outgrown,
  poolsOf,
} from './approval.ts'
import { Flow } from './campaign.ts'
import { drafts } from './drafts.service.ts'
import { peopleSinceYesterday } from './playbooks.store.ts'
import { audienceSize } from './runs/runs.store.ts'

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly shops: Shops
  readonly coupons: Pick<Coupons, 'pools' | 'left'>
}

/** Campaigns waiting for a member's word that are shown. */
const waitingLimit = 20

/** A second person's word on campaigns above the shop's limits: asked for, given or refused, void when the draft changes. */
export function approvals(needs: Needs) {
  const { db, clock, shops } = needs

  const look = (shop: ShopId, id: number) => lookAt(needs, shop, id)

  return {
    look: async (actor: Actor, id: number) => {
      const { limits, size, asked, stands, passed, grown } = await look(actor.shop, id)
      const names = await memberNames(db, actor.shop)
      const nameOf = (by: string | null) => (by === null ? null : (names.get(by) ?? by))
      return {
        passed,
        ...size,
        limits: { people: limits.people, couponBudget: limits.couponBudget },
        state: stateOf(asked, { stands, grown }),
        approved: grown.length === 0 || !asked ? null : { ...askedSize(asked), grown: [...grown] },
        note: asked?.note ?? '',
        askedBy: nameOf(asked?.askedBy ?? null),
        askedAt: asked?.askedAt ?? null,
        decidedBy: nameOf(asked?.decidedBy ?? null),
        decidedAt: asked?.decidedAt ?? null,
        decisionNote: asked?.decisionNote ?? null,
        mayDecide:
          asked?.state === 'asked' && stands && mayApprove(actor, { by: asked.askedBy, limits }),
      }
    },
    /** The campaigns that wait for this member's word: those above the limits, as they were asked for. */
    waiting: (actor: Actor) => waitingFor(needs, actor),
    /** Asks another member to approve the saved draft. */
    ask: async (actor: Actor, id: number, note: string): Promise<void> => {
      const { size, hash, asked, stands, passed } = await look(actor.shop, id)
      if (passed.length === 0)
        throw new Refusal('conflict', 'This campaign is within the limits: it needs no approval.')
      if (stands && asked?.state !== 'declined')
        throw new Refusal('conflict', 'Approval of this draft was asked for already.')
      await insertApproval(db, actor.shop, {
        campaign: id,
        draft: hash,
        ...keptSize(size),
        note,
        askedBy: actor.name,
        askedAt: clock.now(),
      })
      const detail = { ...size, note }
      await shops.audit(actor, 'campaign.approval-asked', { object: `campaign:${id}`, detail })
    },
    /** Says yes or no. */
    decide: async (
      actor: Actor,
      id: number,
      said: { readonly state: 'approved' | 'declined'; readonly note: string },
    ): Promise<void> => {
      const { limits, asked, stands, size } = await look(actor.shop, id)
      if (asked?.state !== 'asked') throw new Refusal('conflict', 'Nobody asks for approval now.')
      if (!stands)
        throw new Refusal('conflict', 'The campaign was changed meanwhile; it is to be asked anew.')
      if (!mayApprove(actor, { by: asked.askedBy, limits }))
        throw new Refusal(
          'forbidden',
          'Another member who is an owner or may approve has to decide this.',
        )
      const decided = { ...said, ...keptSize(size), id: asked.id, by: actor.name, at: clock.now() }
      if (!(await decideApproval(db, actor.shop, decided)))
        throw new Refusal('conflict', 'Somebody decided this meanwhile.')
      const detail = { note: said.note, askedBy: asked.askedBy }
      await shops.audit(actor, `campaign.${said.state}`, { object: `campaign:${id}`, detail })
    },
    /** Refuses to publish a draft above the limits that nobody approved. */
    refuseUnapproved: async (shop: ShopId, id: number): Promise<void> => {
      const { asked, stands, passed } = await look(shop, id)
      const [field] = passed
      if (field === undefined || (stands && asked?.state === 'approved')) return
      throw new Refusal(
        'conflict',
        'This campaign is above a limit of the shop: another member has to approve it first.',
        `approval.${field}`,
      )
    },
  }
}
export type Approvals = ReturnType<typeof approvals>

async function waitingFor({ db, shops }: Needs, actor: Actor) {
  const limits = approvalSettings((await shops.shop(actor.shop)).settings.approval)
  const asked = await askedApprovals(db, actor.shop, waitingLimit)
  const names = await memberNames(db, actor.shop)
  return asked
    .filter(({ askedBy: by }) => mayApprove(actor, { by, limits }))
    .filter(({ now, draft }) => hashOf(Flow.parse(JSON.parse(now))) === draft)
    .map(({ campaign, name, note, askedBy, askedAt }) => ({
      ...{ campaign, name, note, askedAt },
      askedBy: names.get(askedBy) ?? askedBy,
    }))
}

/** How large the draft is, what it passes, and what was asked and said of it. */
async function lookAt(needs: Needs, shop: ShopId, id: number) {
  const { db, shops } = needs
  const { draft } = await drafts(needs).get(shop, id)
  const limits = approvalSettings((await shops.shop(shop)).settings.approval)
  const asked = await newestApproval(db, shop, id)
  const isSet = limits.people !== null || limits.couponBudget !== null
  const size = isSet ? await sizeOf(needs, shop, draft) : { people: null, couponCost: null }
  const hash = hashOf(draft)
  // Who decides sees today's numbers; only what was approved may have been outgrown since.
  const isSame = asked?.draft === hash
  const grown =
    isSame && isSet && asked.state === 'approved' ? outgrown(size, askedSize(asked)) : []
  const stands = isSame && grown.length === 0
  return { limits, size, hash, asked, stands, grown, passed: limitsPassed(size, limits) }
}

/** void: another draft than the one that was asked for; outgrown: the very draft, for more people or coupons than were approved. */
function stateOf(
  asked: ApprovalRow | undefined,
  { stands, grown }: { readonly stands: boolean; readonly grown: readonly string[] },
) {
  if (!asked) return 'none' as const
  if (stands) return asked.state
  return grown.length > 0 ? ('outgrown' as const) : ('void' as const)
}

function askedSize({ people, couponCost }: ApprovalRow): CampaignSize {
  return { people, couponCost: couponCost === null ? null : couponCost / 10_000 }
}

/** As it is kept: coupons in ten-thousandths. */
function keptSize({ people, couponCost }: CampaignSize): CampaignSize {
  return { people, couponCost: couponCost === null ? null : Math.round(couponCost * 10_000) }
}

function hashOf(draft: Flow): string {
  return createHash('sha256').update(canonicalJson(draft)).digest('base64url')
}

async function sizeOf(needs: Needs, shop: ShopId, flow: Flow): Promise<CampaignSize> {
  const people = await peopleOf(needs, shop, flow)
  const ids = poolsOf(flow)
  if (ids.length === 0) return { people, couponCost: 0 }
  const [pools, left] = await Promise.all([
    needs.coupons.pools(needs.db, shop, ids),
    needs.coupons.left(needs.db, shop, ids),
  ])
  let cost = 0
  for (const { id, discount } of pools) {
    const remaining = left.get(id) ?? null
    const pieces = people ?? remaining
    if (pieces === null) return { people, couponCost: null }
    cost += mostItCosts({ discount, remaining }, pieces)
  }
  return { people, couponCost: cost / 10_000 }
}

/**
 * Everyone of the audience where the campaign calls them; people who came in by its event in a day, for the days that are counted,
 * where it waits for them. null: the shop's server calls them.
 */
async function peopleOf(needs: Needs, shop: ShopId, flow: Flow): Promise<number | null> {
  const { trigger, audience } = flow
  const members = (segment: number) => audienceSize(needs.db, shop, { segment })
  switch (trigger.kind) {
    case 'schedule':
    case 'anniversary':
      return audience === undefined ? await countPeople(needs.db, shop) : await members(audience)
    case 'segment':
      return await members(trigger.segment)
    case 'page':
    case 'event': {
      const event = trigger.kind === 'page' ? 'Page Viewed' : trigger.event
      const day = { event, exits: [], now: needs.clock.now() }
      const entering = (await peopleSinceYesterday(needs.warehouse, shop, day)) * countedDays
      return audience === undefined ? entering : Math.min(entering, await members(audience))
    }
    case 'api':
      return null
  }
}
