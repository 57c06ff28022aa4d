import type { Catalog } from '../catalog/catalog.service.ts'
import type { Channels } from '../channels/channels.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { LineRoom, RoomTurn, Turn } from '../events/turn.ts'
import type { Assignments } from '../experiments/assignments.service.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { epochMonth } from '../lib/duration.ts'
import type { Recommendations } from '../recommendations/recommendations.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { CouponsAtHand } from './carried.ts'
import { contents } from './contents.service.ts'
import { type Decided, type Desk, decideOne, shopPartOf } from './desk.ts'
import { discreet, productsSpokenOf } from './discreet.ts'
import { gather } from './facts.service.ts'
import { readDecided } from './facts.store.ts'
import type { MessageIntent, MessageOutcome } from './intent.ts'
import {
  eraseMessages,
  insertDecisions,
  insertMessages,
  moveMessages,
  nextIds,
  refuseWaiting,
} from './outbox.store.ts'
import { longestDelayMs } from './outbox.ts'
import { standingOf } from './standing.service.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly consent: Pick<Consent, 'statesOf'>
  readonly channels: Pick<Channels, 'isTest'>
  readonly assignments: Assignments
  readonly coupons: Pick<Coupons, 'openShelf' | 'issuedNow' | 'reserve' | 'release'>
  /** Says which products may not be spoken of off the site; without it none is held back. */
  readonly catalog?: Pick<Catalog, 'sensitiveOf'>
  /** Without it there is nothing to recommend. */
  readonly recommendations?: Pick<Recommendations, 'tables' | 'boughtBy'>
}

/** The one door to a person: decides, and queues what may go. */
export function messages(needs: Needs) {
  const texts = contents(needs)
  const room: LineRoom<Tx> = { name: 'messages', open: (tx, turn) => openRoom(needs, tx, turn) }

  return {
    ...texts,
    /** The room's part in the line: messages and assignments follow merged people. Before campaigns. */
    room,
    /**
     * Decides all intents of a turn in its transaction, in a statement a table. Each leaves one decision; what may go is
     * queued; held-out people are recorded at the same instant. Outcomes come in the order of the intents.
     */
    decideAll: async (
      tx: Tx,
      turn: Turn,
      wished: readonly MessageIntent[],
    ): Promise<readonly MessageOutcome[]> => {
      if (wished.length === 0) return []
      const intents = await withoutSensitive(needs, tx, { turn, wished })
      // Ids are given out in the same round trip as everything else is asked for.
      const [desk, decisionIds, messageIds] = await Promise.all([
        layOut(needs, texts.load, { tx, turn, intents }),
        nextIds(tx, 'decisions', intents.length),
        nextIds(tx, 'outbox', intents.length),
      ])
      const results = new Map<MessageIntent, Decided>()
      // The weightiest first, so that within one turn it is the lighter one that gives way.
      const inWeight = [...intents.entries()].sort(
        ([, one], [, other]) => other.precedence.weight - one.precedence.weight,
      )
      for (const [at, intent] of inWeight) {
        const ids = { decision: decisionIds[at] ?? 0, message: messageIds[at] ?? 0 }
        results.set(intent, decideOne(desk, intent, ids))
      }
      const all = intents.flatMap((intent) => results.get(intent) ?? [])
      await write(needs, tx, { desk, all })
      for (const one of all) announce(turn, one)
      return all.map((one) => one.outcome)
    },
    /** Forgets what was said to this person (privacy requests). */
    erase: async (tx: Tx, shop: ShopId, customer: CustomerId) => {
      const messages = await eraseMessages(tx, shop, customer)
      await needs.coupons.release(tx, shop, { messages, now: needs.clock.now() })
    },
  }
}
export type Messages = ReturnType<typeof messages>

async function openRoom(needs: Needs, tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
  await moveMessages(tx, turn.shop, turn.merges)
  await needs.assignments.merge(tx, turn.shop, turn.merges)
  return {
    nextDue: () => Number.POSITIVE_INFINITY,
    fire: () => {},
    apply: () => {},
    discard: () => {},
    close: async () => {},
  }
}

/** Products that the shop marks sensitive are not spoken of in messages off the site. */
async function withoutSensitive(
  { catalog }: Needs,
  tx: Tx,
  { turn, wished }: { readonly turn: Turn; readonly wished: readonly MessageIntent[] },
): Promise<readonly MessageIntent[]> {
  const products = productsSpokenOf(wished)
  if (products.length === 0 || !catalog) return wished
  const hidden = await catalog.sensitiveOf(tx, turn.shop, products)
  return wished.map((intent) => discreet(intent, hidden))
}

async function layOut(
  needs: Needs,
  load: ReturnType<typeof contents>['load'],
  batch: { readonly tx: Tx; readonly turn: Turn; readonly intents: readonly MessageIntent[] },
): Promise<Desk> {
  const { tx, turn, intents } = batch
  const month = epochMonth(turn.now)
  const shop = await needs.shops.shop(turn.shop)
  const standing = await standingOf(needs, tx, { shop, now: turn.now })
  const [gathered, contents, assignments, decided] = await Promise.all([
    gather(needs, tx, {
      shop: turn.shop,
      now: turn.now,
      asked: intents,
      tradesWith: standing.tradesWith,
    }),
    load(
      tx,
      turn.shop,
      intents.map((one) => one.content),
    ),
    needs.assignments.read(tx, turn.shop, {
      experiments: [
        shopExperiment,
        ...new Set(intents.flatMap((one) => one.experiment?.name ?? [])),
      ],
      customers: intents.map((one) => one.customer),
    }),
    readDecided(tx, turn.shop, {
      causeKeys: intents.map((one) => one.causeKey),
      months: [month, epochMonth(turn.now - longestDelayMs)],
    }),
  ])
  const arms = new Map(
    assignments.map((one) => [`${one.customer}:${one.experiment}`, one.firstArm]),
  )
  const coupons = await couponsFor(needs.coupons, tx, { turn, intents })
  const recommending = await recommendingFor(needs, tx, { turn, intents, contents })
  const drawing = { turn, shop, contents, coupons, recommending }
  return { ...drawing, gathered, standing, arms, decided, fresh: new Map() }
}

/** What the batch recommends from; nothing is read where no message of it recommends. */
async function recommendingFor(
  { recommendations }: Needs,
  tx: Tx,
  {
    turn,
    intents,
    contents,
  }: { readonly intents: readonly MessageIntent[] } & Pick<Desk, 'turn' | 'contents'>,
): Promise<Desk['recommending']> {
  const asking = intents.filter(({ content }) => contents.get(content)?.recommend)
  if (asking.length === 0 || !recommendations) return undefined
  const customers = [...new Set(asking.map(({ customer }) => customer))]
  const [tables, bought] = await Promise.all([
    recommendations.tables(turn.shop),
    recommendations.boughtBy(tx, turn.shop, customers),
  ])
  return { tables, bought }
}

/** The coupons that this batch can take, held until the transaction ends, and those it only shows. */
async function couponsFor(
  coupons: Needs['coupons'],
  tx: Tx,
  { turn, intents }: { readonly turn: Turn; readonly intents: readonly MessageIntent[] },
): Promise<CouponsAtHand> {
  const wanted = intents.flatMap(({ coupon, customer }) =>
    coupon && 'pool' in coupon ? [{ pool: coupon.pool, customer }] : [],
  )
  const ids = intents.flatMap(({ coupon }) => (coupon && 'issued' in coupon ? coupon.issued : []))
  const shelf = await coupons.openShelf(tx, turn.shop, {
    pools: wanted.map(({ pool }) => pool),
    customers: wanted.map(({ customer }) => customer),
    most: wanted.length,
    now: turn.now,
  })
  return { shelf, shown: await coupons.issuedNow(tx, turn.shop, { ids, now: turn.now }) }
}

async function write(
  needs: Needs,
  tx: Tx,
  { desk, all }: { readonly desk: Desk; readonly all: readonly Decided[] },
): Promise<void> {
  const shop = desk.shop.id
  const decisions = all.flatMap((one) => one.decision ?? [])
  await needs.coupons.reserve(tx, shop, desk.coupons.shelf)
  await Promise.all([
    insertDecisions(tx, shop, decisions),
    insertMessages(
      tx,
      shop,
      all.flatMap((one) => one.message ?? []),
    ),
  ])
  const outweighed = all.flatMap((one) => one.outweighs)
  const messages = await refuseWaiting(tx, shop, outweighed)
  await needs.coupons.release(tx, shop, { messages, now: desk.turn.now })
  await needs.assignments.record(
    tx,
    shop,
    all.flatMap((one) => partsOf(desk, one)),
  )
}

/** Which experiments a decision makes the person a part of. Who gets no advertising at all is a part of that one only. */
function partsOf(desk: Desk, { intent, decision }: Decided) {
  if (!decision || !intent.experiment) return []
  const { customer, experiment, shown } = intent
  const of = { customer, at: decision.at } as const
  const shop = shopPartOf(desk, intent)
  const isOfShop = decision.reason === 'shop_held_out'
  const arm = isOfShop ? ('holdout' as const) : ('treatment' as const)
  const share = shown?.share ?? experiment.holdoutShare
  return [
    ...(shop && (decision.wouldSend || isOfShop)
      ? [{ ...of, experiment: shopExperiment, arm, share: shop.share }]
      : []),
    ...(decision.wouldSend && share > 0
      ? [{ ...of, experiment: experiment.name, arm: decision.arm, share }]
      : []),
  ]
}

const happeningOf = {
  queued: 'Message Queued',
  held: 'Message Queued',
  refused: 'Message Refused',
  held_out: 'Message Held Out',
} as const

function askedBy({ campaign, step, enrolment }: MessageIntent) {
  return { campaign_id: campaign, step, enrolment }
}

/** Tells the log, so that flows, segments and the person's timeline know. */
function announce(turn: Turn, one: Decided): void {
  const { intent, outcome, decision } = one
  if (outcome.kind === 'decided_before' || !decision) return
  turn.emit({
    kind: 'derived',
    name: happeningOf[outcome.kind],
    customer: intent.customer,
    at: turn.now,
    causeKey: `message:${intent.causeKey}`,
    properties: {
      ...(intent.campaign === null ? {} : askedBy(intent)),
      ...(intent.notice ? { notice: intent.notice } : {}),
      channel: intent.channel,
      purpose: intent.purpose,
      reason: outcome.reason,
      ...(outcome.message === undefined ? {} : { message_id: outcome.message }),
      ...(decision.until === null ? {} : { until: decision.until }),
    },
    ...(intent.because ? { because: intent.because } : {}),
  })
}
