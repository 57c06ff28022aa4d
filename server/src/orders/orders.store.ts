import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { OrderLine, OrderSource, OrderStatus } from './order.ts'
import type { StoredOrder } from './projection.ts'

type OrderRow = {
  readonly id: string
  readonly customer: number | null
  readonly status: OrderStatus
  readonly createdAt: number
  readonly paidAt: number | null
  readonly sequence: number
  readonly currency: string
  readonly gross: string
  readonly refunded: string
  readonly coupon: string | null
  readonly renewal: boolean
  readonly source: OrderSource
  readonly version: number
}
type LineRow = {
  readonly orderId: string
  readonly product: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  readonly variant: string | null
  readonly quantity: number
  readonly refundedQuantity: number
  readonly price: string
  readonly net: string
  readonly isGoods: boolean
}

/** The orders with these ids, locked; one statement for orders and one for lines. */
export async function lockOrders(
  tx: Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const rows = await tx<OrderRow[]>`
    select id, customer, status, created_at as "createdAt", paid_at as "paidAt", sequence, currency,
      gross::text, refunded::text, coupon, renewal, source, version
    from orders where shop = ${shop} and id = any(${ids as string[]}) order by id for update`
  const lines = await linesOf(tx, shop, ids)
  return new Map(rows.map((row) => [row.id, storedOf(row, lines.get(row.id) ?? [])]))
}

/** The newest orders of each of these people, up to `limit` a person, and all orders with these ids; not locked. */
export async function readOrders(
  tx: Database | Tx,
  shop: ShopId,
  asked: {
    readonly customers: readonly number[]
    readonly ids: readonly string[]
    readonly limit: number
  },
): Promise<readonly StoredOrder[]> {
  const rows = await tx<OrderRow[]>`
    select id, customer, status, created_at as "createdAt", paid_at as "paidAt", sequence, currency,
      gross::text, refunded::text, coupon, renewal, source, version
    from orders where shop = ${shop} and id in (
      select unnest(${[...asked.ids]}::text[])
      union
      select o.id from unnest(${[...asked.customers]}::bigint[]) as u(customer), lateral (
        select id from orders where shop = ${shop} and customer = u.customer
        order by paid_at desc nulls last, id desc limit ${asked.limit}
      ) as o)`
  const lines = await linesOf(
    tx,
    shop,
    rows.map((row) => row.id),
  )
  return rows.map((row) => storedOf(row, lines.get(row.id) ?? []))
}

async function linesOf(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<Map<string, OrderLine[]>> {
  const rows = await db<LineRow[]>`
    select order_id as "orderId", product, name, category, brand, variant, quantity, refunded_quantity as "refundedQuantity",
      price::text, net::text, is_goods as "isGoods"
    from order_lines where shop = ${shop} and order_id = any(${ids as string[]}) order by order_id, line`
  const byOrder = new Map<string, OrderLine[]>()
  for (const { orderId, price, net, ...rest } of rows) {
    const lines = byOrder.get(orderId) ?? []
    lines.push({ ...rest, price: BigInt(price), net: BigInt(net) })
    byOrder.set(orderId, lines)
  }
  return byOrder
}

function storedOf(row: OrderRow, lines: readonly OrderLine[]): StoredOrder {
  const { customer, version, gross, refunded, ...rest } = row
  const order = { ...rest, gross: BigInt(gross), refunded: BigInt(refunded), lines }
  return { order, customer: (customer ?? 0) as CustomerId, version }
}

/** Writes whole orders: one statement for the orders, one that replaces their lines. */
export async function writeOrders(
  tx: Tx,
  shop: ShopId,
  stored: readonly StoredOrder[],
): Promise<void> {
  if (stored.length === 0) return
  const orders = stored.map(({ order, customer, version }) => ({
    ...order,
    customer: customer === 0 ? null : customer,
    version,
  }))
  await tx`
    insert into orders (shop, id, customer, status, created_at, paid_at, sequence, currency, gross, refunded, coupon, renewal, source, version)
    select ${shop}, * from unnest(
      ${orders.map((one) => one.id)}::text[], ${orders.map((one) => one.customer)}::bigint[], ${orders.map((one) => one.status)}::text[],
      ${orders.map((one) => one.createdAt)}::bigint[], ${orders.map((one) => one.paidAt)}::bigint[], ${orders.map((one) => one.sequence)}::bigint[],
      ${orders.map((one) => one.currency)}::text[], ${orders.map((one) => `${one.gross}`)}::bigint[], ${orders.map((one) => `${one.refunded}`)}::bigint[],
      ${orders.map((one) => one.coupon)}::text[], ${orders.map((one) => `${one.renewal}`)}::text[]::boolean[], ${orders.map((one) => one.source)}::text[], ${orders.map((one) => one.version)}::bigint[])
    on conflict (shop, id) do update set
      customer = coalesce(excluded.customer, orders.customer), status = excluded.status, created_at = excluded.created_at,
      paid_at = excluded.paid_at, sequence = excluded.sequence, currency = excluded.currency, gross = excluded.gross,
      refunded = excluded.refunded, coupon = excluded.coupon, renewal = excluded.renewal, source = excluded.source, version = excluded.version`
  await replaceLines(tx, shop, stored)
}

async function replaceLines(tx: Tx, shop: ShopId, stored: readonly StoredOrder[]): Promise<void> {
  await tx`delete from order_lines where shop = ${shop} and order_id = any(${stored.map(({ order }) => order.id)})`
  const lines = stored.flatMap(({ order }) =>
    order.lines.map((line, index) => ({ ...line, orderId: order.id, line: index + 1 })),
  )
  if (lines.length === 0) return
  await tx`
    insert into order_lines (shop, order_id, line, product, name, category, brand, variant, quantity, refunded_quantity, price, net, is_goods)
    select ${shop}, * from unnest(
      ${lines.map((one) => one.orderId)}::text[], ${lines.map((one) => one.line)}::integer[], ${lines.map((one) => one.product)}::text[],
      ${lines.map((one) => one.name)}::text[], ${lines.map((one) => one.category)}::text[],
      ${lines.map((one) => one.brand)}::text[], ${lines.map((one) => one.variant)}::text[], ${lines.map((one) => one.quantity)}::integer[],
      ${lines.map((one) => one.refundedQuantity)}::integer[], ${lines.map((one) => `${one.price}`)}::bigint[],
      ${lines.map((one) => `${one.net}`)}::bigint[], ${lines.map((one) => `${one.isGoods}`)}::text[]::boolean[])`
}

/** Orders of merged people go to the survivor. */
export async function moveOrders(
  tx: Tx,
  shop: ShopId,
  merge: { readonly from: CustomerId; readonly to: CustomerId },
): Promise<readonly string[]> {
  const rows = await tx<{ id: string }[]>`
    update orders set customer = ${merge.to} where shop = ${shop} and customer = ${merge.from} returning id`
  return rows.map((row) => row.id)
}

/** Queues the new versions for the mirror in ClickHouse (columns of order_versions; times in UTC ms, amounts as text). */
export async function mirrorOrders(
  tx: Tx,
  shop: ShopId,
  changes: readonly {
    readonly position: number
    readonly subject: string
    readonly body: string
  }[],
): Promise<void> {
  if (changes.length === 0) return
  await tx`
    insert into mirror_changes (shop, position, subject, body)
    select ${shop}, * from unnest(
      ${changes.map((one) => one.position)}::bigint[], ${changes.map((one) => one.subject)}::text[], ${changes.map((one) => one.body)}::text[])
    on conflict (shop, position, subject) do update set body = excluded.body`
}
