import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { winsorLeast, winsorQuantile } from '../statistics/winsor.ts'

/** Amounts in currency units; null: nothing is capped. */
export type Caps = { readonly spent: number | null; readonly spentBefore: number | null }

export type CapsAsked = {
  readonly campaign: number
  readonly windowMs: number
  readonly currency: string
  readonly now: number
}

/** How far back a cap looks, before the campaign's first decision. */
const looksBackMs = 180 * dayMs
/** How long before the decision counts as before. */
export const beforeMs = 90 * dayMs

/** The campaign's caps, worked out when they are first asked for; what the campaign did has no part in them. */
export async function capsOf(db: Database, shop: ShopId, asked: CapsAsked): Promise<Caps> {
  const known = await readCaps(db, shop, asked)
  if (known) return known
  const found = await capsAt(db, shop, { ...asked, began: await beganAt(db, shop, asked) })
  await insertCaps(db, shop, { ...asked, ...found })
  return (await readCaps(db, shop, asked)) ?? found
}

/** The caps of a comparison that began at `began`, UTC ms, by what was spent before. */
export async function capsAt(
  db: Database,
  shop: ShopId,
  asked: { readonly windowMs: number; readonly currency: string; readonly began: number },
): Promise<Caps> {
  return {
    spent: await quantile(db, shop, { ...asked, spanMs: asked.windowMs }),
    spentBefore: await quantile(db, shop, { ...asked, spanMs: beforeMs }),
  }
}

async function readCaps(db: Database, shop: ShopId, asked: CapsAsked): Promise<Caps | undefined> {
  const [row] = await db<Caps[]>`
    select spent, spent_before as "spentBefore" from comparison_caps
    where shop = ${shop} and campaign = ${asked.campaign} and window_ms = ${asked.windowMs} and currency = ${asked.currency}`
  return row
}

async function insertCaps(db: Database, shop: ShopId, caps: CapsAsked & Caps): Promise<void> {
  await db`
    insert into comparison_caps (shop, campaign, window_ms, currency, spent, spent_before, made_at)
    values (${shop}, ${caps.campaign}, ${caps.windowMs}, ${caps.currency}, ${caps.spent}, ${caps.spentBefore}, ${caps.now})
    on conflict do nothing`
}

/** When the campaign first decided; now while it has not. */
async function beganAt(db: Database, shop: ShopId, asked: CapsAsked): Promise<number> {
  const [row] = await db<{ at: number | null }[]>`
    select min(at) as at from decisions where shop = ${shop} and campaign = ${asked.campaign} and would_send`
  return row?.at ?? asked.now
}

/** Of what people who ordered spent in spans of this length before `began`. */
async function quantile(
  db: Database,
  shop: ShopId,
  asked: { readonly began: number; readonly currency: string; readonly spanMs: number },
): Promise<number | null> {
  const [row] = await db<{ people: number; cap: number | null }[]>`
    with spent as (
      select sum(o.gross - o.refunded) / 10000.0 as amount
      from orders o
      where o.shop = ${shop} and o.paid_at < ${asked.began} and o.paid_at >= ${asked.began - looksBackMs}
        and o.status = 'paid' and o.gross > o.refunded and o.currency = ${asked.currency} and o.customer is not null
        and o.customer not in (select customer from internal_people where shop = ${shop})
      group by o.customer, (${asked.began} - o.paid_at) / ${asked.spanMs}::bigint
    )
    select count(*)::int as people, (percentile_disc(${winsorQuantile}) within group (order by amount))::float8 as cap from spent`
  return row && row.people >= winsorLeast ? row.cap : null
}
