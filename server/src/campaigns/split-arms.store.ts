import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ArmCount } from './split-report.ts'

/** An arm of a split that was drawn for a person. */
export type ArmRow = {
  readonly campaign: number
  readonly split: number
  readonly customer: number
  readonly arm: string
  readonly even: boolean
  /** split-shares.ts; null: not recorded, or drawn by what was learnt. */
  readonly shares: string | null
  /** UTC ms */
  readonly at: number
  /** When the goal was reached within its window; null: not yet, or never. */
  readonly reachedAt: number | null
}

/** Writes the arms that people drew and the goals they reached; the first arm of a split stays. */
export async function saveArms(tx: Tx, shop: ShopId, rows: readonly ArmRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into split_arms (shop, campaign, split, customer, arm, even, shares, at, reached_at)
    select ${shop}, u.campaign, u.split, u.customer, u.arm, u.even <> 0, u.shares, u.at, u.reached_at
    from unnest(
      ${rows.map((row) => row.campaign)}::bigint[], ${rows.map((row) => row.split)}::int[],
      ${rows.map((row) => row.customer)}::bigint[], ${rows.map((row) => row.arm)}::text[],
      ${rows.map((row) => (row.even ? 1 : 0))}::int[], ${rows.map((row) => row.shares)}::text[],
      ${rows.map((row) => row.at)}::bigint[],
      ${rows.map((row) => row.reachedAt)}::bigint[]
    ) as u(campaign, split, customer, arm, even, shares, at, reached_at)
    on conflict (shop, campaign, split, customer) do update
    set reached_at = coalesce(split_arms.reached_at, excluded.reached_at)`
}

/** Moves the arms of merged people to their survivors; of two arms of one split the earlier drawn stays. */
export async function moveArms(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (merges.length === 0) return
  await tx`
    with moving as (
      select * from unnest(
        ${merges.map(({ from }) => from)}::bigint[], ${merges.map(({ to }) => to)}::bigint[]
      ) as u(gone, kept)
    ), gone as (
      delete from split_arms s using moving m where s.shop = ${shop} and s.customer = m.gone
      returning s.campaign, s.split, m.kept, s.arm, s.even, s.shares, s.at, s.reached_at
    )
    insert into split_arms (shop, campaign, split, customer, arm, even, shares, at, reached_at)
    select distinct on (campaign, split, kept) ${shop}, campaign, split, kept, arm, even, shares, at, reached_at
    from gone order by campaign, split, kept, at
    on conflict (shop, campaign, split, customer) do update
    set arm = excluded.arm, even = excluded.even, shares = excluded.shares, at = excluded.at, reached_at = excluded.reached_at
    where excluded.at < split_arms.at`
}

/** How the arms of a campaign's splits stand; even and learnt draws, and draws under other shares, apart. */
export async function countArms(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly campaign: number; readonly windowMs: number; readonly now: number },
): Promise<readonly ArmCount[]> {
  const over = asked.now - asked.windowMs
  return await db<ArmCount[]>`
    select split, arm, even, shares, count(*) filter (where at <= ${over}) as people,
           count(*) filter (where at <= ${over} and reached_at is not null) as reached,
           count(*) filter (where at > ${over}) as open
    from split_arms where shop = ${shop} and campaign = ${asked.campaign}
      and customer not in (select customer from internal_people where shop = ${shop})
    group by split, arm, even, shares order by split, arm, even, shares`
}

export type ShareRow = {
  readonly campaign: number
  readonly split: number
  readonly arm: string
  readonly share: number
}

/** The learnt shares of the shop's splits. */
export async function readShares(db: Database | Tx, shop: ShopId): Promise<readonly ShareRow[]> {
  return await db<ShareRow[]>`
    select campaign, split, arm, share from split_shares where shop = ${shop}`
}

/** Puts the shares of one split in the place of those before. */
export async function saveShares(
  tx: Tx,
  shop: ShopId,
  split: {
    readonly campaign: number
    readonly split: number
    readonly shares: ReadonlyMap<string, number>
    readonly now: number
  },
): Promise<void> {
  await tx`
    delete from split_shares
    where shop = ${shop} and campaign = ${split.campaign} and split = ${split.split}`
  await tx`
    insert into split_shares (shop, campaign, split, arm, share, computed_at)
    select ${shop}, ${split.campaign}, ${split.split}, u.arm, u.share, ${split.now}
    from unnest(${[...split.shares.keys()]}::text[], ${[...split.shares.values()]}::float8[]) as u(arm, share)`
}

/** Shops in which splits have drawn arms. */
export async function shopsThatSplit(db: Database): Promise<readonly ShopId[]> {
  const rows = await db<{ id: ShopId }[]>`
    select id from shops s where exists (select 1 from split_arms a where a.shop = s.id) order by id`
  return rows.map((row) => row.id)
}
