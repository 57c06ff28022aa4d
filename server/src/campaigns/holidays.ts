import { dayOfText, dayText, weekdayOf } from './day.ts'
import type { SeasonSettings } from './season-settings.ts'
import { type SeasonDays, type SeasonId, seasonDays, seasonIds, seasonOf } from './seasons.ts'

type Both = { readonly ko: string; readonly en: string }

/** A day off between two days (both included), `2026-11-22`. */
export type Holiday = { readonly day: string; readonly name: Both }

/** 제헌절 is a day off again from this year on. */
const constitutionDayOff = 2026

const [saturday, sunday] = [6, 7]
const weekend = [saturday, sunday]
type MovesFrom = readonly number[]

/**
 * The days off that the law (관공서의 공휴일에 관한 규정, article 3) gives another day for, and the weekdays it does so on; any of them
 * does where it falls on another day off. 신정 and 현충일 are simply lost.
 */
const substituted: { readonly [Id in SeasonId]?: MovesFrom } = {
  seollal: [sunday],
  chuseok: [sunday],
  samiljeol: weekend,
  childrens_day: weekend,
  buddhas_birthday: weekend,
  constitution_day: weekend,
  liberation_day: weekend,
  foundation_day: weekend,
  hangul_day: weekend,
  christmas: weekend,
}

/** The days off between two days: those of every year with their substitutes, and what the shop entered. */
export function holidaysBetween(
  settings: SeasonSettings,
  { from, to }: SeasonDays,
): readonly Holiday[] {
  const entered = new Set(settings.holidays.map(({ day }) => day))
  const found: Holiday[] = settings.holidays.map(({ day, name }) => ({
    day,
    name: { ko: name, en: name },
  }))
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    found.push(...holidaysOf(year).filter(({ day }) => !entered.has(day)))
  return found
    .filter(({ day }) => day >= from && day <= to)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

type DayOff = { readonly day: number; readonly id: SeasonId }

function holidaysOf(year: number): readonly Holiday[] {
  const usual = seasonIds.flatMap((id) => daysOff(id, year))
  const taken = new Map<number, Holiday>()
  for (const { day, id } of usual) {
    const { name } = seasonOf(id)
    // A Children's Day that is Buddha's Birthday too is one day of two names.
    const before = taken.get(day)?.name
    const both = before ? { ko: `${before.ko}, ${name.ko}`, en: `${before.en}, ${name.en}` } : name
    taken.set(day, { day: dayText(day), name: both })
  }
  for (const id of seasonIds) {
    const lost = lostDay(id, usual)
    if (lost === undefined) continue
    let day = lost + 1
    while (taken.has(day) || weekend.includes(weekdayOf(day))) day++
    const { ko, en } = seasonOf(id).name
    const name = { ko: `대체공휴일 (${ko})`, en: `Substitute for ${en}` }
    taken.set(day, { day: dayText(day), name })
  }
  return [...taken.values()]
}

/** The days of a season on which everybody is off: of the two feasts the day before and after too. */
function daysOff(id: SeasonId, year: number): readonly DayOff[] {
  const days = seasonDays(id, year)
  if (!days || !seasonOf(id).holiday) return []
  if (id === 'constitution_day' && year < constitutionDayOff) return []
  const around = id === 'seollal' || id === 'chuseok' ? [-1, 0, 1] : [0]
  return around.map((by) => ({ day: (dayOfText(days.from) ?? 0) + by, id }))
}

/**
 * After which day another one is given for a season; undefined where none is. It is where one of its days falls on such a weekday,
 * or from Monday to Friday on another day off: of two that fall on each other the later in the table gives way.
 */
function lostDay(id: SeasonId, all: readonly DayOff[]): number | undefined {
  const moves = substituted[id]
  if (!moves) return undefined
  const isUnder = (day: number) =>
    !weekend.includes(weekdayOf(day)) && all.find((one) => one.day === day)?.id !== id
  const own = all.filter((one) => one.id === id)
  const isLost = own.some(({ day }) => moves.includes(weekdayOf(day)) || isUnder(day))
  return isLost ? own.at(-1)?.day : undefined
}
