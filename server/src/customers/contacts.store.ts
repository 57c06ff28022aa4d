import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ContactKey } from './identity.ts'

export type ContactChannel = 'email' | 'phone'
export type NewContact = {
  readonly customer: number
  readonly channel: ContactChannel
  readonly contact: ContactKey
  readonly verified: boolean
  readonly at: number
}

/** Stores addresses; a claim never replaces a verified one. Answers the customers whose address changed. */
export async function saveContacts(
  tx: Tx,
  shop: ShopId,
  contacts: readonly NewContact[],
): Promise<readonly number[]> {
  if (contacts.length === 0) return []
  const rows = await tx<{ customer: number }[]>`
    insert into contacts (shop, customer, channel, value_hash, sealed, masked, verified, updated_at)
    select ${shop}, u.customer, u.channel, decode(u.hex, 'hex'), u.sealed, u.masked, u.verified <> 0, u.at
    from unnest(
      ${contacts.map((one) => one.customer)}::bigint[],
      ${contacts.map((one) => one.channel)}::text[],
      ${contacts.map((one) => Buffer.from(one.contact.hash, 'base64url').toString('hex'))}::text[],
      ${contacts.map((one) => one.contact.sealed)}::text[],
      ${contacts.map((one) => one.contact.masked)}::text[],
      ${contacts.map((one) => (one.verified ? 1 : 0))}::int[],
      ${contacts.map((one) => one.at)}::bigint[]
    ) as u(customer, channel, hex, sealed, masked, verified, at)
    on conflict (shop, customer, channel) do update
    set value_hash = excluded.value_hash, sealed = excluded.sealed, masked = excluded.masked,
        verified = excluded.verified, updated_at = excluded.updated_at
    where (excluded.verified or not contacts.verified)
      and (excluded.value_hash <> contacts.value_hash or (excluded.verified and not contacts.verified))
    returning customer`
  return rows.map((row) => row.customer)
}

export type ContactRow = {
  readonly customer: number
  readonly channel: ContactChannel
  /** base64url of the keyed hash. */
  readonly hash: string
  readonly sealed: string
  readonly masked: string
  readonly verified: boolean
}

/** Addresses of these customers. */
export async function contactsOf(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly ContactRow[]> {
  if (customers.length === 0) return []
  const rows = await db<(Omit<ContactRow, 'hash'> & { value_hash: Uint8Array })[]>`
    select customer, channel, value_hash, sealed, masked, verified from contacts
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
  return rows.map(({ value_hash, ...row }) => ({
    ...row,
    hash: Buffer.from(value_hash).toString('base64url'),
  }))
}
