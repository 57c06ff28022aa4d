import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** The segment whose turn it is to be built: the oldest one. */
export type BuildRow = {
  readonly id: number
  readonly version: number
  readonly built_to: number
  readonly max_customer: number
}

/** The segment whose members are to be found next; undefined where none is building. */
export async function nextBuild(db: Database | Tx, shop: ShopId): Promise<BuildRow | undefined> {
  const [row] = await db<BuildRow[]>`
    select id, version, built_to, max_customer from segments
    where shop = ${shop} and state = 'building' and archived_at is null
    order by built_at_position, id limit 1`
  return row
}

/** Wakes people no later than this. */
export async function wakeBy(
  tx: Tx,
  shop: ShopId,
  wakes: readonly { readonly customer: number; readonly at: number }[],
): Promise<void> {
  if (wakes.length === 0) return
  await tx`
    insert into due (shop, customer, at)
    select ${shop}, * from unnest(
      ${wakes.map((one) => one.customer)}::bigint[], ${wakes.map((one) => one.at)}::bigint[])
    on conflict (shop, customer) do update set at = least(due.at, excluded.at)`
}

/** Moves a build on; false when it was edited, deleted or moved by another worker meanwhile. */
export async function moveBuild(
  tx: Tx,
  shop: ShopId,
  step: {
    readonly build: BuildRow
    readonly to: number
    readonly leaves: readonly number[]
  },
): Promise<boolean> {
  const { build, to, leaves } = step
  const moved = await tx`
    update segments set built_to = ${to}
    where shop = ${shop} and id = ${build.id} and version = ${build.version} and state = 'building'
      and built_to = ${build.built_to} and archived_at is null`
  if (moved.count === 0) return false
  await tx`
    update segment_leaves set built_to = greatest(built_to, ${to})
    where shop = ${shop} and id = any(${[...leaves]}::bigint[])`
  return true
}

/** One slice of customers is done; a second word changes nothing. */
export async function noteSlice(
  tx: Tx,
  shop: ShopId,
  slice: { readonly build: BuildRow; readonly upTo: number; readonly at: number },
): Promise<void> {
  await tx`
    insert into segment_builds (shop, segment, version, slice, done_at)
    values (${shop}, ${slice.build.id}, ${slice.build.version}, ${slice.upTo}, ${slice.at})
    on conflict do nothing`
}

/** Makes a segment live once every customer was looked at, unless it was changed meanwhile. */
export async function finishBuild(
  tx: Tx,
  shop: ShopId,
  done: { readonly build: BuildRow; readonly leaves: readonly number[]; readonly at: number },
): Promise<void> {
  const { build, leaves, at } = done
  const finished = await tx`
    update segments set state = 'live', updated_at = ${at}
    where shop = ${shop} and id = ${build.id} and version = ${build.version} and state = 'building'
      and built_to >= max_customer`
  if (finished.count === 0) return
  await tx`
    update segment_leaves set complete = true
    where shop = ${shop} and id = any(${[...leaves]}::bigint[]) and built_to >= max_customer`
}

/** The first customers to be looked at anew up to this position, by id. */
export async function nextRepairs(
  db: Database,
  shop: ShopId,
  upTo: { readonly position: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db<{ customer: number }[]>`
    select customer from segment_repairs where shop = ${shop} and position <= ${upTo.position}
    order by customer limit ${upTo.limit}`
  return rows.map((row) => row.customer)
}

/** These customers were looked at anew. */
export async function forgetRepairs(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`
    delete from segment_repairs where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
