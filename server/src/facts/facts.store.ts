import type { ConsentChannel } from '../consent/consent.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** People called at once by one change of a product or an address; the rest of a product's follows behind the line. */
export const callsLimit = 1_000

/** Takes the calls of these people: their facts are to be read again. */
export async function takeCalls(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly number[]> {
  if (customers.length === 0) return []
  const rows = await tx<{ customer: number }[]>`
    delete from fact_calls where shop = ${shop} and customer = any(${[...customers]}::bigint[]) returning customer`
  return rows.map((row) => row.customer)
}

/** Calls people, who are woken at once. */
export async function call(
  tx: Tx,
  shop: ShopId,
  called: { readonly customers: readonly number[]; readonly now: number },
): Promise<void> {
  const { customers, now } = called
  if (customers.length === 0) return
  await tx`
    with called as (
      select u.id from unnest(${[...customers]}::bigint[]) as u(id)
      join customers c on c.shop = ${shop} and c.id = u.id and c.survivor is null and c.erased_at is null
    ), noted as (
      insert into fact_calls (shop, customer) select ${shop}, id from called on conflict do nothing
    )
    insert into due (shop, customer, at) select ${shop}, id, ${now} from called
    on conflict (shop, customer) do update set at = excluded.at where due.at > excluded.at`
}

export type ShelfRow = {
  readonly id: string
  readonly category: string | null
  readonly brand: string | null
  readonly price: number | null
  readonly gone: boolean
  /** The shop itself spoke of it. */
  readonly told: boolean
}

/** What the catalogue says of these products. */
export async function readShelf(
  tx: Tx,
  shop: ShopId,
  products: readonly string[],
): Promise<readonly ShelfRow[]> {
  if (products.length === 0) return []
  return await tx<ShelfRow[]>`
    select id, category, brand, current_price as price, not sellable or coalesce(stock, 1) <= 0 as gone,
           position > 0 as told
    from products where shop = ${shop} and id = any(${[...products]}::text[])`
}

/**
 * People (after `after`, in order of id) who hold the product and whose facts no longer agree with what the shop says of it.
 */
export async function holdersOf(
  tx: Tx,
  shop: ShopId,
  held: { readonly products: readonly string[]; readonly after: number },
): Promise<readonly number[]> {
  if (held.products.length === 0) return []
  const rows = await tx<{ customer: number }[]>`
    select distinct l.customer from cart_lines l
    join products p on p.shop = l.shop and p.id = l.product and p.position > 0
    where l.shop = ${shop} and l.product = any(${[...held.products]}::text[]) and l.customer > ${held.after}
      and (l.sold_out <> (not p.sellable or coalesce(p.stock, 1) <= 0)
        or l.price_dropped <> coalesce(p.current_price < l.price, false))
    order by l.customer limit ${callsLimit}`
  return rows.map((row) => row.customer)
}

/** Notes that more people hold these products than were called; `after` is the last one called. */
export async function callLater(
  tx: Tx,
  shop: ShopId,
  later: { readonly products: readonly string[]; readonly after: number },
): Promise<void> {
  await tx`
    insert into fact_product_calls (shop, product, after)
    select ${shop}, u.product, ${later.after} from unnest(${[...later.products].sort()}::text[]) as u(product)
    on conflict (shop, product) do update set after = least(fact_product_calls.after, excluded.after)`
}

/** A product whose holders are still to be called. */
export async function nextProductCall(
  db: Database | Tx,
  shop: ShopId,
): Promise<{ readonly product: string; readonly after: number } | undefined> {
  const [row] = await db<{ product: string; after: number }[]>`
    select product, after from fact_product_calls where shop = ${shop} order by product limit 1`
  return row
}

/** How far a product's customers were called to be looked at anew; undefined: all of them were. */
export async function moveProductCall(
  tx: Tx,
  shop: ShopId,
  call: { readonly product: string; readonly after: number | undefined },
): Promise<void> {
  if (call.after === undefined)
    await tx`delete from fact_product_calls where shop = ${shop} and product = ${call.product}`
  else
    await tx`update fact_product_calls set after = ${call.after} where shop = ${shop} and product = ${call.product}`
}

export type CartLineRow = {
  readonly customer: number
  readonly product: string
  readonly price: number | null
  readonly soldOut: boolean
  readonly priceDropped: boolean
}

/** Replaces what these people hold. */
export async function replaceCartLines(
  tx: Tx,
  shop: ShopId,
  held: { readonly customers: readonly number[]; readonly lines: readonly CartLineRow[] },
): Promise<void> {
  const { customers, lines } = held
  if (customers.length === 0) return
  await tx`delete from cart_lines where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
  if (lines.length === 0) return
  await tx`
    insert into cart_lines (shop, customer, product, price, sold_out, price_dropped)
    select ${shop}, u.customer, u.product, u.price, u.sold_out <> 0, u.price_dropped <> 0
    from unnest(
      ${lines.map((one) => one.customer)}::bigint[], ${lines.map((one) => one.product)}::text[],
      ${lines.map((one) => one.price)}::bigint[], ${lines.map((one) => (one.soldOut ? 1 : 0))}::int[],
      ${lines.map((one) => (one.priceDropped ? 1 : 0))}::int[]
    ) as u(customer, product, price, sold_out, price_dropped)`
}

export type ContactRow = { readonly customer: number; readonly kind: 'email' | 'phone' }
export type SuppressedRow = { readonly customer: number; readonly channel: ConsentChannel }

/** The kinds of address these people have, and the channels on which theirs are closed. */
export async function readAddresses(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<{
  readonly contacts: readonly ContactRow[]
  readonly suppressed: readonly SuppressedRow[]
}> {
  const contacts = await tx<ContactRow[]>`
    select customer, channel as kind from contacts where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
  if (contacts.length === 0) return { contacts, suppressed: [] }
  const suppressed = await tx<SuppressedRow[]>`
    select c.customer, s.channel from contacts c
    join suppressions s on s.shop = c.shop and s.contact_hash = c.value_hash
    where c.shop = ${shop} and c.customer = any(${contacts.map((one) => one.customer)}::bigint[])
      and s.channel = any(case c.channel when 'email' then array['email'] else array['sms', 'kakao', 'phone'] end)`
  return { contacts, suppressed }
}

/** Others who share an address with these people: an address is closed for everybody who uses it. */
export async function sharersOf(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly number[]> {
  if (customers.length === 0) return []
  const rows = await tx<{ customer: number }[]>`
    select distinct b.customer from contacts a
    join contacts b on b.shop = a.shop and b.channel = a.channel and b.value_hash = a.value_hash
    where a.shop = ${shop} and a.customer = any(${[...customers]}::bigint[]) and b.customer <> all(${[...customers]}::bigint[])
    limit ${callsLimit}`
  return rows.map((row) => row.customer)
}

/** Forgets what was kept of people beside their section: merged away or erased. */
export async function forget(tx: Tx, shop: ShopId, customers: readonly number[]): Promise<void> {
  if (customers.length === 0) return
  const ids = [...customers]
  await tx`delete from cart_lines where shop = ${shop} and customer = any(${ids}::bigint[])`
  await tx`delete from fact_calls where shop = ${shop} and customer = any(${ids}::bigint[])`
}

/** Locks the line for a piece of work beside it; its time, UTC ms, and position. */
export async function holdLine(
  tx: Tx,
  shop: ShopId,
): Promise<{ readonly processedAt: number; readonly position: number; readonly currency: string }> {
  const [row] = await tx<{ processedAt: number; position: number; currency: string }[]>`
    select l.processed_at as "processedAt", l.position, s.currency
    from lanes l join shops s on s.id = l.shop where l.shop = ${shop} and l.name = 'line' for update of l`
  return row ?? { processedAt: 0, position: 0, currency: '' }
}
