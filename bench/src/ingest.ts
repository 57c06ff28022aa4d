import { connectDatabase } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { type Answered, batchOf, eventOf, requestsPerSecond } from './load.ts'
import { type Line, type Measured, rounded, type Size } from './measured.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** Longer than the goal needs; the line's backlog would outgrow what a short run can drain. */
const secondsLimit = 10
const floorSeconds = 5
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
})

/** One event a POST: durable before the answer, the line running beside it. */
export const ingestOne: Line = {
  name: 'ingest-one',
  sentence: "one event a POST, durable, line running; floor: the same server's empty route",
  run: async (size) => {
    const server = await startServer({ port: 4801 })
    try {
      const health = await requestsPerSecond({
        url: `${server.url}/healthz`,
        seconds: floorSeconds,
      })
      const body = () => JSON.stringify(eventOf(size.people))
      const answered = await underLoad(server, { path: '/v1/track', body, size })
      return [
        await ingestLine('ingest, one event a POST', {
          answered,
          eventsEach: 1,
          floor: health.perSecond,
          goal: 0.4,
          server,
          size,
        }),
      ]
    } finally {
      await server.stop()
    }
  },
}

/** A hundred events a POST. */
export const ingestBatch: Line = {
  name: 'ingest-batch',
  sentence:
    '100 events a POST, durable, line running; floor: multi-row insert into the same tables with the same unique key',
  run: async (size) => {
    const server = await startServer({ port: 4802 })
    try {
      const floor = await insertFloor(server.dataFolder)
      const body = () => batchOf(100, size.people)
      const answered = await underLoad(server, { path: '/v1/batch', body, size })
      return [
        await ingestLine('ingest, 100 events a POST', {
          answered,
          eventsEach: 100,
          floor,
          goal: 0.5,
          server,
          size,
        }),
      ]
    } finally {
      await server.stop()
    }
  },
}

const secondsOf = (size: Size) => Math.min(size.seconds, secondsLimit)

async function underLoad(
  server: ServerProcess,
  load: { readonly path: string; readonly body: () => string; readonly size: Size },
): Promise<Answered> {
  const { body, path, size } = load
  const one = { url: `${server.url}${path}`, headers: basic(server.key('write')), body }
  await requestsPerSecond({ ...one, seconds: 2 })
  await server.drained(60_000)
  return requestsPerSecond({ ...one, seconds: secondsOf(size) })
}

async function ingestLine(
  line: string,
  seen: {
    readonly answered: Answered
    readonly eventsEach: number
    readonly floor: number
    readonly goal: number
    readonly server: ServerProcess
    readonly size: Size
  },
): Promise<Measured> {
  const { line: backlog } = await seen.server.behind()
  const seconds = secondsOf(seen.size)
  const drainMs = await seen.server.drained(120_000)
  const value = seen.answered.perSecond * seen.eventsEach
  const ratio = value / seen.floor
  return {
    line,
    value: rounded(value),
    unit: 'events/s',
    floor: rounded(seen.floor),
    ratio: rounded(ratio),
    goal: `${seen.goal} of the floor, drained within ${seconds} s`,
    met: ratio >= seen.goal && drainMs <= seconds * 1000,
    notes: {
      backlog,
      drainSeconds: rounded(drainMs / 1000),
      // Asked to come again (503), because the line lay too far behind.
      refusedPerSecond: rounded(seen.answered.refusedPerSecond * seen.eventsEach),
    },
  }
}

// What PostgreSQL alone can take: the same rows into the same two tables, 1,000 a transaction, two at a time, their texts
// written beforehand and sent as one. A shop of its own, so that no line runs over them.
async function insertFloor(dataFolder: string): Promise<number> {
  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the server announces no engines')
  const db = connectDatabase(engines.databaseUrl, { max: 2 })
  const rows = 1_000
  const separator = '\u001e'
  const texts = (one: (row: number) => unknown) =>
    Array.from({ length: rows }, (_, row) => JSON.stringify(one(row))).join(separator)
  const bodies = texts((row) => ({
    properties: { product_id: `p${row % 500}`, price: 12_900, category: '의류', quantity: 1 },
  }))
  const ids = texts((row) => ({
    messageId: `${crypto.randomUUID()}-${row}`,
    user: `u${row}`,
    verified: true,
  }))
  const today = Math.floor(Date.now() / 86_400_000)
  const from = performance.now()
  const until = from + floorSeconds * 1_000
  let base = 0
  let inserted = 0
  const writer = async () => {
    while (performance.now() < until) {
      const first = base
      base += rows
      await db.begin(async (tx) => {
        await tx`
          insert into message_ids (shop, id_hash, received_day)
          select 999, decode(md5((${first}::bigint + n)::text), 'hex'), ${today}::integer
          from generate_series(1, ${rows}::integer) n order by 2
          on conflict do nothing`
        await tx`
          insert into log (shop, position, day, kind, name, at, received_at, ids, body)
          select 999, ${first}::bigint + n, ${today}::integer, 'event', 'Product Viewed', 1, 1, u.ids, u.body
          from rows from (
            string_to_table(${ids}::text, ${separator}), string_to_table(${bodies}::text, ${separator})
          ) with ordinality as u(ids, body, n)`
      })
      inserted += rows
    }
  }
  await Promise.all([writer(), writer()])
  const took = (performance.now() - from) / 1000
  await db`delete from log where shop = 999`
  await db`delete from message_ids where shop = 999`
  await db.end()
  return inserted / took
}
