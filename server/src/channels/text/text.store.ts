import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** What the provider last told of the account. */
export type TextAccountState = {
  /** UTC ms of the last try. */
  readonly askedAt: number
  readonly answeredAt: number | null
  /** Tries since the last answer. */
  readonly failures: number
  readonly error: string | null
  readonly balanceWon: number | null
  /** Numbers in its 080 list; null where it has none to read. */
  readonly optOuts: number | null
}

/** How the shop's texting account last answered; undefined before it was first asked. */
export async function readTextAccount(
  db: Database | Tx,
  shop: ShopId,
): Promise<TextAccountState | undefined> {
  const [row] = await db<TextAccountState[]>`
    select asked_at as "askedAt", answered_at as "answeredAt", failures, error, balance_won as "balanceWon",
           opt_outs as "optOuts"
    from text_accounts where shop = ${shop}`
  return row
}

/** Takes the turn to ask, so that of several processes one does; false when another was here since `last`. */
export async function claimTextAccount(
  db: Database,
  shop: ShopId,
  turn: { readonly now: number; readonly last: number | null },
): Promise<boolean> {
  const rows =
    turn.last === null
      ? await db`insert into text_accounts (shop, asked_at) values (${shop}, ${turn.now}) on conflict do nothing returning shop`
      : await db`update text_accounts set asked_at = ${turn.now} where shop = ${shop} and asked_at = ${turn.last} returning shop`
  return rows.length > 0
}

/** Makes the account due, where it was last asked before `before` (UTC ms). */
export async function askSoon(db: Database, shop: ShopId, before: number): Promise<void> {
  await db`update text_accounts set asked_at = 0 where shop = ${shop} and asked_at < ${before}`
}

/** Keeps what was told; a balance or list that was not asked for stays as it was. */
export async function keepTextAnswer(
  db: Database,
  shop: ShopId,
  told: {
    readonly now: number
    readonly balanceWon: number | null
    readonly optOuts?: number | null
  },
): Promise<void> {
  const { now, balanceWon, optOuts } = told
  await db`
    insert into text_accounts (shop, asked_at, answered_at, balance_won, opt_outs)
    values (${shop}, ${now}, ${now}, ${balanceWon}, ${optOuts ?? null})
    on conflict (shop) do update set asked_at = excluded.asked_at, answered_at = excluded.answered_at, failures = 0, error = null,
      balance_won = excluded.balance_won,
      opt_outs = ${optOuts === undefined ? db`text_accounts.opt_outs` : db`excluded.opt_outs`}`
}

/** Keeps that there was no answer, and the words there were; what was known stays. */
export async function keepTextFailure(
  db: Database,
  shop: ShopId,
  failure: { readonly now: number; readonly error: string },
): Promise<void> {
  await db`
    insert into text_accounts (shop, asked_at, failures, error) values (${shop}, ${failure.now}, 1, ${failure.error})
    on conflict (shop) do update set asked_at = excluded.asked_at, failures = text_accounts.failures + 1, error = excluded.error`
}

/** Forgets the state of an account the shop no longer uses; whom its list named stays known. */
export async function dropTextAccount(db: Database, shop: ShopId): Promise<void> {
  await db`delete from text_accounts where shop = ${shop}`
}

/** One refusal in the provider's list: keyed hash of the number (base64url), and when (UTC ms; 0 unknown). */
export type ListedOptOut = { readonly hash: string; readonly toldAt: number }

/** Those that were not listed before, or are with a later date. */
export async function newOptOuts(
  db: Database,
  shop: ShopId,
  listed: readonly ListedOptOut[],
): Promise<readonly ListedOptOut[]> {
  if (listed.length === 0) return []
  const rows = await db<{ ordinal: number }[]>`
    select u.ordinal::int as ordinal
    from unnest(${listed.map((one) => hexOf(one.hash))}::text[], ${listed.map((one) => one.toldAt)}::bigint[])
      with ordinality as u(hex, told_at, ordinal)
    left join text_opt_outs t on t.shop = ${shop} and t.contact_hash = decode(u.hex, 'hex')
    where t.shop is null or u.told_at > t.told_at
    order by u.ordinal`
  return rows.flatMap(({ ordinal }) => listed[ordinal - 1] ?? [])
}

/** Remembers whom the list named. */
export async function keepOptOuts(
  db: Database,
  shop: ShopId,
  seen: { readonly listed: readonly ListedOptOut[]; readonly now: number },
): Promise<void> {
  if (seen.listed.length === 0) return
  await db`
    insert into text_opt_outs (shop, contact_hash, told_at, seen_at)
    select ${shop}, decode(u.hex, 'hex'), max(u.told_at), ${seen.now}
    from unnest(${seen.listed.map((one) => hexOf(one.hash))}::text[], ${seen.listed.map((one) => one.toldAt)}::bigint[]) as u(hex, told_at)
    group by u.hex
    on conflict (shop, contact_hash) do update set told_at = greatest(text_opt_outs.told_at, excluded.told_at)`
}

function hexOf(hash: string): string {
  return Buffer.from(hash, 'base64url').toString('hex')
}
