import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Arm } from './arm.ts'

export type AssignmentRow = {
  readonly experiment: string
  readonly customer: number
  /** What reports count the person as; people who met both arms count as mixed. */
  readonly arm: Arm | 'mixed'
  /** What the person goes on playing. */
  readonly firstArm: Arm
  readonly at: number
}

/** Recorded assignments; they outrank the hash. */
export async function readAssignments(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly experiments: readonly string[]; readonly customers: readonly number[] },
): Promise<readonly AssignmentRow[]> {
  if (asked.experiments.length === 0 || asked.customers.length === 0) return []
  return await db<AssignmentRow[]>`
    select experiment, customer, arm, first_arm as "firstArm", at from assignments
    where shop = ${shop} and experiment = any(${[...asked.experiments]}::text[])
      and customer = any(${[...asked.customers]}::bigint[])`
}

/** How many people play an experiment by now, counted no further than `upTo`. */
export async function countAssigned(
  db: Database | Tx,
  shop: ShopId,
  { experiment, upTo }: { readonly experiment: string; readonly upTo: number },
): Promise<number> {
  const [row] = await db<[{ people: number }]>`
    select count(*)::int as people from (
      select from assignments where shop = ${shop} and experiment = ${experiment} limit ${upTo}
    ) as counted`
  return row.people
}

/**
 * Records the first exposure or would-send; a row that is there stays. A page may have decided for a device before the line knew
 * whose it is: who plays the other arm already has met both, and is counted as mixed.
 */
export async function insertAssignments(
  tx: Tx,
  shop: ShopId,
  rows: readonly {
    readonly experiment: string
    readonly customer: number
    readonly arm: Arm
    /** The hold-out's share in force, 0 to 1 exclusive. */
    readonly share: number
    readonly at: number
  }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into assignments (shop, experiment, customer, arm, first_arm, share, at)
    select ${shop}, u.experiment, u.customer, case when count(distinct u.arm) > 1 then 'mixed' else min(u.arm) end,
           (array_agg(u.arm order by u.row))[1], (array_agg(u.share order by u.row))[1], (array_agg(u.at order by u.row))[1]
    from unnest(
      ${rows.map((row) => row.experiment)}::text[], ${rows.map((row) => row.customer)}::bigint[],
      ${rows.map((row) => row.arm)}::text[], ${rows.map((row) => row.share)}::float8[], ${rows.map((row) => row.at)}::bigint[]
    ) with ordinality as u(experiment, customer, arm, share, at, row)
    group by u.experiment, u.customer
    on conflict (shop, experiment, customer) do update set arm = 'mixed'
      where assignments.arm <> excluded.arm and assignments.arm <> 'mixed'`
}

/**
 * At a merge of two assigned people the earlier exposure wins and is played on; who met both arms is counted as mixed
 * (design law 8). Merges are carried out one after another, for a survivor may itself be merged away.
 */
export async function mergeAssignments(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (merges.length === 0) return
  const assigned = await tx<{ customer: number }[]>`
    select distinct customer from assignments
    where shop = ${shop} and customer = any(${merges.map((one) => one.from)}::bigint[])`
  const moving = new Set(assigned.map((row) => row.customer))
  for (const { from, to } of merges) {
    if (!moving.has(from)) continue
    moving.add(to)
    await tx`
      with gone as (
        delete from assignments where shop = ${shop} and customer = ${from} returning experiment, arm, first_arm, share, at, exposure_file
      )
      insert into assignments (shop, experiment, customer, arm, first_arm, share, at, exposure_file)
      select ${shop}, experiment, ${to}, arm, first_arm, share, at, exposure_file from gone
      on conflict (shop, experiment, customer) do update set
        arm = case when assignments.arm = excluded.arm then assignments.arm else 'mixed' end,
        first_arm = case when excluded.at < assignments.at then excluded.first_arm else assignments.first_arm end,
        share = case when excluded.at < assignments.at then excluded.share else assignments.share end,
        exposure_file = greatest(assignments.exposure_file, excluded.exposure_file),
        at = least(assignments.at, excluded.at)`
  }
}
