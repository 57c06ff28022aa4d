import type { Tx } from '../database/connection.store.ts'
import type { LineRoom, RoomTurn, Turn } from '../events/turn.ts'
import type { CustomerId } from '../lib/brand.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { isDiscounted, type Order } from './order.ts'
import { lockOrders, mirrorOrders, moveOrders, readOrders, writeOrders } from './orders.store.ts'
import { type OrderChange, type StoredOrder, toldOf, wordOf } from './projection.ts'

/**
 * Orders are a projection of order happenings. A shop sees here what was bought, paid and sent back, whoever told of it
 * first: its server, an import or (until the server speaks) its page. Every change is a new version, so that a report
 * can say as of which log position it is true.
 *
 * What can go wrong: the same order told twice (the fold changes nothing), a refund before its order (kept as a refunded
 * order without lines), a page inventing amounts (gives way as soon as the server tells of the order).
 */
export function orders() {
  const room: LineRoom<Tx> = { name: 'orders', open }
  return { room, read: readOrders }
}
export type Orders = ReturnType<typeof orders>

async function open(tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
  const moved = new Map<string, number>()
  for (const merge of turn.merges) {
    for (const id of await moveOrders(tx, turn.shop, merge)) moved.set(id, merge.position)
  }
  const changes: OrderChange[] = []
  const apply: RoomTurn<Tx>['apply'] = (happening) => {
    const word = wordOf(happening, turn.currency)
    if (word) changes.push({ customer: happening.customer, position: happening.position, word })
  }
  // Nobody's orders count as orders; reports about people leave them out and say so.
  for (const happening of turn.unowned) apply(happening)
  return {
    nextDue: () => Number.POSITIVE_INFINITY,
    fire: () => undefined,
    apply,
    discard: (customer) => {
      for (let index = changes.length - 1; index >= 0; index--) {
        if (changes[index]?.customer === customer) changes.splice(index, 1)
      }
    },
    close: (own) => write(own, turn, { changes, moved }),
  }
}

async function write(
  tx: Tx,
  turn: Turn,
  done: { readonly changes: readonly OrderChange[]; readonly moved: ReadonlyMap<string, number> },
): Promise<void> {
  const ids = [
    ...new Set([...done.changes.map((change) => change.word.id), ...done.moved.keys()]),
  ].sort()
  if (ids.length === 0) return
  const stored = await lockOrders(tx, turn.shop, ids)
  const changed = new Map<string, StoredOrder>()
  for (const [id, position] of done.moved) {
    const before = stored.get(id)
    if (before) changed.set(id, { ...before, version: position })
  }
  for (const change of [...done.changes].sort((a, b) => a.position - b.position)) {
    const { id } = change.word
    const before = changed.get(id) ?? stored.get(id)
    const after = toldOf(before, change)
    if (after !== before) changed.set(id, after)
  }
  const rows = [...changed.values()]
  await writeOrders(tx, turn.shop, rows)
  await mirrorOrders(tx, turn.shop, rows.map(mirrorOf))
}

function mirrorOf({ order, customer, version }: StoredOrder) {
  return {
    position: version,
    subject: `order:${order.id}`,
    body: JSON.stringify(mirrorRow(order, customer, version)),
  }
}

/** One row of order_versions (warehouse migrations), but for the shop. */
function mirrorRow(order: Order, customer: CustomerId, version: number) {
  return {
    order_id: order.id,
    version,
    customer,
    status: order.status,
    created_at: order.createdAt,
    paid_at: order.paidAt,
    sequence: order.sequence,
    currency: order.currency,
    gross: formatDecimal(order.gross),
    refunded: formatDecimal(order.refunded),
    discounted: isDiscounted(order),
    renewal: order.renewal,
    lines: order.lines.map((line) => ({
      product: line.product,
      name: line.name,
      category: line.category ?? '',
      quantity: line.quantity,
      refunded_quantity: line.refundedQuantity,
      net: formatDecimal(line.net),
      is_goods: line.isGoods,
    })),
  }
}
