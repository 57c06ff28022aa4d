import type { Database } from '../database/connection.store.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** A shop with a few customers and their events in both engines, under whatever schema there is. */
export async function fillShop(db: Database, warehouse: Warehouse): Promise<void> {
  await db`insert into shops (name, created_at) values ('단골상점', 1)`
  await db`insert into log_heads (shop, head) values (1, 40)`
  await db`insert into lanes (shop, name, position) values (1, 'line', 40), (1, 'history', 40)`
  await db`
    insert into customers (shop, assignment_key, name, first_seen_at, created_at, last_seen_at)
    select 1, n::text, 'customer ' || n, 1, 1, n from generate_series(1, 20) n`
  const at = '2026-03-01T00:00:00.123Z'
  const times = { at, received_at: at, processed_at: at }
  const events = Array.from({ length: 40 }, (_, index) => ({
    shop: 1,
    customer: (index % 20) + 1,
    position: index + 1,
    ...times,
    kind: 'track',
    name: 'Product Viewed',
    properties: '{}',
  }))
  await warehouse.insert('events', events, { token: 'a' })
}

/** What both engines hold of it, as one text. */
export async function contentsOf(db: Database, warehouse: Warehouse): Promise<string> {
  const [shop] = await db`
    select (select md5(string_agg(name || last_seen_at, ',' order by id)) from customers) as customers,
           (select count(*)::int from shops) as shops, (select max(head) from log_heads) as head`
  const [history] = await warehouse.query<{ n: number; digest: string }>(
    'select count() as n, toString(groupBitXor(sipHash64(customer, position, name))) as digest from events',
  )
  return JSON.stringify({ ...shop, ...history })
}
