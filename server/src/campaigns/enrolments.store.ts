import type { Database, Tx } from '../database/connection.store.ts'
import type { CampaignId, CustomerId, ShopId } from '../lib/brand.ts'
import type { EndReason } from './end-reason.ts'
import type { Enrolment } from './enrolment.ts'

export type EnrolmentRow = Enrolment & { readonly id: number }

export type RunningCampaign = {
  readonly id: CampaignId
  readonly version: number
  readonly state: 'live' | 'paused' | 'draining'
  /** When it last went on after a pause, UTC ms: no wait of its people ran out between. */
  readonly wokenAt: number | null
}

/** The shop's campaigns that have people under way. */
export async function runningCampaigns(
  tx: Database | Tx,
  shop: ShopId,
): Promise<readonly RunningCampaign[]> {
  return await tx<RunningCampaign[]>`
    select id, version, state, woken_at as "wokenAt" from campaigns
    where shop = ${shop} and state in ('live', 'paused', 'draining') order by id`
}

/** Published flows (JSON) by campaign and version. */
export async function publishedFlows(
  tx: Database | Tx,
  shop: ShopId,
  asked: readonly { readonly campaign: CampaignId; readonly version: number }[],
): Promise<
  readonly { readonly campaign: CampaignId; readonly version: number; readonly flow: string }[]
> {
  if (asked.length === 0) return []
  return await tx<{ campaign: CampaignId; version: number; flow: string }[]>`
    select v.campaign, v.version, v.flow
    from unnest(${asked.map((one) => one.campaign)}::bigint[], ${asked.map((one) => one.version)}::int[]) as u(campaign, version)
    join campaign_versions v on v.shop = ${shop} and v.campaign = u.campaign and v.version = u.version`
}

type StoredRow = {
  readonly id: number
  readonly campaign: CampaignId
  readonly version: number
  readonly customer: CustomerId
  readonly entry_key: string
  readonly cause: string
  readonly state: Enrolment['state']
  readonly step: number
  readonly visit: number
  readonly generation: number
  readonly due: number | null
  readonly awaiting: boolean
  readonly entered_at: number
  readonly since: number
  readonly ended_at: number | null
  readonly end_reason: EndReason | null
  readonly entry_kind: Enrolment['entry']['kind']
  readonly entry_value: string
  /** Notes, JSON. */
  readonly context: string
}

/** The open enrolments of these people. */
export async function openEnrolments(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly EnrolmentRow[]> {
  if (customers.length === 0) return []
  const rows = await tx<StoredRow[]>`
    select id, campaign, version, customer, entry_key, cause, state, step, visit, generation, due, awaiting, entered_at, since,
           ended_at, end_reason, entry_kind, entry_value, context
    from enrolments where shop = ${shop} and customer = any(${[...customers]}::bigint[]) and state = 'active'
    order by id`
  return rows.map(enrolmentOf)
}

/** These enrolments, open or over. */
export async function enrolmentsById(
  tx: Database | Tx,
  shop: ShopId,
  ids: readonly number[],
): Promise<ReadonlyMap<number, EnrolmentRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx<StoredRow[]>`
    select id, campaign, version, customer, entry_key, cause, state, step, visit, generation, due, awaiting, entered_at, since,
           ended_at, end_reason, entry_kind, entry_value, context
    from enrolments where shop = ${shop} and id = any(${[...ids]}::bigint[])`
  return new Map(rows.map((row) => [row.id, enrolmentOf(row)]))
}

/**
 * Writes new enrolments; answers their ids under `campaign/entry key/cause`. One that is there already (the same cause, or
 * another open one with its key) is left out: twice is once.
 */
export async function insertEnrolments(
  tx: Tx,
  shop: ShopId,
  rows: readonly Enrolment[],
): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map()
  const inserted = await tx<
    { id: number; campaign: CampaignId; entry_key: string; cause: string }[]
  >`
    insert into enrolments (shop, campaign, version, customer, entry_key, cause, state, step, visit, generation, due, awaiting,
                            entered_at, since, updated_at, ended_at, end_reason, entry_kind, entry_value, context)
    select ${shop}, u.campaign, u.version, u.customer, u.entry_key, u.cause, u.state, u.step, u.visit, u.generation, u.due,
           u.awaiting <> 0, u.entered_at, u.since, u.entered_at, u.ended_at, u.end_reason, u.entry_kind, u.entry_value,
           u.context
    from unnest(
      ${rows.map((row) => row.campaign)}::bigint[], ${rows.map((row) => row.version)}::int[],
      ${rows.map((row) => row.customer)}::bigint[], ${rows.map((row) => row.entryKey)}::text[],
      ${rows.map((row) => row.cause)}::text[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.step)}::int[], ${rows.map((row) => row.visit)}::int[],
      ${rows.map((row) => row.generation)}::int[], ${rows.map((row) => row.due)}::bigint[],
      ${rows.map((row) => (row.awaiting ? 1 : 0))}::int[], ${rows.map((row) => row.enteredAt)}::bigint[],
      ${rows.map((row) => row.since)}::bigint[], ${rows.map((row) => row.endedAt)}::bigint[],
      ${rows.map((row) => row.endReason)}::text[], ${rows.map((row) => row.entry.kind)}::text[],
      ${rows.map((row) => row.entry.value)}::text[], ${rows.map(notesText)}::text[]
    ) as u(campaign, version, customer, entry_key, cause, state, step, visit, generation, due, awaiting, entered_at, since,
           ended_at, end_reason, entry_kind, entry_value, context)
    on conflict do nothing
    returning id, campaign, entry_key, cause`
  return new Map(inserted.map((row) => [`${row.campaign}/${row.entry_key}/${row.cause}`, row.id]))
}

/** Writes changed enrolments; those that end come first, because only one of a key may be open. */
export async function updateEnrolments(
  tx: Tx,
  shop: ShopId,
  change: { readonly rows: readonly EnrolmentRow[]; readonly now: number },
): Promise<void> {
  const over = change.rows.filter((row) => row.state !== 'active')
  const open = change.rows.filter((row) => row.state === 'active')
  for (const rows of [over, open]) {
    if (rows.length === 0) continue
    await tx`
      update enrolments e set customer = u.customer, entry_key = u.entry_key, state = u.state, step = u.step, visit = u.visit,
             generation = u.generation, due = u.due, awaiting = u.awaiting <> 0, updated_at = ${change.now},
             ended_at = u.ended_at, end_reason = u.end_reason, version = u.version, context = u.context
      from unnest(
        ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.customer)}::bigint[],
        ${rows.map((row) => row.entryKey)}::text[], ${rows.map((row) => row.state)}::text[],
        ${rows.map((row) => row.step)}::int[], ${rows.map((row) => row.visit)}::int[],
        ${rows.map((row) => row.generation)}::int[], ${rows.map((row) => row.due)}::bigint[],
        ${rows.map((row) => (row.awaiting ? 1 : 0))}::int[], ${rows.map((row) => row.endedAt)}::bigint[],
        ${rows.map((row) => row.endReason)}::text[], ${rows.map((row) => row.version)}::int[],
        ${rows.map(notesText)}::text[]
      ) as u(id, customer, entry_key, state, step, visit, generation, due, awaiting, ended_at, end_reason, version, context)
      where e.shop = ${shop} and e.id = u.id`
  }
}

/** Makes the timers of these enrolments what they say now: the one with a due time has one, the others none. */
export async function setTimers(
  tx: Tx,
  shop: ShopId,
  rows: readonly (Pick<EnrolmentRow, 'id' | 'customer' | 'step' | 'generation'> & {
    readonly wakeAt: number | null
  })[],
): Promise<void> {
  const none = rows.filter((row) => row.wakeAt === null).map((row) => row.id)
  if (none.length > 0)
    await tx`delete from timers where shop = ${shop} and enrolment = any(${none}::bigint[])`
  const some = rows.filter((row) => row.wakeAt !== null)
  if (some.length === 0) return
  await tx`
    insert into timers as t (shop, customer, due, enrolment, step, generation)
    select ${shop}, u.customer, u.due, u.enrolment, u.step, u.generation
    from unnest(
      ${some.map((row) => row.customer)}::bigint[], ${some.map((row) => row.wakeAt)}::bigint[],
      ${some.map((row) => row.id)}::bigint[], ${some.map((row) => row.step)}::int[],
      ${some.map((row) => row.generation)}::int[]
    ) as u(customer, due, enrolment, step, generation)
    on conflict (shop, enrolment) do update
    set customer = excluded.customer, due = excluded.due, step = excluded.step, generation = excluded.generation`
}

/** Ends what erased people were under way on; that they were, and why it ended, stays without their name. */
export async function eraseEnrolments(
  tx: Tx,
  shop: ShopId,
  asked: { readonly customers: readonly number[]; readonly now: number },
): Promise<void> {
  await tx`
    update enrolments set state = 'exited', end_reason = 'erased', ended_at = ${asked.now}, updated_at = ${asked.now},
           due = null, awaiting = false
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and state = 'active'`
  await tx`
    update enrolments set context = '{}'
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and context <> '{}'`
  await tx`delete from timers where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[])`
}

/** Which of these products can't be bought now: off sale, or out of stock. */
export async function unsellable(
  tx: Database | Tx,
  shop: ShopId,
  products: readonly string[],
): Promise<ReadonlySet<string>> {
  if (products.length === 0) return new Set()
  const rows = await tx<{ id: string }[]>`
    select id from products
    where shop = ${shop} and id = any(${[...products]}::text[]) and (not sellable or stock <= 0)`
  return new Set(rows.map((row) => row.id))
}

/** What the rooms remember of these people (customer_state, JSON text), outside a turn of the line. */
export async function rememberedSections(
  tx: Database | Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (customers.length === 0) return new Map()
  const rows = await tx<{ customer: number; sections: string }[]>`
    select customer, sections from customer_state
    where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
  return new Map(rows.map((row) => [row.customer, row.sections]))
}

/** Who of these is in which segment, as `customer:segment`. */
export async function membersNow(
  tx: Database | Tx,
  shop: ShopId,
  people: readonly { readonly customer: number }[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const rows = await tx<{ customer: number; segment: number }[]>`
    select customer, segment from memberships
    where shop = ${shop} and customer = any(${people.map((one) => one.customer)}::bigint[])`
  return new Set(rows.map((row) => `${row.customer}:${row.segment}`))
}

/** Who of these people is one of the shop's own now. */
export async function internalNow(
  tx: Tx,
  shop: ShopId,
  people: readonly { readonly customer: number }[],
): Promise<ReadonlySet<number>> {
  const rows = await tx<{ customer: number }[]>`
    select customer from internal_people
    where shop = ${shop} and customer = any(${people.map((one) => one.customer)}::bigint[])`
  return new Set(rows.map((row) => row.customer))
}

function notesText({ notes }: Enrolment): string {
  return JSON.stringify(notes)
}

function enrolmentOf(row: StoredRow): EnrolmentRow {
  return {
    id: row.id,
    campaign: row.campaign,
    version: row.version,
    customer: row.customer,
    entryKey: row.entry_key,
    cause: row.cause,
    state: row.state,
    step: row.step,
    visit: row.visit,
    generation: row.generation,
    due: row.due,
    awaiting: row.awaiting,
    enteredAt: row.entered_at,
    since: row.since,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    notes: JSON.parse(row.context) as Enrolment['notes'],
    entry: { kind: row.entry_kind, value: row.entry_value },
  }
}
