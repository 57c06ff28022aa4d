import { livingSql, peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import type { Population, Tally } from './estimate.ts'
import type { AsOf, Query } from './query.ts'
import { mergedSql, type Sample, strideSql } from './sampling.ts'
import { sqlParameters } from './sql-parameters.ts'

/** Settings of ClickHouse by which exact counts let an estimate go first: it is a fifth of the work, and would come with them. */
export const turns = { estimate: { priority: '1' }, exact: { priority: '2' } } as const

/** The first and the last id of a shop's customers: one row, 0 and 0 without any. */
export function idsSql(shop: number): Query {
  return {
    sql: 'select min(customer) as first, max(customer) as last from customers where shop = {shop:UInt32}',
    params: { shop },
  }
}

/** A row of `populationSql`. */
export type PopulationRow = {
  readonly newest: boolean
  readonly merged: boolean
  readonly people: number
}

/** How many customers there are in all, by kind: a row each. */
export function populationSql(shop: number, { newest }: Sample): Query {
  const parameters = sqlParameters()
  return {
    sql: `select customer >= ${parameters.id(newest)} as newest, customer in (${mergedSql()}) as merged, count() as people
      from customers final where ${livingSql} group by newest, merged`,
    params: { ...parameters.values(), shop },
  }
}

/** The population of the rows. */
export function populationOf(rows: readonly PopulationRow[]): Population {
  const count = (kind: (row: PopulationRow) => boolean) =>
    rows.filter(kind).reduce((sum, { people }) => sum + Number(people), 0)
  return {
    newest: count(({ newest, merged }) => Boolean(newest) && !merged),
    older: count(({ newest, merged }) => !newest && !merged),
    merged: count(({ merged }) => Boolean(merged)),
  }
}

/** A row of `talliesSql`: with the columns `d0`, `d1` ... */
export type TallyRow = Readonly<Record<string, number | boolean>>

/** Members found in each stride of a sample, of each definition: one pass over the granules of the sample alone. */
export function talliesSql(
  definitions: readonly Definition[],
  asOf: AsOf & { readonly among: Sample },
): Query {
  const parameters = sqlParameters('e')
  const { sql, params, columns } = peopleSql(definitions, asOf, {
    stride: strideSql('customer', asOf.among, parameters),
    merged: `customer in (${mergedSql()})`,
  })
  return {
    sql: `select stride, merged, count() as people, ${columns.map((name) => `countIf(${name}) as ${name}`).join(', ')}
      from (${sql}) group by stride, merged`,
    params: { ...params, ...parameters.values() },
  }
}

/** What the rows say of one definition, by its place among those asked. */
export function talliesOf(rows: readonly TallyRow[], definition = 0): readonly Tally[] {
  return rows.map((row) => ({
    stride: Number(row.stride),
    merged: Boolean(row.merged),
    people: Number(row.people),
    members: Number(row[`d${definition}`]),
  }))
}
