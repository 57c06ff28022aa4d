import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'

type Looked = {
  readonly id: CustomerId
  readonly name: string | null
  readonly traits: JsonObject
}

/** So many people, those seen last, are looked through for long and short names. */
const lookedThrough = 20_000

/** People of the shop: `each` with the longest names, with the shortest, and of those seen last. The one seen last comes first. */
export async function peopleToPreview(
  db: Database,
  shop: ShopId,
  each: number,
): Promise<readonly Looked[]> {
  const rows = await db<(Omit<Looked, 'traits'> & { traits: string })[]>`
    with seen as (
      select id, name, traits, last_seen_at from customers
      where shop = ${shop} and survivor is null and erased_at is null
      order by last_seen_at desc, id desc limit ${lookedThrough}
    ), picked as (
      (select id from seen where name is not null order by octet_length(name) desc, id limit ${each})
      union
      (select id from seen where name is not null order by octet_length(name), id limit ${each})
      union
      (select id from seen order by last_seen_at desc, id desc limit ${each})
    )
    select id, name, traits from seen where id in (select id from picked) order by last_seen_at desc, id desc`
  return rows.map((row) => ({ ...row, traits: JSON.parse(row.traits) as JsonObject }))
}

/** People who stand on each step now, over all versions of a campaign. */
export async function peopleOnSteps(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<readonly { readonly step: number; readonly people: number }[]> {
  return await db<{ step: number; people: number }[]>`
    select step, count(*)::int as people from enrolments
    where shop = ${shop} and campaign = ${campaign} and state = 'active'
    group by step order by step`
}
