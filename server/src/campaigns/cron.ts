import { dateOf, daysIn, weekdayOf } from './day.ts'
import type { Slots } from './slots.ts'

/**
 * The slots of a cron expression of five fields (minute, hour, day of the month, month, weekday), or what is wrong with it.
 * Known are `*`, `?`, lists, ranges, steps and the English names of months and weekdays; Sunday is 0 or 7. As in Vixie cron
 * (crontab(5)) a day fits when either the day of the month or the weekday does, unless one of them begins with `*`: then both
 * must.
 */
export function cronSlots(expression: string): Slots | { readonly wrong: string } {
  const texts = expression.trim().split(/\s+/)
  if (texts.length !== 5)
    return { wrong: 'Five fields are needed: minute, hour, day of the month, month, weekday.' }
  const read: (readonly number[])[] = []
  for (const [at, text] of texts.entries()) {
    const field = fields[at]
    const values = field && valuesOf(text, field)
    if (!values) return { wrong: `"${text}" is no ${field?.name ?? 'field'}.` }
    read.push(values)
  }
  const [minutes = [], hours = [], dates = [], months = [], weekdays = []] = read
  const every = [texts[2], texts[4]].some((text) => /^[*?]/.test(text ?? ''))
  const comes = months.some((month) => dates.some((date) => date <= daysIn(leapYear, month)))
  if (every && !comes) return { wrong: 'There is no such day in any year.' }
  const [inDates, inMonths] = [new Set(dates), new Set(months)]
  const onWeekdays = new Set(weekdays.map((day) => (day === 0 ? 7 : day)))
  return {
    fits: (day) => {
      const { month, date } = dateOf(day)
      if (!inMonths.has(month)) return false
      const [byDate, byWeekday] = [inDates.has(date), onWeekdays.has(weekdayOf(day))]
      return every ? byDate && byWeekday : byDate || byWeekday
    },
    minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
  }
}

const leapYear = 2028

type Field = {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly names?: readonly string[]
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  {
    name: 'month',
    from: 1,
    to: 12,
    names: ['', ...'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')],
  },
  { name: 'weekday', from: 0, to: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
]

/** The values of a field, rising; undefined where it cannot be read. */
function valuesOf(text: string, field: Field): readonly number[] | undefined {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const range = rangeOf(part, field)
    if (!range) return undefined
    for (let value = range.from; value <= range.to; value += range.step) values.add(value)
  }
  return [...values].sort((a, b) => a - b)
}

function rangeOf(part: string, field: Field) {
  const [, first = '', last, every] =
    /^([*?]|[a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?(?:\/(\d{1,2}))?$/i.exec(part) ?? []
  const step = every === undefined ? 1 : Number(every)
  const all = first === '*' || first === '?'
  if (all && last !== undefined) return undefined
  const from = all ? field.from : placeOf(first, field)
  // `5/15` goes on to the end of the field.
  const open = all || (last === undefined && every !== undefined)
  const to = open ? field.to : placeOf(last ?? first, field)
  if (from === undefined || to === undefined || from > to || step < 1) return undefined
  return { from, to, step }
}

function placeOf(text: string, { names, from, to }: Field): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : (names?.indexOf(text.toLowerCase()) ?? -1)
  return text !== '' && value >= from && value <= to ? value : undefined
}
