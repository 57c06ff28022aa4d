import { poolMark } from '../../coupons/code.ts'
import { expiryOf, type Pool } from '../../coupons/coupon.ts'
import type { Coupons } from '../../coupons/coupons.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { PlatformTrouble } from './call.driver.ts'
import type { PlatformSession } from './call.ts'
import {
  customerOfMessage,
  type ErrandRow,
  noteErrand,
  readMembers,
  takeErrands,
} from './errands.store.ts'
import { isWorthAsking } from './errands.ts'
import type { PlatformOffer } from './offers.ts'
import type { Platform } from './platform.ts'
import type { Sessions } from './sessions.service.ts'

const atOnce = 10
const leaseMs = 2 * minuteMs
/** Somebody who was asked and did not answer may still be doing it: it is looked up after so long. */
const unsureMs = minuteMs
/** A platform's clock may be behind ours by so much. */
const skewMs = 5 * minuteMs
const cartAgainMs = 10 * secondMs
const dayHours = 24

type WorkNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly coupons: Pick<Coupons, 'platform' | 'pools'>
  readonly sessions: Sessions
  readonly platforms: (kind: string) => Platform | undefined
  /** Messages that waited may be looked at again. */
  readonly onDone: (shop: ShopId, messages: readonly number[]) => Promise<void>
}

type Doing = {
  readonly session: PlatformSession
  readonly platform: Platform
}

/** What came of an errand; `waits`: UTC ms of the next try. */
type Done =
  | { readonly kind: 'done'; readonly leftOver?: number; readonly lying?: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'waits'; readonly until: number; readonly askedAt: number | null }
  /** Another worker does it: this one came too late to it. */
  | { readonly kind: 'taken' }

/** Does what messages ask of platforms, a few at a time, beside the lanes that wait for it. */
export function errandWork(needs: WorkNeeds) {
  const { db, clock } = needs

  async function turn(): Promise<boolean> {
    const now = clock.now()
    const taken = await takeErrands(db, { now, until: now + leaseMs, limit: atOnce })
    for (const errand of taken) await one(errand)
    return taken.length > 0
  }

  async function one(errand: ErrandRow): Promise<void> {
    const opened = await needs.sessions.open(errand.shop, errand.connection)
    const platform = opened && needs.platforms(opened.connection.kind)
    if (!opened || !platform) return
    const doing = { session: opened.session, platform }
    try {
      await note(errand, await (errand.kind === 'cart' ? cart : coupon)(needs, errand, doing))
    } catch (error) {
      if (!(error instanceof PlatformTrouble)) throw error
      await note(errand, later(errand, error, clock.now()))
      // Its answer to one coupon says nothing of the connection.
      if (error.kind !== 'refused') await needs.sessions.stumbled(opened.connection, error)
    }
  }

  async function note(errand: ErrandRow, came: Done): Promise<void> {
    const now = clock.now()
    if (came.kind === 'taken') return
    if (came.kind === 'waits') {
      const state = came.askedAt === null ? 'waiting' : 'asked'
      await noteErrand(db, errand, { state, askedAt: came.askedAt, nextAt: came.until })
      return
    }
    const leftOver = came.kind === 'done' ? (came.leftOver ?? null) : null
    const lying = came.kind === 'done' ? (came.lying ?? null) : null
    const detail = came.kind === 'refused' ? came.why : null
    const end = { state: came.kind, doneAt: now, leftOver, lying, nextAt: null, detail }
    if ((await noteErrand(db, errand, end)) && errand.message !== null)
      await needs.onDone(errand.shop, [errand.message])
  }

  return { turn }
}

/** What a call that went wrong means: no is no, and silence leaves it open whether a coupon was given. */
function later(errand: ErrandRow, trouble: PlatformTrouble, now: number): Done {
  if (trouble.kind === 'refused') return { kind: 'refused', why: trouble.message }
  if (!isWorthAsking(errand.kind, errand.wantedAt, now))
    return { kind: 'refused', why: trouble.message }
  const restMs = errand.kind === 'cart' ? cartAgainMs : unsureMs
  return { kind: 'waits', until: now + restMs, askedAt: errand.askedAt }
}

async function cart(needs: WorkNeeds, errand: ErrandRow, doing: Doing): Promise<Done> {
  const { shop, connection, subject } = errand
  const customer = await customerOfMessage(needs.db, shop, subject)
  const members = await readMembers(needs.db, shop, { connection, customers: [customer ?? 0] })
  const member = members.get(customer ?? 0)
  if (member === undefined || !doing.platform.cart)
    return { kind: 'refused', why: 'Nobody to ask for.' }
  const lines = await doing.platform.cart(doing.session, member)
  const there = new Map<string, number>()
  for (const { product, quantity } of lines)
    there.set(product, (there.get(product) ?? 0) + quantity)
  const products = JSON.parse(errand.products ?? '[]') as readonly string[]
  const lying = [...new Set(products)].flatMap((id) => {
    const pieces = there.get(id)
    return pieces === undefined ? [] : [[id, pieces]]
  })
  return { kind: 'done', leftOver: lying.length, lying: JSON.stringify(lying) }
}

/**
 * Gives a coupon once. Before the platform is asked it is written that it is; who finds that written and no answer looks up what the
 * member was given since, and binds what belongs to no other coupon of ours.
 */
async function coupon(needs: WorkNeeds, errand: ErrandRow, doing: Doing): Promise<Done> {
  const { db, clock } = needs
  const { shop, connection, subject } = errand
  const [own] = await needs.coupons.platform.find(db, shop, [subject])
  const offered = doing.platform.coupons
  if (!own || !offered || own.customer === null || own.state === 'released')
    return { kind: 'refused', why: 'Nobody waits for it any more.' }
  if (own.issue !== null) return { kind: 'done' }
  const members = await readMembers(db, shop, { connection, customers: [own.customer] })
  const member = members.get(own.customer)
  if (member === undefined) return { kind: 'refused', why: 'The platform knows no such member.' }
  const number = own.number ?? (await made(needs, { shop, pool: own.pool, ...doing }))
  if (number === undefined)
    return { kind: 'waits', until: clock.now() + 5 * secondMs, askedAt: errand.askedAt }
  const pool = await poolOf(needs, shop, own.pool)
  const offer = pool && offerOf(pool, shop)
  if (!offer) return { kind: 'refused', why: 'Nobody offers it any more.' }
  const to = { coupon: number, member, offer }
  const look = async (since: number): Promise<Done | undefined> => {
    const theirs = await offered.issued(doing.session, to)
    const issues = theirs.map(({ id }) => id)
    const ours = await needs.coupons.platform.issues(db, shop, { pool: own.pool, issues })
    const fresh = theirs
      .filter(({ id, at }) => !ours.has(id) && at >= since - skewMs)
      .sort((a, b) => a.at - b.at)[0]
    if (!fresh) return undefined
    const expiresAt = fresh.endsAt ?? expiryOf(pool, fresh.at)
    const now = clock.now()
    await needs.coupons.platform.given(db, shop, {
      ...{ id: own.id, issue: fresh.id, code: fresh.code ?? null, expiresAt, now },
    })
    return { kind: 'done' }
  }
  if (errand.askedAt !== null) {
    const found = await look(errand.askedAt)
    if (found) return found
    const waitMs = unsureMs - (clock.now() - errand.askedAt)
    if (waitMs > 0) return { kind: 'waits', until: clock.now() + waitMs, askedAt: errand.askedAt }
  }
  const askedAt = clock.now()
  const asking = { state: 'asked', askedAt, nextAt: askedAt + leaseMs } as const
  if (!(await noteErrand(db, errand, asking))) return { kind: 'taken' }
  try {
    await offered.issue(doing.session, to)
  } catch (error) {
    if (!(error instanceof PlatformTrouble) || error.kind !== 'away') throw error
    return { kind: 'waits', until: askedAt + unsureMs, askedAt }
  }
  // Given: only its number is still to be heard, and it is looked up until it is.
  const found = await look(askedAt).catch(() => undefined)
  return found ?? { kind: 'waits', until: clock.now() + 5 * secondMs, askedAt }
}

/** The platform's number of a pool's coupon, made there where it has none; undefined: somebody makes it now. */
async function made(
  needs: WorkNeeds,
  { shop, pool, session, platform }: Doing & { readonly shop: ShopId; readonly pool: number },
): Promise<string | undefined> {
  const now = needs.clock.now()
  const { platform: at } = needs.coupons
  const isOurs = await at.leaseMaking(needs.db, shop, { pool, now, until: now + leaseMs })
  const own = isOurs ? await poolOf(needs, shop, pool) : undefined
  const offer = own && offerOf(own, shop)
  if (!offer || !platform.coupons) return undefined
  try {
    const number = await platform.coupons.create(session, offer)
    await at.made(needs.db, shop, { pool, number, error: null })
    return number
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    await at.made(needs.db, shop, { pool, number: null, error: why.slice(0, 300) })
    throw error
  }
}

async function poolOf(needs: WorkNeeds, shop: ShopId, id: number): Promise<Pool | undefined> {
  const [pool] = await needs.coupons.pools(needs.db, shop, [id])
  return pool
}

function offerOf(pool: Pool, shop: ShopId): PlatformOffer | undefined {
  const { discount, validHours } = pool
  if (discount.kind === 'shipping') return undefined
  return {
    name: pool.name,
    mark: poolMark(shop, pool.id),
    discount,
    minOrder: pool.minOrder,
    validDays: validHours === null ? null : Math.ceil(validHours / dayHours),
    endsAt: pool.endsAt,
    products: pool.scope?.products ?? [],
  }
}
