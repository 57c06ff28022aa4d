import { Flow } from '../campaigns/campaign.ts'
import { stepsOf } from '../campaigns/flow-map.ts'
import type { Database } from '../database/connection.store.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import { wilson } from '../statistics/intervals.ts'
import {
  type PoolUse,
  readAnswers,
  readCalendar,
  readDays,
  readFlows,
  readNames,
  readPools,
  readPressure,
} from './messaging.store.ts'
import { campaignsShown, MessagingReport, type Offer } from './messaging-report.ts'
import { type Answered, responsesOf } from './responses.ts'

const freshMs = hourMs
const calendarDays = 56

/** What messages meet: answers by who people were, coupons, and how many messages they get. */
export function messaging(needs: {
  readonly db: Database
  readonly shops: Pick<Shops, 'shop'>
  readonly kept: Pick<KeptResults, 'answer'>
}) {
  const { db, shops, kept } = needs
  return {
    report: async (shop: ShopId, isFresh = false) => {
      const { currency, timeZone: zone } = await shops.shop(shop)
      return await kept.answer(shop, {
        report: 'messaging',
        question: { currency, zone },
        schema: MessagingReport,
        freshMs,
        isFresh,
        work: async (now): Promise<MessagingReport> => {
          const asked = { shop, now, currency }
          const [answers, pools] = [await readAnswers(db, asked), await readPools(db, asked)]
          const offerOf = await offersOf(db, shop, { answers, pools })
          const largest = largestOf(answers)
          const most = answers.filter((row) => largest.includes(row.campaign))
          const calendar = { days: calendarDays, zone }
          return {
            currency,
            byChannel: responsesOf(answers, (row) => row.channel),
            byOffer: responsesOf(answers, offerOf),
            byCampaign: responsesOf(most, (row) => `${row.campaign}`),
            campaigns: [...(await readNames(db, shop, largest))],
            coupons: pools.map(couponOf),
            week: [...(await readPressure(db, asked, 7))],
            month: [...(await readPressure(db, asked, 30))],
            days: [...(await readDays(db, asked, calendar))],
            calendar: [...(await readCalendar(db, asked, calendar))],
          }
        },
      })
    },
  }
}
export type Messaging = ReturnType<typeof messaging>

/** The campaigns with the most people decided on. */
function largestOf(answers: readonly Answered[]): readonly number[] {
  const people = new Map<number, number>()
  for (const row of answers) people.set(row.campaign, (people.get(row.campaign) ?? 0) + row.people)
  return [...people]
    .toSorted(([a, one], [b, other]) => other - one || a - b)
    .slice(0, campaignsShown)
    .map(([campaign]) => campaign)
}

function couponOf({
  discount: _,
  usedOfIssued,
  ...pool
}: PoolUse): MessagingReport['coupons'][number] {
  const of = { people: pool.issued, reached: usedOfIssued }
  const rate = pool.issued === 0 ? null : { value: usedOfIssued / pool.issued, ...wilson(of) }
  return { ...pool, rate }
}

/** What a decision's message offers, by the flow it was decided on; the same for those held out. */
async function offersOf(
  db: Database,
  shop: ShopId,
  { answers, pools }: { readonly answers: readonly Answered[]; readonly pools: readonly PoolUse[] },
): Promise<(row: Answered) => Offer> {
  const kinds = new Map(pools.map((pool) => [pool.pool, pool.discount]))
  const flows = await readFlows(db, shop, [...new Set(answers.map((row) => row.campaign))])
  const offered = new Map<string, Offer>()
  for (const { campaign, version, flow } of flows) {
    const read = Flow.safeParse(JSON.parse(flow))
    if (!read.success) continue
    for (const step of stepsOf(read.data)) {
      const pool = step.kind === 'message' ? step.coupon : undefined
      const offer = pool === undefined ? 'none' : (kinds.get(pool) ?? 'none')
      offered.set(`${campaign}/${version}/${step.id}`, offer)
    }
  }
  return ({ campaign, version, step }) => offered.get(`${campaign}/${version}/${step}`) ?? 'none'
}
