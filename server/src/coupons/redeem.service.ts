import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { readCoupons, readHeld } from './coupons.store.ts'
import { noteMoves, readPools } from './pools.store.ts'
import { insertUsed, markRedeemed, markUnused, readSharing } from './redeem.store.ts'
import {
  planRedeeming,
  type RedeemDesk,
  type Redeemed,
  type Redeeming,
  type Use,
} from './redeeming.ts'

/** What orders do to coupons, in the transaction of the line. */
export function redemptions() {
  return { redeem, giveBack }
}

/** Marks coupons as used by orders (redeeming.ts); answers those that were not known before. */
async function redeem(tx: Tx, shop: ShopId, uses: readonly Use[]): Promise<readonly Redeemed[]> {
  const keys = [...new Set(uses.flatMap((use) => use.codeKeys))]
  if (keys.length === 0) return []
  const own = await readCoupons(tx, shop, { codeKeys: keys, lock: true })
  const sharing = await readSharing(tx, shop, keys)
  if (own.length === 0 && sharing.size === 0) return []
  return await write(tx, shop, planRedeeming(await layOut(tx, shop, { uses, own, sharing }), uses))
}

async function layOut(
  tx: Tx,
  shop: ShopId,
  known: Pick<RedeemDesk, 'own' | 'sharing'> & { readonly uses: readonly Use[] },
): Promise<RedeemDesk> {
  const { uses, own, sharing } = known
  const shared = [...sharing.values()]
  const customers = uses.flatMap(({ customer }) => customer ?? [])
  const ids = [...new Set([...own.map(({ pool }) => pool), ...shared])]
  const [held, before, pools] = await Promise.all([
    readHeld(tx, shop, { pools: shared, customers }),
    readCoupons(tx, shop, { orders: uses.map(({ order }) => order) }),
    readPools(tx, shop, { ids }),
  ])
  return { own, sharing, held, before, pools: new Map(pools.map((pool) => [pool.id, pool])) }
}

async function write(
  tx: Tx,
  shop: ShopId,
  planned: readonly Redeeming[],
): Promise<readonly Redeemed[]> {
  const held = planned.flatMap((one) => (one.kind === 'held' ? [one] : []))
  const bare = planned.flatMap((one) => (one.kind === 'bare' ? [one] : []))
  await markRedeemed(tx, shop, held)
  const made = await insertUsed(tx, shop, bare)
  // What was given back and is used all the same, and what nobody was given, is missing on the shelf.
  const missing = [...held.filter(({ row }) => row.state === 'released'), ...bare]
  await noteMoves(
    tx,
    shop,
    missing.map(({ pool }) => ({ pool: pool.id, pieces: -1 })),
  )
  return planned.flatMap((one) => {
    const id = one.kind === 'held' ? one.row.id : made.get(one.causeKey)
    if (id === undefined) return []
    const { pool, use, takenOff } = one
    const customer = one.kind === 'held' ? one.row.customer : use.customer
    return [{ id, pool: pool.id, name: pool.name, customer, order: use.order, takenOff }]
  })
}

/** Orders that were cancelled or wholly refunded: their coupons can be used again, where the pool says so. */
async function giveBack(
  tx: Tx,
  shop: ShopId,
  orders: readonly string[],
): Promise<readonly Redeemed[]> {
  if (orders.length === 0) return []
  const unused = await markUnused(tx, shop, orders)
  await noteMoves(
    tx,
    shop,
    unused.flatMap(({ pool, became }) => (became === 'released' ? [{ pool, pieces: 1 }] : [])),
  )
  return unused.flatMap(({ became, ...one }) => (became === 'issued' ? [one] : []))
}
