import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** A written file of which somebody is still to be told. */
export type Telling = {
  readonly shop: ShopId
  readonly run: number
  readonly name: string
  readonly rows: number
  readonly begunAt: number
  /** Everybody who wanted to know, and who of them has not been told. */
  readonly emails: readonly string[]
  readonly untold: readonly string[]
  readonly tries: number
}

/** Takes the file whose people wait longest, for a while; of several workers one gets it. */
export async function claimTelling(
  db: Database,
  claim: { readonly now: number; readonly until: number },
): Promise<Telling | undefined> {
  const [row] = await db<Telling[]>`
    update standing_file_runs r set tell_at = ${claim.until}, tell_tries = r.tell_tries + 1
    from (
      select r.shop, r.id, f.name, f.emails
      from standing_file_runs r join standing_files f on f.shop = r.shop and f.id = r.file
      where r.tell_at <= ${claim.now} and f.removed_at is null
        and not exists (select 1 from shops s where s.id = r.shop and s.restored_at is not null)
      order by r.tell_at limit 1 for update of r skip locked
    ) as due
    where r.shop = due.shop and r.id = due.id
    returning r.shop, r.id as run, due.name, r.rows, r.begun_at as "begunAt", due.emails, r.untold, r.tell_tries as tries`
  return row
}

/** Who is still to be told and why; `tellAt` is when that is tried again, null: never. */
export async function settleTelling(
  db: Database,
  shop: ShopId,
  of: {
    readonly run: number
    readonly untold: readonly string[]
    readonly problem: string | null
    readonly tellAt: number | null
  },
): Promise<void> {
  await db`
    update standing_file_runs
    set untold = ${[...of.untold]}::text[], tell_problem = ${of.problem}, tell_at = ${of.tellAt}
    where shop = ${shop} and id = ${of.run}`
}
