import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { dayOfText, dayText } from '../day.ts'
import { type KeptSeason, seasonsBetween } from '../kept-seasons.ts'
import type { SeasonSettings } from '../season-settings.ts'
import { CalendarDay } from '../time-of-day.ts'
import type { Answers, ChosenSeason, Question, Said } from './playbook.ts'
import { chosenSeason, seasonKey, talksAfter } from './season-plan.ts'

/** The longest event, days. */
const eventDaysLimit = 60

/** Products that a draft may be told to show. */
export const pinnedLimit = 3

/** What was answered to the questions of a playbook, as it is sent. */
export const GivenAnswers = z.strictObject({
  event: z
    .strictObject({
      title: z.string().trim().min(1).max(60),
      from: CalendarDay,
      to: CalendarDay,
    })
    .optional(),
  /** The key of one of the seasons that were offered. */
  season: z.string().max(100).optional(),
  kakaoChannel: z
    .string()
    .trim()
    .max(300)
    .regex(/^https?:\/\/\S+$/i, 'an address such as https://pf.kakao.com/_example')
    .optional(),
  /** Easy ways to pay at the shop, as texts name them. */
  payments: z.string().trim().max(40).optional(),
  /** Products to show instead of those that the playbook would choose, in any order. */
  products: z.array(z.string().min(1).max(200)).min(1).max(pinnedLimit).optional(),
  /** Who is shown nothing, to compare with, instead of the playbook's own share. */
  holdoutShare: z.number().min(0.05).max(0.5).optional(),
})
export type GivenAnswers = z.infer<typeof GivenAnswers>

/** The shop's calendar, and today in its zone (`2026-11-22`). */
export type Today = { readonly today: string; readonly seasons: SeasonSettings }

/** What a season is offered as. */
export type OfferedSeason = {
  readonly key: string
  readonly name: Said
  readonly days: { readonly from: string; readonly to: string }
  /** The first day on which anything would be said. */
  readonly first: string
}

/** How far ahead seasons are offered, days. */
const aheadDays = 150

/** The seasons of the next months of which something can still be said, in order. */
export function offeredSeasons(now: Today): readonly OfferedSeason[] {
  return ahead(now).flatMap((season) => {
    const [first] = season.times ? talksAfter(season.times, now.today) : []
    if (!first) return []
    return [{ key: seasonKey(season), name: season.name, days: season.days, first: first.day }]
  })
}

function ahead({ today, seasons }: Today): readonly KeptSeason[] {
  const to = dayText((dayOfText(today) ?? 0) + aheadDays)
  return seasonsBetween(seasons, { from: today, to })
}

/** The answers a playbook needs, checked. Throws Refusal `invalid` with the field that is missing or wrong. */
export function answered(asks: readonly Question[], given: GivenAnswers, now: Today): Answers {
  const { today } = now
  return {
    today,
    ...(asks.includes('event') ? { event: eventOf(given, today) } : {}),
    ...(asks.includes('season') ? { season: seasonOf(given, now) } : {}),
    ...(asks.includes('kakao_channel') ? { kakaoChannel: channelOf(given) } : {}),
    ...(asks.includes('payments') && given.payments ? { payments: given.payments } : {}),
    ...(given.products ? { products: [...new Set(given.products)] } : {}),
    ...(given.holdoutShare === undefined ? {} : { holdoutShare: given.holdoutShare }),
  }
}

function seasonOf(given: GivenAnswers, now: Today): ChosenSeason {
  const season = ahead(now).find((one) => seasonKey(one) === given.season)
  const chosen = season && chosenSeason(season, now.seasons.orderByTime)
  if (chosen && talksAfter(chosen.times, now.today).length > 0) return chosen
  throw new Refusal('invalid', 'Choose a season that is still to come.', 'answers.season')
}

function channelOf({ kakaoChannel }: GivenAnswers): string {
  if (kakaoChannel !== undefined) return kakaoChannel
  const message = 'Say the address of the KakaoTalk channel.'
  throw new Refusal('invalid', message, 'answers.kakaoChannel')
}

function eventOf({ event }: GivenAnswers, today: string): NonNullable<Answers['event']> {
  if (!event)
    throw new Refusal('invalid', 'Say what the event is called, and its days.', 'answers.event')
  if (event.to < event.from)
    throw new Refusal('invalid', 'The event ends before it begins.', 'answers.event.to')
  if (event.to <= today)
    throw new Refusal(
      'invalid',
      'The event is over before anybody hears of it.',
      'answers.event.to',
    )
  if ((dayOfText(event.to) ?? 0) - (dayOfText(event.from) ?? 0) > eventDaysLimit)
    throw new Refusal('invalid', `An event has ${eventDaysLimit} days at most.`, 'answers.event.to')
  return event
}
