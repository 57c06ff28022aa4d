import { z } from 'zod'
import { type Kept, keptOf, keptQuery } from '../jobs/kept-result.ts'
import { Refusal } from '../lib/refusal.ts'
import { InFile } from '../web/csv-heads.ts'
import { type Route, route } from '../web/route.ts'
import { CohortAnswer, FunnelAnswer, FunnelGroupsAnswer, RfmAnswer } from './answers.ts'
import { cohortBases, cohortReturns, cohortUnits } from './cohort.ts'
import { funnelGroupings } from './funnel.ts'
import type { Insights } from './insight.service.ts'
import { cohortFile, funnelFile, rfmFile } from './table.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

const FunnelQuery = z.object({
  days: z.coerce
    .number()
    .int()
    .min(0)
    .max(180)
    .default(30)
    .describe(
      'Whole days until the shop’s last midnight, compared with as many before; 0: today so far beside yesterday until the same time.',
    ),
  window_days: z.coerce
    .number()
    .int()
    .min(1)
    .max(30)
    .optional()
    .describe('Each person once, so many days from their first visit; without it each visit.'),
  path: z.enum(['any', 'search']).default('any').describe('search: only ways that search first.'),
  segment: z.coerce.number().int().positive().optional().describe('Members of it now.'),
  product: z.string().min(1).max(200).optional(),
  category: z.string().min(1).max(200).optional(),
})
const CohortQuery = z.object({
  base: z.enum(cohortBases).default('purchase'),
  returns: z.enum(cohortReturns).default('order'),
  unit: z.enum(cohortUnits).default('month'),
})

type FunnelAsked = Parameters<Insights['funnel']>[1]

function funnelAsked(query: z.infer<typeof FunnelQuery>): FunnelAsked {
  const { days, path, window_days: windowDays, segment, product, category } = query
  return { days, path, windowDays, segment, product, category }
}

/** Funnel, cohorts and RFM, each as JSON and as a file. */
export function insightRoutes(insights: Insights): readonly Route[] {
  return [...readingRoutes(insights), ...fileRoutes(insights)]
}

function readingRoutes(insights: Insights): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/funnel',
      summary:
        'From visit to order, step by step, in a period and in the one before; whole and by source.',
      roles: readers,
      query: FunnelQuery.extend(keptQuery),
      response: keptOf(FunnelAnswer),
      handle: ({ actor, query }) =>
        insights.funnel(actor.shop, funnelAsked(query), query.fresh === '1'),
    }),
    route({
      method: 'get',
      path: '/api/reports/funnel/groups',
      summary:
        'The same steps of the products or categories looked at most, or of each segment, in both periods.',
      roles: readers,
      query: FunnelQuery.extend({ ...keptQuery, by: z.enum(funnelGroupings) }),
      response: keptOf(FunnelGroupsAnswer),
      handle: ({ actor, query }) =>
        insights.funnelGroups(
          actor.shop,
          { ...funnelAsked(query), by: query.by },
          query.fresh === '1',
        ),
    }),
    route({
      method: 'get',
      path: '/api/reports/cohort',
      summary:
        'Cohorts by first order, joining or first visit: who came back when, and what it brought.',
      roles: readers,
      query: CohortQuery.extend(keptQuery),
      response: keptOf(CohortAnswer),
      handle: ({ actor, query: { fresh, ...asked } }) =>
        insights.cohort(actor.shop, asked, fresh === '1'),
    }),
    route({
      method: 'get',
      path: '/api/reports/rfm',
      summary:
        'Buyers by how recently, how often and for how much, as of the shop’s last midnight, and who moved in 30 days.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(RfmAnswer),
      handle: ({ actor, query }) => insights.rfm(actor.shop, query.fresh === '1'),
    }),
  ]
}

function fileRoutes(insights: Insights): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/funnel.csv',
      summary: 'The funnel as a CSV file.',
      roles: readers,
      query: FunnelQuery.extend(InFile.shape),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query }) =>
        fileOf(
          'funnel',
          funnelFile(ready(await insights.funnel(actor.shop, funnelAsked(query))), query.language),
        ),
    }),
    route({
      method: 'get',
      path: '/api/reports/cohort.csv',
      summary: 'The cohorts as a CSV file.',
      roles: readers,
      query: CohortQuery.extend(InFile.shape),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query }) =>
        fileOf(
          'cohort',
          cohortFile(ready(await insights.cohort(actor.shop, query)), query.language),
        ),
    }),
    route({
      method: 'get',
      path: '/api/reports/rfm.csv',
      summary: 'The RFM grid as a CSV file.',
      roles: readers,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query: { language } }) =>
        fileOf('rfm', rfmFile(ready(await insights.rfm(actor.shop)), language)),
    }),
  ]
}

export function ready<T>(kept: Kept<T>): T {
  if (kept.state === 'ready') return kept.result
  throw new Refusal('busy', 'The report is being worked out. Ask again in a moment.')
}

export function fileOf(name: string, text: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
