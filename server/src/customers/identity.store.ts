import { hash } from 'node:crypto'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type {
  Identity,
  IdentityKey,
  Known,
  KnownCustomer,
  WrittenIdentity,
} from './identity-desk.ts'

/** Hex of what an identity is found by: ids are hashed so that any length fits an index; addresses already are. */
export function keyHash(key: IdentityKey): { readonly kind: string; readonly hex: string } {
  const colon = key.indexOf(':')
  const kind = key.slice(0, colon)
  const value = key.slice(colon + 1)
  if (kind === 'email' || kind === 'phone') {
    return { kind, hex: Buffer.from(value, 'base64url').toString('hex') }
  }
  return { kind, hex: hash('sha256', value).slice(0, 32) }
}

type Found = {
  readonly ordinal: number
  readonly customer: number
  readonly verified: boolean
  readonly shared: boolean
  readonly signed_in: number
  readonly since: number
  readonly member: boolean | null
  readonly chapter_at: number | null
}

/** Everything resolve must know: the identities behind these keys and the customers they and `named` lead to. */
export async function loadKnown(
  tx: Tx,
  shop: ShopId,
  asked: { readonly keys: ReadonlySet<IdentityKey>; readonly named: ReadonlySet<number> },
): Promise<Known> {
  const identities = new Map<IdentityKey, Identity>()
  const customers = new Map<number, KnownCustomer>()
  const survivors = new Map<number, number>()
  const keys = [...asked.keys]
  const hashes = keys.map(keyHash)
  const found =
    keys.length === 0
      ? []
      : await tx<Found[]>`
    select u.ordinal, i.customer, i.verified, i.shared,
           coalesce(a.to_customer, i.signed_in, 0) as signed_in, i.since, c.member, c.chapter_at
    from unnest(
      ${hashes.map((one) => one.kind)}::text[],
      ${hashes.map((one) => one.hex)}::text[]
    ) with ordinality as u(kind, hex, ordinal)
    join identities i on i.shop = ${shop} and i.kind = u.kind and i.value_hash = decode(u.hex, 'hex')
    left join customers c on c.shop = i.shop and c.id = i.customer
    left join aliases a on a.shop = i.shop and a.from_customer = i.signed_in`
  for (const row of found) {
    const key = keys[row.ordinal - 1]
    if (key === undefined) continue
    identities.set(key, {
      customer: row.customer,
      verified: row.verified,
      shared: row.shared,
      signedIn: row.signed_in,
      since: row.since,
    })
    if (row.member !== null) {
      customers.set(row.customer, { member: row.member, chapterAt: row.chapter_at })
    }
  }
  for (const row of await loadNamed(tx, shop, asked.named)) {
    survivors.set(row.asked, row.id)
    customers.set(row.id, { member: row.member, chapterAt: row.chapter_at })
  }
  return { identities, customers, survivors }
}

type Named = {
  readonly asked: number
  readonly id: number
  readonly member: boolean
  readonly chapter_at: number | null
}

async function loadNamed(
  tx: Tx,
  shop: ShopId,
  named: ReadonlySet<number>,
): Promise<readonly Named[]> {
  if (named.size === 0) return []
  return await tx<Named[]>`
    select c.id as asked, s.id, s.member, s.chapter_at
    from customers c join customers s on s.shop = c.shop and s.id = coalesce(c.survivor, c.id)
    where c.shop = ${shop} and c.id = any(${[...named]}::bigint[])`
}

/** Writes who each identity belongs to. Contacts are kept by keyed hash and sealed, never as text. */
export async function saveIdentities(
  tx: Tx,
  shop: ShopId,
  identities: ReadonlyMap<IdentityKey, WrittenIdentity>,
): Promise<void> {
  if (identities.size === 0) return
  const rows = [...identities].map(([key, one]) => {
    const isContact =
      one.contact !== undefined || key.startsWith('email:') || key.startsWith('phone:')
    return {
      ...keyHash(key),
      one,
      value: isContact ? null : key.slice(key.indexOf(':') + 1).replaceAll('\0', '\uFFFD'),
    }
  })
  await tx`
    insert into identities (shop, kind, value_hash, customer, value, sealed, verified, shared, signed_in, since)
    select ${shop}, u.kind, decode(u.hex, 'hex'), u.customer, u.value, u.sealed, u.verified <> 0, u.shared <> 0,
           nullif(u.signed_in, 0), u.since
    from unnest(
      ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.hex)}::text[],
      ${rows.map((row) => row.one.customer)}::bigint[],
      ${rows.map((row) => row.value)}::text[],
      ${rows.map((row) => row.one.contact?.sealed ?? null)}::text[],
      ${rows.map((row) => (row.one.verified ? 1 : 0))}::int[],
      ${rows.map((row) => (row.one.shared ? 1 : 0))}::int[],
      ${rows.map((row) => row.one.signedIn)}::bigint[],
      ${rows.map((row) => row.one.since)}::bigint[]
    ) as u(kind, hex, customer, value, sealed, verified, shared, signed_in, since)
    on conflict (shop, kind, value_hash) do update
    set customer = excluded.customer, verified = excluded.verified, shared = excluded.shared, signed_in = excluded.signed_in`
}
