import type { Span } from '../../../server/src/segments/comparison.ts'
import type { Window } from '../../../server/src/segments/event-condition.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import type { Choice } from './find.ts'

const text = words({
  ever: { ko: '지금까지', en: 'ever' },
  today: { ko: '오늘', en: 'today' },
  yesterday: { ko: '어제', en: 'yesterday' },
  thisWeek: { ko: '이번 주', en: 'this week' },
  lastWeek: { ko: '지난주', en: 'last week' },
  thisMonth: { ko: '이번 달', en: 'this month' },
  lastMonth: { ko: '지난달', en: 'last month' },
  range: { ko: 'N일 전부터 M일 전까지', en: 'from N days ago to M days ago' },
  between: { ko: '날짜와 날짜 사이', en: 'between two dates' },
  before: { ko: '어떤 날짜 전', en: 'before a date' },
  after: { ko: '어떤 날짜부터', en: 'since a date' },
  period: { ko: '기간', en: 'from' },
  date: { ko: '날짜', en: 'the date' },
  lately: { ko: '최근', en: 'Lately' },
  calendar: { ko: '달력으로', en: 'By the calendar' },
  exact: { ko: '직접 정하기', en: 'Set yourself' },
  last: {
    ko: (span: string) => `최근 ${span} 동안`,
    en: (span: string) => `in the last ${span}`,
  },
})

const unitNames = {
  ko: { minutes: '분', hours: '시간', days: '일' },
  en: { minutes: 'minutes', hours: 'hours', days: 'days' },
} as const
const oneUnit = { minutes: 'minute', hours: 'hour', days: 'day' } as const

/** `7일`, `30 minutes`. */
export function spanWords({ amount, unit }: Span, language: Language): string {
  if (language === 'ko') return `${amount}${unitNames.ko[unit]}`
  return `${amount} ${amount === 1 ? oneUnit[unit] : unitNames.en[unit]}`
}

/** The units of a span to pick from. */
export function unitChoices(language: Language): readonly Choice[] {
  return (['minutes', 'hours', 'days'] as const).map((value) => ({
    value,
    label: unitNames[language][value],
  }))
}

const calendar = {
  today: { unit: 'day', which: 'this' },
  yesterday: { unit: 'day', which: 'last' },
  thisWeek: { unit: 'week', which: 'this' },
  lastWeek: { unit: 'week', which: 'last' },
  thisMonth: { unit: 'month', which: 'this' },
  lastMonth: { unit: 'month', which: 'last' },
} as const
type CalendarName = keyof typeof calendar
const calendarNames = Object.keys(calendar) as readonly CalendarName[]

const offered: readonly Span[] = [
  { amount: 30, unit: 'minutes' },
  { amount: 1, unit: 'hours' },
  ...[1, 3, 7, 14, 30, 60, 90, 180, 365].map((amount) => ({ amount, unit: 'days' as const })),
]

/** What the picker of a window offers before anything is typed. */
export function windowChoices(language: Language): readonly Choice[] {
  const said = inLanguage(text, language)
  const late = offered.map((span) => ({
    value: `${span.amount} ${span.unit}`,
    label: said.last(spanWords(span, language)),
    group: said.lately,
  }))
  return [
    { value: 'ever', label: said.ever, group: said.lately, words: '전체 항상 all time' },
    ...late.slice(2),
    ...late.slice(0, 2),
    ...calendarNames.map((value) => ({ value, label: said[value], group: said.calendar })),
    { value: 'range', label: said.range, group: said.exact, words: '부터 까지 range' },
    { value: 'between', label: said.between, group: said.exact, words: '기간 dates' },
    { value: 'before', label: said.before, group: said.exact },
    { value: 'after', label: said.after, group: said.exact, words: '이후' },
  ]
}

/** Only the windows of the last so long. */
export function rollingChoices(language: Language): readonly Choice[] {
  return windowChoices(language).filter(({ value }) => /^\d/.test(value))
}

const typedUnits: readonly (readonly [RegExp, Span['unit'], number])[] = [
  [/^(분|min|m$)/, 'minutes', 1],
  [/^(시간|h)/, 'hours', 1],
  [/^(주|w)/, 'days', 7],
  [/^(달|개월|월|mo)/, 'days', 30],
  [/^(년|y)/, 'days', 365],
  [/^(일|d|$)/, 'days', 1],
]

/** A window typed as words: `10`, `최근 10일`, `3주`, `2 hours`. */
export function typedWindow(typed: string, language: Language): readonly Choice[] {
  const match = /(\d{1,4})\s*([^\d\s]*)/.exec(typed.replace(/최근|in the last|last/gi, '').trim())
  const amount = Number(match?.[1] ?? 0)
  const unit = typedUnits.find(([pattern]) => pattern.test((match?.[2] ?? '').toLowerCase()))
  if (amount < 1 || !unit) return []
  const span: Span = { amount: amount * unit[2], unit: unit[1] }
  const label = inLanguage(text, language).last(spanWords(span, language))
  return [{ value: `${span.amount} ${span.unit}`, label }]
}

/** The value of the picker for a window. */
export function windowValue(window: Window): string {
  switch (window.kind) {
    case 'ever':
    case 'between':
    case 'before':
    case 'after':
      return window.kind
    case 'rolling':
      return window.until ? 'range' : `${window.span.amount} ${window.span.unit}`
    case 'calendar':
      return (
        calendarNames.find(
          (name) => calendar[name].unit === window.unit && calendar[name].which === window.which,
        ) ?? 'today'
      )
  }
}

/** The window in the words of the sentence; what has blanks of its own says its name only. */
export function windowWords(window: Window, language: Language): string {
  const said = inLanguage(text, language)
  if (window.kind === 'rolling' && !window.until) return said.last(spanWords(window.span, language))
  if (window.kind === 'rolling') return said.period
  if (window.kind === 'between') return language === 'ko' ? said.period : said.between
  if (window.kind === 'before' || window.kind === 'after')
    return language === 'ko' ? said.date : said[window.kind]
  const value = windowValue(window)
  const known = windowChoices(language).find((choice) => choice.value === value)
  return known?.label ?? value
}

type Today = {
  readonly zone: string
  readonly day: string
  readonly instantOf: (day: string) => string
}

/** The window that a value of the picker stands for. */
export function windowFrom(value: string, { zone, day, instantOf }: Today): Window {
  if (calendarNames.some((name) => name === value)) {
    const { unit, which } = calendar[value as CalendarName]
    return { kind: 'calendar', unit, which, zone }
  }
  switch (value) {
    case 'ever':
      return { kind: 'ever' }
    case 'range':
      return {
        kind: 'rolling',
        span: { amount: 7, unit: 'days' },
        until: { amount: 3, unit: 'days' },
      }
    case 'between':
      return {
        kind: 'between',
        from: instantOf(`${day.slice(0, 7)}-01`),
        to: instantOf(nextMonth(day)),
      }
    case 'before':
    case 'after':
      return { kind: value, at: instantOf(day) }
    default: {
      const [amount, unit] = value.split(' ')
      return {
        kind: 'rolling',
        span: { amount: Number(amount) || 7, unit: unit as Span['unit'] },
      }
    }
  }
}

function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const two = (value: number) => String(value).padStart(2, '0')
  return month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`
}
