import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { type ConsentChannel, contactChannel } from './consent.ts'

export type SuppressionReason = 'opted_out' | 'hard_bounce' | 'complaint' | 'admin'

/**
 * Closes addresses (base64url keyed hashes) on a channel; the first reason stays. A later refusal moves the day from which only a
 * newer consent opens the address again.
 */
export async function suppress(
  db: Database | Tx,
  shop: ShopId,
  entry: {
    readonly channel: ConsentChannel
    readonly hashes: readonly string[]
    readonly reason: SuppressionReason
    readonly at: number
  },
): Promise<void> {
  if (entry.hashes.length === 0) return
  await db`
    insert into suppressions (shop, channel, contact_hash, reason, since)
    select ${shop}, ${entry.channel}, decode(u.hex, 'hex'), ${entry.reason}, ${entry.at}
    from (select distinct hex from unnest(${entry.hashes.map(toHex)}::text[]) as given(hex)) u
    on conflict (shop, channel, contact_hash) do update set since = greatest(suppressions.since, excluded.since)
    where suppressions.reason = 'opted_out' and excluded.reason = 'opted_out' and excluded.since > suppressions.since`
}

/** Which of these addresses are closed on the channel, and since when (UTC ms). */
export async function closedSince(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly channel: ConsentChannel; readonly hashes: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  if (asked.hashes.length === 0) return new Map()
  const rows = await db<{ contact_hash: Uint8Array; since: number }[]>`
    select s.contact_hash, s.since from (select distinct hex from unnest(${asked.hashes.map(toHex)}::text[]) as given(hex)) u
    join suppressions s on s.shop = ${shop} and s.channel = ${asked.channel} and s.contact_hash = decode(u.hex, 'hex')`
  return new Map(
    rows.map((row) => [Buffer.from(row.contact_hash).toString('base64url'), row.since]),
  )
}

/** Why the addresses that one person has now are closed, by channel; an open address is not in it. */
export async function closedOf(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<ReadonlyMap<ConsentChannel, SuppressionReason>> {
  const rows = await db<{ channel: ConsentChannel; reason: SuppressionReason }[]>`
    select s.channel, min(s.reason) as reason from contacts c
    join suppressions s on s.shop = c.shop and s.contact_hash = c.value_hash
    where c.shop = ${shop} and c.customer = ${customer} group by s.channel`
  return new Map(rows.map(({ channel, reason }) => [channel, reason]))
}

/**
 * An opt-out closes the address itself, whoever else uses it; only an explicit consent newer than the
 * refusal opens it again.
 */
export async function followOptOuts(
  tx: Tx,
  shop: ShopId,
  words: readonly {
    readonly customer: number
    readonly channel: ConsentChannel
    readonly open: boolean
    readonly at: number
  }[],
): Promise<void> {
  const closed = words.filter((one) => !one.open)
  const opened = words.filter((one) => one.open)
  await closeAddresses(tx, shop, closed)
  if (opened.length > 0) {
    await tx`
      delete from suppressions s
      using unnest(
        ${opened.map((one) => one.customer)}::bigint[],
        ${opened.map((one) => one.channel)}::text[],
        ${opened.map((one) => contactChannel(one.channel))}::text[],
        ${opened.map((one) => one.at)}::bigint[]
      ) as u(customer, channel, address, at)
      join contacts c on c.shop = ${shop} and c.customer = u.customer and c.channel = u.address
      where s.shop = ${shop} and s.channel = u.channel and s.contact_hash = c.value_hash
        and s.reason = 'opted_out' and s.since < u.at`
    await tx`
      delete from suppressions s
      using unnest(${opened.map((one) => one.customer)}::bigint[], ${opened.map((one) => one.channel)}::text[], ${opened.map((one) => one.at)}::bigint[])
        as u(customer, channel, at)
      join identities i on i.shop = ${shop} and i.kind = 'anonymous' and i.customer = u.customer
      join push_subscriptions b on b.shop = ${shop} and b.device = i.value
      where u.channel = 'web_push' and s.shop = ${shop} and s.channel = u.channel and s.contact_hash = b.endpoint_hash
        and s.reason = 'opted_out' and s.since < u.at`
  }
}

/**
 * Closes every address that people who refused have on the channel now: contacts, and for notifications their browsers. The next
 * decision finds them closed, whether the line has read the refusal or not. `at` is UTC ms.
 */
export async function closeAddresses(
  db: Database | Tx,
  shop: ShopId,
  closed: readonly {
    readonly customer: number
    readonly channel: ConsentChannel
    readonly at: number
  }[],
): Promise<void> {
  if (closed.length === 0) return
  await db`
    insert into suppressions (shop, channel, contact_hash, reason, since)
    select ${shop}, u.channel, a.hash, 'opted_out', max(u.at)
    from unnest(
      ${closed.map((one) => one.customer)}::bigint[],
      ${closed.map((one) => one.channel)}::text[],
      ${closed.map((one) => contactChannel(one.channel))}::text[],
      ${closed.map((one) => one.at)}::bigint[]
    ) as u(customer, channel, address, at)
    join lateral (
      select c.value_hash as hash from contacts c
      where c.shop = ${shop} and c.customer = u.customer and c.channel = u.address
      union all
      select b.endpoint_hash from identities i
      join push_subscriptions b on b.shop = ${shop} and b.device = i.value
      where u.channel = 'web_push' and i.shop = ${shop} and i.kind = 'anonymous' and i.customer = u.customer
    ) a on true
    group by u.channel, a.hash
    on conflict (shop, channel, contact_hash) do update set since = greatest(suppressions.since, excluded.since)
    where suppressions.reason = 'opted_out' and excluded.since > suppressions.since`
}

function toHex(hash: string): string {
  return Buffer.from(hash, 'base64url').toString('hex')
}
