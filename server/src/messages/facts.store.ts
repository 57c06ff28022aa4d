import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { MessageChannel } from './intent.ts'
import type { ContactFact, EarlierRow } from './outbox.ts'

/** Contacts are kept for two kinds of address; browsers are asked for apart. */
const addressOf = {
  email: 'email',
  sms: 'phone',
  kakao: 'phone',
  web_push: null,
  webhook: null,
  onsite: null,
} as const satisfies Record<MessageChannel, 'email' | 'phone' | null>

/** Browsers of one person that a notification goes to. */
const browsersLimit = 5

/** The address of each of these people on each of these channels, and whether it is closed. */
export async function readContacts(
  db: Database | Tx,
  shop: ShopId,
  asked: readonly { readonly customer: number; readonly channel: MessageChannel }[],
): Promise<readonly ContactFact[]> {
  const reachable = asked.filter((one) => addressOf[one.channel] !== null)
  const browsers = await readBrowsers(
    db,
    shop,
    asked.filter((one) => one.channel === 'web_push').map((one) => one.customer),
  )
  if (reachable.length === 0) return browsers
  const rows = await db<Stored[]>`
    select u.customer, u.channel, c.value_hash, c.sealed, c.masked, s.reason as suppressed
    from (
      select distinct * from unnest(
        ${reachable.map((one) => one.customer)}::bigint[],
        ${reachable.map((one) => one.channel)}::text[],
        ${reachable.map((one) => addressOf[one.channel])}::text[]
      ) as asked(customer, channel, address)
    ) u
    join contacts c on c.shop = ${shop} and c.customer = u.customer and c.channel = u.address
    left join suppressions s on s.shop = ${shop} and s.channel = u.channel and s.contact_hash = c.value_hash`
  return [...browsers, ...rows.map(withHash)]
}

type Stored = Omit<ContactFact, 'hash'> & { readonly value_hash: Uint8Array }

function withHash({ value_hash, ...row }: Stored): ContactFact {
  return { ...row, hash: Buffer.from(value_hash).toString('base64url') }
}

/**
 * A person's browsers that are open, newest first: one contact, its sealed subscriptions set apart by spaces. Closed only where
 * every browser is.
 */
async function readBrowsers(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly ContactFact[]> {
  if (customers.length === 0) return []
  const rows = await db<Stored[]>`
    select customer, 'web_push' as channel, (array_agg(endpoint_hash order by place))[1] as value_hash,
           string_agg(sealed, ' ' order by place) as sealed, 'web push' as masked, min(reason) as suppressed
    from (
      select i.customer, b.endpoint_hash, b.sealed, s.reason,
             row_number() over (partition by i.customer order by s.reason is not null, b.seen_at desc) as place,
             bool_or(s.reason is null) over (partition by i.customer) as open
      from identities i
      join push_subscriptions b on b.shop = ${shop} and b.device = i.value
      left join suppressions s on s.shop = ${shop} and s.channel = 'web_push' and s.contact_hash = b.endpoint_hash
      where i.shop = ${shop} and i.kind = 'anonymous' and i.customer = any(${[...new Set(customers)]}::bigint[])
    ) one
    where place <= ${browsersLimit} and (reason is null or not open)
    group by customer`
  return rows.map(withHash)
}

/** Messages to the person made since `since` (UTC ms) that wait or were handed over, and those made before that left since. */
export async function readEarlier(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly customers: readonly number[]; readonly since: number },
): Promise<readonly EarlierRow[]> {
  if (asked.customers.length === 0) return []
  return await db<EarlierRow[]>`
    select id, customer, state, purpose, precedence_class, precedence_weight,
           coalesce(sent_at, not_before) as at, decision, decision_month
    from outbox
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and created_at > ${asked.since}
      and state in ('queued', 'sending', 'sent', 'unconfirmed') and channel not in ('webhook', 'onsite')
    union all
    -- The index outbox_late: what waited longer than that before it left.
    select id, customer, state, purpose, precedence_class, precedence_weight, sent_at, decision, decision_month
    from outbox
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and created_at <= ${asked.since}
      and sent_at > created_at + 604800000 and sent_at > ${asked.since}
      and state in ('sent', 'unconfirmed') and channel not in ('webhook', 'onsite')
    order by id`
}

export type ProductFact = {
  readonly id: string
  readonly sellable: boolean
  readonly stock: number | null
}

/** What the catalogue says of these products; those it does not know are missing from the answer. */
export async function readProducts(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly ProductFact[]> {
  if (ids.length === 0) return []
  return await db<ProductFact[]>`
    select id, sellable, stock from products where shop = ${shop} and id = any(${[...ids]}::text[])`
}

/** Which of these causes have been decided, in whatever month. */
export async function readDecided(
  db: Database | Tx,
  shop: ShopId,
  asked: { readonly causeKeys: readonly string[]; readonly months: readonly number[] },
): Promise<ReadonlySet<string>> {
  const rows = await db<{ cause_key: string }[]>`
    select cause_key from decisions
    where shop = ${shop} and month = any(${[...asked.months]}::int[]) and cause_key = any(${[...asked.causeKeys]}::text[])`
  return new Set(rows.map((row) => row.cause_key))
}
