import type { Coupons } from '../coupons/coupons.service.ts'
import { type TraitSet, traitChange } from '../customers/trait-change.ts'
import type { Tx } from '../database/connection.store.ts'
import type { Turn } from '../events/turn.ts'
import { type Arm, armOf } from '../experiments/arm.ts'
import type { Assignments } from '../experiments/assignments.service.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { ListActs } from '../segments/lists/list-acts.service.ts'
import { causeKeyOf } from './enrolment.ts'
import type { SavedWay } from './save-ways.service.ts'
import type { Act } from './steps/act.ts'
import type { Ask } from './way.ts'

/** What steps other than messages have done for them. */
export type ActNeeds = {
  readonly coupons: Pick<Coupons, 'issueAll'>
  readonly assignments: Pick<Assignments, 'read' | 'record' | 'sharesNow'>
  readonly lists: ListActs
}

type OwnAct = Exclude<Act, { readonly kind: 'send' }>

/** A way that waits for something other than a message. */
export type Acting<A extends OwnAct = OwnAct> = Omit<SavedWay, 'way'> & {
  readonly way: SavedWay['way'] & { readonly ask: Ask & { readonly act: A } }
  /** Held out of the campaign now, 0 to 1. */
  readonly share: number
  /** Held out of all advertising, 0 to 1; 0 for what is none. */
  readonly shopShare: number
}

/**
 * Does in the line's transaction what steps asked for: coupons, traits, lists. Each is answered by the happening `Step Done`,
 * emitted once for its cause.
 */
export async function doActs(
  needs: ActNeeds,
  tx: Tx,
  { turn, acting }: { readonly turn: Turn; readonly acting: readonly Acting[] },
): Promise<void> {
  if (acting.length === 0) return
  const given = await giveCoupons(needs, tx, { turn, acting: acting.filter(isCoupon) })
  const lists = await changeLists(needs, tx, { turn, acting: acting.filter(isList) })
  const traitsOf = traitsAsChanged(turn)
  for (const one of acting) {
    const { act } = one.way.ask
    if (act.kind === 'list' && lists.has(act.list))
      tell(turn, one, { name: 'List Changed', properties: listed(one, act) })
    tell(turn, one, {
      name: 'Step Done',
      properties: { ...askedBy(one), ...given.get(one) },
      ...(act.kind === 'trait'
        ? { traits: traitsOf(one.way.enrolment.customer, act), traitSet: setOf(act) }
        : {}),
    })
  }
}

function setOf({ trait, value }: TraitSet): TraitSet {
  return { trait, value }
}

/** The changes of traits in one turn, each made to what those before it leave: two steps may set parts of one trait. */
function traitsAsChanged(turn: Turn) {
  const left = new Map<CustomerId, JsonObject>()
  return (customer: CustomerId, act: Parameters<typeof traitChange>[1]): JsonObject => {
    const before = left.get(customer) ?? turn.people.get(customer)?.customer.traits ?? {}
    const change = traitChange(before, act)
    left.set(customer, { ...before, ...change })
    return change
  }
}

function isCoupon(one: Acting): one is Acting<Extract<OwnAct, { kind: 'coupon' }>> {
  return one.way.ask.act.kind === 'coupon'
}

function isList(one: Acting): one is Acting<Extract<OwnAct, { kind: 'list' }>> {
  return one.way.ask.act.kind === 'list'
}

/** Who is held out takes none. Being given one is meeting the campaign: it fixes the arm for good. */
async function giveCoupons(
  needs: ActNeeds,
  tx: Tx,
  {
    turn,
    acting,
  }: {
    readonly turn: Turn
    readonly acting: readonly Acting<Extract<OwnAct, { kind: 'coupon' }>>[]
  },
): Promise<ReadonlyMap<Acting, JsonObject>> {
  if (acting.length === 0) return new Map()
  const partsOf = await parts(needs, tx, { turn, acting })
  const treated = acting.filter((one) => !partsOf(one).some(isHeldOut))
  const answers = await needs.coupons.issueAll(tx, turn.shop, {
    asks: treated.map((one) => ({
      pool: one.way.ask.act.pool,
      customer: one.way.enrolment.customer,
      causeKey: `step:${causeKeyOf(one.id, one.way.ask)}`,
      campaign: one.way.enrolment.campaign,
    })),
    now: turn.now,
  })
  await needs.assignments.record(
    tx,
    turn.shop,
    acting.flatMap((one) => {
      const { customer } = one.way.enrolment
      return partsOf(one).map((part) => ({ ...part, customer, at: turn.now }))
    }),
  )
  const given = new Map<Acting, JsonObject>()
  for (const one of acting) given.set(one, { reason: 'held_out' })
  for (const [at, one] of treated.entries()) {
    const answer = answers[at]
    given.set(
      one,
      answer?.kind === 'issued'
        ? { coupon_id: answer.id }
        : { reason: answer?.reason ?? 'coupon_gone' },
    )
  }
  return given
}

type Part = { readonly experiment: string; readonly arm: Arm; readonly share: number }

/** The experiments that hold people out here; who gets no advertising at all is a part of that one only. */
async function parts(
  needs: ActNeeds,
  tx: Tx,
  { turn, acting }: { readonly turn: Turn; readonly acting: readonly Acting[] },
): Promise<(one: Acting) => readonly Part[]> {
  const recorded = await needs.assignments.read(tx, turn.shop, {
    experiments: [shopExperiment, ...new Set(acting.map(experimentOf))],
    customers: acting.map((one) => one.way.enrolment.customer),
  })
  const known = new Map(
    recorded.map((row) => [`${row.customer}:${row.experiment}`, row.firstArm] as const),
  )
  const partIn = ({ way }: Acting, experiment: string, share: number): readonly Part[] => {
    if (share === 0) return []
    const { customer } = way.enrolment
    const assignmentKey = turn.people.get(customer)?.customer.assignmentKey ?? ''
    const drawn = { experiment, assignmentKey, holdoutShare: share }
    return [{ experiment, share, arm: known.get(`${customer}:${experiment}`) ?? armOf(drawn) }]
  }
  return (one) => {
    const ofShop = partIn(one, shopExperiment, one.shopShare)
    if (ofShop.some(isHeldOut)) return ofShop
    return [...ofShop, ...partIn(one, experimentOf(one), one.share)]
  }
}

function isHeldOut({ arm }: Part): boolean {
  return arm === 'holdout'
}

function experimentOf({ way }: Acting): string {
  return `campaign:${way.enrolment.campaign}`
}

async function changeLists(
  needs: ActNeeds,
  tx: Tx,
  {
    turn,
    acting,
  }: {
    readonly turn: Turn
    readonly acting: readonly Acting<Extract<OwnAct, { kind: 'list' }>>[]
  },
): Promise<ReadonlySet<number>> {
  // A list that was deleted meanwhile changes nobody, and the flow goes on.
  const asked = [...new Set(acting.map(({ way }) => way.ask.act.list))]
  const living = await needs.lists.living(tx, turn.shop, asked)
  const groups = Map.groupBy(acting, ({ way: { ask } }) => `${ask.act.does}:${ask.act.list}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first || !living.has(first.way.ask.act.list)) continue
    const { list, does } = first.way.ask.act
    const customers = [...new Set(group.map(({ way }) => way.enrolment.customer))]
    await needs.lists[does](tx, turn.shop, { list, customers, at: turn.now })
  }
  return living
}

function listed(
  one: Acting,
  { list, does }: Extract<OwnAct, { readonly kind: 'list' }>,
): JsonObject {
  const change = does === 'add' ? 'added' : 'removed'
  return { list, change, by: experimentOf(one) }
}

function askedBy({ way, id }: Acting): JsonObject {
  return { campaign_id: way.enrolment.campaign, step: way.ask.step, enrolment: id }
}

function tell(
  turn: Turn,
  one: Acting,
  told: {
    readonly name: 'Step Done' | 'List Changed'
    readonly properties: JsonObject
    readonly traits?: JsonObject
    readonly traitSet?: TraitSet
  },
): void {
  const { because } = one.way.ask
  turn.emit({
    kind: 'derived',
    customer: one.way.enrolment.customer,
    at: turn.now,
    causeKey: `step:${causeKeyOf(one.id, one.way.ask)}`,
    ...told,
    ...(because ? { because } : {}),
  })
}
