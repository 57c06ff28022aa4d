import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { localTime } from '../lib/zone.ts'
import type { Spending } from '../statistics/gamma-gamma.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { effectiveOrdersSql } from './effective-orders.store.ts'
import type { Known } from './value.ts'
import { leavingBelow, type ValueList, type ValueReport } from './value-report.ts'
import type { Buyers, Watched } from './value-sums.ts'

const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '268435456' } as const
/** Above so many buyers days are taken by the week: the models see no difference, the groups are fewer. */
const weeklyAbove = 100_000
/** Days hidden from the model to be foretold: at most so many, and at most this share of all. */
const hiddenDays = 90
const hiddenShare = 0.3

/** What is asked: as of when (UTC ms), in which currency, by whose midnights. */
export type ValueQuestion = {
  readonly asOf: number
  readonly currency: string
  readonly zone: string
}
type Options = { readonly signal?: AbortSignal }

// The days on which each buyer ordered, with what the day brought; several orders of one day are one purchase.
const daysSql = `
  select person, toInt32(toDate(fromUnixTimestamp64Milli(paid), {zone:String})) as day, sum(amount) as spent
  from (${effectiveOrdersSql}) group by person, day`

// One row a buyer, as the models know them on day {today}; what came after it is counted apart.
const buyersSql = `
  select person, min(day) as first, maxIf(day, day <= {today:Int32}) as last,
    toUInt32(countIf(day <= {today:Int32}) - 1) as repeats, last - first as recency, {today:Int32} - first as age,
    countIf(day > {today:Int32}) as later, toFloat64(sum(spent)) as spentInAll,
    if(repeats = 0, 0, greatest(0, toFloat64(sumIf(spent, day <= {today:Int32}) - argMin(spent, day)) / repeats)) as mean
  from (${daysSql}) group by person having first <= {today:Int32}`

const unit = (days: string) =>
  `intDiv(${days}, {unit:Int32}) * {unit:Int32} + intDiv({unit:Int32}, 2)`
const groupSql = `repeats, if(repeats = 0, 0, ${unit('recency')}) as recencyIn, greatest(recencyIn, ${unit('age')}) as ageIn`

/** Everything the models are fitted on. */
export async function readBuying(
  warehouse: Warehouse,
  shop: ShopId,
  question: ValueQuestion & Options,
): Promise<Known> {
  const ask = asking(warehouse, shop, question)
  const today = dayOf(question)
  const [size] = await ask<{ first: number; people: number }>(
    `select min(day) as first, uniqExact(person) as people from (${daysSql})`,
  )
  const days = size && size.people > 0 ? today - size.first : 0
  const params = { today, unit: size && size.people > weeklyAbove ? 7 : 1 }
  const buyers = await ask<Buyers>(
    `select repeats, recencyIn as recency, ageIn as age, count() as people, avg(m) as mean
     from (select ${groupSql}, mean as m, if(mean > 0, toInt32(floor(log2(mean) * 2)), -9999) as size from (${buyersSql}))
     group by repeats, recency, age, size`,
    params,
  )
  const spending = await ask<Spending>(
    `select repeats, count() as people, avg(m) as mean, avg(log(m)) as logMean
     from (select repeats, mean as m from (${buyersSql}) where repeats > 0 and mean > 0)
     group by repeats, floor(log2(m) * 32)`,
    params,
  )
  const hidden = Math.min(hiddenDays, Math.floor(days * hiddenShare))
  const watched = await ask<Watched>(
    `select repeats, recencyIn as recency, ageIn as age, count() as people, sum(l) as later
     from (select ${groupSql}, later as l from (${buyersSql}))
     group by repeats, recency, age`,
    { ...params, today: today - hidden },
  )
  return { currency: question.currency, days, buyers, spending, hidden: { days: hidden, watched } }
}

/** The day of the shop on which an instant lies, counted from 1970. */
const dayOf = ({ asOf, zone }: ValueQuestion) => Math.floor(localTime(asOf, zone) / dayMs)

/** A customer as the models know them; `lastDay` is the last day with an order, 2026-11-22. */
export type ListedBuyer = Buyers & {
  readonly person: number
  readonly spentInAll: number
  readonly lastDay: string
}

type Model = NonNullable<ValueReport['said']>['model']

// P(alive) is a closed form; what a person will bring is ordered by how much they bring just now, which the first of a long list
// is enough for.
const aliveSql = `if(repeats = 0, 1, 1 / (1 + {a:Float64} / ({b:Float64} + repeats - 1)
  * pow(({alpha:Float64} + age) / ({alpha:Float64} + recency), {r:Float64} + repeats)))`
const nowSql = `alive * ({r:Float64} + repeats) / ({alpha:Float64} + age)
  * if({q:Float64} <= 1, 1, {p:Float64} * ({v:Float64} + repeats * mean) / ({p:Float64} * if(mean > 0, repeats, 0) + {q:Float64} - 1))`

/** People of a list, at most `limit`: candidates for the most promising, or those who spent most of who seem to leave. */
export async function readListed(
  warehouse: Warehouse,
  shop: ShopId,
  question: ValueQuestion &
    Options & { readonly list: ValueList; readonly model: Model; readonly limit: number },
): Promise<readonly ListedBuyer[]> {
  const { model, list, limit } = question
  const { spend, ...rates } = model
  const rows = await asking(
    warehouse,
    shop,
    question,
  )<Omit<ListedBuyer, 'people'>>(
    `select person, repeats, recency, age, mean, spentInAll, toString(toDate(last)) as lastDay, ${aliveSql} as alive
     from (${buyersSql.replaceAll('{today:Int32}', 'toInt32(toDate(fromUnixTimestamp64Milli({asOf:Int64}), {zone:String}))')})
     where ${list === 'leaving' ? 'alive < {below:Float64} and repeats > 0' : '1'}
     order by ${list === 'leaving' ? 'spentInAll' : nowSql} desc, person limit {limit:UInt32}`,
    {
      ...rates,
      ...(spend ?? { p: 1, q: 0, v: 0 }),
      today: dayOf(question),
      below: leavingBelow,
      limit,
    },
  )
  return rows.map((row) => ({ ...row, people: 1 }))
}

function asking(
  warehouse: Warehouse,
  shop: ShopId,
  { signal, ...question }: ValueQuestion & Options,
) {
  const { asOf, currency, zone } = question
  return async <T>(sql: string, params: Readonly<Record<string, unknown>> = {}) =>
    await warehouse.query<T>(
      sql,
      { shop, asOf, currency, zone, ...params },
      { maxMs, settings, ...(signal ? { signal } : {}) },
    )
}
