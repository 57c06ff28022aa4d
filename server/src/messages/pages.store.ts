import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type LinkedMessage = {
  readonly id: number
  readonly customer: number
  readonly campaign: number | null
  readonly campaignName: string | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly channel: string
  readonly purpose: string
  readonly provider: string | null
  /** JSON of kept.ts Kept. */
  readonly kept: string
  readonly clickedAt: number | null
}

/** The message a link was in; its customer is the survivor of merges. */
export async function readLinked(
  db: Database,
  shop: ShopId,
  message: number,
): Promise<LinkedMessage | undefined> {
  const [row] = await db<LinkedMessage[]>`
    select o.id, o.customer, o.campaign, g.name as "campaignName", o.campaign_version as version, o.step, o.enrolment,
           o.channel, o.purpose, o.provider, o.content as kept, o.clicked_at as "clickedAt"
    from outbox o left join campaigns g on g.shop = o.shop and g.id = o.campaign
    where o.shop = ${shop} and o.id = ${message}`
  return row
}

/** The first click on any link of the message. */
export async function markClicked(
  db: Database,
  shop: ShopId,
  click: { readonly message: number; readonly at: number },
): Promise<void> {
  await db`
    update outbox set clicked_at = ${click.at}
    where shop = ${shop} and id = ${click.message} and clicked_at is null`
}

export type OptOutAddress = {
  readonly customer: number
  /** Channel of the message; e-mail where it is forgotten. */
  readonly channel: string
  readonly hash: string | null
  readonly masked: string | null
}

/**
 * Whose opt-out a link is: the address the message went to, or else the one the person has now; and the person as of
 * today's merges.
 */
export async function readOptOut(
  db: Database,
  shop: ShopId,
  link: { readonly message: number; readonly customer: number },
): Promise<OptOutAddress | undefined> {
  const [row] = await db<(Omit<OptOutAddress, 'hash'> & { hash: Uint8Array | null })[]>`
    select coalesce(p.survivor, p.id) as customer, coalesce(o.channel, 'email') as channel,
           coalesce(o.contact_hash, c.value_hash) as hash, coalesce(m.masked, c.masked) as masked
    from customers p
    left join outbox o on o.shop = p.shop and o.id = ${link.message}
    left join contacts c on c.shop = p.shop and c.customer = coalesce(p.survivor, p.id)
      and c.channel = case when coalesce(o.channel, 'email') = 'email' then 'email' else 'phone' end
    left join lateral (
      select masked from contacts where shop = p.shop and value_hash = o.contact_hash limit 1
    ) m on true
    where p.shop = ${shop} and p.id = ${link.customer}`
  return (
    row && { ...row, hash: row.hash === null ? null : Buffer.from(row.hash).toString('base64url') }
  )
}

export type OwnAddress = {
  readonly kind: 'email' | 'phone'
  /** base64url */
  readonly hash: string
  readonly masked: string
}

/** The addresses a person has now. */
export async function readAddresses(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<readonly OwnAddress[]> {
  const rows = await db<(Omit<OwnAddress, 'hash'> & { hash: Uint8Array })[]>`
    select channel as kind, value_hash as hash, masked from contacts where shop = ${shop} and customer = ${customer}`
  return rows.map((row) => ({ ...row, hash: Buffer.from(row.hash).toString('base64url') }))
}
