import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase, type Database } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { apiClient } from './api.ts'
import { messageId, post, postAtPace, type Target } from './load.ts'
import { type Line, type Measured, percentile, rounded, type Size } from './measured.ts'
import { startServer } from './server-process.ts'

const perSecond = 200
const secondsLimit = 20
const warmUpSeconds = 3
/** How long somebody stays in the segment after what brought them in. */
const stayMs = 60_000
/** Whoever has not come or gone by then counts as missing. */
const patienceMs = 30_000
/** Between two looks at who is still in: what is measured is late by up to this much. */
const lookEveryMs = 50
const byEventGoalMs = 300
const byTimeGoalMs = 1_000

/** How long after an event was acknowledged its person is committed as a member. */
export const membershipByEvent: Line = {
  name: 'membership-by-event',
  sentence:
    'from the acknowledgement of an event to the commit of the membership it brings, 200 events/s of different people',
  run: (size) =>
    withShop(size, async (shop) => {
      const { acknowledged, entered } = await offer(shop)
      const latencies = [...acknowledged].flatMap(([person, at]) => {
        const seen = entered.get(person)
        return seen === undefined ? [] : [seen - at]
      })
      const missing = acknowledged.size - latencies.length
      return figures('membership by event', { latencies, missing, goalMs: byEventGoalMs })
    }),
}

/** How long after a window has closed its person is committed as gone. */
export const membershipByTime: Line = {
  name: 'membership-by-time',
  sentence:
    'from the instant at which a window of a minute closes to the commit that takes the person out, 200 a second',
  run: (size) =>
    withShop(size, async (shop) => {
      const { happened } = await offer(shop)
      const left = await leaving(shop, happened)
      const latencies = [...happened].flatMap(([person, at]) => {
        const seen = left.get(person)
        return seen === undefined ? [] : [seen - (at + stayMs)]
      })
      const missing = happened.size - latencies.length
      return figures('membership by time', { latencies, missing, goalMs: byTimeGoalMs })
    }),
}

function figures(
  line: string,
  seen: {
    readonly latencies: readonly number[]
    readonly missing: number
    readonly goalMs: number
  },
): readonly Measured[] {
  const { latencies, missing, goalMs } = seen
  const value = percentile(latencies, 0.99)
  return [
    {
      line: `${line}, p99`,
      value: rounded(value),
      unit: 'ms',
      floor: null,
      ratio: null,
      goal: `${goalMs} ms`,
      met: missing === 0 && value <= goalMs,
      notes: {
        people: latencies.length,
        missing,
        p50: rounded(percentile(latencies, 0.5)),
        longest: rounded(percentile(latencies, 1)),
        // Below 0: somebody went before the time.
        shortest: rounded(percentile(latencies, 0)),
      },
    },
  ]
}

type Shop = {
  readonly db: Database
  readonly target: Target
  readonly segment: number
  readonly seconds: number
  /** The number of a customer among the bench's people. */
  readonly numbers: ReadonlyMap<number, number>
}

const nowMs = () => performance.timeOrigin + performance.now()

async function withShop<T>(size: Size, work: (shop: Shop) => Promise<T>): Promise<T> {
  const seconds = Math.min(size.seconds, secondsLimit)
  const server = await startServer({ port: 4806 })
  const { dataFolder } = server
  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the server announces no engines')
  const db = connectDatabase(engines.databaseUrl, { max: 2 })
  try {
    const key = server.key('write')
    const api = apiClient(server.url, server.key('admin'))
    await introduce({ url: `${server.url}/v1/batch`, key }, perSecond * (seconds + warmUpSeconds))
    await server.drained(120_000)
    const rows = await db<{ id: number; number: string }[]>`
      select id, traits::json ->> 'number' as number from customers`
    const { id: segment } = await api<{ id: number }>('POST', '/api/segments', {
      name: '방금 물어본 사람',
      definition: { format: 1, where: askedInTheLastMinute },
    })
    while ((await api<{ state: string }>('GET', `/api/segments/${segment}`)).state !== 'live')
      await wait(100)
    const target = { url: `${server.url}/v1/track`, key }
    const numbers = new Map(rows.map((row) => [row.id, Number(row.number)]))
    return await work({ db, target, segment, seconds, numbers })
  } finally {
    await db.end()
    await server.stop()
  }
}

const askedInTheLastMinute = {
  kind: 'event',
  event: 'Answer Asked',
  window: { kind: 'rolling', span: { amount: stayMs / 60_000, unit: 'minutes' } },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}

async function introduce(target: Target, people: number): Promise<void> {
  const size = 500
  for (let first = 0; first < people; first += size) {
    const batch = Array.from({ length: Math.min(size, people - first) }, (_, index) => ({
      type: 'identify',
      messageId: messageId(),
      userId: `u${first + index}`,
      traits: { number: first + index },
    }))
    const status = await post(target, JSON.stringify({ batch }))
    if (status !== 200) throw new Error(`the people could not be made: ${status}`)
  }
}

type Offered = {
  /** When each event happened, and when it was acknowledged, by the number of its person. */
  readonly happened: ReadonlyMap<number, number>
  readonly acknowledged: ReadonlyMap<number, number>
  /** When the membership was seen committed. */
  readonly entered: ReadonlyMap<number, number>
}

async function offer(shop: Shop): Promise<Offered> {
  const { target, seconds } = shop
  const happened = new Map<number, number>()
  const acknowledged = new Map<number, number>()
  const body = (person: number) => {
    const at = Date.now()
    happened.set(person, at)
    return JSON.stringify({
      messageId: messageId(),
      userId: `u${person}`,
      event: 'Answer Asked',
      timestamp: new Date(at).toISOString(),
    })
  }
  await postAtPace({ target, perSecond, seconds: warmUpSeconds, body })
  await wait(1_000)
  happened.clear()
  const warm = perSecond * warmUpSeconds
  const watch = await entering(shop)
  await postAtPace({
    target,
    perSecond,
    seconds,
    body: (number) => body(warm + number),
    onTaken: (number) => void acknowledged.set(warm + number, nowMs()),
  })
  const entered = await watch.until(() => [...acknowledged.keys()])
  return { happened, acknowledged, entered }
}

// Every commit of a turn is told by NOTIFY; whoever is a member then has entered by now. The commit itself was a little earlier.
async function entering({ db, segment, numbers }: Shop) {
  const entered = new Map<number, number>()
  let latest = 0
  let looking = Promise.resolve()
  const look = async () => {
    const rows = await db<{ customer: number; entered_at: number }[]>`
      select customer, entered_at from memberships where segment = ${segment} and entered_at >= ${latest}`
    const at = nowMs()
    for (const row of rows) {
      latest = Math.max(latest, row.entered_at)
      const person = numbers.get(row.customer)
      if (person !== undefined && !entered.has(person)) entered.set(person, at)
    }
  }
  const { unlisten } = await db.listen('danggol_turns', () => {
    looking = looking.then(look)
  })
  return {
    until: async (expected: () => readonly number[]): Promise<ReadonlyMap<number, number>> => {
      for (const end = nowMs() + patienceMs; nowMs() < end; await wait(100)) {
        await looking
        if (expected().every((person) => entered.has(person))) break
      }
      await unlisten()
      return entered
    },
  }
}

async function leaving(
  { db, segment, numbers }: Shop,
  happened: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  const left = new Map<number, number>()
  const last = Math.max(...happened.values()) + stayMs
  while (nowMs() < last + patienceMs && left.size < happened.size) {
    const rows = await db<{ customer: number }[]>`
      select customer from memberships where segment = ${segment}`
    const at = nowMs()
    const inside = new Set(rows.map((row) => numbers.get(row.customer)))
    for (const person of happened.keys())
      if (!inside.has(person) && !left.has(person)) left.set(person, at)
    await wait(lookEveryMs)
  }
  return left
}
