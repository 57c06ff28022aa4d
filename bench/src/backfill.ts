import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase, type Database } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { connectWarehouse } from '../../server/src/warehouse/connection.store.ts'
import { type Api, apiClient } from './api.ts'
import { fill } from './cached-warehouse.ts'
import { type Line, rounded } from './measured.ts'
import { memoryOf, startServer } from './server-process.ts'
import { dayMs, yearOf } from './shop-year.ts'

const fullPeople = 1_000_000
const eventsPerPerson = 5
const goalSeconds = 180
/** How much the server's own memory may grow after the first fifth of the work and still be called flat. */
const flatGrowth = 1.25
const day = 'days'
const shop = 1

/** How long a new segment takes to judge everybody of a large shop, and what it costs in memory. */
export const backfill: Line = {
  name: 'backfill',
  sentence:
    'a new segment of two event conditions judges 1 M customers with 5 M events; seconds until it is live, memory of the server',
  run: async (size) => {
    const events = size.rows ?? fullPeople * eventsPerPerson
    const people = Math.round(events / eventsPerPerson)
    const server = await startServer({ port: 4807 })
    const { dataFolder, pid } = server
    const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
    if (!engines) throw new Error('the server announces no engines')
    const db = connectDatabase(engines.databaseUrl, { max: 2 })
    try {
      const api = apiClient(server.url, server.key('admin'))
      await withHistory({ db, engines }, { events, people })
      const before = { own: residentMb(pid), all: memoryOf(pid) }
      const { seconds, memory, all } = await build(api, pid)
      const [row] = await db<{ members: number }[]>`select count(*) as members from memberships`
      const { count } = await api<{ count: number }>('POST', '/api/segments/preview', {
        definition: { format: 1, where },
      })
      const early = Math.max(...memory.slice(0, Math.max(1, Math.ceil(memory.length / 5))))
      const most = Math.max(...memory)
      return [
        {
          line: 'backfill of a segment',
          value: rounded(seconds),
          unit: 's',
          floor: null,
          ratio: null,
          goal: `${goalSeconds} s for 1 M customers, memory flat`,
          met: people >= fullPeople && seconds <= goalSeconds && most <= early * flatGrowth,
          notes: {
            people,
            events,
            peoplePerSecond: rounded(people / seconds),
            members: row?.members ?? 0,
            // Asked a little later: windows have moved by then.
            countedBySql: count,
            serverBeforeMB: rounded(before.own),
            serverEarlyMB: rounded(early),
            serverMostMB: rounded(most),
            serverAfterMB: rounded(residentMb(pid)),
            allBeforeMB: rounded(before.all),
            allMostMB: rounded(all),
          },
        },
      ]
    } finally {
      await db.end()
      await server.stop()
    }
  },
}

const event = (name: string, amount: number, rest: object) => ({
  kind: 'event',
  event: name,
  window: { kind: 'rolling', span: { amount, unit: day } },
  ...rest,
})
const where = {
  kind: 'all',
  of: [
    event('Product Viewed', 120, {
      measure: { of: 'count', is: { op: '>=', value: 1 } },
      where: {
        kind: 'property',
        path: 'category',
        is: { type: 'text', op: 'equals', value: '니트' },
      },
    }),
    event('Order Completed', 90, { measure: { of: 'count', is: { op: '=', value: 0 } } }),
  ],
}

/**
 * A shop that has been there for a year: its history and the mirror of its customers generated inside ClickHouse, its customers
 * inside PostgreSQL, and both lanes past the last position.
 */
export async function withHistory(
  {
    db,
    engines,
  }: {
    readonly db: Database
    readonly engines: { readonly warehouseUrl: string; readonly warehouseDatabase: string }
  },
  of: { readonly events: number; readonly people: number },
): Promise<void> {
  const { events, people } = of
  const end = Date.now()
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  try {
    for (const one of yearOf({ events, people, end }))
      if (one.table !== 'aliases') await fill(warehouse, one)
  } finally {
    await warehouse.close()
  }
  await db`
    insert into customers (shop, id, assignment_key, member, traits, created_at, first_seen_at, last_seen_at, version)
    overriding system value
    select ${shop}, n, 'c' || n, (n - 1) % 3 <> 0, '{}', ${end - 365 * dayMs}, ${end - 365 * dayMs}, ${end}, n
    from generate_series(1, ${people}::bigint) n`
  await db`
    insert into log_heads (shop, head) values (${shop}, ${events})
    on conflict (shop) do update set head = excluded.head`
  await db`
    insert into lanes (shop, name, position) values (${shop}, 'line', ${events}), (${shop}, 'history', ${events})
    on conflict (shop, name) do update set position = excluded.position`
  await db`analyze`
}

async function build(api: Api, pid: number) {
  const from = performance.now()
  const { id } = await api<{ id: number }>('POST', '/api/segments', {
    name: '니트를 보고 사지 않은 사람',
    definition: { format: 1, where },
  })
  const memory: number[] = []
  let all = 0
  for (;;) {
    const { state } = await api<{ state: string }>('GET', `/api/segments/${id}`)
    if (state === 'failed') throw new Error('the segment could not be built')
    memory.push(residentMb(pid))
    all = Math.max(all, memoryOf(pid))
    if (state === 'live') break
    await wait(250)
  }
  return { seconds: (performance.now() - from) / 1_000, memory, all }
}

/** Resident memory of one process, in MB. */
function residentMb(pid: number): number {
  return (
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  )
}
