import { localTime } from './zone.ts'

/** Where and when a time is read: the zone, and the year that needs no saying. */
export type ReadAt = { readonly zone: string; readonly now: number }

/** A time (UTC ms) as short as it can be said: `11월 20일 10:00`, `20 Nov 10:00`; another year than this is named. */
export function shortTime(at: number, language: 'ko' | 'en', { zone, now }: ReadAt): string {
  const date = new Date(localTime(at, zone))
  const clock = date.toISOString().slice(11, 16)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const named = year !== new Date(localTime(now, zone)).getUTCFullYear()
  return language === 'ko'
    ? `${named ? `${year}년 ` : ''}${month + 1}월 ${day}일 ${clock}`
    : `${day} ${months[month]}${named ? ` ${year}` : ''} ${clock}`
}

const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const
