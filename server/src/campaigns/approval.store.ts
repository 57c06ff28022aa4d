import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** What somebody asked to have approved, and what was said. Times are UTC ms. */
export type ApprovalRow = {
  readonly id: number
  /** Hash of the draft it is about: another draft is not approved by it. */
  readonly draft: string
  readonly state: 'asked' | 'approved' | 'declined'
  readonly people: number | null
  /** Ten-thousandths; null: there is no end of them. */
  readonly couponCost: number | null
  readonly note: string
  readonly askedBy: string
  readonly askedAt: number
  readonly decidedBy: string | null
  readonly decidedAt: number | null
  readonly decisionNote: string | null
}

/** The newest asking of a campaign. */
export async function newestApproval(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<ApprovalRow | undefined> {
  const [row] = await db<ApprovalRow[]>`
    select id, draft, state, people, coupon_cost as "couponCost", note, asked_by as "askedBy", asked_at as "askedAt",
           decided_by as "decidedBy", decided_at as "decidedAt", decision_note as "decisionNote"
    from campaign_approvals where shop = ${shop} and campaign = ${campaign} order by id desc limit 1`
  return row
}

/** A campaign that somebody wants approved, with its draft as it is now (JSON). */
type AskedRow = Pick<ApprovalRow, 'draft' | 'note' | 'askedBy' | 'askedAt'> & {
  readonly campaign: number
  readonly name: string
  readonly now: string
}

/** What is still asked, the newest first; of each campaign its newest asking. */
export async function askedApprovals(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly AskedRow[]> {
  return await db<AskedRow[]>`
    select a.campaign, c.name, c.draft as now, a.draft, a.note, a.asked_by as "askedBy", a.asked_at as "askedAt"
    from (
      select distinct on (campaign) * from campaign_approvals where shop = ${shop} order by campaign, id desc
    ) a join campaigns c on c.shop = a.shop and c.id = a.campaign
    where a.state = 'asked' and c.archived_at is null order by a.asked_at desc, a.id desc limit ${limit}`
}

/** Writes down that somebody asks. */
export async function insertApproval(
  db: Database,
  shop: ShopId,
  row: Pick<ApprovalRow, 'draft' | 'people' | 'couponCost' | 'note' | 'askedBy' | 'askedAt'> & {
    readonly campaign: number
  },
): Promise<void> {
  await db`
    insert into campaign_approvals (shop, campaign, draft, state, people, coupon_cost, note, asked_by, asked_at)
    values (${shop}, ${row.campaign}, ${row.draft}, 'asked', ${row.people}, ${row.couponCost}, ${row.note}, ${row.askedBy},
            ${row.askedAt})`
}

/** Says yes or no to what is still asked; whether it still was. */
export async function decideApproval(
  db: Database,
  shop: ShopId,
  said: {
    readonly id: number
    readonly state: 'approved' | 'declined'
    readonly by: string
    readonly at: number
    readonly note: string
    /** What was decided about: as large as it is now, which may be more than when it was asked for. */
    readonly people: number | null
    readonly couponCost: number | null
  },
): Promise<boolean> {
  const changed = await db`
    update campaign_approvals set state = ${said.state}, decided_by = ${said.by}, decided_at = ${said.at},
           decision_note = ${said.note}, people = ${said.people}, coupon_cost = ${said.couponCost}
    where shop = ${shop} and id = ${said.id} and state = 'asked'`
  return changed.count > 0
}

/** How many people the shop knows. */
export async function countPeople(db: Database, shop: ShopId): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select count(*)::int as n from customers where shop = ${shop} and survivor is null and erased_at is null and not internal`
  return row?.n ?? 0
}

/** Members by the name that acts are signed with: `member:3` -> 김하늘. */
export async function memberNames(
  db: Database,
  shop: ShopId,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db<{ key: string; name: string }[]>`
    select 'member:' || id as key, name from members where shop = ${shop}`
  return new Map(rows.map((row) => [row.key, row.name]))
}
