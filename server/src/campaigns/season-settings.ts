import { z } from 'zod'
import { seasonYears } from './season-table.ts'
import { type SeasonDays, seasonIds } from './seasons.ts'
import { CalendarDay, TimeOfDay } from './time-of-day.ts'

const Year = z.int().min(seasonYears.from).max(seasonYears.to)
const LeadDays = z.int().min(0).max(20)
const Name = z.string().trim().min(1).max(40)
const Span = { from: CalendarDay, to: CalendarDay }
const inOrder = ({ from, to }: SeasonDays) => from <= to

/** The shop's settings section `seasons`: what it does otherwise than the table. */
export const SeasonSettings = z.strictObject({
  /** The last time of the last-order day at which an order still arrives before the day. */
  orderByTime: TimeOfDay.default('14:00'),
  /** How many days before the day that is, a gift season. */
  orderByLeadDays: z.partialRecord(z.enum(seasonIds), LeadDays).default({}),
  /** Seasons that are at other days in a year; one without a date of its own gets one here. */
  moved: z
    .array(
      z
        .strictObject({ season: z.enum(seasonIds), year: Year, ...Span })
        .refine(inOrder, 'it ends before it begins')
        .refine(({ year, from }) => from.startsWith(`${year}`), 'it begins in another year'),
    )
    .max(200)
    .default([]),
  /** Seasons that this shop does not keep. */
  hidden: z.array(z.enum(seasonIds)).max(100).default([]),
  /** Days of the shop itself, every year's one by one: its birthday, a fair. */
  own: z
    .array(
      z
        .strictObject({ name: Name, ...Span, gift: z.boolean().default(false) })
        .refine(inOrder, 'it ends before it begins'),
    )
    .max(100)
    .default([]),
  /** Holidays announced by the government (임시공휴일); substitutes (대체공휴일) are known ahead. */
  holidays: z
    .array(z.strictObject({ day: CalendarDay, name: Name }))
    .max(100)
    .default([]),
})
export type SeasonSettings = z.infer<typeof SeasonSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function seasonSettings(settings: unknown): SeasonSettings {
  const parsed = SeasonSettings.safeParse(settings ?? {})
  return parsed.success ? parsed.data : SeasonSettings.parse({})
}

/** Parcels to the whole country close three to four days before the two great feasts, a day or two before other days. */
const usualLeadDays = 2
const feastLeadDays = 4

/** Days before the day on which the last order that arrives in time is placed. */
export function leadDaysOf(id: string, settings: SeasonSettings): number {
  const own = (settings.orderByLeadDays as Readonly<Record<string, number>>)[id]
  return own ?? (id === 'seollal' || id === 'chuseok' ? feastLeadDays : usualLeadDays)
}
