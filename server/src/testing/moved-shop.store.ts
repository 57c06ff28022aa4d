import { tablesOfShop } from '../connect/out/shop-tables.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { TestWorld } from './world.store.ts'

/** What the shopper's life does not make: a campaign that runs, a coupon somebody holds, messages, a picture, a mail account. */
export async function theRest(
  { db, clock }: TestWorld,
  shop: ShopId,
  recipient: string,
): Promise<void> {
  const now = clock.now()
  const [who] = await db<{ id: number }[]>`
    select customer as id from identities where shop = ${shop} and value = 'lee-8'`
  const customer = who?.id ?? 0
  await db`
    insert into campaigns (shop, name, state, version, draft, created_at, updated_at, live_at)
    values (${shop}, '장바구니', 'live', 1, '{}', ${now}, ${now}, ${now})`
  await db`
    insert into coupon_pools (shop, name, discount, amount, codes, shared_code, shared_key, created_at, updated_at)
    values (${shop}, '3천 원', 'amount', 30000000, 'shared', 'HELLO', 'HELLO', ${now}, ${now})`
  await db`
    insert into coupons (shop, pool, customer, cause_key, code, code_key, state, reserved_at)
    select shop, id, ${customer}, 'message:1', 'A-1', 'A1', 'issued', ${now} from coupon_pools where shop = ${shop}`
  await db`
    insert into outbox (shop, cause_key, customer, channel, purpose, state, not_before, created_at)
    values (${shop}, '1', ${customer}, 'email', 'advertising', 'sent', ${now}, ${now}),
      (${shop}, '2', ${customer}, 'email', 'advertising', 'queued', ${now + 3_600_000}, ${now})`
  await db`
    insert into inbox (shop, channel, recipient, subject, text, at)
    values (${shop}, 'email', ${recipient}, '안녕', '하세요', ${now})`
  await db`
    insert into images (shop, key, hash, name, media, width, height, bytes, moving, uploaded_by, created_at)
    values (${shop}, 'picture-1', ${Buffer.from('aa', 'hex')}, '접시', 'image/png', 1, 1, 2, false, 'member:1', ${now})`
  await db`
    insert into image_files (shop, image, file, variant, media, width, height, bytes)
    select shop, id, 'letter.jpg', 'letter', 'image/jpeg', 1, 1, ${Buffer.from('00ff', 'hex')} from images where shop = ${shop}`
  await db`
    update shops set settings = ${JSON.stringify({
      smtp: { host: 'smtp.example', sealedPassword: 'sealed-password' },
      webhook: { sealedSecret: 'sealed-password' },
      firstSend: { consents: 'imported' },
    })} where id = ${shop}`
}

/** By table: how many rows, and a sum of what they say; sealed text, leases and what rests here are left out. */
export async function meaningOf({ db, warehouse }: TestWorld, of: ShopId, later = 1_000_000) {
  const said: Record<string, unknown> = {}
  const differs: Readonly<Record<string, readonly string[]>> = {
    lanes: ['owner', 'epoch', 'until'],
    campaigns: ['state', 'paused_at', 'live_at'],
    outbox: ['state', 'reason', 'lease_until', 'ask_at'],
    score_nights: ['lease_until'],
  }
  for (const [name, leaving] of Object.entries(tablesOfShop)) {
    if (leaving.kind === 'stays') continue
    const less = [...leaving.sealed, ...(differs[name] ?? []), 'shop']
    const { only } = leaving
    const some = only ? db`and ${db(only.column)} = any(${[...only.values]}::text[])` : db``
    const [row] = await db<{ rows: number; sum: string | null }[]>`
      select count(*) as rows, md5(string_agg(line, '|' order by line)) as sum from (
        select regexp_replace((to_jsonb(t) - ${less}::text[])::text, 'sealed[\\\\":]+[[:alnum:]_-]*', '', 'g') as line from ${db(name)} t where shop = ${of} ${some}) l`
    said[name] = row
  }
  for (const name of ['events', 'customers final', 'order_versions final', 'aliases final']) {
    const rows = await warehouse.query<JsonObject>(
      `select count() as rows, toString(groupBitXor(cityHash64(toString(tuple(* except(shop)))))) as sum
       from ${name} where shop = {of:UInt32} and ${/^(cust|order)/.test(name) ? 'customer' : '0'} <> {later:UInt32}`,
      { of, later },
    )
    said[`history of ${name}`] = rows[0]
  }
  return said
}
