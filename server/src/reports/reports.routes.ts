import { z } from 'zod'
import { reportDaysLimit } from '../lib/days.ts'
import type { CampaignReports } from '../proof/campaign-report.service.ts'
import { CausedRevenue } from '../proof/caused.ts'
import { type Route, route } from '../web/route.ts'
import type { HomeReports } from './home.service.ts'

const Count = z.number().int()
const CampaignReport = z.object({
  entered: Count,
  waiting: Count,
  reached: Count,
  eligible: Count.describe('Entries whose message passed every guard, both groups.'),
  wouldSend: Count.describe('The same as eligible: sent or held out alike.'),
  heldOut: Count,
  queued: Count,
  sent: Count,
  delivered: Count,
  clicked: Count,
  ordered: Count.describe('People of the treatment with an order in their window.'),
  unconfirmed: Count,
  /** People who were considered and never entered, by the newest reason. */
  notEntered: z.array(z.object({ why: z.string(), count: Count })),
  drops: z.array(
    z.object({
      reason: z.string(),
      after: z.enum(['entered', 'reached', 'eligible']),
      count: Count,
    }),
  ),
  coupons: z
    .object({ issued: Count, redeemed: Count, cost: z.number() })
    .nullable()
    .describe('Coupons the campaign gave, and what they took off orders; null where it gave none.'),
  learning: z
    .object({ people: Count, planned: Count, share: z.number(), after: z.number() })
    .nullable()
    .describe(
      'More are held out until so many people were counted; null: the campaign does not learn.',
    ),
  windowHours: z.number(),
  series: z.array(z.object({ at: z.number(), sent: Count, heldOut: Count, ordered: Count })),
})

const Point = z.object({ at: z.number(), value: z.number(), before: z.number() })
const Metric = z.object({ now: z.number(), before: z.number(), series: z.array(Point) })
const Home = z.object({
  from: z.number(),
  to: z.number(),
  orders: Metric,
  revenue: Metric,
  messages: Metric,
  caused: CausedRevenue.extend({
    leftOut: z
      .array(z.object({ id: Count, name: z.string() }))
      .readonly()
      .describe('Campaigns whose groups are not as their shares were set; they are not added.'),
    madeAt: z
      .number()
      .nullable()
      .describe('When it was worked out, UTC ms; null: it is being worked out for the first time.'),
  }),
})

const readers = ['marketer', 'developer', 'viewer'] as const

/** Reports on campaigns and the summary of home. */
export function reportRoutes(needs: {
  readonly campaigns: CampaignReports
  readonly home: HomeReports
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/report',
      summary: 'What happened in the campaign: how far people came, and why not.',
      roles: readers,
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: CampaignReport,
      handle: async ({ actor, params }) =>
        asAnswer(await needs.campaigns.report(actor.shop, params.id)),
    }),
    route({
      method: 'get',
      path: '/api/reports/home',
      summary: 'Orders, revenue, messages and caused revenue of the last days.',
      roles: readers,
      query: z.object({ days: z.coerce.number().int().min(1).max(reportDaysLimit).default(28) }),
      response: Home,
      handle: async ({ actor, query }) => {
        const home = await needs.home.home(actor.shop, query.days)
        const metric = (one: typeof home.orders) => ({ ...one, series: [...one.series] })
        return {
          ...home,
          orders: metric(home.orders),
          revenue: metric(home.revenue),
          messages: metric(home.messages),
        }
      },
    }),
  ]
}

type Report = Awaited<ReturnType<CampaignReports['report']>>

function asAnswer(report: Report): z.infer<typeof CampaignReport> {
  const { funnel } = report
  return {
    ...funnel,
    wouldSend: funnel.eligible,
    ordered: report.ordered,
    drops: report.drops.map((drop) => ({ ...drop })),
    notEntered: report.notEntered.map((one) => ({ ...one })),
    coupons: report.coupons && { ...report.coupons, cost: report.coupons.cost / 10_000 },
    learning: report.learning,
    windowHours: report.windowHours,
    series: report.series,
  }
}
