import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { type ConsentChannel, type ConsentSource, contactChannel } from './consent.ts'
import type { LedgerEntry, Projection } from './project.ts'

export type LedgerRow = {
  readonly customer: number
  readonly at: number
  readonly position: number
  readonly change: {
    readonly channel: ConsentChannel
    readonly kind: LedgerEntry['kind']
    readonly scope: LedgerEntry['scope']
    readonly source: ConsentSource | 'notice'
    readonly wording?: string | undefined
    readonly evidence?: Readonly<Record<string, string>> | undefined
  }
}

/** Appends to the ledger, with the address the person had when they said it. */
export async function appendLedger(
  tx: Tx,
  shop: ShopId,
  rows: readonly LedgerRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into consent_events (shop, customer, contact_hash, channel, kind, scope, at, position, source, wording, evidence)
    select ${shop}, u.customer, c.value_hash, u.channel, u.kind, u.scope, u.at, u.position, u.source, u.wording, u.evidence
    from unnest(
      ${rows.map((row) => row.customer)}::bigint[],
      ${rows.map((row) => row.change.channel)}::text[],
      ${rows.map((row) => contactChannel(row.change.channel))}::text[],
      ${rows.map((row) => row.change.kind)}::text[],
      ${rows.map((row) => row.change.scope)}::text[],
      ${rows.map((row) => row.at)}::bigint[],
      ${rows.map((row) => row.position)}::bigint[],
      ${rows.map((row) => row.change.source)}::text[],
      ${rows.map((row) => row.change.wording ?? null)}::text[],
      ${rows.map((row) => JSON.stringify(row.change.evidence ?? {}))}::text[]
    ) with ordinality as u(customer, channel, address, kind, scope, at, position, source, wording, evidence, ordinal)
    left join contacts c on c.shop = ${shop} and c.customer = u.customer and c.channel = u.address
    order by u.ordinal`
}

export type LedgerOf = LedgerEntry & { readonly customer: number; readonly channel: ConsentChannel }

/** The whole ledger of these customers, oldest entry first. */
export async function readLedger(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly LedgerOf[]> {
  if (customers.length === 0) return []
  return await db<LedgerOf[]>`
    select customer, channel, kind, scope, at, position, source from consent_events
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])
    order by id`
}

/** Gives the ledger of people merged away to their survivors. */
export async function moveLedger(
  tx: Tx,
  shop: ShopId,
  merges: readonly { readonly from: number; readonly to: number }[],
): Promise<readonly number[]> {
  const moved = await tx<{ customer: number }[]>`
    update consent_events e set customer = u.to_customer
    from unnest(${merges.map((one) => one.from)}::bigint[], ${merges.map((one) => one.to)}::bigint[]) as u(from_customer, to_customer)
    where e.shop = ${shop} and e.customer = u.from_customer
    returning e.customer`
  if (moved.length > 0) {
    await tx`delete from consents where shop = ${shop} and customer = any(${merges.map((one) => one.from)}::bigint[])`
  }
  return moved.map((row) => row.customer)
}

export type ProjectedRow = Projection & {
  readonly customer: number
  readonly channel: ConsentChannel
}

/** Writes what the ledger now adds up to, one row a customer and channel; times in milliseconds. */
export async function saveProjections(
  tx: Tx,
  shop: ShopId,
  rows: readonly ProjectedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    insert into consents (shop, customer, channel, ad_day, ad_night, personal_data_marketing, granted_at, refused_at, reconfirm_due_at, result_notice_due_at)
    select ${shop}, u.customer, u.channel, u.ad_day <> 0, u.ad_night <> 0, u.personal <> 0, u.granted_at, u.refused_at, u.reconfirm_due_at, u.result_notice_due_at
    from unnest(
      ${rows.map((row) => row.customer)}::bigint[],
      ${rows.map((row) => row.channel)}::text[],
      ${rows.map((row) => (row.adDay ? 1 : 0))}::int[],
      ${rows.map((row) => (row.adNight ? 1 : 0))}::int[],
      ${rows.map((row) => (row.personalDataMarketing ? 1 : 0))}::int[],
      ${rows.map((row) => row.grantedAt)}::bigint[],
      ${rows.map((row) => row.refusedAt)}::bigint[],
      ${rows.map((row) => row.reconfirmDueAt)}::bigint[],
      ${rows.map((row) => row.resultNoticeDueAt)}::bigint[]
    ) as u(customer, channel, ad_day, ad_night, personal, granted_at, refused_at, reconfirm_due_at, result_notice_due_at)
    on conflict (shop, customer, channel) do update
    set ad_day = excluded.ad_day, ad_night = excluded.ad_night, personal_data_marketing = excluded.personal_data_marketing,
        granted_at = excluded.granted_at, refused_at = excluded.refused_at,
        reconfirm_due_at = excluded.reconfirm_due_at, result_notice_due_at = excluded.result_notice_due_at`
}

export type StateRow = Omit<ProjectedRow, 'resultNoticeDueAt' | 'reconfirmDueAt'>

/** What each channel of these people allows now; a channel without a row allows nothing. */
export async function readStates(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly StateRow[]> {
  if (customers.length === 0) return []
  return await db<StateRow[]>`
    select customer, channel, ad_day as "adDay", ad_night as "adNight", personal_data_marketing as "personalDataMarketing",
           granted_at as "grantedAt", refused_at as "refusedAt"
    from consents where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}

export type LedgerPageRow = {
  readonly id: number
  readonly customer: number
  readonly channel: ConsentChannel
  readonly kind: LedgerEntry['kind']
  readonly scope: LedgerEntry['scope']
  readonly at: number
  readonly source: string
  readonly wording: string | null
  readonly evidence: Readonly<Record<string, string>>
}

/** Entries of the ledger, newest first. */
export async function listLedger(
  db: Database,
  shop: ShopId,
  page: {
    readonly customer: number | undefined
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly LedgerPageRow[]> {
  const rows = await db<(Omit<LedgerPageRow, 'evidence'> & { evidence: string })[]>`
    select id, customer, channel, kind, scope, at, source, wording, evidence from consent_events
    where shop = ${shop} and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
      ${page.customer === undefined ? db`` : db`and customer = ${page.customer}`}
    order by id desc limit ${page.limit}`
  return rows.map((row) => ({
    ...row,
    evidence: JSON.parse(row.evidence) as Record<string, string>,
  }))
}

/** An erased person allows nothing; the ledger stays as proof, without what identifies them. */
export async function eraseConsents(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`delete from consents where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
  await tx`update consent_events set evidence = '{}' where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
