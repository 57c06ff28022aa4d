import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { CarriedChannel } from './intent.ts'

export type SpentRow = {
  readonly channel: string
  readonly form: string
  readonly messages: number
  /** Ten-thousandths. */
  readonly cost: number
}

/** Adds what accepted messages cost to the month (`yyyymm`, the shop's calendar). */
export async function addSpending(
  tx: Tx,
  shop: ShopId,
  spent: { readonly month: number; readonly rows: readonly SpentRow[] },
): Promise<void> {
  const { month, rows } = spent
  if (rows.length === 0) return
  await tx`
    insert into spending (shop, month, channel, form, messages, cost)
    select ${shop}, ${month}, u.channel, u.form, u.messages, u.cost
    from unnest(
      ${rows.map((row) => row.channel)}::text[], ${rows.map((row) => row.form)}::text[],
      ${rows.map((row) => row.messages)}::bigint[], ${rows.map((row) => row.cost)}::bigint[]
    ) as u(channel, form, messages, cost)
    order by u.channel, u.form
    on conflict (shop, month, channel, form) do update
    set messages = spending.messages + excluded.messages, cost = spending.cost + excluded.cost`
}

/** What a month has cost so far, ten-thousandths. */
export async function readSpent(db: Database | Tx, shop: ShopId, month: number): Promise<number> {
  const [row] = await db<{ cost: number }[]>`
    select coalesce(sum(cost), 0)::bigint as cost from spending where shop = ${shop} and month = ${month}`
  return row?.cost ?? 0
}

/** What a month (`yyyymm`, the shop's calendar) cost by channel and form; ten-thousandths. */
export async function readSpending(
  db: Database,
  shop: ShopId,
  month: number,
): Promise<readonly SpentRow[]> {
  return await db<SpentRow[]>`
    select channel, form, messages, cost from spending
    where shop = ${shop} and month = ${month} order by channel, form`
}

/** How many messages of each channel rest because their provider fails or the account is empty. */
export async function readResting(
  db: Database,
  shop: ShopId,
): Promise<
  readonly {
    readonly channel: CarriedChannel
    readonly reason: 'provider_paused' | 'no_balance'
    readonly messages: number
  }[]
> {
  return await db`
    select channel, reason, count(*)::int as messages from outbox
    where shop = ${shop} and state = 'queued' and reason in ('provider_paused', 'no_balance')
    group by channel, reason order by channel, reason`
}
