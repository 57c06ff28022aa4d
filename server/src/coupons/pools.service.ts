import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { codeKey, codesInText, type UploadedCodes, uploadLimit } from './code.ts'
import { countUploaded, insertCodes, keysTaken } from './codes.store.ts'
import { insertPool, updatePool } from './edit-pools.store.ts'
import { type CouponFilter, listCoupons } from './lists.store.ts'
import { checkEnd, newPool, type PoolChange, type PoolDraft } from './pool-draft.ts'
import {
  lockPools,
  type PoolUse,
  readLeft,
  readPools,
  readUse,
  type StoredPool,
} from './pools.store.ts'

type Who = { readonly shop: ShopId; readonly name: string }

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: (
    actor: Who,
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
  /** Which kinds of coupons can lie at this connection of the shop; absent: none at any. */
  readonly couponKinds?: (shop: ShopId, connection: number) => Promise<readonly string[]>
}

function refuseElsewhere(kinds: readonly string[], kind: PoolDraft['discount']['kind']): void {
  if (kinds.length === 0)
    throw new Refusal('invalid', 'No coupons can lie at this platform.', 'codes.connection')
  if (!kinds.includes(kind))
    throw new Refusal(
      'invalid',
      'This platform cannot limit what a share takes off: offer an amount.',
      'discount.kind',
    )
}

/** Pools of one shop; what a shop cannot keep apart by name any more helps nobody. */
const poolsLimit = 500

/** A pool with what became of it. */
export type PoolWithUse = StoredPool & {
  readonly remaining: number | null
  readonly use: PoolUse
}

/** What the marketer does with coupons: makes pools, changes what may be changed, brings codes, looks. */
export function couponPools(needs: Needs) {
  const { db, clock } = needs

  async function withUse(shop: ShopId, pools: readonly StoredPool[]) {
    const ids = pools.map(({ id }) => id)
    const left = await readLeft(db, shop, ids)
    const uses = await readUse(db, shop, { pools: ids, now: clock.now() })
    return pools.map((pool): PoolWithUse => {
      const use = uses.get(pool.id) ?? { ...unused, pool: pool.id }
      return { ...pool, remaining: left.get(pool.id) ?? null, use }
    })
  }

  async function get(shop: ShopId, id: number): Promise<PoolWithUse> {
    const [pool] = await withUse(shop, await readPools(db, shop, { ids: [id] }))
    if (!pool) throw new Refusal('not-found', `There is no coupon ${id}.`)
    return pool
  }

  return {
    /** Newest first; archived ones too when asked for. */
    list: async (shop: ShopId, archived: boolean) =>
      await withUse(shop, await readPools(db, shop, archived ? {} : { openOnly: true })),
    get,
    create: async (actor: Who, draft: PoolDraft): Promise<PoolWithUse> => {
      const { shop } = actor
      const pool = newPool(draft, clock.now())
      const there = await readPools(db, shop, { openOnly: true })
      if (there.length >= poolsLimit) {
        throw new Refusal('too-many', `A shop has ${poolsLimit} coupons at most; archive some.`)
      }
      const { connection } = pool
      if (connection) {
        const kinds = (await needs.couponKinds?.(shop, connection)) ?? []
        refuseElsewhere(kinds, pool.discount.kind)
      }
      if (pool.sharedCode !== null) await refuseKnownCode(db, shop, pool.sharedCode)
      const id = await insertPool(db, shop, { pool, now: clock.now() })
      await needs.audit(actor, 'coupon.created', {
        object: `coupon:${id}`,
        detail: { name: pool.name },
      })
      return await get(shop, id)
    },
    change: async (actor: Who, id: number, to: PoolChange): Promise<PoolWithUse> => {
      await changePool(needs, actor, { id, to })
      return await get(actor.shop, id)
    },
    upload: (actor: Who, id: number, text: string) => upload(needs, actor, { id, text }),
    /** Coupons given to people, newest first. */
    issued: (shop: ShopId, filter: Omit<CouponFilter, 'now'>) =>
      listCoupons(db, shop, { ...filter, now: clock.now() }),
    now: clock.now,
    audit: needs.audit,
  }
}
export type CouponPools = ReturnType<typeof couponPools>

const unused = { reserved: 0, issued: 0, redeemed: 0, expired: 0, takenOff: 0 }

async function refuseKnownCode(db: Database, shop: ShopId, code: string): Promise<void> {
  const taken = await keysTaken(db, shop, [codeKey(code)])
  if (taken.size === 0) return
  throw new Refusal('conflict', `The code ${code} is taken by another coupon.`, 'codes.code')
}

async function changePool(
  needs: Needs,
  actor: Who,
  { id, to }: { readonly id: number; readonly to: PoolChange },
): Promise<void> {
  const { shop } = actor
  const now = needs.clock.now()
  checkEnd(to.endsAt, now)
  await needs.db.begin(async (tx) => {
    const [pool] = await lockPools(tx, shop, [id])
    if (!pool) throw new Refusal('not-found', `There is no coupon ${id}.`)
    const given = pool.total === null || pool.left === null ? 0 : pool.total - pool.left
    if (to.total !== undefined && to.total !== null && to.total < given) {
      throw new Refusal('invalid', `${given} pieces are given out already.`, 'total')
    }
    await updatePool(tx, shop, { id, to, now })
  })
  await needs.audit(actor, 'coupon.changed', {
    object: `coupon:${id}`,
    detail: JSON.parse(JSON.stringify(to)) as JsonObject,
  })
}

/** What an upload did. */
export type Uploaded = {
  readonly added: number
  /** Codes the shop has already. */
  readonly known: number
  readonly refused: UploadedCodes['refused']
}

async function upload(
  needs: Needs,
  actor: Who,
  { id, text }: { readonly id: number; readonly text: string },
): Promise<Uploaded> {
  const { codes, refused } = codesInText(text)
  if (codes.length > uploadLimit) {
    throw new Refusal('too-large', `${uploadLimit} codes at a time at most.`, 'text')
  }
  const { shop } = actor
  const added = await needs.db.begin(async (tx) => {
    const [pool] = await lockPools(tx, shop, [id])
    if (!pool) throw new Refusal('not-found', `There is no coupon ${id}.`)
    if (pool.codes !== 'uploaded') {
      throw new Refusal('conflict', 'This coupon does not take codes from a list.')
    }
    const keyed = codes.map((code) => ({ code, key: codeKey(code) }))
    const fresh = await insertCodes(tx, shop, { pool: id, codes: keyed })
    const chars = Math.max(0, ...fresh.map(({ length }) => length))
    const now = needs.clock.now()
    await countUploaded(tx, shop, { pool: id, count: fresh.length, chars, now })
    return fresh.length
  })
  await needs.audit(actor, 'coupon.codes-added', { object: `coupon:${id}`, detail: { added } })
  return { added, known: codes.length - added, refused: refused.slice(0, 1_000) }
}
