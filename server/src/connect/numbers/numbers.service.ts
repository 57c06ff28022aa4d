import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { PlatformOrder } from '../platform/rows.ts'
import { type Compared, compare, type Period, type SideOrder } from './compare.ts'
import {
  type CheckRow,
  type Members,
  membersJoined,
  type NumberSource,
  noteCheck,
  numberSources,
  ourOrdersOf,
  ourOrdersPaid,
  readChecks,
  shopsToCheck,
  type TheirOrder,
  theirOrders,
  theirOrdersOf,
} from './numbers.store.ts'
import { type NumberPeriod, periodOf } from './period.ts'

/** Bank transfers are paid some days after they were ordered, and clocks of another zone lie up to a day beside ours. */
const orderedBeforeMs = 14 * dayMs
const orderedAfterMs = dayMs
/** Orders of one side that are laid beside each other; a shop with more asks for a shorter period. */
const ordersLimit = 200_000
const shownMembers = 50
/** How often what nobody looks at is laid side by side all the same. */
const restMs = 6 * hourMs
const shopsAtOnce = 20

export type Numbers = Compared & {
  readonly period: Period
  readonly checkedAt: number
  readonly members: Members
  readonly sources: readonly NumberSource[]
}

/**
 * Our numbers beside the shop's own: orders, paid amounts, refunds and members of whole days, each order that counts differently named
 * with its reason. The shop's side is what its platform, or its last file, said of each order.
 */
export function numbers(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
}) {
  const { db, clock } = needs

  async function look(shop: ShopId, name: NumberPeriod): Promise<Numbers> {
    const { timeZone } = await needs.shops.shop(shop)
    const now = clock.now()
    const period = periodOf(name, now, timeZone)
    const wide = { from: period.from - orderedBeforeMs, to: period.to + orderedAfterMs }
    const [paid, ordered] = await Promise.all([
      ourOrdersPaid(db, shop, { ...period, limit: ordersLimit }),
      theirOrders(db, shop, { ...wide, limit: ordersLimit }),
    ])
    if (paid.length === ordersLimit || ordered.length === ordersLimit)
      throw new Refusal('too-many', `More than ${ordersLimit} orders: choose a shorter period.`)
    const theirs = ordered.map(sideOf)
    // Each side is asked for what only the other counts: an order unpaid there, or paid here on another day.
    const known = new Set(theirs.flatMap(({ id, number }) => [id, number]))
    const mine = new Set(paid.map(({ id }) => id))
    const [more, others] = await Promise.all([
      theirOrdersOf(
        db,
        shop,
        [...mine].filter((id) => !known.has(id)),
      ),
      ourOrdersOf(
        db,
        shop,
        [...known].filter((id) => !mine.has(id)),
      ),
    ])
    const compared = compare([...paid, ...others], [...theirs, ...more.map(sideOf)], period)
    const [members, sources] = await Promise.all([
      membersJoined(db, shop, { ...period, shown: shownMembers }),
      numberSources(db, shop),
    ])
    const differences = compared.differences.length + members.theirs - members.known
    if (sources.length > 0) await noteCheck(db, shop, { period: name, at: now, differences })
    return { ...compared, period, checkedAt: now, members, sources }
  }

  return {
    look,
    checks: (shop: ShopId): Promise<readonly CheckRow[]> => readChecks(db, shop),
    /** Lays side by side what nobody looked at for a while; whether there was anything. */
    turn: async (): Promise<boolean> => {
      const before = clock.now() - restMs
      const due = await shopsToCheck(db, { before, limit: shopsAtOnce })
      for (const shop of due) await look(shop, 'week')
      return false
    },
  }
}
export type NumbersRoom = ReturnType<typeof numbers>

function sideOf({ id, row }: TheirOrder): SideOrder {
  const order = JSON.parse(row) as Omit<PlatformOrder, 'buyer'>
  return {
    id,
    number: order.number,
    orderedAt: order.orderedAt,
    paidAt: order.paidAt,
    isCancelled: order.cancelledAt !== null,
    paid: order.paidAmount,
    refunded: order.refunds.reduce((sum, { amount }) => sum + amount, 0),
    deliveryFee: order.deliveryFee,
    orderDiscount: order.orderDiscount,
    channel: order.channel,
  }
}
