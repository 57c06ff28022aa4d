import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { type Expiring, tellDays } from './expiring.ts'

/**
 * Coupons in people's hands whose next reminder has come, those that end first at the front. One that was valid for no longer than
 * a reminder's days when it was issued has no such reminder.
 */
export async function readExpiring(
  db: Database,
  asked: { readonly now: number; readonly limit: number },
): Promise<readonly Expiring[]> {
  const { now } = asked
  return await db<Expiring[]>`
    select c.shop, c.id, c.pool, p.name, c.customer, c.expires_at as "expiresAt", d.days
    from coupons c
    join coupon_pools p on p.shop = c.shop and p.id = c.pool
    cross join lateral (
      select min(days) as days from unnest(${[...tellDays]}::int[]) as days
      where c.expires_at <= ${now}::bigint + days * ${dayMs}::bigint
        and c.expires_at - days * ${dayMs}::bigint > c.issued_at
    ) d
    where c.state = 'issued' and c.customer is not null and c.expires_at > ${now}
      and c.expires_at <= ${now + Math.max(...tellDays) * dayMs}
      and d.days is not null and (c.told_days is null or c.told_days > d.days)
    order by c.expires_at, c.shop, c.id limit ${asked.limit}`
}

/** The log was told of these. One that was issued anew meanwhile is told again, for it ends at another time. */
export async function markTold(
  db: Database,
  shop: ShopId,
  told: readonly Pick<Expiring, 'id' | 'expiresAt' | 'days'>[],
): Promise<void> {
  await db`
    update coupons c set told_days = u.days
    from unnest(${told.map(({ id }) => id)}::bigint[], ${told.map(({ expiresAt }) => expiresAt)}::bigint[],
                ${told.map(({ days }) => days)}::int[]) as u(id, expires_at, days)
    where c.shop = ${shop} and c.id = u.id and c.expires_at = u.expires_at`
}
