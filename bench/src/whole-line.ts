import { connectDatabase, type Database } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { completeTo } from '../../server/src/events/history.store.ts'
import type { ShopId } from '../../server/src/lib/brand.ts'
import { apiClient } from './api.ts'
import { post, postAtPace } from './load.ts'
import { type Line, rounded } from './measured.ts'
import { memoryOf, startServer } from './server-process.ts'
import { makeCampaigns, makeSegments, memberOf, shoppingEvent } from './shop-life.ts'

const perSecond = 10_000
const batch = 100
const goalAgeSeconds = 2
/** How much the memory of all processes may grow from the 10th second to the end and still be called flat. */
const flatGrowth = 1.25

/** Everything at once, at the pace of the goal. */
export const wholeLine: Line = {
  name: 'whole-line',
  sentence:
    '20 segments, 50 live campaigns, history written, sessions of five events, 10,000 events/s offered in batches of 100',
  run: async ({ seconds, people }) => {
    const server = await startServer({ port: 4804 })
    const db = databaseOf(server.dataFolder)
    try {
      const target = { url: `${server.url}/v1/batch`, key: server.key('write') }
      const api = apiClient(server.url, server.key('admin'))
      await eachInBatches(people, async (body) => {
        while ((await post(target, body)) === 503) await new Promise((go) => setTimeout(go, 500))
      })
      await settled(db)
      await makeSegments(api)
      await makeCampaigns(api)
      await settled(db)

      const before = await placeOf(db)
      const memory = new Map<number, number>()
      const load = await postAtPace({
        target,
        perSecond: perSecond / batch,
        seconds,
        body: (number) =>
          JSON.stringify({
            batch: Array.from({ length: batch }, (_, index) =>
              shoppingEvent(number * batch + index, people),
            ),
          }),
        onSecond: (second) => {
          if (second === 10) memory.set(second, memoryOf(server.pid))
        },
      })
      const atEnd = await placeOf(db)
      const waiting = await waitingOf(db, atEnd)
      const early = memory.get(10)
      const late = memoryOf(server.pid)
      const enrolments = await countOf(db)
      const drainMs = await server.drained(300_000)

      const took = load.tookMs / 1_000
      const processed = (load.taken * batch - waiting.shopperEvents) / took
      const growth = early === undefined ? 1 : late / early
      return [
        {
          line: 'whole line',
          value: rounded(processed),
          unit: 'events/s',
          floor: null,
          ratio: null,
          goal: `${perSecond} events/s for 60 s, backlog under ${goalAgeSeconds} s at the end, memory flat`,
          met:
            seconds >= 60 &&
            load.refused === 0 &&
            processed >= perSecond * 0.99 * (1 - goalAgeSeconds / seconds) &&
            took < seconds * 1.01 &&
            waiting.lineSeconds < goalAgeSeconds &&
            growth <= flatGrowth,
          notes: {
            seconds: rounded(took),
            takenPerSecond: rounded((load.taken * batch) / took),
            refusedPerSecond: rounded((load.refused * batch) / took),
            positionsPerSecond: rounded((atEnd.line - before.line) / took),
            lineBehind: atEnd.head - atEnd.line,
            lineBehindSeconds: rounded(waiting.lineSeconds),
            historyBehind: atEnd.head - atEnd.history,
            historyBehindSeconds: rounded(waiting.historySeconds),
            drainSeconds: rounded(drainMs / 1_000),
            memoryAt10sMB: early === undefined ? 'not reached' : rounded(early),
            memoryAtEndMB: rounded(late),
            segments: enrolments.segments,
            liveCampaigns: enrolments.campaigns,
            memberships: enrolments.memberships,
            enrolments: enrolments.enrolments,
          },
        },
      ]
    } finally {
      await db.end()
      await server.stop()
    }
  },
}

async function eachInBatches(
  people: number,
  send: (body: string) => Promise<unknown>,
): Promise<void> {
  const size = 500
  for (let first = 0; first < people; first += size) {
    const length = Math.min(size, people - first)
    await send(
      JSON.stringify({ batch: Array.from({ length }, (_, index) => memberOf(first + index)) }),
    )
  }
}

function databaseOf(dataFolder: string): Database {
  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the server announces no engines')
  return connectDatabase(engines.databaseUrl, { max: 1 })
}

type Place = { readonly head: number; readonly line: number; readonly history: number }

async function placeOf(db: Database): Promise<Place> {
  const [place] = await db<{ shop: ShopId; head: number; line: number }[]>`
    select h.shop, h.head, coalesce((select position from lanes l where l.shop = h.shop and name = 'line'), 0) as line
    from log_heads h`
  if (!place) return { head: 0, line: 0, history: 0 }
  return { head: place.head, line: place.line, history: await completeTo(db, place.shop) }
}

/** Waits until line and history have nothing left to do. */
async function settled(db: Database): Promise<void> {
  for (;;) {
    const { head, line, history } = await placeOf(db)
    if (line === head && history === head) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

/** What lay waiting at a place: the shoppers' events, and how long ago the oldest one came. */
async function waitingOf(db: Database, place: Place) {
  const [row] = await db<{ events: number; line: number | null; history: number | null }[]>`
    select count(*) filter (where position > ${place.line} and kind = 'event') as events,
           min(received_at) filter (where position > ${place.line}) as line,
           min(received_at) as history
    from log where position > ${place.history} and position <= ${place.head}`
  const now = Date.now()
  const age = (at: number | null | undefined) => (at ? (now - at) / 1_000 : 0)
  return {
    shopperEvents: row?.events ?? 0,
    lineSeconds: age(row?.line),
    historySeconds: age(row?.history),
  }
}

async function countOf(db: Database) {
  const [row] = await db<
    { segments: number; campaigns: number; memberships: number; enrolments: number }[]
  >`
    select (select count(*) from segments where state = 'live') as segments,
           (select count(*) from campaigns where state = 'live') as campaigns,
           (select count(*) from memberships) as memberships,
           (select count(*) from enrolments) as enrolments`
  return row ?? { segments: 0, campaigns: 0, memberships: 0, enrolments: 0 }
}
