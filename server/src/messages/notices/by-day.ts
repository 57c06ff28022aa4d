import { hourMs } from '../../lib/duration.ts'
import { localTime, startOfLocalDay } from '../../lib/zone.ts'

const fromHour = 9
const untilHour = 20

/** The time itself, or the next morning in the zone: what nobody waits for does not wake anybody. UTC ms. */
export function byDay(at: number, zone: string): number {
  const today = startOfLocalDay(at, zone)
  const sinceMidnight = localTime(at, zone) - localTime(today, zone)
  if (sinceMidnight < fromHour * hourMs) return today + fromHour * hourMs
  if (sinceMidnight < untilHour * hourMs) return at
  return startOfLocalDay(today + 36 * hourMs, zone) + fromHour * hourMs
}
