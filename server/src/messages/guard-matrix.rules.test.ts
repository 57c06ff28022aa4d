import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { isUnder14 } from './age.ts'
import { decide, decideAgain, type Facts, type Verdict } from './decide.ts'
import { messageChannels } from './intent.ts'
import { sendingSettings } from './sending.ts'

// Every cell of channel x purpose x consent x hour x age x suppression, written down by hand from the law
// (docs/guide/law.md), not from the code. What a letter means:
const words = {
  S: 'send',
  N: 'night',
  K: 'channel_hours',
  c: 'no_consent',
  u: 'under_14',
  o: 'opted_out',
  b: 'hard_bounced',
  p: 'complained',
  a: 'suppressed',
} as const
type Letter = keyof typeof words

// Advertising to an open address of somebody who is 14 or whose age nobody knows. Seoul's clock; the last column but one is
// a millisecond before eight.
const byHour = `
                     12:00 20:44 20:45 20:54 20:55 21:00 03:00 07:59 08:00
email     none         c     c     c     c     c     c     c     c     c
email     day          S     S     S     S     S     S     S     S     S
email     day+night    S     S     S     S     S     S     S     S     S
sms       none         c     c     c     c     c     c     c     c     c
sms       day          S     S     S     S     N     N     N     N     S
sms       day+night    S     S     S     S     S     S     S     S     S
kakao     none         c     c     c     c     c     c     c     c     c
kakao     day          S     S     N     N     N     N     N     N     S
kakao     day+night    S     S     K     K     K     K     K     K     S
web_push  none         c     c     c     c     c     c     c     c     c
web_push  day          S     S     S     S     N     N     N     N     S
web_push  day+night    S     S     S     S     S     S     S     S     S
`
// What comes before it. A dot: look at the table above. Nothing of this concerns the shop's own server (webhook), which is no person,
// nor its own page (onsite), which is no transmission.
const byAddress = `
                           unknown  13  14
advertising    open           .     u    .
advertising    opted_out      o     o    o
advertising    hard_bounce    b     b    b
advertising    complaint      p     p    p
advertising    admin          a     a    a
informational  open           S     S    S
informational  opted_out      S     S    S
informational  hard_bounce    b     b    b
informational  complaint      p     p    p
informational  admin          a     a    a
`

const hours = {
  '12:00': 12 * hourMs,
  '20:44': 20 * hourMs + 44 * minuteMs,
  '20:45': 20 * hourMs + 45 * minuteMs,
  '20:54': 20 * hourMs + 54 * minuteMs,
  '20:55': 20 * hourMs + 55 * minuteMs,
  '21:00': 21 * hourMs,
  '03:00': 3 * hourMs,
  '07:59': 8 * hourMs - 1,
  '08:00': 8 * hourMs,
} as const
const consents = {
  none: undefined,
  day: { adDay: true, adNight: false },
  'day+night': { adDay: true, adNight: true },
} as const
const suppressions = {
  open: null,
  opted_out: 'opted_out',
  hard_bounce: 'hard_bounce',
  complaint: 'complaint',
  admin: 'admin',
} as const
// On 22 November 2026 one is 13 for one more day, the other has become 14.
const births = {
  unknown: {},
  13: { birthday: '2012-11-23' },
  14: { birthday: '2012-11-22' },
} as const

/** Midnight of 22 November 2026 in Seoul. */
const midnight = Date.UTC(2026, 10, 21, 15)

type Cell = {
  readonly channel: (typeof messageChannels)[number]
  readonly purpose: 'advertising' | 'informational'
  readonly consent: keyof typeof consents
  readonly hour: keyof typeof hours
  readonly age: keyof typeof births
  readonly address: keyof typeof suppressions
}

function cells(): readonly Cell[] {
  return messageChannels.flatMap((channel) =>
    (['advertising', 'informational'] as const).flatMap((purpose) =>
      keys(consents).flatMap((consent) =>
        keys(hours).flatMap((hour) =>
          keys(births).flatMap((age) =>
            keys(suppressions).map((address) => ({
              ...{ channel, purpose, consent, hour, age, address },
            })),
          ),
        ),
      ),
    ),
  )
}

function factsOf(cell: Cell): Facts {
  const now = midnight + hours[cell.hour]
  const said = consents[cell.consent]
  return {
    channel: cell.channel,
    purpose: cell.purpose,
    precedence: { class: 'journey', weight: 0 },
    now,
    settings: sendingSettings({}),
    locked: false,
    channelReady: true,
    hasContact: !reachesNobody(cell),
    erased: false,
    suppressed: suppressions[cell.address],
    under14: isUnder14(births[cell.age], now),
    consent: said && { ...said, personalDataMarketing: false, grantedAt: 0, refusedAt: null },
    tradingRelation: false,
    earlier: [],
    products: 'fine',
    couponAvailable: null,
    drawn: 'fine',
    arm: 'treatment',
    notBefore: null,
    onNight: 'hold',
    seed: '1:1',
    budgetSpent: false,
  }
}

/** A call to the shop's own server, and what stands on its own page, where the visitor came by themselves. */
function reachesNobody({ channel }: Pick<Cell, 'channel'>): boolean {
  return channel === 'webhook' || channel === 'onsite'
}

/** The tables read as a person reads them. */
function expectedOf(cell: Cell): Letter {
  if (reachesNobody(cell)) return 'S'
  const before = letterAt(byAddress, [cell.purpose, cell.address], String(cell.age))
  const letter = before === '.' ? letterAt(byHour, [cell.channel, cell.consent], cell.hour) : before
  if (letter === '.') throw new Error(`the tables do not say: ${nameOf(cell)}`)
  return letter
}

function letterAt(table: string, row: readonly string[], column: string): Letter | '.' {
  const [head = '', ...lines] = table.trim().split('\n')
  const at = head.trim().split(/\s+/).indexOf(column)
  const line = lines
    .map((text) => text.split(/\s+/))
    .find((cells) => row.every((name, i) => cells[i] === name))
  const letter = line?.[row.length + at]
  if (letter === undefined || at === -1) throw new Error(`no cell ${row.join(' ')} ${column}`)
  return letter as Letter
}

const wordOf = (verdict: Verdict) => (verdict.kind === 'send' ? 'send' : verdict.reason)
const nameOf = (cell: Cell) => Object.values(cell).join(' ')
const disagreeing = (verdictOf: (facts: Facts) => Verdict, wanted: (cell: Cell) => string) =>
  cells().flatMap((cell) => {
    const got = wordOf(verdictOf(factsOf(cell)))
    return got === wanted(cell) ? [] : [`${nameOf(cell)}: ${got}, not ${wanted(cell)}`]
  })

describe('the guard matrix', () => {
  test('has every cell', () => expect(cells()).toHaveLength(6 * 2 * 3 * 9 * 3 * 5))

  test('holds when a message is decided', () => {
    expect(disagreeing(decide, (cell) => words[expectedOf(cell)])).toEqual([])
  })
  test('holds again when it is handed over', () => {
    const again = (facts: Facts) => decideAgain(facts, { createdAt: facts.now, dueAt: facts.now })
    expect(disagreeing(again, (cell) => words[expectedOf(cell)])).toEqual([])
  })
  test('drops instead of holding where the campaign says so', () => {
    const dropping = (facts: Facts) => decide({ ...facts, onNight: 'drop' })
    expect(
      disagreeing(dropping, (cell) => {
        const letter = expectedOf(cell)
        return letter === 'N' || letter === 'K' ? 'night_dropped' : words[letter]
      }),
    ).toEqual([])
  })
  test('is closed as a whole until the first send is prepared, the shop’s own server excepted', () => {
    const locked = (facts: Facts) => decide({ ...facts, locked: true })
    expect(
      disagreeing(locked, (cell) => (reachesNobody(cell) ? 'send' : 'first_send_locked')),
    ).toEqual([])
  })
  test('lets a trading relation stand in for prior consent, and for nothing else', () => {
    const trading = (facts: Facts) => decide({ ...facts, tradingRelation: true })
    expect(
      disagreeing(trading, (cell) => {
        const letter = expectedOf(cell)
        // Without a word about the night the relation allows the day.
        return words[letter === 'c' ? expectedOf({ ...cell, consent: 'day' }) : letter]
      }),
    ).toEqual([])
  })
  test('stops advertising when the budget is spent', () => {
    const spent = (facts: Facts) => decide({ ...facts, budgetSpent: true })
    expect(
      disagreeing(spent, (cell) => {
        const letter = expectedOf(cell)
        const stops = cell.purpose === 'advertising' && !reachesNobody(cell)
        return stops && /[SNK]/.test(letter) ? 'budget_spent' : words[letter]
      }),
    ).toEqual([])
  })
})

describe('the morning', () => {
  const night = factsOf({
    channel: 'sms',
    purpose: 'advertising',
    consent: 'day',
    hour: '03:00',
    age: 'unknown',
    address: 'open',
  })
  const until = (seed: string, now = night.now) => {
    const verdict = decide({ ...night, now, seed })
    if (verdict.kind !== 'held') throw new Error('it should wait')
    return verdict.until
  }
  test('releases people at their own places in the first quarter of an hour', () => {
    const eight = midnight + hours['08:00']
    const places = Array.from({ length: 1_000 }, (_, person) => until(`1:${person}`) - eight)
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...places)).toBeLessThan(15 * minuteMs)
    const minutes = Map.groupBy(places, (place) => Math.floor(place / minuteMs))
    expect(minutes.size).toBe(15)
    for (const all of minutes.values()) expect(all.length).toBeLessThan(110)
  })
  test('gives the same person the same place however often it is asked, and another one the next day', () => {
    expect(until('1:7', night.now + hourMs)).toBe(until('1:7'))
    expect(until('1:7', night.now + dayMs)).not.toBe(until('1:7') + dayMs)
  })
})

function keys<T extends object>(object: T): readonly (keyof T & string)[] {
  return Object.keys(object) as (keyof T & string)[]
}
