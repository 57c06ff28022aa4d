import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Destination } from '../reports/morning/morning-settings.ts'
import type { Trouble } from './alarm.ts'
import type { CheckName, Finding } from './checks.ts'

/** A trouble with the round in which it is being told. */
export type KeptTrouble = Trouble & {
  readonly check: CheckName
  /** Places that have not been told in this round; null: a new round. */
  readonly waiting: readonly Destination[] | null
  readonly tries: number
}

/** What is wrong or was, oldest first, with whom it must still be told to. */
export async function readTroubles(db: Database, shop: ShopId): Promise<readonly KeptTrouble[]> {
  const rows = await db<
    {
      check: CheckName
      since: number
      isOver: boolean
      rounds: number
      nextAt: number
      waiting: string | null
      tries: number
      finding: string
    }[]
  >`
    select check_name as "check", since, is_over as "isOver", rounds, next_at as "nextAt", waiting, tries, finding
    from troubles where shop = ${shop} order by since, check_name`
  return rows.map((row) => ({
    ...row,
    finding: JSON.parse(row.finding) as Finding,
    waiting: row.waiting === null ? null : (JSON.parse(row.waiting) as readonly Destination[]),
  }))
}

/** Writes what a look found; a round that was over is not begun anew, one of the other kind is. */
export async function keepTrouble(db: Database, shop: ShopId, trouble: Trouble): Promise<void> {
  const { finding, since, isOver, rounds, nextAt } = trouble
  await db`
    insert into troubles (shop, check_name, since, is_over, rounds, next_at, finding)
    values (${shop}, ${finding.check}, ${since}, ${isOver}, ${rounds}, ${nextAt}, ${JSON.stringify(finding)})
    on conflict (shop, check_name) do update set
      finding = excluded.finding, is_over = excluded.is_over,
      next_at = case when troubles.is_over = excluded.is_over then troubles.next_at else excluded.next_at end,
      waiting = case when troubles.is_over = excluded.is_over then troubles.waiting end,
      tries = case when troubles.is_over = excluded.is_over then troubles.tries else 0 end`
}

/** Lets go of a trouble that is over and told. */
export async function forgetTrouble(db: Database, shop: ShopId, check: CheckName): Promise<void> {
  await db`delete from troubles where shop = ${shop} and check_name = ${check}`
}

/** Takes a trouble that is due, so that of several workers one tells it; false when another one was faster. */
export async function claimTrouble(
  db: Database,
  shop: ShopId,
  claim: { readonly check: CheckName; readonly seen: number; readonly until: number },
): Promise<boolean> {
  const rows = await db`
    update troubles set next_at = ${claim.until}, tries = tries + 1
    where shop = ${shop} and check_name = ${claim.check} and next_at = ${claim.seen} returning 1`
  return rows.length > 0
}

/** Who is still to be told in this round. */
export async function keepWaiting(
  db: Database,
  shop: ShopId,
  kept: { readonly check: CheckName; readonly waiting: readonly Destination[] },
): Promise<void> {
  await db`
    update troubles set waiting = ${JSON.stringify(kept.waiting)}
    where shop = ${shop} and check_name = ${kept.check}`
}

/** Everybody was told; the next round is then. */
export async function endRound(
  db: Database,
  shop: ShopId,
  ended: { readonly check: CheckName; readonly nextAt: number },
): Promise<void> {
  await db`
    update troubles set waiting = null, tries = 0, rounds = rounds + 1, next_at = ${ended.nextAt}
    where shop = ${shop} and check_name = ${ended.check}`
}
