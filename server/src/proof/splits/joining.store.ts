import type { ShopId } from '../../lib/brand.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../../warehouse/survivor.ts'

// When each visitor came first in the period, and when they joined; 0: not at all.
const joiningSql = `
  select count() as people, countIf(since > 0 and since <= came + {windowMs:Int64}) as joined
  from (
    select ${survivorSql('customer')} as person,
           minIf(toUnixTimestamp64Milli(at), name = 'Visit Started' and at >= fromUnixTimestamp64Milli({from:Int64})) as came,
           minIf(toUnixTimestamp64Milli(at), name = 'Signed Up') as since
    from events
    where shop = {shop:UInt32} and customer != 0
      and (name = 'Signed Up' or name = 'Visit Started' and at < fromUnixTimestamp64Milli({to:Int64}))
    group by person
  )
  where came > 0 and (since = 0 or since > came) and person not in ${ownPeopleSql}`

/** Of visitors of a span that ended one window ago, who were no members then: how many, and how many joined in the window. */
export async function readJoining(
  warehouse: Warehouse,
  shop: ShopId,
  { windowMs, now }: { readonly windowMs: number; readonly now: number },
): Promise<{ readonly people: number; readonly joined: number }> {
  const to = now - windowMs
  const [row] = await warehouse.query<{ people: number; joined: number }>(joiningSql, {
    ...{ shop, windowMs, from: to - windowMs, to },
  })
  return { people: Number(row?.people ?? 0), joined: Number(row?.joined ?? 0) }
}
