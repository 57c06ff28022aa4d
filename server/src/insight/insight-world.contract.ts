import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import type { TestWorld } from '../testing/world.store.ts'

/** An order as a random shop has it; the second look of the tests counts from these plainly. */
export type MadeOrder = {
  readonly id: string
  readonly customer: number
  readonly status: 'paid' | 'cancelled' | 'refunded'
  readonly paidAt: number
  readonly currency: string
  readonly gross: number
  readonly refunded: number
  readonly product: string
  readonly quantity: number
  readonly back: number
}

/** A customer as the mirror has them; `survivor` is somebody else's id after a merge. */
export type MadeCustomer = {
  readonly id: number
  readonly survivor: number
  readonly internal: boolean
  readonly erased: boolean
  readonly joinedAt: number | null
}

/** People of a random shop: some merged, one of the shop's own, one erased, some members. */
export function madeCustomers(seed: string, size: number, day0: number): readonly MadeCustomer[] {
  const random = seededRandom(`${seed} people`)
  return Array.from({ length: size }, (_, at) => ({
    id: at + 1,
    survivor: at > 0 && random.chance(0.1) ? at : at + 1,
    internal: at === 3,
    erased: at === 5,
    joinedAt: random.chance(0.6) ? day0 + Math.floor(random.next() * 60 * dayMs) : null,
  })).map((one, _, all) => {
    // Chains end at the last one: who was merged into a merged one is followed there.
    let end = one
    while (end.survivor !== end.id) end = all[end.survivor - 1] ?? end
    return { ...one, survivor: end.id }
  })
}

/** Their orders over `days`: some cancelled, sent back whole or by part, in another currency; several at the same time. */
export function madeOrders(
  seed: string,
  shape: {
    readonly size: number
    readonly people: number
    readonly day0: number
    readonly days: number
  },
): readonly MadeOrder[] {
  const random = seededRandom(`${seed} orders`)
  return Array.from({ length: shape.size }, (_, at) => {
    const gross = 10_000 * (1 + random.integer(5))
    const die = random.integer(20)
    return {
      id: `${seed}-${at}`,
      customer: 1 + Math.floor(random.next() ** 2 * shape.people),
      status: die === 0 ? 'cancelled' : die === 1 ? 'refunded' : 'paid',
      paidAt: shape.day0 + Math.floor(random.next() * shape.days * 4) * (dayMs / 4),
      currency: die === 2 ? 'USD' : 'KRW',
      gross,
      refunded: die === 3 ? gross / 2 : 0,
      product: random.pick(['mug', 'soap', 'tea']),
      quantity: 2,
      back: die === 4 ? 2 : 0,
    }
  })
}

/** Writes both as the history writer would. */
export async function insertShopLife(
  { warehouse }: Pick<TestWorld, 'warehouse'>,
  shop: ShopId,
  life: { readonly customers: readonly MadeCustomer[]; readonly orders: readonly MadeOrder[] },
): Promise<void> {
  const time = (at: number) => new Date(at).toISOString()
  await warehouse.insert(
    'customers',
    life.customers.map((one) => ({
      shop,
      customer: one.id,
      version: one.id,
      member: one.joinedAt !== null,
      created_at: time(0),
      internal: one.internal,
      erased: one.erased,
      fact_times: one.joinedAt === null ? {} : { 'member.joined_at': time(one.joinedAt) },
    })),
  )
  await warehouse.insert(
    'aliases',
    life.customers
      .filter((one) => one.survivor !== one.id)
      .map((one) => ({ shop, from_customer: one.id, to_customer: one.survivor, position: one.id })),
  )
  await warehouse.insert(
    'order_versions',
    life.orders.map((order, at) => orderRow(shop, order, at)),
  )
  await warehouse.reloadAliases()
}

function orderRow(shop: ShopId, order: MadeOrder, at: number) {
  const time = new Date(order.paidAt).toISOString()
  return {
    shop,
    order_id: order.id,
    version: at + 1,
    customer: order.customer,
    status: order.status,
    created_at: time,
    paid_at: time,
    sequence: 0,
    currency: order.currency,
    gross: order.gross,
    refunded: order.refunded,
    lines: [
      {
        product: order.product,
        name: order.product,
        category: order.product === 'tea' ? '차' : '생활',
        quantity: order.quantity,
        refunded_quantity: order.back,
        net: order.gross - order.refunded,
        is_goods: true,
      },
    ],
  }
}

/** What each buyer who lives bought until `asOf`, in the order of time: the plain reading of an effective order. */
export function buyersOf(
  {
    customers,
    orders,
  }: { readonly customers: readonly MadeCustomer[]; readonly orders: readonly MadeOrder[] },
  asOf: number,
): ReadonlyMap<number, readonly MadeOrder[]> {
  const buyers = new Map<number, MadeOrder[]>()
  for (const order of orders.toSorted((a, b) => a.paidAt - b.paidAt || (a.id < b.id ? -1 : 1))) {
    const survivor = customers[order.customer - 1]?.survivor ?? 0
    const person = customers[survivor - 1]
    const counts =
      order.status === 'paid' && order.currency === 'KRW' && order.back < order.quantity
    if (!counts || !person || person.internal || order.paidAt > asOf) continue
    buyers.set(survivor, [...(buyers.get(survivor) ?? []), order])
  }
  return buyers
}
