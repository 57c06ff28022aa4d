/** Midnight of a day (`2026-11-22`) in a time zone, as the definition says instants: `2026-11-22T00:00:00+09:00`. */
export function instantOf(day: string, zone: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const utc = Date.UTC(year, month - 1, date)
  // The offset at midnight itself, not at midnight in UTC: they differ on the days that clocks change.
  const offset = offsetMinutes(utc - offsetMinutes(utc, zone) * 60_000, zone)
  const sign = offset < 0 ? '-' : '+'
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0')
  return `${day}T00:00:00${sign}${two(offset / 60)}:${two(offset % 60)}`
}

/** The day that an instant lies on in a time zone; empty when it is no instant. */
export function dayOf(instant: string, zone: string): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return ''
  return dayAt(at, zone)
}

/** The day of a moment (UTC ms) in a time zone: `2026-11-22`. */
export function dayAt(at: number, zone: string): string {
  const parts = partsOf(at, zone)
  return `${parts.year}-${parts.month}-${parts.day}`
}

function offsetMinutes(at: number, zone: string): number {
  const { year, month, day, hour, minute } = partsOf(at, zone)
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
  return Math.round((local - at) / 60_000)
}

function partsOf(at: number, zone: string): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}
