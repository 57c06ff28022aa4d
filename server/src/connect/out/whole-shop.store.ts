import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { OutConsent, OutCustomer, OutOrder, OutProduct } from './whole-shop.ts'

/** Rows asked for at once. */
const pageRows = 2_000

/** The next `pageRows` products by id, after this one; the empty text begins. */
export async function productsAfter(
  db: Database,
  shop: ShopId,
  after: string,
): Promise<readonly OutProduct[]> {
  return await db<OutProduct[]>`
    select id, name, price, sale_price as "salePrice", category, brand, stock, url, image_url as "imageUrl", sellable
    from products where shop = ${shop} and id > ${after} order by id limit ${pageRows}`
}

/** Living customers who are somebody: members, and guests with an address. */
export async function customersAfter(
  db: Database,
  shop: ShopId,
  after: number,
): Promise<readonly OutCustomer[]> {
  return await db<OutCustomer[]>`
    select c.id, c.name, c.traits, c.created_at as "createdAt",
      (select i.value from identities i where i.shop = c.shop and i.customer = c.id and i.kind = 'user' order by i.since, i.value limit 1) as "userId",
      (select k.sealed from contacts k where k.shop = c.shop and k.customer = c.id and k.channel = 'email') as email,
      (select k.sealed from contacts k where k.shop = c.shop and k.customer = c.id and k.channel = 'phone') as phone,
      (select string_agg(l.name, ', ' order by l.id) from list_members m join lists l on l.shop = m.shop and l.id = m.list
       where m.shop = c.shop and m.customer = c.id and l.archived_at is null) as lists
    from customers c
    where c.shop = ${shop} and c.id > ${after} and c.survivor is null and c.erased_at is null
    order by c.id limit ${pageRows}`
}

/** The next `pageRows` orders by id with their lines (JSON text) and whom they are of (contacts sealed; the erased left out); the empty text begins. */
export async function ordersAfter(
  db: Database,
  shop: ShopId,
  after: string,
): Promise<readonly OutOrder[]> {
  return await db<OutOrder[]>`
    select o.id, o.status, o.created_at as "createdAt", o.paid_at as "paidAt", o.currency, o.gross::text, o.refunded::text, o.coupon,
      (select i.value from identities i where i.shop = o.shop and i.customer = o.customer and i.kind = 'user' order by i.since, i.value limit 1) as "userId",
      c.name,
      (select k.sealed from contacts k where k.shop = o.shop and k.customer = o.customer and k.channel = 'email') as email,
      (select k.sealed from contacts k where k.shop = o.shop and k.customer = o.customer and k.channel = 'phone') as phone,
      coalesce((select json_agg(json_build_object('product', l.product, 'name', l.name, 'variant', l.variant, 'quantity', l.quantity,
        'refunded', l.refunded_quantity, 'price', l.price::text, 'net', l.net::text, 'isGoods', l.is_goods) order by l.line)
        from order_lines l where l.shop = o.shop and l.order_id = o.id), '[]')::text as lines
    from orders o left join customers c on c.shop = o.shop and c.id = o.customer and c.erased_at is null
    where o.shop = ${shop} and o.id > ${after} order by o.id limit ${pageRows}`
}

/** What stands of each person's consents, a page at a time behind a person and channel. */
export async function consentsAfter(
  db: Database,
  shop: ShopId,
  after: { readonly customer: number; readonly channel: string },
): Promise<readonly OutConsent[]> {
  return await db<OutConsent[]>`
    select s.customer, s.channel, s.ad_day as "adDay", s.ad_night as "adNight", s.personal_data_marketing as personal,
      s.granted_at as "grantedAt", s.refused_at as "refusedAt",
      (select i.value from identities i where i.shop = s.shop and i.customer = s.customer and i.kind = 'user' order by i.since, i.value limit 1) as "userId",
      (select k.sealed from contacts k where k.shop = s.shop and k.customer = s.customer and k.channel = 'email') as email,
      (select k.sealed from contacts k where k.shop = s.shop and k.customer = s.customer and k.channel = 'phone') as phone
    from consents s join customers c on c.shop = s.shop and c.id = s.customer and c.survivor is null and c.erased_at is null
    where s.shop = ${shop} and (s.customer, s.channel) > (${after.customer}, ${after.channel})
    order by s.customer, s.channel limit ${pageRows}`
}

/** What people made: segments and campaigns with what they say, whole. */
export async function madeThings(db: Database, shop: ShopId) {
  const segments = await db<JsonObject[]>`
    select id, name, description, definition, created_at as "createdAt" from segments
    where shop = ${shop} and archived_at is null order by id`
  const campaigns = await db<JsonObject[]>`
    select id, name, playbook, state, version, draft, created_at as "createdAt" from campaigns where shop = ${shop} order by id`
  const wordings = await db<JsonObject[]>`
    select id, name, language, text, made_at as "madeAt" from consent_wordings where shop = ${shop} order by made_at, id`
  return { segments, campaigns, wordings }
}

type OutEvent = {
  readonly position: number
  readonly customer: number
  readonly at: number
  readonly kind: string
  readonly name: string
  readonly messageId: string
  readonly properties: string
  readonly traits: string
  readonly context: string
}

/** What happened, in the order of the log, behind a position. */
export async function eventsAfter(
  warehouse: Pick<Warehouse, 'query'>,
  shop: ShopId,
  after: number,
): Promise<readonly OutEvent[]> {
  return await warehouse.query<OutEvent>(
    `select toUInt64(position) as position, toUInt64(customer) as customer, toUnixTimestamp64Milli(at) as at, kind, name,
       message_id as messageId, properties, traits, context
     from events where shop = {shop:UInt32} and position > {after:UInt64}
     order by position limit {limit:UInt32}`,
    { shop, after, limit: pageRows },
    { maxMs: 120_000 },
  )
}

/** The names by which customers call themselves: member ids. */
export async function userIdsOf(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db<{ asked: number; value: string }[]>`
    select distinct on (c.id) c.id as asked, i.value from customers c
    join identities i on i.shop = c.shop and i.customer = coalesce(c.survivor, c.id) and i.kind = 'user'
    where c.shop = ${shop} and c.id = any(${[...customers]}::bigint[]) order by c.id, i.since`
  return new Map(rows.map(({ asked, value }) => [asked, value]))
}
