import { localTime } from '../lib/zone.ts'
import type { Language } from '../shops/shop.ts'
import { dateOf, dayOfText, dayText, weekdayOf } from './day.ts'
import type { Schedule } from './schedule.ts'

/** `매주 월요일 오전 10시`, `every Monday at 10:00`. `zone`, the shop's, tells the local time of instants in UTC ms. */
export function scheduleSentence(schedule: Schedule, language: Language, zone: string): string {
  const sentence = repeated(schedule, { language, zone })
  const until =
    schedule.kind !== 'once' && schedule.until !== undefined
      ? untilWords[language](dayWords(schedule.until, { language, zone }))
      : ''
  return `${sentence}${until}${schedule.zone === 'customer' ? theirTime[language] : ''}`
}

type Voice = { readonly language: Language; readonly zone: string }

const untilWords = {
  ko: (day: string) => `, ${day}까지`,
  en: (day: string) => `, until ${day}`,
} as const
const theirTime = { ko: ' (고객의 현지 시각)', en: " (each customer's own time)" } as const

function repeated(schedule: Schedule, voice: Voice): string {
  const { language } = voice
  switch (schedule.kind) {
    case 'once': {
      const day = dayWords(schedule.at, voice)
      const time = timeWords(textOf(schedule.at, voice.zone).slice(11), language)
      return language === 'ko' ? `${day} ${time}에 한 번` : `once on ${day} at ${time}`
    }
    case 'daily':
      return joined(everyDay[language], schedule.time, language)
    case 'weekly':
      return joined(weekdayWords(schedule.weekdays, language), schedule.time, language)
    case 'monthly':
      return joined(monthDayWords(schedule.day, language), schedule.time, language)
    case 'cron':
      return cronWords(schedule.expression, language)
  }
}

const everyDay = { ko: '매일', en: 'every day' } as const

function joined(days: string, time: string, language: Language): string {
  const at = timeWords(time, language)
  return language === 'ko' ? `${days} ${at}` : `${days} at ${at}`
}

/** `오전 10시`, `낮 12시`, `오후 2시 30분`; `10:00`. */
function timeWords(time: string, language: Language): string {
  if (language === 'en') return time
  if (time === '12:00') return '낮 12시'
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3))]
  const half = hour < 12 ? '오전' : '오후'
  const shown = hour > 12 ? hour - 12 : hour
  return `${half} ${shown}시${minute > 0 ? ` ${minute}분` : ''}`
}

const koreanDays = '월화수목금토일'
const englishDays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

function weekdayWords(weekdays: readonly number[], language: Language): string {
  const days = weekdays.toSorted((a, b) => a - b)
  if (days.length === 7) return everyDay[language]
  const [first = 1, last = 1] = [days[0], days.at(-1)]
  const inARow = days.length > 2 && last - first === days.length - 1
  if (language === 'ko') {
    const names = days.map((day) => koreanDays[day - 1])
    const said = inARow ? [names[0], names.at(-1)].join('~') : names.join('·')
    return `매주 ${said}요일`
  }
  const names = days.map((day) => englishDays[day - 1] ?? '')
  return inARow ? `every ${names[0]} to ${names.at(-1)}` : `every ${listed(names)}`
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function monthDayWords(day: number | 'last', language: Language): string {
  const last = day === 'last' || day === 31
  if (language === 'ko') {
    if (last) return '매월 말일'
    return day > 28 ? `매월 ${day}일(없는 달은 말일)` : `매월 ${day}일`
  }
  if (last) return 'on the last day of every month'
  const nth = `on the ${ordinal(day)} of every month`
  return day > 28 ? `${nth} (the last day of shorter ones)` : nth
}

function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? 'th' : ['th', 'st', 'nd', 'rd'][day % 10]
  return `${day}${ending ?? 'th'}`
}

/** The simple ones as their own kinds would say them; the rest by the expression. */
function cronWords(expression: string, language: Language): string {
  const [minute = '', hour = '', date = '', month, weekday = ''] = expression.trim().split(/\s+/)
  const number = /^\d{1,2}$/
  if (number.test(minute) && number.test(hour) && month === '*') {
    const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
    if (date === '*' && weekday === '*') return joined(everyDay[language], time, language)
    if (date === '*' && /^[0-7]$/.test(weekday))
      return joined(weekdayWords([Number(weekday) || 7], language), time, language)
    if (number.test(date) && Number(date) < 29 && weekday === '*')
      return joined(monthDayWords(Number(date), language), time, language)
  }
  return language === 'ko'
    ? `정해 둔 시각마다 (${expression.trim()})`
    : `at the times of ${expression.trim()}`
}

/** What clocks in the zone show, `2026-11-22T10:00`. */
function textOf(at: number | string, zone: string): string {
  return typeof at === 'string' ? at : new Date(localTime(at, zone)).toISOString().slice(0, 16)
}

function dayWords(at: number | string, { language, zone }: Voice): string {
  const day = dayOfText(textOf(at, zone).slice(0, 10)) ?? 0
  const { year, month, date } = dateOf(day)
  const weekday = weekdayOf(day)
  if (language === 'ko') return `${year}년 ${month}월 ${date}일 (${koreanDays[weekday - 1]})`
  return `${englishDays[weekday - 1]} ${dayText(day)}`
}
