const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}

const named = new Map<string, string | undefined>()
/** Names remembered: there are some 600 on earth, and whoever invents others must not fill the memory. */
const namedLimit = 2_000

/**
 * The one name of an IANA zone, whatever its case and alias (`asia/seoul` and `ROK` are Asia/Seoul); undefined for anything else,
 * offsets such as `+09:01` included: there are some 430 zones, so what is kept by zone stays small.
 */
export function realZone(text: string): string | undefined {
  if (named.has(text)) return named.get(text)
  const zone = /^[a-z]/i.test(text) ? canonicalZone(text) : undefined
  if (named.size >= namedLimit) named.clear()
  named.set(text, zone)
  return zone
}

function canonicalZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** No zone changes its offset twice in so long: six hours. */
const spanMs = 21_600_000
/** Spans remembered a zone: almost seven years. */
const spansLimit = 10_000
/** By zone and span: the offset that holds throughout it, ms; null where it changes within. */
const offsets = new Map<string, Map<number, number | null>>()

/** What the clocks of a zone show at a UTC time, as if that were UTC: milliseconds since the epoch. */
export function localTime(atMs: number, zone: string): number {
  let known = offsets.get(zone)
  if (!known) {
    known = new Map()
    offsets.set(zone, known)
  }
  const span = Math.floor(atMs / spanMs)
  let offset = known.get(span)
  if (offset === undefined) {
    const [first, last] = [span * spanMs, (span + 1) * spanMs - 1]
    const before = formattedTime(first, zone) - first
    offset = formattedTime(last, zone) - last === before ? before : null
    if (known.size >= spansLimit) known.clear()
    known.set(span, offset)
  }
  return offset === null ? formattedTime(atMs, zone) : atMs + offset
}

function formattedTime(atMs: number, zone: string): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(atMs)) parts[type] = Number(value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const whole = Date.UTC(year, month - 1, day, hour, minute, second)
  return whole + (((atMs % 1000) + 1000) % 1000)
}

/**
 * The UTC time (ms) at which the clocks of a zone show `localMs` (a local time written as if it were UTC). A time that
 * clocks skip is read as if they had not yet moved; of a time shown twice the first is meant.
 */
export function utcOfLocal(localMs: number, zone: string): number {
  const before = localMs - (localTime(localMs - 86_400_000, zone) - (localMs - 86_400_000))
  if (localTime(before, zone) === localMs) return before
  const after = localMs - (localTime(localMs + 86_400_000, zone) - (localMs + 86_400_000))
  return localTime(after, zone) === localMs ? after : before
}

/**
 * The first instant (UTC ms) at which the clocks of a zone show `localMs` or later. Of a time shown twice that is the first;
 * of a time that clocks skip, the moment right after the skip. It never falls while `localMs` rises.
 */
export function firstShowing(localMs: number, zone: string): number {
  let after = utcOfLocal(localMs, zone)
  const skipped = localTime(after, zone) - localMs
  if (skipped === 0) return after
  // One skip back in time the clocks had not moved yet: the skip lies between the two.
  let before = after - skipped
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localTime(middle, zone) < localMs) before = middle
    else after = middle
  }
  return after
}

/** Midnight, in UTC ms, of the local day a time belongs to. */
export function startOfLocalDay(atMs: number, zone: string): number {
  const local = localTime(atMs, zone)
  return utcOfLocal(local - (((local % 86_400_000) + 86_400_000) % 86_400_000), zone)
}
