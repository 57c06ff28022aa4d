import { randomUUID } from 'node:crypto'
import type { Channels } from '../channels/channels.service.ts'
import type { Errands } from '../connect/platform/errands.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import { relationAllows } from '../consent/trading.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { CampaignId, CustomerId, ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import { isUnder14 } from './age.ts'
import { type ClaimRow, claimWaiting, type Leased, markSending, putOff } from './claim.store.ts'
import { type Decided, type Final, withErrands } from './claim-errands.service.ts'
import type { Contents } from './contents.service.ts'
import { issueCoupons } from './coupon-lease.service.ts'
import { decideAgain, type Earlier, type Facts, type Verdict } from './decide.ts'
import { gather } from './facts.service.ts'
import { withFreshFacts } from './fresh-facts.service.ts'
import type { CarriedChannel, Recheck, RecheckAll } from './intent.ts'
import { readKept } from './kept.ts'
import { withShortLinks } from './links/short-links.service.ts'
import { refuseWaiting } from './outbox.store.ts'
import { asEarlier, type ContactFact, type Ending, type Gathered, seedOf } from './outbox.ts'
import { sendingSettings } from './sending.ts'
import { standingOf } from './standing.service.ts'
import type { Standing } from './standing.ts'

/** Longer than the slowest provider call can take (smtp.provider.ts). After it nobody knows what became of a message. */
export const leaseMs = 5 * minuteMs

/** A message that may be handed over now; it is marked `sending`, and the mark is committed. */
export type Ready = {
  readonly row: ClaimRow
  readonly attemptId: string
  readonly contact: ContactFact
}

/**
 * Takes up to `limit` messages: looks again at suppression, consent, night and frequency as they are committed now,
 * asks the campaigns for their last word, marks the rest as being sent. What it answers must be handed over.
 */
export async function claim(
  needs: {
    readonly db: Database
    readonly consent: Pick<Consent, 'statesOf'>
    readonly recheck: RecheckAll<Tx>
    readonly contents: Pick<Contents, 'load'>
    readonly channels: Pick<Channels, 'isTest'>
    readonly coupons: Pick<Coupons, 'issue' | 'release'>
    /** What is asked of the shop's platform before; absent: nothing. */
    readonly errands?: Errands
  },
  shop: Shop,
  batch: {
    readonly channel: CarriedChannel
    readonly now: number
    readonly limit: number
    readonly provider: string
  },
): Promise<{ readonly seen: number; readonly ready: readonly Ready[] }> {
  return await needs.db.begin(async (tx) => {
    const candidates = await claimWaiting(tx, { shop: shop.id, channel: batch.channel }, batch)
    if (candidates.length === 0) return { seen: 0, ready: [] }
    const standing = await standingOf(needs, tx, { shop, now: batch.now })
    const gathered = await gather(needs, tx, {
      shop: shop.id,
      now: batch.now,
      tradesWith: standing.tradesWith,
      asked: candidates.map((row) => ({
        customer: row.customer as CustomerId,
        channel: row.channel,
        products: [],
      })),
    })
    const verdicts = again(candidates, { shop, gathered, standing, now: batch.now })
    const passed = candidates.filter((_, at) => verdicts[at]?.kind === 'send')
    const words = await needs.recheck(tx, shop.id, passed.map(asClaimed))
    const last = new Map(passed.map((candidate, at) => [candidate, words[at]]))
    const decided = await withErrands(tx, needs, {
      shop: shop.id,
      decided: candidates.map((row, at) => ({
        row,
        verdict: lastWord(verdicts[at], last.get(row), batch.now),
        word: last.get(row),
      })),
    })
    const final = await withCoupons(tx, needs, { shop, now: batch.now, decided })
    const ready = final.flatMap(({ row, verdict }) => {
      const contact = gathered.contact(row.customer as CustomerId, row.channel)
      return verdict.kind === 'send' && contact ? [{ row, contact, attemptId: randomUUID() }] : []
    })
    await write(tx, needs, {
      shop: shop.id,
      final,
      ready,
      now: batch.now,
      provider: batch.provider,
    })
    return {
      seen: candidates.length,
      ready: await withShortLinks(tx, {
        shop,
        ready: await withFreshFacts(tx, needs, { shop, ready }),
        now: batch.now,
      }),
    }
  })
}

type Around = {
  readonly shop: Shop
  readonly gathered: Gathered
  readonly standing: Standing
  readonly now: number
}

function again(candidates: readonly ClaimRow[], around: Around): readonly Verdict[] {
  // Slots that earlier messages of this batch have taken.
  const taken = new Map<number, Earlier[]>()
  return candidates.map((row) => {
    const facts = factsOf(row, around, taken.get(row.customer) ?? [])
    const verdict = decideAgain(facts, row)
    if (verdict.kind === 'send' && row.channel !== 'webhook') {
      const slot = { at: around.now, purpose: row.purpose, precedence: null, waiting: false }
      taken.set(row.customer, [...(taken.get(row.customer) ?? []), slot])
    }
    return verdict
  })
}

function factsOf(
  row: ClaimRow,
  { shop, gathered, standing, now }: Around,
  taken: readonly Earlier[],
): Facts {
  const customer = row.customer as CustomerId
  const contact = gathered.contact(customer, row.channel)
  const consent = gathered.consent(customer, row.channel)
  const { hours } = readKept(row.kept)
  const stored = gathered
    .earlier(customer)
    .filter((one) => one.id !== row.id && one.state !== 'queued')
  return {
    channel: row.channel,
    purpose: row.purpose,
    precedence: { class: row.precedenceClass ?? '', weight: row.precedenceWeight ?? 0 },
    now,
    settings: sendingSettings(shop.settings.sending),
    locked: standing.locked(row.channel),
    channelReady: true,
    hasContact: contact !== undefined,
    erased: row.isErased,
    suppressed: contact?.suppressed ?? null,
    under14: isUnder14(traitsOf(row.traits), now),
    consent,
    tradingRelation: relationAllows(gathered.relation(customer), consent),
    earlier: [...stored.map(asEarlier), ...taken],
    products: 'fine',
    couponAvailable: null,
    drawn: 'fine',
    arm: 'treatment',
    notBefore: null,
    onNight: row.onNight,
    hours: hours && { of: hours, zone: shop.timeZone },
    seed: seedOf(shop.id, row.customer),
    budgetSpent: standing.budgetSpent(row.channel),
  }
}

function traitsOf(text: string): JsonObject {
  const traits: unknown = JSON.parse(text)
  return isJsonObject(traits) ? traits : {}
}

/** Coupons are issued last, so that nobody is given one whose message stays; without it the message stays too. */
async function withCoupons(
  tx: Tx,
  needs: { readonly coupons: Pick<Coupons, 'issue'> },
  batch: { readonly shop: Shop; readonly now: number; readonly decided: readonly Decided[] },
): Promise<readonly Decided[]> {
  const { decided } = batch
  const rows = decided.flatMap(({ row, verdict }) => (verdict.kind === 'send' ? [row] : []))
  const { kept, gone } = await issueCoupons(tx, needs, { ...batch, rows })
  return decided.map((one) => {
    const { row } = one
    if (gone.has(row.id)) return { ...one, verdict: { kind: 'refused', reason: 'coupon_gone' } }
    return { ...one, row: { ...row, kept: kept.get(row.id) ?? row.kept } }
  })
}

/** A campaign that asks to look again at once is asked again after so long. */
const shortestPauseMs = minuteMs

function lastWord(verdict: Verdict | undefined, word: Recheck | undefined, now: number): Final {
  if (verdict && verdict.kind !== 'send') return verdict
  // A campaign that does not answer has not agreed.
  if (!verdict || !word) return { kind: 'paused', until: now + shortestPauseMs }
  if (word.kind === 'held') {
    return { kind: 'paused', until: Math.max(word.until, now + shortestPauseMs) }
  }
  return word.kind === 'ok' ? verdict : word
}

function asClaimed(row: ClaimRow) {
  return {
    id: row.id,
    customer: row.customer as CustomerId,
    campaign: row.campaign as CampaignId | null,
    version: row.version,
    step: row.step,
    enrolment: row.enrolment,
    causeKey: row.causeKey,
    createdAt: row.createdAt,
    reason: row.reason,
    context: readKept(row.kept).context,
  }
}

async function write(
  tx: Tx,
  { coupons }: { readonly coupons: Pick<Coupons, 'release'> },
  decided: {
    readonly shop: ShopId
    readonly final: readonly { readonly row: ClaimRow; readonly verdict: Final }[]
    readonly ready: readonly Ready[]
    readonly now: number
    readonly provider: string
  },
): Promise<void> {
  const { shop } = decided
  const endings: Ending[] = []
  const later: { readonly id: number; readonly until: number; readonly reason: string }[] = []
  for (const { row, verdict } of decided.final) {
    if (verdict.kind === 'refused') {
      const { id: message, decision, month } = row
      const data = 'by' in verdict && verdict.by ? JSON.stringify(verdict.by) : null
      endings.push({ message, decision, month, reason: verdict.reason, data })
    } else if (verdict.kind === 'held' || verdict.kind === 'waits') {
      later.push({ id: row.id, until: verdict.until, reason: verdict.reason })
    } else if (verdict.kind !== 'send' && verdict.kind !== 'would_send') {
      later.push({ id: row.id, until: verdict.until, reason: verdict.kind })
    }
  }
  const messages = await refuseWaiting(tx, shop, endings)
  await coupons.release(tx, shop, { messages, now: decided.now })
  await putOff(tx, shop, later)
  const rows: readonly Leased[] = decided.ready.map(({ row, attemptId, contact }) => ({
    id: row.id,
    attemptId,
    contactHash: contact.hash,
  }))
  const { now: at, provider } = decided
  await markSending(tx, shop, { rows, at, until: at + leaseMs, provider })
}
