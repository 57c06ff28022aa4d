import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Issued } from './coupon.ts'
import {
  forgetOwners,
  insertReserved,
  markReleased,
  markReserved,
  moveCoupons,
  nextCouponIds,
  readCoupons,
  readHad,
  readOfMessage,
} from './coupons.store.ts'
import { markTold, readExpiring } from './expiring.store.ts'
import { issue, issuedNow, poolsOf } from './issue.service.ts'
import {
  leaseMaking,
  markAtPlatform,
  markMade,
  readIssues,
  readPlatformCoupons,
} from './platform-coupons.store.ts'
import { countTaken, lockPools, noteMoves, readLeft, readPools } from './pools.store.ts'
import { redemptions } from './redeem.service.ts'
import { type NoCoupon, type Shelf, shelf } from './shelf.ts'

/** A coupon asked for by a campaign's own step. */
export type CouponAsk = {
  readonly pool: number
  readonly customer: number
  /** The same cause gets the same coupon, whatever is replayed. */
  readonly causeKey: string
  readonly campaign: number | null
}

export type CouponAnswer =
  | ({ readonly kind: 'issued' } & Issued)
  | { readonly kind: 'refused'; readonly reason: NoCoupon }

/**
 * The life of coupons: looked at, reserved, issued, given back, redeemed. Everything runs in the caller's transaction; taking is done
 * under the pool's lock, giving back without it. `ordered`: who of these people has ordered, for coupons of a first order; without it
 * nobody has.
 */
export function coupons({
  ordered = nobody,
  wantAtPlatform = async () => undefined,
}: {
  readonly ordered?: Ordered
  readonly wantAtPlatform?: WantAtPlatform
} = {}) {
  const openShelf = shelves(ordered)
  return {
    openShelf,
    reserve,
    issue,
    release,
    retake: retaking(openShelf),
    issueAll: issuing(openShelf, wantAtPlatform),
    issuedNow,
    ...redemptions(),
    /** Coupons that lie at the shop's platform; whoever asks the platform says here what came of it. */
    platform: {
      find: readPlatformCoupons,
      issues: readIssues,
      given: markAtPlatform,
      leaseMaking,
      made: markMade,
    },
    /** Pools by id. */
    pools: (db: Database | Tx, shop: ShopId, ids: readonly number[]) =>
      readPools(db, shop, { ids }),
    /** Pieces left by pool; null where there is no end of them. */
    left: (db: Database | Tx, shop: ShopId, ids: readonly number[]) => readLeft(db, shop, ids),
    /** Coupons whose reminder before their end has come, of all shops; and that the log was told. */
    readExpiring,
    markTold,
    /** Coupons follow merged people. */
    merge: moveCoupons,
    /** Forgets whose the coupons were. */
    erase: forgetOwners,
  }
}
export type Coupons = ReturnType<typeof coupons>

/** Those of the people who have a paid order; the rooms above know. */
type Ordered = (tx: Tx, shop: ShopId, customers: readonly number[]) => Promise<ReadonlySet<number>>
const nobody: Ordered = async () => new Set()

/** Coupons that somebody got without a message of their own are to be given at the platform, too. */
export type WantAtPlatform = (
  tx: Tx,
  shop: ShopId,
  wanted: {
    readonly coupons: readonly { readonly id: number; readonly connection: number }[]
    readonly now: number
  },
) => Promise<void>

type About = {
  readonly pools: readonly number[]
  readonly customers: readonly number[]
  readonly most: number
  readonly now: number
}
type OpenShelf = (tx: Tx, shop: ShopId, about: About) => Promise<Shelf>

/** Locks the pools and lays out what these people may have of them. `most` coupons can be taken. */
function shelves(orderedBy: Ordered): OpenShelf {
  return (tx, shop, about) => layOut(tx, shop, { ...about, orderedBy })
}

async function layOut(
  tx: Tx,
  shop: ShopId,
  about: About & { readonly orderedBy: Ordered },
): Promise<Shelf> {
  const { now } = about
  if (about.pools.length === 0) return shelf({ pools: [], had: [], ids: [], now })
  const pools = await lockPools(tx, shop, [...new Set(about.pools)])
  const days = Math.max(0, ...pools.map(({ perPerson }) => perPerson?.days ?? 0))
  const had =
    days === 0
      ? []
      : await readHad(tx, shop, {
          pools: pools.map(({ id }) => id),
          customers: [...new Set(about.customers)],
          since: now - days * dayMs,
        })
  const ordered = pools.some(({ firstOrderOnly }) => firstOrderOnly)
    ? await about.orderedBy(tx, shop, [...new Set(about.customers)])
    : new Set<number>()
  return shelf({ pools, had, ordered, ids: await nextCouponIds(tx, about.most), now })
}

/** Writes what was taken from a shelf, in the transaction that opened it. */
async function reserve(tx: Tx, shop: ShopId, from: Shelf): Promise<void> {
  const taken = from.taken()
  if (taken.length === 0) return
  await insertReserved(tx, shop, { taken, now: from.now })
  const counted = Map.groupBy(taken, ({ pool }) => pool)
  await countTaken(
    tx,
    shop,
    [...counted].map(([pool, all]) => ({ pool, pieces: all.length })),
  )
}

/** Takes back what was made for messages that were refused or failed for good, unless it was used meanwhile. */
async function release(
  tx: Tx,
  shop: ShopId,
  of: { readonly messages: readonly number[]; readonly now: number },
): Promise<void> {
  const back = await markReleased(tx, shop, of)
  const counted = Map.groupBy(back, ({ pool }) => pool)
  await noteMoves(
    tx,
    shop,
    [...counted].map(([pool, all]) => ({ pool, pieces: all.length })),
  )
}

/** A failed message is sent again by hand: its coupon is taken once more. Undefined: it has one, or never had. */
function retaking(openShelf: OpenShelf) {
  return (tx: Tx, shop: ShopId, again: { readonly message: number; readonly now: number }) =>
    retake(tx, shop, { ...again, openShelf })
}

async function retake(
  tx: Tx,
  shop: ShopId,
  again: { readonly message: number; readonly now: number; readonly openShelf: OpenShelf },
): Promise<NoCoupon | undefined> {
  const row = await readOfMessage(tx, shop, again.message)
  if (row?.state !== 'released' || row.customer === null) return undefined
  const { customer, pool } = row
  const from = await again.openShelf(tx, shop, {
    pools: [pool],
    customers: [customer],
    most: 0,
    now: again.now,
  })
  const look = from.look({ pool, customer })
  if (look !== 'available') return `coupon_${look}`
  await markReserved(tx, shop, { id: row.id, now: again.now })
  await countTaken(tx, shop, [{ pool, pieces: 1 }])
  return undefined
}

/**
 * Gives coupons at once, for a campaign's own step: taken and issued in the caller's transaction. Answers come in the order asked; the
 * same cause again answers what it got.
 */
function issuing(openShelf: OpenShelf, want: WantAtPlatform) {
  return (
    tx: Tx,
    shop: ShopId,
    asked: { readonly asks: readonly CouponAsk[]; readonly now: number },
  ) => issueAll(tx, shop, { ...asked, openShelf, want })
}

async function issueAll(
  tx: Tx,
  shop: ShopId,
  asked: {
    readonly asks: readonly CouponAsk[]
    readonly now: number
    readonly openShelf: OpenShelf
    readonly want: WantAtPlatform
  },
): Promise<readonly CouponAnswer[]> {
  const { asks, now } = asked
  if (asks.length === 0) return []
  const from = await asked.openShelf(tx, shop, {
    pools: asks.map(({ pool }) => pool),
    customers: asks.map(({ customer }) => customer),
    most: asks.length,
    now,
  })
  const known = await readCoupons(tx, shop, { causeKeys: asks.map(({ causeKey }) => causeKey) })
  const idOf = new Map(known.map((row) => [row.causeKey, row.id]))
  const refused = new Map<CouponAsk, NoCoupon>()
  for (const ask of asks) {
    if (idOf.has(ask.causeKey)) continue
    const look = from.look(ask)
    if (look === 'available') idOf.set(ask.causeKey, from.take({ ...ask, message: null }))
    else refused.set(ask, `coupon_${look}`)
  }
  await reserve(tx, shop, from)
  const fresh = from.taken().map(({ id }) => ({ id, message: null }))
  const issued = new Map(await issue(tx, shop, { coupons: fresh, now }))
  const elsewhere = [...issued.values()].flatMap(({ id, pool: { connection } }) =>
    connection ? [{ id, connection }] : [],
  )
  if (elsewhere.length > 0) await asked.want(tx, shop, { coupons: elsewhere, now })
  const pools = await poolsOf(tx, shop, known)
  for (const { id, code, expiresAt, ...row } of known) {
    const pool = pools.get(row.pool)
    if (code !== null && pool) issued.set(id, { id, code, expiresAt, pool })
  }
  return asks.map((ask) => {
    const one = issued.get(idOf.get(ask.causeKey) ?? 0)
    if (one) return { kind: 'issued', ...one }
    return { kind: 'refused', reason: refused.get(ask) ?? 'coupon_gone' }
  })
}
