import { connectDatabase } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { batchOf, eventOf, requestsPerSecond } from './load.ts'
import { type Line, type Measured, rounded } from './measured.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const seconds = 10
const people = 100_000
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
})

/** One event a POST: durable before the answer, the line running beside it. */
export const ingestOne: Line = {
  name: 'ingest-one',
  sentence: "one event a POST, durable, line running; floor: the same server's empty route",
  run: async () => {
    const server = await startServer({ port: 4801 })
    try {
      const headers = basic(server.key('write'))
      const floor = await requestsPerSecond({ url: `${server.url}/healthz`, seconds: 5 })
      const url = `${server.url}/v1/track`
      await requestsPerSecond({
        url,
        seconds: 2,
        headers,
        body: () => JSON.stringify(eventOf(people)),
      })
      await server.drained(60_000)
      const value = await requestsPerSecond({
        url,
        seconds,
        headers,
        body: () => JSON.stringify(eventOf(people)),
      })
      return [await ingestLine('ingest, one event a POST', { value, floor, goal: 0.4, server })]
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
  run: async () => {
    const server = await startServer({ port: 4802 })
    try {
      const headers = basic(server.key('write'))
      const floor = await insertFloor(server.dataFolder)
      const url = `${server.url}/v1/batch`
      await requestsPerSecond({ url, seconds: 2, headers, body: () => batchOf(100, people) })
      await server.drained(60_000)
      const perSecond = await requestsPerSecond({
        url,
        seconds,
        headers,
        body: () => batchOf(100, people),
      })
      return [
        await ingestLine('ingest, 100 events a POST', {
          value: perSecond * 100,
          floor,
          goal: 0.5,
          server,
        }),
      ]
    } finally {
      await server.stop()
    }
  },
}

async function ingestLine(
  line: string,
  seen: {
    readonly value: number
    readonly floor: number
    readonly goal: number
    readonly server: ServerProcess
  },
): Promise<Measured> {
  const { line: backlog } = await seen.server.behind()
  const drainMs = await seen.server.drained(120_000)
  const ratio = seen.value / seen.floor
  return {
    line,
    value: rounded(seen.value),
    unit: 'events/s',
    floor: rounded(seen.floor),
    ratio: rounded(ratio),
    goal: `${seen.goal} of the floor, drained within ${seconds} s`,
    met: ratio >= seen.goal && drainMs <= seconds * 1000,
    notes: { backlog, drainSeconds: rounded(drainMs / 1000) },
  }
}

// What PostgreSQL alone can take: the same rows into the same two tables, 1,000 a transaction, two at a time. A shop of its
// own, so that no line runs over them.
async function insertFloor(dataFolder: string): Promise<number> {
  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the server announces no engines')
  const db = connectDatabase(engines.databaseUrl, { max: 2 })
  const rows = 1_000
  let number = 0
  const until = performance.now() + 5_000
  const from = performance.now()
  let inserted = 0
  const body = JSON.stringify({
    properties: { product_id: 'p1', price: 12_900, category: '의류', quantity: 1 },
  })
  const ids = JSON.stringify({ messageId: 'x'.repeat(40), user: 'u12345', verified: true })
  const writer = async () => {
    while (performance.now() < until) {
      const base = number
      number += rows
      const numbers = Array.from({ length: rows }, (_, index) => base + index)
      await db.begin(async (tx) => {
        await tx`
          insert into message_ids (shop, id_hash, received_day)
          select 999, decode(md5(n::text), 'hex'), 20000 from unnest(${numbers}::bigint[]) n
          on conflict do nothing`
        await tx`
          insert into log (shop, position, day, kind, name, at, received_at, ids, body)
          select 999, n, 20000, 'event', 'Product Viewed', 1, 1, ${ids}, ${body} from unnest(${numbers}::bigint[]) n`
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
