import { readForChosenGoods } from '../campaigns/chosen-goods.ts'
import type { Database } from '../database/connection.store.ts'
import { type Stage, stageEvents, stages } from '../facts/stage.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { livingSql } from '../segments/compile.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'
import { movesDays, type StageCampaign, type StageMove, type StageSize } from './journey.ts'

/** Longest the page waits for one of its questions. */
const journeyMaxMs = 10_000

// The newest row of each living customer; everybody has a stage, and those who never moved have no time of entry.
const peopleSql = `
  select customer, fact_texts['stage.now'] as stage, toUnixTimestamp64Milli(fact_times['stage.since']) as since
  from customers final
  where ${livingSql}`

/** How many are in each stage now and how long, as a median, they have been there. */
export async function readSizes(
  warehouse: Warehouse,
  shop: ShopId,
  now: number,
): Promise<readonly StageSize[]> {
  return await warehouse.query<StageSize>(
    `select stage, count() as people, quantileIf(0.5)({now:Int64} - since, since > 0) as medianMs
     from (${peopleSql}) group by stage`,
    { shop, now },
    { maxMs: journeyMaxMs },
  )
}

/** People of a stage, those who came last first: ids with the time they came (UTC ms, 0: unknown). */
export async function readPeople(
  warehouse: Warehouse,
  shop: ShopId,
  page: {
    readonly stage: Stage
    readonly after: readonly [since: number, customer: number] | undefined
    readonly limit: number
  },
): Promise<readonly { readonly customer: number; readonly since: number }[]> {
  const [since, customer] = page.after ?? [Number.MAX_SAFE_INTEGER, 0]
  return await warehouse.query<{ customer: number; since: number }>(
    `select customer, since from (${peopleSql})
     where stage = {stage:String} and (since, customer) < ({since:Int64}, {customer:UInt64})
     order by since desc, customer desc limit {limit:UInt32}`,
    { shop, stage: page.stage, since, customer, limit: page.limit },
    { maxMs: journeyMaxMs },
  )
}

/** Names of these people as the record has them. */
export async function readNames(
  db: Database,
  shop: ShopId,
  ids: readonly number[],
): Promise<
  readonly { readonly id: number; readonly name: string | null; readonly member: boolean }[]
> {
  return await db<{ id: number; name: string | null; member: boolean }[]>`
    select id, name, member from customers where shop = ${shop} and id = any(${[...ids]}::bigint[])`
}

// Ranks are places in `stages`, from 1; 5 is an order. The stage of a person is a function of when they took each step and of
// their last order that counts (facts/stage.ts), so it can be told for any instant of the past: nothing had to be kept.
// A step at the very time of the order is not after it: orders come last among equals.
// An order counts while something of it is kept, as orders/order.ts says.
const effective = `status = 'paid' and arrayExists(line -> line.is_goods and line.quantity > line.refunded_quantity, lines)`
const person = `${survivorSql('customer')} as person`
const movesSql = `
  with
    rows as (
      select ${person}, toUnixTimestamp64Milli(at) as ms, transform(name, {names:Array(String)}, {ranks:Array(UInt8)}, toUInt8(0)) as rank
      from events
      where shop = {shop:UInt32} and customer != 0 and kind = 'event' and name in {names:Array(String)}
        and at > fromUnixTimestamp64Milli({from:Int64}) and at <= fromUnixTimestamp64Milli({now:Int64})
      union all
      select ${person}, toUnixTimestamp64Milli(assumeNotNull(paid_at)) as ms, toUInt8(5) as rank
      from order_versions final
      where shop = {shop:UInt32} and customer != 0 and ${effective} and paid_at is not null
        and paid_at > fromUnixTimestamp64Milli({from:Int64}) and paid_at <= fromUnixTimestamp64Milli({now:Int64})
      union all
      select person, if(start = 0, seen, {from:Int64}) as ms, greatest(start, 1) as rank
      from (
        select s.person as person, seen, toUInt8(multiIf(
            seen > {from:Int64}, 0, four > ordered, 4, three > ordered, 3, two > ordered, 2, ordered > 0, 5, 1)) as start
        from (
          select
            person,
            min(ms) as seen,
            maxIf(ms, rank = 2 and ms <= {from:Int64}) as two,
            maxIf(ms, rank = 3 and ms <= {from:Int64}) as three,
            maxIf(ms, rank = 4 and ms <= {from:Int64}) as four
          from (
            select ${person}, toUnixTimestamp64Milli(at) as ms, transform(name, {names:Array(String)}, {ranks:Array(UInt8)}, toUInt8(0)) as rank
            from events
            where shop = {shop:UInt32} and customer != 0 and kind = 'event' and at <= fromUnixTimestamp64Milli({now:Int64})
          )
          group by person
          having max(ms) > {from:Int64}
        ) as s
        left join (
          select ${person}, max(toUnixTimestamp64Milli(assumeNotNull(paid_at))) as ordered
          from order_versions final
          where shop = {shop:UInt32} and customer != 0 and ${effective}
            and paid_at <= fromUnixTimestamp64Milli({from:Int64})
          group by person
        ) as o on o.person = s.person
      )
    )
  select intDiv(ms - {from:Int64} - 1, {dayMs:Int64}) as day, before, rank, count() as moves
  from (
    select ms, rank, multiIf(highest > 0, highest, epoch > 0, 5, 0) as before
    from (
      select ms, rank, epoch, max(rank) over (
          partition by person, epoch order by ms, rank rows between unbounded preceding and 1 preceding) as highest
      from (
        select person, ms, rank, countIf(rank = 5) over (
            partition by person order by ms, rank rows between unbounded preceding and 1 preceding) as epoch
        from rows where person not in ${ownPeopleSql}
      )
    )
    where ms > {from:Int64} and rank > highest
  )
  where rank != before
  group by day, before, rank`

/** Who went from which stage to which in the last seven days before `now` (UTC ms), counted from history. */
export async function readMoves(
  warehouse: Warehouse,
  shop: ShopId,
  now: number,
): Promise<readonly StageMove[]> {
  const rows = await warehouse.query<{ day: number; before: number; rank: number; moves: number }>(
    movesSql,
    {
      shop,
      now,
      from: now - movesDays * dayMs,
      dayMs,
      names: stageEvents.map(([name]) => name),
      ranks: stageEvents.map(([, stage]) => stages.indexOf(stage) + 1),
    },
    { maxMs: journeyMaxMs },
  )
  return rows.flatMap(({ day, before, rank, moves }) => {
    const stage = stages[rank - 1]
    return stage ? [{ day: Number(day), before: stages[before - 1] ?? null, stage, moves }] : []
  })
}

/** Campaigns that were not put away, as they run or would run; the newest first. Of too many those that run. */
export async function readCampaigns(db: Database, shop: ShopId): Promise<readonly StageCampaign[]> {
  const rows = await db<(Omit<StageCampaign, 'isForChosenGoods'> & { lets: string | null })[]>`
    select id, name, state, playbook, coalesce(flow #>> '{trigger,event}', '') as trigger, flow ->> 'trigger' as lets
    from (
      select c.id, c.name, c.state, c.playbook,
             (case when c.state = 'draft' then c.draft else coalesce(v.flow, c.draft) end)::jsonb as flow
      from campaigns c
      left join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
      where c.shop = ${shop} and c.archived_at is null
      order by c.state in ('draft', 'stopped'), c.id desc limit 500
    ) known order by id desc`
  return rows.map(({ lets, ...one }) => ({ ...one, isForChosenGoods: readForChosenGoods(lets) }))
}
