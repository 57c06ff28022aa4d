import type { Database, Tx } from './connection.store.ts'

/**
 * What a restored database must not do by itself. Since the backup was made, messages that waited may have gone out and people
 * may have refused: nobody knows any more. So what waited becomes `unconfirmed`, which only a person sends again, and each
 * shop's first send is locked until its refusals were brought in once more.
 */
export async function quietRestored(db: Database): Promise<void> {
  await db.begin((tx) => quiet(tx, null))
}

/**
 * Marks every shop as a copy: the server it was copied from may be running, and two would send the same twice. Nothing leaves until
 * an owner says that this is the one now (messages/halt.routes.ts).
 */
export async function markCopies(db: Database): Promise<void> {
  await db`
    update shops set restored_at = now.at, halted_at = coalesce(halted_at, now.at), halted_by = coalesce(halted_by, 'restore')
    from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as at) now`
}

/** The same of one shop, which came from another installation. */
export async function quietArrived(tx: Tx, shop: number): Promise<void> {
  await quiet(tx, shop)
}

async function quiet(tx: Tx, only: number | null): Promise<void> {
  await tx`
    with stopped as (
      update outbox set state = 'unconfirmed', reason = 'unconfirmed', lease_until = null, ask_at = null
      where state in ('queued', 'sending') and (${only}::integer is null or shop = ${only})
      returning shop, decision, decision_month
    )
    update decisions d set outcome = 'unconfirmed', reason = 'unconfirmed'
    from stopped s where d.shop = s.shop and d.month = s.decision_month and d.id = s.decision`
  // Bulk sends of since then went out as well, or did not: a person decides about those under way, and none is made up for.
  await tx`
    update campaign_runs set state = 'asking', reason = 'interrupted'
    where state in ('planned', 'calling_first', 'waiting', 'calling') and (${only}::integer is null or shop = ${only})`
  await tx`
    update campaigns set live_at = (extract(epoch from clock_timestamp()) * 1000)::bigint
    where state = 'live' and (${only}::integer is null or shop = ${only})`
  await tx`
    update shops set settings = (settings::jsonb - 'firstSend')::text
    where settings::jsonb ? 'firstSend' and (${only}::integer is null or id = ${only})`
}

/** Which people and orders of a shop are in the database: what the mirrors hold beyond them is taken out of those. */
export function knownIn(db: Database, shop: number) {
  return {
    customers: async (ids: readonly number[]): Promise<ReadonlySet<number>> => {
      const rows = await db<{ id: number }[]>`
        select id from customers where shop = ${shop} and id = any(${[...ids]}::bigint[])`
      return new Set(rows.map(({ id }) => id))
    },
    orders: async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
      const rows = await db<{ id: string }[]>`
        select id from orders where shop = ${shop} and id = any(${[...ids]}::text[])`
      return new Set(rows.map(({ id }) => id))
    },
  }
}
