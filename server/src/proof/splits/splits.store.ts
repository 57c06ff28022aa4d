import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { AddressRow } from '../../segments/export.service.ts'
import { experimentOf, type SplitMetric, type SplitReach } from './split.ts'

export type SplitRow = {
  readonly id: number
  readonly name: string
  readonly segment: number
  readonly segmentName: string
  readonly reach: SplitReach
  readonly share: number
  readonly metric: SplitMetric
  readonly windowMs: number
  readonly madeAt: number
  readonly state: 'drawing' | 'drawn' | 'failed'
  readonly drawnAt: number | null
  readonly total: number | null
  readonly done: number
  readonly leftOut: number
  readonly problem: string | null
  readonly currency: string | null
  readonly cap: number | null
  readonly capBefore: number | null
  readonly exposureFile: number
  readonly exposureState: 'reading' | 'read' | 'failed' | null
  readonly exposureName: string | null
  readonly exposureAnswer: string | null
}

/** A split for another tool, to be drawn by a worker. Gives its id. */
export async function insertSplit(
  db: Database,
  shop: ShopId,
  made: Pick<
    SplitRow,
    'name' | 'segment' | 'segmentName' | 'reach' | 'share' | 'metric' | 'windowMs' | 'madeAt'
  > & { readonly actor: string },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into outside_splits (shop, name, segment, segment_name, reach, share, metric, window_ms, actor, made_at)
    values (${shop}, ${made.name}, ${made.segment}, ${made.segmentName}, ${made.reach}, ${made.share}, ${made.metric},
            ${made.windowMs}, ${made.actor}, ${made.madeAt})
    returning id`
  return row?.id ?? 0
}

/** Splits of a shop, the newest first; one of them by its id. */
export function readSplits(
  db: Database,
  shop: ShopId,
  asked: { readonly id?: number; readonly limit: number },
): Promise<readonly SplitRow[]> {
  return db<SplitRow[]>`
    select id, name, segment, segment_name as "segmentName", reach, share, metric, window_ms as "windowMs",
           made_at as "madeAt", state, drawn_at as "drawnAt", total, done, left_out as "leftOut", problem, currency, cap, cap_before as "capBefore",
           exposure_file as "exposureFile", exposure_state as "exposureState", exposure_name as "exposureName",
           exposure_answer as "exposureAnswer"
    from outside_splits where shop = ${shop} ${asked.id === undefined ? db`` : db`and id = ${asked.id}`}
    order by id desc limit ${asked.limit}`
}

/** How many are on each list, and how many of them the exposure file named. */
export type Sides = {
  readonly treatment: number
  readonly holdout: number
  readonly mixed: number
  readonly treatmentExposed: number
  readonly holdoutExposed: number
}

/** How many people each side has, and how many of them the last file of exposures named. */
export async function readSides(
  db: Database,
  shop: ShopId,
  split: Pick<SplitRow, 'id' | 'exposureFile'>,
): Promise<Sides> {
  const [row] = await db<Sides[]>`
    select count(*) filter (where arm = 'treatment') as treatment, count(*) filter (where arm = 'holdout') as holdout,
           count(*) filter (where arm = 'mixed') as mixed,
           count(*) filter (where arm = 'treatment' and exposure_file = ${split.exposureFile}) as "treatmentExposed",
           count(*) filter (where arm = 'holdout' and exposure_file = ${split.exposureFile}) as "holdoutExposed"
    from assignments where shop = ${shop} and experiment = ${experimentOf(split.id)}`
  return row ?? { treatment: 0, holdout: 0, mixed: 0, treatmentExposed: 0, holdoutExposed: 0 }
}

export type ListRow = AddressRow & { readonly user: string | null }

/** The people of one list in order of their id. Who is on both is on the list that was drawn first; who was erased is on none. */
export function readList(
  db: Database,
  shop: ShopId,
  page: {
    readonly split: number
    readonly arm: 'treatment' | 'holdout'
    readonly after: number
    readonly limit: number
  },
): Promise<readonly ListRow[]> {
  return db<ListRow[]>`
    select a.customer, c.name, e.sealed as email, e.masked as email_masked, p.sealed as phone, p.masked as phone_masked,
           (select i.value from identities i where i.shop = a.shop and i.customer = a.customer and i.kind = 'user'
            order by i.since, i.value limit 1) as "user"
    from assignments a join customers c on c.shop = a.shop and c.id = a.customer and c.erased_at is null
    left join contacts e on e.shop = a.shop and e.customer = a.customer and e.channel = 'email'
    left join contacts p on p.shop = a.shop and p.customer = a.customer and p.channel = 'phone'
    where a.shop = ${shop} and a.experiment = ${experimentOf(page.split)} and a.first_arm = ${page.arm}
      and a.customer > ${page.after}
    order by a.customer limit ${page.limit}`
}

/** Whom a split of this segment would draw, as the rows `customer`. */
export function splittable(
  db: Database | Tx,
  shop: ShopId,
  { segment, reach }: { readonly segment: number; readonly reach: SplitReach },
) {
  const channel = reach === 'email' ? 'email' : 'phone'
  const agreed =
    reach === 'everyone'
      ? db``
      : db`and exists (
          select from contacts t join consents k on k.shop = t.shop and k.customer = t.customer and k.channel = ${reach} and k.ad_day
          where t.shop = m.shop and t.customer = m.customer and t.channel = ${channel}
            and not exists (select from suppressions s where s.shop = t.shop and s.channel = ${reach} and s.contact_hash = t.value_hash))`
  return db`
    select m.customer from memberships m join customers c on c.shop = m.shop and c.id = m.customer
    where m.shop = ${shop} and m.segment = ${segment} and c.survivor is null and c.erased_at is null
      and m.customer not in (select customer from internal_people where shop = ${shop}) ${agreed}`
}

export type PastRow = {
  readonly customer: number
  readonly orders: number
  readonly revenue: number
}

/** How many a split would draw, and what some of them (at random, `most` of them) ordered since `from` (UTC ms). */
export async function readPast(
  db: Database,
  shop: ShopId,
  asked: {
    readonly segment: number
    readonly reach: SplitReach
    readonly from: number
    readonly to: number
    readonly currency: string
    readonly cap: number | null
    readonly most: number
  },
): Promise<{ readonly people: number; readonly rows: readonly PastRow[] }> {
  const [count] = await db<{ people: number }[]>`
    select count(*)::int as people from (${splittable(db, shop, asked)}) as s`
  const rows = await db<PastRow[]>`
    select s.customer, o.orders::int, least(o.revenue, ${asked.cap}::float8) as revenue
    from (select customer from (${splittable(db, shop, asked)}) as all_of order by hashint8(customer) limit ${asked.most}) as s
    cross join lateral (
      select count(*) as orders, coalesce(sum(o.gross - o.refunded) / 10000.0, 0)::float8 as revenue
      from orders o
      where o.shop = ${shop} and o.customer = s.customer and o.currency = ${asked.currency} and o.status = 'paid'
        and o.gross > o.refunded and o.paid_at > ${asked.from} and o.paid_at <= ${asked.to}
    ) as o`
  return { people: count?.people ?? 0, rows }
}

/** Takes a file of who really got it; false while another one is being read or nothing was drawn. */
export async function takeExposure(
  db: Database,
  shop: ShopId,
  file: { readonly id: number; readonly name: string; readonly sealed: string },
): Promise<boolean> {
  const rows = await db`
    update outside_splits
    set exposure_file = exposure_file + 1, exposure_state = 'reading', exposure_name = ${file.name},
        exposure_sealed = ${file.sealed}, exposure_answer = null, leased_until = null
    where shop = ${shop} and id = ${file.id} and state = 'drawn' and exposure_state is distinct from 'reading' returning id`
  return rows.length > 0
}
