import { z } from 'zod'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import { InFile, inFile } from '../web/csv-heads.ts'
import { type Route, route } from '../web/route.ts'
import type { Buying } from './buying.service.ts'
import { fileOf as fileAnswer, ready } from './insight.routes.ts'
import { PairsReport } from './pairs.ts'
import { fileOf } from './table.ts'
import { againDays, TimingReport } from './timing.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

/** After how long customers buy again, and what they buy together. */
export function buyingRoutes(buying: Buying): readonly Route[] {
  return [...readingRoutes(buying), ...fileRoutes(buying)]
}

function readingRoutes(buying: Buying): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/timing',
      summary:
        'After how long the same product, a product of the same category, or anything is bought again; what campaigns count as due.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(TimingReport),
      handle: ({ actor, query }) => buying.timing(actor.shop, query.fresh === '1'),
    }),
    route({
      method: 'get',
      path: '/api/reports/pairs',
      summary: 'What is bought in one order more often than by chance. Candidates, not causes.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(PairsReport),
      handle: ({ actor, query }) => buying.pairs(actor.shop, query.fresh === '1'),
    }),
  ]
}

function fileRoutes(buying: Buying): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/timing.csv',
      summary: 'The intervals as a CSV file.',
      roles: readers,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query: { language } }) => {
        const { shop, categories, products } = ready(await buying.timing(actor.shop))
        const kinds = [
          ['shop', [shop]],
          ['category', categories],
          ['product', products],
        ] as const
        const shares = againDays.map((days) => `again_${days}`)
        const head = ['by', 'key', 'name', 'people', 'intervals', 'lower', 'median', 'upper']
        return fileAnswer(
          'timing',
          fileOf(
            language,
            [...head, ...shares, 'due_days', 'due_from'],
            kinds.flatMap(([by, rows]) =>
              rows.map((row) => [
                inFile(language, by),
                row.key,
                row.name,
                row.people,
                row.intervals,
                row.lower ?? '',
                row.median ?? '',
                row.upper ?? '',
                ...againDays.map((_, at) => row.again[at]?.value ?? ''),
                row.due.days,
                row.due.from === '' ? '' : inFile(language, row.due.from),
              ]),
            ),
          ),
        )
      },
    }),
    pairsFile(buying),
  ]
}

function pairsFile(buying: Buying): Route {
  return route({
    method: 'get',
    path: '/api/reports/pairs.csv',
    summary: 'The pairs as a CSV file.',
    roles: readers,
    query: InFile,
    response: z.string(),
    media: { response: 'text/csv' },
    handle: async ({ actor, query: { language } }) => {
      const { pairs } = ready(await buying.pairs(actor.shop))
      const head = ['one', 'one_name', 'other', 'other_name', 'orders', 'people', 'support']
      return fileAnswer(
        'pairs',
        fileOf(
          language,
          [...head, 'after_one', 'after_other', 'lift', 'lift_low', 'lift_high'],
          pairs.map((pair) => [
            pair.one.id,
            pair.one.name,
            pair.other.id,
            pair.other.name,
            pair.orders,
            pair.people,
            pair.support,
            pair.afterOne,
            pair.afterOther,
            pair.lift.value,
            pair.lift.low,
            pair.lift.high,
          ]),
        ),
      )
    },
  })
}
