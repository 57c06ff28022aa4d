import { dayMs, hourMs } from '../../lib/duration.ts'
import { localTime, utcOfLocal } from '../../lib/zone.ts'

const fromHour = 9
const untilHour = 20

/** The time itself, or the next morning in the zone: what nobody waits for does not wake anybody. UTC ms. */
export function byDay(at: number, zone: string): number {
  const local = localTime(at, zone)
  const today = Math.floor(local / dayMs) * dayMs
  const hour = (local - today) / hourMs
  if (hour >= fromHour && hour < untilHour) return at
  const morning = hour < fromHour ? today : today + dayMs
  return utcOfLocal(morning + fromHour * hourMs, zone)
}
