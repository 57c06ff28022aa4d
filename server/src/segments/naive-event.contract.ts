import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { decimalOf, numberHolds, timeHolds } from './comparison.ts'
import type { EventCondition, Measure, Window } from './event-condition.ts'
import { type Facts, factsOf, isTypedNumber, isTypedText, numberAt, passes } from './filter.ts'
import type { CasePerson } from './person-cases.contract.ts'

/** An event condition looked at anew: which of all happenings lie in the window, and what they come to. */
export function naiveEvent(one: EventCondition, person: CasePerson, now: number): boolean {
  const { window, measure } = one
  const counted = person.happenings
    .filter(({ name, at }) => name === one.event && at <= now)
    .filter(({ at }) => naiveInside(window, at, now))
    .map((happened) => ({ at: happened.at, facts: factsOf(happened) }))
    .filter(({ facts }) => one.where === undefined || passes(one.where, facts))
  const facts = counted.map((happened) => happened.facts)
  switch (measure.of) {
    case 'first':
    case 'last': {
      const times = counted.map(({ at }) => at).sort((a, b) => a - b)
      const at = measure.of === 'first' ? times[0] : times.at(-1)
      return at !== undefined && timeHolds(at, measure.is, now)
    }
    case 'count':
      return numberHolds(whole(counted.length), measure.is)
    case 'distinct': {
      const values = new Set(facts.flatMap((one) => naiveValue(measure.path, one)))
      return numberHolds(whole(values.size), measure.is)
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return naiveFigure(measure, facts)
  }
}

const whole = (count: number) => BigInt(count) * 10_000n

type Figure = Extract<Measure, { readonly of: 'sum' | 'avg' | 'min' | 'max' }>

function naiveFigure({ of, path, currency, is }: Figure, counted: readonly Facts[]): boolean {
  const numbers = counted
    .filter((facts) => currency === undefined || ['', currency].includes(facts.typed().currency))
    .flatMap((facts) => numberAt(path, facts) ?? [])
    .sort((a, b) => (a < b ? -1 : 1))
  const [smallest] = numbers
  const largest = numbers.at(-1)
  const sum = numbers.reduce((total, number) => total + number, 0n)
  switch (of) {
    case 'sum':
      return numberHolds(sum, is)
    case 'min':
      return smallest !== undefined && numberHolds(smallest, is)
    case 'max':
      return largest !== undefined && numberHolds(largest, is)
    case 'avg': {
      if (numbers.length === 0) return false
      // Two averages are compared as one would by hand: both sides times how many there are.
      const times = (value: number) => decimalOf(value) * BigInt(numbers.length)
      if (is.op === 'between') return sum >= times(is.from) && sum <= times(is.to)
      const other = times(is.value)
      const holds = { '=': sum === other, '>=': sum >= other, '<=': sum <= other }
      return { ...holds, '>': sum > other, '<': sum < other }[is.op]
    }
  }
}

function naiveValue(path: string, facts: Facts): readonly string[] {
  const { texts, numbers } = facts.flat()
  if (isTypedText(path)) return facts.typed()[path] === '' ? [] : [`text ${facts.typed()[path]}`]
  const text = isTypedNumber(path) ? undefined : texts.get(path)
  if (text !== undefined) return [`text ${text}`]
  const number = isTypedNumber(path) ? facts.typed()[path] : numbers.get(path)
  return number === undefined ? [] : [`number ${number}`]
}

function naiveInside(window: Window, at: number, now: number): boolean {
  switch (window.kind) {
    case 'ever':
      return true
    case 'rolling': {
      const ms = ({
        amount,
        unit,
      }: {
        readonly amount: number
        readonly unit: keyof typeof units
      }) => amount * units[unit]
      return at > now - ms(window.span) && at <= now - (window.until ? ms(window.until) : 0)
    }
    case 'between':
      return at >= Date.parse(window.from) && at < Date.parse(window.to)
    case 'before':
      return at < Date.parse(window.at)
    case 'after':
      return at >= Date.parse(window.at)
    case 'calendar': {
      const back = window.which === 'last' ? 1 : 0
      return naiveUnit(at, window) === naiveUnit(now, window) - back
    }
  }
}
const units = { minutes: minuteMs, hours: hourMs, days: dayMs }

const formats = new Map<string, Intl.DateTimeFormat>()
/** A running number of the calendar's days, weeks or months, from the date that a zone's clocks show. */
function naiveUnit(
  at: number,
  { zone, unit }: { readonly zone: string; readonly unit: 'day' | 'week' | 'month' },
): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
  formats.set(zone, format)
  const [year = 0, month = 0, day = 0] = format.format(at).split('-').map(Number)
  if (unit === 'month') return year * 12 + month
  const days = Date.UTC(year, month - 1, day) / dayMs
  return unit === 'day' ? days : Math.floor((days + 3) / 7)
}
