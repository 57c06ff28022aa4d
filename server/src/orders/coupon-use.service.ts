import { codeKeysIn } from '../coupons/code.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Redeemed } from '../coupons/redeeming.ts'
import type { Tx } from '../database/connection.store.ts'
import type { Placed } from '../events/happening.ts'
import type { LineRoom, RoomTurn, Turn } from '../events/turn.ts'
import type { CustomerId } from '../lib/brand.ts'
import { readCouponOrders } from './coupon-use.store.ts'
import { wordOf } from './projection.ts'

type Needs = { readonly coupons: Pick<Coupons, 'redeem' | 'giveBack' | 'merge'> }

/**
 * What orders do to coupons. It stands behind the orders' own room on the line, so what it reads is what they just wrote: a paid order
 * uses the codes it names, one that was cancelled or wholly refunded gives them back.
 */
export function couponUse(needs: Needs): LineRoom<Tx> {
  return { name: 'coupons', open: (tx, turn) => open(needs, tx, turn) }
}

async function open({ coupons }: Needs, tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
  await coupons.merge(tx, turn.shop, turn.merges)
  const told: { readonly order: string; readonly by: Placed }[] = []
  return {
    nextDue: () => Number.POSITIVE_INFINITY,
    fire: () => undefined,
    apply: (happening) => {
      const word = wordOf(happening, turn.currency)
      if (word) told.push({ order: word.id, by: happening })
    },
    discard: (customer) => {
      for (let index = told.length - 1; index >= 0; index--) {
        if (told[index]?.by.customer === customer) told.splice(index, 1)
      }
    },
    close: async (own) => {
      if (told.length === 0) return
      const lastOf = new Map(told.map(({ order, by }) => [order, by]))
      const orders = await readCouponOrders(own, turn.shop, [...lastOf.keys()])
      const paid = orders.filter(({ status }) => status === 'paid')
      const uses = paid.map((order) => ({
        order: order.id,
        customer: order.customer,
        codeKeys: codeKeysIn(order.coupon ?? ''),
        at: order.paidAt ?? turn.now,
        position: lastOf.get(order.id)?.position ?? 0,
        goods: BigInt(order.goods),
        lines: order.lines.map(({ goods, ...line }) => ({ ...line, goods: BigInt(goods) })),
        isFirst: !order.hasEarlier,
      }))
      const undone = orders.filter(({ status }) => status !== 'paid').map(({ id }) => id)
      const used = await coupons.redeem(own, turn.shop, uses)
      const back = await coupons.giveBack(own, turn.shop, undone)
      for (const one of used)
        announce(turn, { name: 'Coupon Redeemed', one, by: lastOf.get(one.order) })
      for (const one of back)
        announce(turn, { name: 'Coupon Returned', one, by: lastOf.get(one.order) })
    },
  }
}

/** Tells the log of a coupon's use, for flows, segments and the person's timeline. */
function announce(
  turn: Turn,
  news: {
    readonly name: 'Coupon Redeemed' | 'Coupon Returned'
    readonly one: Redeemed
    readonly by: Placed | undefined
  },
): void {
  const { name, one, by } = news
  if (!by || one.customer === null || !turn.people.has(one.customer as CustomerId)) return
  turn.emit({
    kind: 'derived',
    name,
    customer: one.customer as CustomerId,
    at: by.at,
    causeKey: `coupon:${one.id}:${name}:${by.position}`,
    properties: {
      coupon_id: one.id,
      pool_id: one.pool,
      pool_name: one.name,
      order_id: one.order,
      discount: one.takenOff / 10_000,
    },
    because: by,
  })
}
