const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2}))?$/
const earliestMs = Date.UTC(1900, 0, 1)
const latestMs = Date.UTC(2300, 0, 1) - 1

/**
 * UTC ms of an RFC 3339 date-time, or of a full-date (midnight UTC). Anything else, dates that do not exist and years
 * outside 1900-2299 (what ClickHouse's DateTime64 holds) are undefined: nothing is guessed.
 */
export function parseTime(text: string): number | undefined {
  // The cheap refusal first: nearly every text is not a time.
  if (text.length < 10 || text.length > 40 || text.charCodeAt(4) !== 45) return undefined
  const match = shape.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  if (!isDay(year ?? 0, month ?? 0, day ?? 0)) return undefined
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return undefined
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const local = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second, milliseconds)
  const at = local - offsetMs(match[8])
  return at >= earliestMs && at <= latestMs ? at : undefined
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000
}
