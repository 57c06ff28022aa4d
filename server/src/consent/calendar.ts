import { hourMs } from '../lib/duration.ts'

const seoulMs = 9 * hourMs

/**
 * The same time of day so many months later by Korea's calendar, which the law counts by (Civil Act article 160); UTC ms. A day
 * that the month does not have becomes its last.
 */
export function monthsLater(at: number, months: number): number {
  const date = new Date(at + seoulMs)
  const month = date.getUTCMonth() + months
  date.setUTCMonth(month)
  if (date.getUTCMonth() !== month % 12) date.setUTCDate(0)
  return date.getTime() - seoulMs
}
