import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { localTime } from '../lib/zone.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { dayOfText, dayText } from './day.ts'
import { holidaysBetween } from './holidays.ts'
import { type KeptSeason, seasonsBetween } from './kept-seasons.ts'
import { SeasonSettings, seasonSettings } from './season-settings.ts'
import { seasonIds } from './seasons.ts'
import { atTime, CalendarDay } from './time-of-day.ts'

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly clock: Clock
}

const Both = z.object({ ko: z.string(), en: z.string() })
const Days = z.object({ from: z.string(), to: z.string() })
const Times = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('day'),
    teaser: z.string(),
    main: z.string(),
    lastOrder: z.string().optional(),
    day: z.string(),
    stop: z.string(),
  }),
  z.object({
    kind: z.literal('span'),
    opening: z.string(),
    middle: z.string(),
    closing: z.string(),
    stop: z.string(),
  }),
])
const SeasonAnswer = z.object({
  /** Null for a day of the shop itself. */
  id: z.enum(seasonIds).nullable(),
  name: Both,
  theme: Both,
  kind: z.enum(['day', 'span']),
  gift: z.boolean(),
  noPromotion: z.boolean(),
  yearlyNotice: z.boolean(),
  holiday: z.boolean(),
  year: z.number(),
  days: Days,
  times: Times.nullable(),
  leadDays: z.number(),
  /** The last moment (UTC ms) of orders that arrive before the day; null where nothing must. */
  orderBy: z.number().nullable(),
  moved: z.boolean(),
})
const Answer = z.object({
  /** The shop's zone, in which all days are meant. */
  zone: z.string(),
  from: z.string(),
  to: z.string(),
  items: z.array(SeasonAnswer),
  holidays: z.array(z.object({ day: z.string(), name: Both })),
  settings: SeasonSettings,
})

/** Most days asked for at once. */
const spanDaysLimit = 400
const usualSpanDays = 120

/** The seasons a shop sells by, and what it does otherwise than the table. */
export function seasonsRoutes({ shops, clock }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/seasons',
      summary:
        'Seasons, their times (teaser, main, last order ...) and days off between two days, both included; from today unless said.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({ from: CalendarDay.optional(), to: CalendarDay.optional() }),
      response: Answer,
      handle: async ({ actor, query }) => {
        const shop = await shops.shop(actor.shop)
        const zone = shop.timeZone
        const asked = askedDays(query, Math.floor(localTime(clock.now(), zone) / dayMs))
        const settings = seasonSettings(shop.settings.seasons)
        return {
          zone,
          ...asked,
          items: seasonsBetween(settings, asked).map((season) => ({
            ...season,
            orderBy: orderByOf(season, settings, zone),
          })),
          holidays: [...holidaysBetween(settings, asked)],
          settings,
        }
      },
    }),
    route({
      method: 'put',
      path: '/api/seasons',
      summary: 'What the shop does otherwise than the table of seasons; the whole of it.',
      roles: ['marketer'],
      body: SeasonSettings,
      response: SeasonSettings,
      handle: async ({ actor, body }) => {
        await shops.set(actor.shop, 'seasons', JSON.parse(JSON.stringify(body)) as JsonObject)
        await shops.audit(actor, 'seasons.changed', {
          object: `shop:${actor.shop}`,
          detail: {
            moved: body.moved.length,
            hidden: body.hidden.length,
            own: body.own.length,
            holidays: body.holidays.length,
          },
        })
        return body
      },
    }),
  ]
}

function askedDays(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: number,
) {
  const first = (from === undefined ? undefined : dayOfText(from)) ?? today
  const last = (to === undefined ? undefined : dayOfText(to)) ?? first + usualSpanDays
  if (last < first) throw new Refusal('invalid', 'The days end before they begin.', 'to')
  if (last - first > spanDaysLimit)
    throw new Refusal('invalid', `At most ${spanDaysLimit} days at once.`, 'to')
  return { from: dayText(first), to: dayText(last) }
}

function orderByOf({ times }: KeptSeason, settings: SeasonSettings, zone: string): number | null {
  if (times?.kind !== 'day' || times.lastOrder === undefined) return null
  return atTime(dayOfText(times.lastOrder) ?? 0, settings.orderByTime, zone)
}
