import type { Warehouse } from './connection.store.ts'

/** Which of these a database knows. */
export type Known = {
  readonly customers: (ids: readonly number[]) => Promise<ReadonlySet<number>>
  readonly orders: (ids: readonly string[]) => Promise<ReadonlySet<string>>
}

/**
 * Takes people and orders out of the mirrors who came to be only after the snapshot that was loaded: their rows were there when the
 * mirrors were copied, a moment later, and stand at exactly the line's position (copy.store.ts). The database knows nothing of them.
 */
export async function forgetUnborn(
  warehouse: Warehouse,
  of: { readonly shop: number; readonly line: number },
  known: Known,
): Promise<number> {
  const customers = await warehouse.query<{ id: number }>(
    'select distinct toUInt64(customer) as id from customers where shop = {shop:UInt32} and version = {line:UInt64}',
    of,
  )
  const orders = await warehouse.query<{ id: string }>(
    'select distinct order_id as id from order_versions where shop = {shop:UInt32} and version = {line:UInt64}',
    of,
  )
  const people = await unknown(customers, known.customers)
  const bought = await unknown(orders, known.orders)
  if (people.length > 0)
    await warehouse.command(
      'delete from customers where shop = {shop:UInt32} and version = {line:UInt64} and customer in {ids:Array(UInt64)}',
      { ...of, ids: people },
      { maxMs: 600_000 },
    )
  if (bought.length > 0)
    await warehouse.command(
      'delete from order_versions where shop = {shop:UInt32} and version = {line:UInt64} and order_id in {ids:Array(String)}',
      { ...of, ids: bought },
      { maxMs: 600_000 },
    )
  return people.length + bought.length
}

async function unknown<Id>(
  rows: readonly { readonly id: Id }[],
  ask: (ids: readonly Id[]) => Promise<ReadonlySet<Id>>,
): Promise<readonly Id[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const there = await ask(ids)
  return ids.filter((id) => !there.has(id))
}
