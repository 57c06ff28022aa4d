import { z } from 'zod'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { type Route, route } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { runsBetween } from '../schedule.ts'
import { scheduleOf } from './due.ts'
import { type PlannedRow, runsDue, scheduledCampaigns } from './planned.store.ts'
import { audienceSize } from './runs.store.ts'

/** Longest span that is looked at: a page of a calendar is six weeks. */
const spanDays = 62
/** Campaigns, and runs of one, that are shown. */
const campaignsLimit = 200
const runsLimit = 200

const Planned = z.object({
  campaign: z.number(),
  name: z.string(),
  state: z.enum(['draft', 'live', 'paused', 'done']),
  /** UTC ms; of dates that return every day, the first day of the span. */
  at: z.number(),
  /** Whether it calls some people every day: those whose date returns. */
  daily: z.boolean(),
  /** How many it called, or would call now; null where it is not known. */
  people: z.number().nullable(),
})

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
}

/** Everything that is planned or was sent at set times, for the calendar. */
export function plannedRoutes(needs: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/planned-runs',
      summary:
        'When campaigns call people at set times: those that did, those that will, and drafts that would.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({
        from: z.coerce.number().int().min(0).describe('UTC ms'),
        to: z.coerce.number().int().min(0).describe('UTC ms, not included'),
      }),
      response: z.object({ items: z.array(Planned) }),
      handle: async ({ actor, query }) => {
        if (query.to <= query.from || query.to - query.from > spanDays * dayMs)
          throw new Refusal('invalid', `Ask for 1 to ${spanDays} days.`, 'to')
        return { items: [...(await planned(needs, actor.shop, query))] }
      },
    }),
  ]
}

async function planned(
  { db, clock, shops }: Needs,
  shop: ShopId,
  span: { readonly from: number; readonly to: number },
): Promise<readonly z.infer<typeof Planned>[]> {
  const { timeZone } = await shops.shop(shop)
  const [campaigns, done] = await Promise.all([
    scheduledCampaigns(db, shop, campaignsLimit),
    runsDue(db, shop, { ...span, limit: runsLimit }),
  ])
  const from = Math.max(span.from, clock.now())
  const coming = await Promise.all(
    campaigns.map(async (row) => {
      const flow = Flow.parse(JSON.parse(row.flow))
      const times = timesOf(flow, { from, to: span.to, zone: timeZone })
      if (times.length === 0) return []
      const daily = flow.trigger.kind === 'anniversary'
      const people = daily ? null : await peopleOf(db, shop, flow)
      return times.map((at) => ({ ...shownOf(row), at, daily, people }))
    }),
  )
  const past = done.map(({ called, ...run }) => ({
    ...run,
    state: 'done' as const,
    daily: false,
    people: called,
  }))
  return [...past, ...coming.flat()].toSorted((a, b) => a.at - b.at)
}

/** What a schedule calls at, in a span; of what calls a few people every day only the first. */
function timesOf(
  flow: Flow,
  { from, to, zone }: { readonly from: number; readonly to: number; readonly zone: string },
): readonly number[] {
  const schedule = scheduleOf(flow)
  if (!schedule || to <= from) return []
  const max = flow.trigger.kind === 'anniversary' ? 1 : runsLimit
  return runsBetween(schedule, { from, to, max }, zone)
}

async function peopleOf(db: Database, shop: ShopId, { audience }: Flow): Promise<number | null> {
  return audience === undefined ? null : await audienceSize(db, shop, { segment: audience })
}

function shownOf({ id, name, state }: PlannedRow) {
  return { campaign: id, name, state }
}
