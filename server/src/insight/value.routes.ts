import { z } from 'zod'
import { maskName } from '../customers/mask-name.ts'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import { InFile } from '../web/csv-heads.ts'
import { type Route, route } from '../web/route.ts'
import { fileOf as fileAnswer, ready } from './insight.routes.ts'
import { fileOf } from './table.ts'
import type { Values } from './value.service.ts'
import { DatedValue, valueLists } from './value-report.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const peopleLimit = 1_000

const Person = z.object({
  customer: z.number(),
  name: z.string().nullable().describe('Masked for viewers and developers.'),
  orderDays: z.number().describe('Days with an order.'),
  lastDay: z.string().describe('The last of them, 2026-11-22.'),
  spent: z.number().describe('Net revenue until now, currency units.'),
  alive: z.number().describe('P(alive).'),
  orders90: z.number().describe('Expected days with an order in 90 days.'),
  orders90Low: z.number().describe('Eight of ten such customers end between these two.'),
  orders90High: z.number(),
  revenue365: z.number().nullable().describe('Expected net revenue in 365 days.'),
  revenue365Low: z.number().nullable().describe('Eight of ten such customers end between these.'),
  revenue365High: z.number().nullable(),
})

/** What customers are worth, by the models BG/NBD and Gamma-Gamma. */
export function valueRoutes(values: Values): readonly Route[] {
  return [...readingRoutes(values), ...fileRoutes(values)]
}

const PeopleQuery = z.object({
  list: z.enum(valueLists).default('top'),
  limit: z.coerce.number().int().min(1).max(peopleLimit).default(20),
})

function readingRoutes(values: Values): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/value',
      summary:
        'What customers are expected to order and to bring: P(alive), orders and net revenue ahead with intervals, and how well the same model foretold days it had not seen.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(DatedValue),
      handle: ({ actor, query }) => values.report(actor.shop, { isFresh: query.fresh === '1' }),
    }),
    route({
      method: 'get',
      path: '/api/reports/value/people',
      summary:
        'Customers expected to bring most, or those who spent most of who seem to be leaving.',
      roles: readers,
      query: PeopleQuery,
      response: z.object({ items: z.array(Person) }),
      handle: async ({ actor, query }) => {
        const knowsNames = actor.role === 'owner' || actor.role === 'marketer'
        const rows = await values.people(actor.shop, query)
        return {
          items: rows.map((row) => ({
            customer: Number(row.person),
            name: knowsNames ? row.name : maskName(row.name),
            orderDays: row.repeats + 1,
            lastDay: row.lastDay,
            spent: row.spentInAll,
            alive: row.alive,
            orders90: row.orders,
            orders90Low: row.range.orders.low,
            orders90High: row.range.orders.high,
            revenue365: row.revenue,
            revenue365Low: row.range.revenue?.low ?? null,
            revenue365High: row.range.revenue?.high ?? null,
          })),
        }
      },
    }),
  ]
}

/** The tenths of the customers as rows of a file. */
function tenthsFile({ said, currency }: DatedValue) {
  const heads = [
    'tenth',
    'people',
    'expected_order_days',
    `expected_revenue_${currency.toLowerCase()}`,
    'expected_revenue_low',
    'expected_revenue_high',
    'least',
  ]
  const rows = (said?.tenths ?? []).map(({ people, orders, revenue, least }, at) => [
    at + 1,
    people,
    orders.value,
    revenue?.value ?? '',
    revenue?.low ?? '',
    revenue?.high ?? '',
    least,
  ])
  return { heads, rows }
}

/** People of a list as rows of a file, without names. */
function peopleFile(people: Awaited<ReturnType<Values['people']>>) {
  const heads = [
    'customer',
    'order_days',
    'last_order',
    'spent',
    'p_alive',
    'orders_90',
    'orders_90_low',
    'orders_90_high',
    'revenue_365',
    'revenue_365_low',
    'revenue_365_high',
  ]
  const rows = people.map(({ range, ...one }) => [
    one.person,
    one.repeats + 1,
    one.lastDay,
    one.spentInAll,
    one.alive,
    one.orders,
    range.orders.low,
    range.orders.high,
    one.revenue ?? '',
    range.revenue?.low ?? '',
    range.revenue?.high ?? '',
  ])
  return { heads, rows }
}

function fileRoutes(values: Values): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/value.csv',
      summary:
        'Customers in ten parts by what they are expected to bring in 365 days, as a CSV file.',
      roles: readers,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query: { language } }) => {
        const report = ready(await values.report(actor.shop, { isFresh: false }))
        const { heads, rows } = tenthsFile(report)
        return fileAnswer('value', fileOf(language, heads, rows))
      },
    }),
    route({
      method: 'get',
      path: '/api/reports/value/people.csv',
      summary: 'A list of customers by what they are expected to do, as a CSV file without names.',
      roles: readers,
      query: PeopleQuery.extend({
        ...InFile.shape,
        limit: z.coerce.number().int().min(1).max(peopleLimit).default(peopleLimit),
      }),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query }) => {
        const { heads, rows } = peopleFile(await values.people(actor.shop, query))
        return fileAnswer(`value-${query.list}`, fileOf(query.language, heads, rows))
      },
    }),
  ]
}
