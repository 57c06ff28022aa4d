import type { Database } from '../database/connection.store.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { ShopId } from '../lib/brand.ts'
import { epochMonth } from '../lib/duration.ts'

/** When somebody was first counted in the hold-out of the whole shop, UTC ms; null before. */
export async function shopWideBegan(db: Database, shop: ShopId): Promise<number | null> {
  const [row] = await db<{ at: number | null }[]>`
    select min(at) as at from assignments where shop = ${shop} and experiment = ${shopExperiment}`
  return row?.at ?? null
}

/** People whom advertising was sent to, or held back from to measure, since `since` (UTC ms). */
export async function advertisedTo(db: Database, shop: ShopId, since: number): Promise<number> {
  const [row] = await db<[{ people: number }]>`
    select count(distinct customer)::int as people from decisions
    where shop = ${shop} and month >= ${epochMonth(since)} and at >= ${since} and purpose = 'advertising' and campaign is not null
      and outcome in ('sent', 'queued', 'held', 'would_send', 'unconfirmed', 'failed')
      and customer not in (select customer from internal_people where shop = ${shop})`
  return row.people
}

/** How many people an experiment has counted by now. */
export async function peopleOf(db: Database, shop: ShopId, experiment: string): Promise<number> {
  const [row] = await db<[{ people: number }]>`
    select count(*)::int as people from assignments where shop = ${shop} and experiment = ${experiment}`
  return row.people
}
