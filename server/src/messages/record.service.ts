import type { Provider } from '../channels/carrier.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shop } from '../shops/shop.ts'
import type { Ready } from './claim.service.ts'
import { nextLookUp, nextReport } from './follow-up.ts'
import { type Attempt, closedBy, closedTogether, fateOf } from './handover.ts'
import type { CarriedChannel } from './intent.ts'
import { seedOf } from './outbox.ts'
import { type Form, monthIn, unitPrice } from './price.ts'
import { type HandedOver, recordHandovers } from './record.store.ts'
import { addSpending } from './spending.store.ts'
import { answerOf } from './webhook/answer.ts'

/** A message that was handed over, what it is charged as, and what came of it. */
export type Answered = {
  readonly one: Ready
  readonly attempt: Attempt
  readonly form: Form | null
}

/** A person who refused at the provider, learned from one message. */
export type RefusedThere = {
  readonly message: number
  readonly customer: number
  readonly channel: CarriedChannel
  /** Keyed hash of the address (base64url); null when the person was erased meanwhile. */
  readonly hash: string | null
}

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly consent: Pick<Consent, 'suppress'>
  readonly coupons: Pick<Coupons, 'release'>
}

type About = {
  readonly shop: Shop
  readonly channel: CarriedChannel
  readonly provider: Pick<Provider, 'name' | 'forgets' | 'reportsDelivery'>
}

/**
 * Records what came of hand-overs of one lane, what they cost, and closes addresses that are gone or said no. Answers who refused
 * at the provider: the ledger of consents is to hear it.
 */
export async function recordGroup(
  needs: Needs,
  about: About,
  group: readonly Answered[],
): Promise<readonly RefusedThere[]> {
  const { shop, channel } = about
  const now = needs.clock.now()
  const rows = group.map((answered) => rowOf(answered, about, now))
  const hashOf = new Map(group.map(({ one }) => [one.row.id, one.contact.hash]))
  // Where all were taken and nothing is charged by the message, one statement says it all.
  const isPlain = rows.every(({ state, cause, form }) => state === 'sent' && !cause && !form)
  if (isPlain) await recordHandovers(needs.db, shop.id, rows)
  else await recordWithAll(needs, about, { rows, hashOf, now })
  return group.flatMap(({ one, attempt }) =>
    attempt.kind === 'permanent' && attempt.cause === 'opted_out'
      ? [{ message: one.row.id, customer: one.row.customer, channel, hash: one.contact.hash }]
      : [],
  )
}

async function recordWithAll(
  needs: Needs,
  { shop, channel }: About,
  group: {
    readonly rows: readonly HandedOver[]
    readonly hashOf: ReadonlyMap<number, string>
    readonly now: number
  },
): Promise<void> {
  const { rows, hashOf, now } = group
  await needs.db.begin(async (tx) => {
    await recordAll(tx, { shop, now, coupons: needs.coupons }, rows)
    for (const [reason, closed] of Map.groupBy(rows, ({ cause }) => cause && closedBy(cause))) {
      if (!reason || channel === 'webhook') continue
      const hashes = closed.flatMap(({ id }) => hashOf.get(id) ?? [])
      for (const one of closedTogether(channel, reason))
        await needs.consent.suppress(tx, shop.id, { channel: one, hashes, reason, at: now })
    }
  })
}

function rowOf({ one, attempt, form }: Answered, about: About, now: number): HandedOver {
  const { shop, provider } = about
  const { row } = one
  const seed = seedOf(shop.id, row.id)
  const fate = fateOf(attempt, { number: row.attempt + 1, now, seed })
  const isTaken = attempt.kind === 'accepted'
  return {
    id: row.id,
    attemptId: one.attemptId,
    ...fate,
    providerId: isTaken ? attempt.providerId : null,
    detail: isTaken ? null : attempt.detail,
    delivered: isTaken && !provider.reportsDelivery,
    askAt: askAtOf(attempt, provider, now),
    answer: about.channel === 'webhook' && isTaken ? answerText(attempt.answer) : null,
    cause: attempt.kind === 'permanent' ? attempt.cause : null,
    // Of an unclear hand-over we do not know that it was charged; its form is kept until we do.
    form: provider.name !== 'inbox' && (isTaken || attempt.kind === 'ambiguous') ? form : null,
    cost: isTaken && form && provider.name !== 'inbox' ? unitPrice(shop.settings, form) : null,
  }
}

/** What the shop's server answered, as JSON text; null where it said nothing that can be kept. */
function answerText(words: string | undefined): string | null {
  const answer = words === undefined ? undefined : answerOf(words)
  return answer ? JSON.stringify(answer) : null
}

function askAtOf(attempt: Attempt, provider: About['provider'], now: number): number | null {
  if (attempt.kind === 'ambiguous') return provider.forgets ? null : nextLookUp(now, now)
  return attempt.kind === 'accepted' && provider.reportsDelivery ? nextReport(now, now) : null
}

/** Writes what became of messages into them, into their decisions and into the month's spending. */
export async function recordAll(
  tx: Tx,
  about: {
    readonly shop: Pick<Shop, 'id' | 'timeZone'>
    readonly now: number
    readonly coupons: Pick<Coupons, 'release'>
  },
  rows: readonly HandedOver[],
): Promise<void> {
  const { shop, now } = about
  const recorded = await recordHandovers(tx, shop.id, rows)
  const fates = new Map(rows.map((row) => [row.id, row]))
  const messages = recorded.flatMap((id) => (fates.get(id)?.state === 'failed' ? id : []))
  await about.coupons.release(tx, shop.id, { messages, now })
  const charged = recorded.flatMap((id) => {
    const fate = fates.get(id)
    return fate?.state === 'sent' && fate.form ? [{ form: fate.form, cost: fate.cost ?? 0 }] : []
  })
  await spend(tx, { shop: shop.id, month: monthIn(now, shop.timeZone), each: 1 }, charged)
}

/** Takes back what messages were counted as that there was no money for: the provider has not charged them. */
export async function takeBack(
  tx: Tx,
  shop: ShopId,
  counted: readonly {
    readonly form: Form | null
    readonly cost: number | null
    readonly sentAt: number | null
    readonly zone: string
  }[],
): Promise<void> {
  const rows = counted.flatMap(({ form, cost, sentAt, zone }) =>
    form && sentAt !== null ? [{ form, cost: -(cost ?? 0), month: monthIn(sentAt, zone) }] : [],
  )
  for (const [month, some] of Map.groupBy(rows, (row) => row.month))
    await spend(tx, { shop, month, each: -1 }, some)
}

async function spend(
  tx: Tx,
  on: { readonly shop: ShopId; readonly month: number; readonly each: 1 | -1 },
  charged: readonly { readonly form: Form; readonly cost: number }[],
): Promise<void> {
  const rows = [...Map.groupBy(charged, ({ form }) => form)].map(([form, all]) => ({
    channel: form === 'alimtalk' || form === 'brand' ? 'kakao' : 'sms',
    form,
    messages: on.each * all.length,
    cost: all.reduce((sum, { cost }) => sum + cost, 0),
  }))
  await addSpending(tx, on.shop, { month: on.month, rows })
}
