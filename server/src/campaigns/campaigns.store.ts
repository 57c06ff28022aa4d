import type { Database, Tx } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { CampaignState } from './campaign.ts'

export type CampaignRow = {
  readonly id: CampaignId
  readonly name: string
  readonly playbook: string | null
  readonly state: CampaignState
  readonly version: number
  /** JSON of the flow as it is being edited. */
  readonly draft: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly startedAt: number | null
  readonly folder: string | null
  readonly archivedAt: number | null
}

/** Newest first: those in use, or those put away. */
export async function listCampaigns(
  db: Database,
  shop: ShopId,
  page: {
    readonly before: number | undefined
    readonly limit: number
    readonly archived: boolean
    /** Null: in whatever folder. */
    readonly folder: string | null
  },
): Promise<readonly CampaignRow[]> {
  return await db<CampaignRow[]>`
    select id, name, playbook, state, version, draft, created_at as "createdAt", updated_at as "updatedAt",
           started_at as "startedAt", folder, archived_at as "archivedAt"
    from campaigns
    where shop = ${shop} and (${page.before ?? null}::bigint is null or id < ${page.before ?? null})
      and (archived_at is not null) = (${page.archived ? 1 : 0} <> 0)
      and (${page.folder}::text is null or folder = ${page.folder})
    order by id desc limit ${page.limit}`
}

/** A campaign with the version that people enter on and who published it; nulls before the first. */
export type WholeCampaignRow = CampaignRow & {
  /** JSON of the flow. */
  readonly publishedFlow: string | null
  /** The member's name, or `key:3`. */
  readonly publishedBy: string | null
  readonly publishedAt: number | null
}

/** One campaign with its draft and what is published of it, archived ones too; undefined where the shop has none of this id. */
export async function readCampaign(
  db: Database | Tx,
  shop: ShopId,
  id: number,
): Promise<WholeCampaignRow | undefined> {
  const [row] = await db<WholeCampaignRow[]>`
    select c.id, c.name, c.playbook, c.state, c.version, c.draft, c.created_at as "createdAt", c.updated_at as "updatedAt",
           c.started_at as "startedAt", c.folder, c.archived_at as "archivedAt", v.flow as "publishedFlow", coalesce(m.name, v.published_by) as "publishedBy",
           v.published_at as "publishedAt"
    from campaigns c
    left join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
    left join members m on m.shop = c.shop and v.published_by = 'member:' || m.id
    where c.shop = ${shop} and c.id = ${id}`
  return row
}

/** A new campaign in draft, under version 0; `draft` is JSON text, `now` milliseconds. Gives its id. */
export async function insertCampaign(
  db: Database,
  shop: ShopId,
  made: {
    readonly name: string
    readonly playbook: string | null
    readonly draft: string
    readonly now: number
  },
): Promise<CampaignId> {
  const [row] = await db<{ id: CampaignId }[]>`
    insert into campaigns (shop, name, playbook, state, draft, created_at, updated_at)
    values (${shop}, ${made.name}, ${made.playbook}, 'draft', ${made.draft}, ${made.now}, ${made.now})
    returning id`
  return row?.id ?? (0 as CampaignId)
}

/** Changes the draft; what is published stays as it is. */
export async function updateDraft(
  db: Database,
  shop: ShopId,
  change: {
    readonly id: number
    readonly name: string | null
    readonly draft: string | null
    readonly now: number
  },
): Promise<void> {
  await db`
    update campaigns set name = coalesce(${change.name}, name), draft = coalesce(${change.draft}, draft), updated_at = ${change.now}
    where shop = ${shop} and id = ${change.id}`
}

/**
 * Waits until no turn of the shop's line is under way and keeps the next from beginning until this transaction ends: a turn
 * sees a campaign either before the change or after it.
 */
export async function betweenTurns(tx: Tx, shop: ShopId): Promise<void> {
  await tx`select 1 from lanes where shop = ${shop} and name = 'line' for update`
}

/** Keeps a published version and makes it the one that people enter on. Answers its number. */
export async function insertVersion(
  tx: Tx,
  shop: ShopId,
  made: {
    readonly campaign: number
    readonly flow: string
    readonly by: string
    readonly now: number
  },
): Promise<number> {
  const [row] = await tx<{ version: number }[]>`
    update campaigns set version = version + 1, updated_at = ${made.now}
    where shop = ${shop} and id = ${made.campaign} returning version`
  const version = row?.version ?? 0
  await tx`
    insert into campaign_versions (shop, campaign, version, flow, published_by, published_at)
    values (${shop}, ${made.campaign}, ${version}, ${made.flow}, ${made.by}, ${made.now})`
  return version
}

/** Live, paused or ended since `now`; when it first went live is kept. */
export async function setState(
  tx: Tx,
  shop: ShopId,
  change: { readonly id: number; readonly state: CampaignState; readonly now: number },
): Promise<void> {
  const { state, now } = change
  await tx`
    update campaigns set state = ${state}, updated_at = ${now},
           started_at = case when ${state === 'live' ? 1 : 0} <> 0 then coalesce(started_at, ${now}) else started_at end,
           paused_at = ${state === 'paused' ? now : null}, live_at = ${state === 'live' ? now : null}
    where shop = ${shop} and id = ${change.id}`
}

/** Takes the campaign's timers away: its people wait without waking anybody. */
export async function restTimers(tx: Tx, shop: ShopId, campaign: number): Promise<void> {
  await tx`
    delete from timers t using enrolments e
    where t.shop = ${shop} and e.shop = t.shop and e.id = t.enrolment and e.campaign = ${campaign} and e.state = 'active'`
}

/**
 * Sets the timers of the people under way again; what ran out meanwhile runs out now. The campaign says so, not each of its people:
 * of a million nobody is written again (person-turn.ts).
 */
export async function wakeTimers(
  tx: Tx,
  shop: ShopId,
  campaign: { readonly id: number; readonly now: number },
): Promise<void> {
  await tx`update campaigns set woken_at = ${campaign.now} where shop = ${shop} and id = ${campaign.id}`
  await tx`
    insert into timers as t (shop, customer, due, enrolment, step, generation)
    select shop, customer, greatest(due, ${campaign.now}), id, step, generation from enrolments
    where shop = ${shop} and campaign = ${campaign.id} and state = 'active' and due is not null
    on conflict (shop, enrolment) do update set due = excluded.due, generation = excluded.generation, step = excluded.step`
  // The line sleeps until the next time it knows of; it is told once this is committed.
  await tx`select pg_notify('danggol_log', ${String(shop)})`
}

/** Ends up to `limit` open enrolments of a stopped campaign; answers how many there were. */
export async function cancelEnrolments(
  db: Tx,
  shop: ShopId,
  asked: { readonly campaign: number; readonly limit: number; readonly now: number },
): Promise<number> {
  const ended = await db<{ id: number }[]>`
    with ended as (
      update enrolments set state = 'exited', end_reason = 'campaign_stopped', ended_at = ${asked.now},
             updated_at = ${asked.now}, due = null, awaiting = false
      where shop = ${shop} and id in (
        select id from enrolments where shop = ${shop} and campaign = ${asked.campaign} and state = 'active'
        order by id limit ${asked.limit})
      returning id
    ), gone as (
      delete from timers where shop = ${shop} and enrolment in (select id from ended)
    )
    select id from ended`
  return ended.length
}

export type EnrolmentEntry = {
  readonly id: number
  readonly customer: number
  readonly name: string | null
  readonly version: number
  readonly state: 'active' | 'done' | 'exited'
  readonly step: number
  readonly due: number | null
  readonly enteredAt: number
  readonly endedAt: number | null
  readonly endReason: string | null
  readonly decision: string | null
  readonly reason: string | null
  readonly arm: string | null
  readonly decidedAt: number | null
}

/** People of a campaign with why they are where they are; newest entry first. */
export async function listEnrolments(
  db: Database,
  shop: ShopId,
  asked: {
    readonly campaign: number
    readonly state: string | null
    readonly reason: string | null
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly EnrolmentEntry[]> {
  return await db<EnrolmentEntry[]>`
    select e.id, e.customer, c.name, e.version, e.state, e.step, e.due, e.entered_at as "enteredAt", e.ended_at as "endedAt",
           e.end_reason as "endReason", d.outcome as decision, d.reason, d.arm, d.at as "decidedAt"
    from enrolments e
    left join customers c on c.shop = e.shop and c.id = e.customer
    left join lateral (
      select outcome, reason, arm, at from decisions d
      where d.shop = e.shop and d.customer = e.customer and d.campaign = e.campaign and d.enrolment = e.id
      order by at desc, id desc limit 1
    ) d on true
    where e.shop = ${shop} and e.campaign = ${asked.campaign}
      and (${asked.before ?? null}::bigint is null or e.id < ${asked.before ?? null})
      and (${asked.state}::text is null or e.state = ${asked.state})
      and (${asked.reason}::text is null or e.end_reason = ${asked.reason} or d.reason = ${asked.reason})
    order by e.id desc limit ${asked.limit}`
}
