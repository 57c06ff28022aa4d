import type { Database, Tx } from '../../database/connection.store.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'
import type { RunCounts, RunReason, RunState } from './run.ts'

export type RunRow = {
  readonly id: number
  readonly campaign: CampaignId
  readonly version: number
  readonly dueAt: number
  readonly state: RunState
  readonly reason: RunReason | null
  readonly audience: number | null
  readonly share: number
  readonly called: number
  readonly cursor: number
  readonly begunAt: number | null
  readonly waitUntil: number | null
  readonly movedAt: number
  readonly endedAt: number | null
}

/** A live campaign, with the time before which it calls nobody. */
export type LiveRow = {
  readonly id: CampaignId
  readonly version: number
  readonly since: number
}

/** Live campaigns, and since when they have been so on this version. */
export async function liveSince(db: Database, shop: ShopId): Promise<readonly LiveRow[]> {
  return await db<LiveRow[]>`
    select c.id, c.version, greatest(coalesce(c.live_at, v.published_at), v.published_at) as since
    from campaigns c join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
    where c.shop = ${shop} and c.state = 'live'`
}

/** Runs that are looked at: with people all over the world a day has some forty instants at which clocks show one time. */
const recentLimit = 200

/** When the campaign's newest runs were due, newest first. */
export async function recentRuns(
  db: Database,
  shop: ShopId,
  campaign: CampaignId,
): Promise<readonly number[]> {
  const rows = await db<{ at: number }[]>`
    select due_at as at from campaign_runs where shop = ${shop} and campaign = ${campaign} order by due_at desc limit ${recentLimit}`
  return rows.map(({ at }) => at)
}

/**
 * Zones that customers say they live in, as they say it, of those that there are: invented ones are left out here, however many.
 * Traits are looked through as text: PostgreSQL's JSON refuses what they may hold (NUL, half an emoji), and one such person
 * would keep everybody's runs from being planned.
 */
export async function zonesOfCustomers(
  db: Database | Tx,
  shop: ShopId,
): Promise<readonly string[]> {
  const rows = await db<{ zone: string }[]>`
    with said as (
      select distinct substring(traits from ${zonePattern}) as zone
      from customers where shop = ${shop} and survivor is null and traits like '%"timezone":"%'
    )
    select zone from said where lower(zone) in (select lower(name) from pg_timezone_names)`
  return rows.map(({ zone }) => zone)
}

/** Where a zone stands in traits. */
const zonePattern = '"timezone":"([A-Za-z0-9_+/-]{1,64})"'

/** Notes a run, whether there was none of that instant yet: the same one again is left as it is. */
export async function insertRun(
  db: Database,
  shop: ShopId,
  run: {
    readonly campaign: CampaignId
    readonly version: number
    readonly dueAt: number
    readonly tooLate: boolean
    readonly now: number
  },
): Promise<boolean> {
  const { tooLate, now } = run
  const noted = await db`
    insert into campaign_runs (shop, campaign, version, due_at, state, reason, moved_at, ended_at)
    values (${shop}, ${run.campaign}, ${run.version}, ${run.dueAt}, ${tooLate ? 'cancelled' : 'planned'},
            ${tooLate ? 'too_late' : null}, ${now}, ${tooLate ? now : null})
    on conflict do nothing`
  return noted.count > 0
}

/** Runs that are not over, with the state of their campaigns; the longest untouched first. */
export async function openRuns(
  db: Database,
  shop: ShopId,
): Promise<readonly (RunRow & { readonly campaignState: string })[]> {
  return await db<(RunRow & { readonly campaignState: string })[]>`
    select ${columns(db)}, c.state as "campaignState"
    from campaign_runs r join campaigns c on c.shop = r.shop and c.id = r.campaign
    where r.shop = ${shop} and r.state not in ('done', 'cancelled')
    order by r.moved_at, r.id limit 100`
}

/** A campaign's runs, newest first. */
export async function runsOf(
  db: Database,
  shop: ShopId,
  of: { readonly campaign: number; readonly id?: number; readonly limit: number },
): Promise<readonly RunRow[]> {
  return await db<RunRow[]>`
    select ${columns(db)} from campaign_runs r
    where r.shop = ${shop} and r.campaign = ${of.campaign} and (${of.id ?? null}::bigint is null or r.id = ${of.id ?? null})
    order by r.due_at desc, r.id desc limit ${of.limit}`
}

/** Takes hold of a run until the transaction ends; undefined when another worker has it or it has gone on meanwhile. */
export async function holdRun(
  tx: Tx,
  shop: ShopId,
  run: Pick<RunRow, 'id' | 'state' | 'cursor'>,
): Promise<boolean> {
  const rows = await tx`
    select 1 from campaign_runs
    where shop = ${shop} and id = ${run.id} and state = ${run.state} and cursor = ${run.cursor}
    for update skip locked`
  return rows.length > 0
}

export type RunChange = {
  readonly id: number
  /** Only where it is in this state. */
  readonly from: RunState
  readonly state: RunState
  readonly now: number
  readonly reason?: RunReason | undefined
  readonly cursor?: number
  readonly calledMore?: number
  readonly audience?: number
  readonly share?: number
  readonly waitUntil?: number
  readonly by?: string
}

/** Moves a run on; false when it was not where it was thought to be. */
export async function moveRun(
  db: Database | Tx,
  shop: ShopId,
  change: RunChange,
): Promise<boolean> {
  const { state, now } = change
  const isOver = state === 'done' || state === 'cancelled'
  const moved = await db`
    update campaign_runs set state = ${state}, moved_at = ${now}, reason = ${change.reason ?? null},
           cursor = coalesce(${change.cursor ?? null}::bigint, cursor), called = called + ${change.calledMore ?? 0},
           audience = coalesce(${change.audience ?? null}::int, audience),
           share = coalesce(${change.share ?? null}::float8, share),
           begun_at = case when ${change.from} = 'planned' and ${state} <> 'cancelled' then ${now}::bigint else begun_at end,
           wait_until = coalesce(${change.waitUntil ?? null}::bigint, wait_until),
           decided_by = coalesce(${change.by ?? null}::text, decided_by),
           ended_at = ${isOver ? now : null}::bigint
    where shop = ${shop} and id = ${change.id} and state = ${change.from}`
  return moved.count > 0
}

/** Whom a run looks at: the people of a segment, or everybody. */
export type Whom = {
  readonly segment: number | undefined
  readonly after: number
  readonly limit: number
}
export type Listed = { readonly customer: number; readonly traits: string }

/** The next people of an audience by id. */
export async function audienceSlice(tx: Tx, shop: ShopId, whom: Whom): Promise<readonly Listed[]> {
  const { segment, after, limit } = whom
  if (segment === undefined)
    return await tx<Listed[]>`
      select id as customer, traits from customers
      where shop = ${shop} and id > ${after} and survivor is null and erased_at is null and not internal
      order by id limit ${limit}`
  return await tx<Listed[]>`
    select m.customer, c.traits from memberships m join customers c on c.shop = m.shop and c.id = m.customer
    where m.shop = ${shop} and m.segment = ${segment} and m.customer > ${after}
      and c.survivor is null and c.erased_at is null and not c.internal
    order by m.customer limit ${limit}`
}

/** How many people a segment has; of a run by people's own clocks, those who say that they live where it calls, or who do not say elsewhere. */
export async function audienceSize(
  db: Database | Tx,
  shop: ShopId,
  of: { readonly segment: number; readonly living?: Living | undefined },
): Promise<number> {
  const { segment, living } = of
  const [row] = living
    ? await db<{ n: number }[]>`
        select count(*)::int as n from memberships m join customers c on c.shop = m.shop and c.id = m.customer
        where m.shop = ${shop} and m.segment = ${segment}
          and (coalesce(substring(c.traits from ${zonePattern}), '') = any(${[...living.zones]}::text[])) = ${living.there}`
    : await db<{ n: number }[]>`
        select count(*)::int as n from memberships where shop = ${shop} and segment = ${segment}`
  return row?.n ?? 0
}

/** Who lives in these zones, named as people name them, or who does not. */
export type Living = { readonly zones: readonly string[]; readonly there: boolean }

/** Whether a segment's members are all known: it is neither being counted for the first time nor put away. */
export async function isCounted(db: Database, shop: ShopId, segment: number): Promise<boolean> {
  const rows = await db`
    select 1 from segments where shop = ${shop} and id = ${segment} and state = 'live' and archived_at is null`
  return rows.length > 0
}

/** What has become of a campaign's messages since a time. */
export async function countsSince(
  db: Database,
  shop: ShopId,
  of: { readonly campaign: number; readonly since: number; readonly until: number | null },
): Promise<RunCounts> {
  const until = of.until ?? Number.MAX_SAFE_INTEGER
  const [row] = await db<RunCounts[]>`
    with mine as (
      select id, customer, state, handed_at from outbox
      where shop = ${shop} and campaign = ${of.campaign} and created_at >= ${of.since} and created_at < ${until}
    )
    select count(*) filter (where state in ('sent', 'unconfirmed'))::int as sent,
           count(*) filter (where state = 'failed')::int + (
             select count(*)::int from decisions d
             where d.shop = ${shop} and d.campaign = ${of.campaign} and d.at >= ${of.since} and d.at < ${until}
               and d.reason in ('render_failed', 'content_missing', 'sender_incomplete') and d.message is null
           ) as failed,
           count(*) filter (where state in ('queued', 'sending'))::int as queued,
           (select count(distinct e.customer)::int from consent_events e join mine m on m.customer = e.customer
            where e.shop = ${shop} and e.kind in ('refuse', 'withdraw') and m.handed_at is not null and e.at >= m.handed_at
           ) as "optOuts"
    from mine`
  return row ?? { sent: 0, failed: 0, optOuts: 0, queued: 0 }
}

function columns(db: Database) {
  return db`r.id, r.campaign, r.version, r.due_at as "dueAt", r.state, r.reason, r.audience, r.share, r.called, r.cursor,
    r.begun_at as "begunAt", r.wait_until as "waitUntil", r.moved_at as "movedAt", r.ended_at as "endedAt"`
}
