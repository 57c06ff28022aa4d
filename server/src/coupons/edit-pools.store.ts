import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { codeKey } from './code.ts'
import { mostOff } from './coupon.ts'
import type { NewPool, PoolChange } from './pool-draft.ts'

/** Writes a new pool; answers its id. */
export async function insertPool(
  db: Database | Tx,
  shop: ShopId,
  made: { readonly pool: NewPool; readonly now: number },
): Promise<number> {
  const { pool, now } = made
  const { discount, perPerson, sharedCode } = pool
  const [row] = await db<{ id: number }[]>`
    insert into coupon_pools (shop, name, discount, amount, percent, min_order, valid_hours, ends_at, total, per_person, per_days,
                              first_order_only, scope, codes, prefix, shared_code, shared_key, connection, gives_back, notes, created_at, updated_at)
    values (${shop}, ${pool.name}, ${discount.kind}, ${mostOff(discount)},
            ${discount.kind === 'percent' ? discount.percent : null}, ${pool.minOrder}, ${pool.validHours}, ${pool.endsAt},
            ${pool.total}, ${perPerson?.count ?? null}, ${perPerson?.days ?? null},
            ${pool.firstOrderOnly}, ${pool.scope && JSON.stringify(pool.scope)}, ${pool.codes}, ${pool.prefix}, ${sharedCode},
            ${sharedCode === null ? null : codeKey(sharedCode)}, ${pool.connection ?? null}, ${pool.givesBack}, ${pool.notes}, ${now}, ${now})
    returning id`
  return row?.id ?? 0
}

/** Changes a pool that `lockPools` holds. */
export async function updatePool(
  tx: Tx,
  shop: ShopId,
  change: { readonly id: number; readonly to: PoolChange; readonly now: number },
): Promise<void> {
  const { name, notes, total, perPerson, validHours, endsAt, givesBack, state } = change.to
  const columns = {
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(total === undefined ? {} : { total }),
    ...(perPerson === undefined
      ? {}
      : { per_person: perPerson?.count ?? null, per_days: perPerson?.days ?? null }),
    ...(validHours === undefined ? {} : { valid_hours: validHours }),
    ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    ...(givesBack === undefined ? {} : { gives_back: givesBack }),
    ...(state === undefined ? {} : { state }),
    updated_at: change.now,
  }
  await tx`update coupon_pools set ${tx(columns)} where shop = ${shop} and id = ${change.id}`
}
