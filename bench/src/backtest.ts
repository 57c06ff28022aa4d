import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { connectWarehouse } from '../../server/src/warehouse/connection.store.ts'
import { type Api, apiClient } from './api.ts'
import { withHistory } from './backfill.ts'
import { type Line, rounded } from './measured.ts'
import { cpuSecondsOf, startServer } from './server-process.ts'
import { dayMs } from './shop-year.ts'

const fullEvents = 5_000_000
const eventsPerPerson = 50
const days = 360
const goal = 500_000

type Found = {
  readonly state: string
  readonly done: number
  readonly problem: { readonly en: string } | null
  readonly result: {
    readonly looked: number
    readonly happenings: number
    readonly side: { readonly entries: number; readonly sent: number }
  } | null
}

/** How fast a campaign lives through a year of a shop again. */
export const backtest: Line = {
  name: 'backtest',
  sentence:
    'a cart campaign tried on a year of 5 M events of 100,000 customers, events of the period a second; floor: reading the rows that it names',
  run: async (size) => {
    const events = size.rows ?? fullEvents
    const people = Math.round(events / eventsPerPerson)
    const server = await startServer({ port: 4809 })
    const { dataFolder } = server
    const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
    if (!engines) throw new Error('the server announces no engines')
    const db = connectDatabase(engines.databaseUrl, { max: 2 })
    const warehouse = connectWarehouse({
      url: engines.warehouseUrl,
      database: engines.warehouseDatabase,
    })
    try {
      await withHistory({ db, engines }, { events, people })
      const to = Date.now()
      const from = to - days * dayMs
      const [within] = await warehouse.query<{ n: number }>(
        'select count() as n from events where at >= fromUnixTimestamp64Milli({from:Int64})',
        { from },
      )
      const inPeriod = Number(within?.n)
      const read = await secondsOf(async () => {
        const rows = warehouse.stream(
          `select customer, position, toUnixTimestamp64Milli(at) as happened, name, properties from events
           where shop = 1 and name in ('Product Added', 'Order Completed') and at >= fromUnixTimestamp64Milli({from:Int64})`,
          { from },
          { maxMs: 600_000 },
        )
        for await (const _ of rows);
      })
      const api = apiClient(server.url, server.key('admin'))
      const cpuBefore = cpuSecondsOf(server.pid)
      const { seconds, found } = await tried(api, { from, to })
      const cpuSeconds = cpuSecondsOf(server.pid) - cpuBefore
      const calledOffMs = await calledOff(api, { from, to })
      const value = inPeriod / seconds
      const floor = inPeriod / read
      return [
        {
          line: 'backtest',
          value: rounded(value),
          unit: 'events of the period/s',
          floor: rounded(floor),
          ratio: rounded(value / floor),
          goal: `${goal}/s`,
          met: value >= goal && events === fullEvents,
          notes: {
            events,
            inPeriod,
            seconds: rounded(seconds),
            lookedAt: found?.looked ?? 0,
            happenings: found?.happenings ?? 0,
            happeningsPerSecond: rounded((found?.happenings ?? 0) / seconds),
            // On a machine that does something else too, this says more than the clock.
            cpuSeconds: rounded(cpuSeconds),
            eventsPerCpuSecond: rounded(inPeriod / cpuSeconds),
            calledOffMs: rounded(calledOffMs),
            entries: found?.side.entries ?? 0,
          },
        },
      ]
    } finally {
      await warehouse.close()
      await db.end()
      await server.stop()
    }
  },
}

const flow = {
  trigger: { kind: 'event', event: 'Product Added' },
  restartOn: ['Product Added'],
  exits: ['Order Completed'],
  conditions: ['cart_not_empty', 'no_order_since_entry'],
  steps: [
    { kind: 'wait', id: 1, minutes: 60 },
    {
      kind: 'message',
      id: 2,
      content: {
        channel: 'email',
        subject: '담아두신 상품',
        preheader: '',
        body: { kind: 'blocks', blocks: [{ kind: 'text', text: '잊지 않으셨죠?' }] },
      },
    },
  ],
  goal: { event: 'Order Completed', windowHours: 72 },
}

async function tried(api: Api, period: { readonly from: number; readonly to: number }) {
  let found: Found | undefined
  const seconds = await secondsOf(async () => {
    const { id } = await api<{ id: number }>('POST', '/api/backtests', { flow, ...period })
    do {
      await wait(50)
      found = await api<Found>('GET', `/api/backtests/${id}`)
    } while (found.state === 'queued' || found.state === 'running')
  })
  if (found?.state !== 'done')
    throw new Error(`the backtest was ${found?.state}: ${found?.problem?.en}`)
  return { seconds, found: found.result }
}

/** From calling a running one off until the next runs, ms: until then the first still holds its place. */
async function calledOff(api: Api, period: { readonly from: number; readonly to: number }) {
  const ask = () => api<{ id: number }>('POST', '/api/backtests', { flow, ...period })
  const until = async (id: number, is: (one: Found) => boolean) => {
    while (!is(await api<Found>('GET', `/api/backtests/${id}`))) await wait(20)
  }
  const { id } = await ask()
  await until(id, (one) => one.done > 0)
  const { id: next } = await ask()
  const seconds = await secondsOf(async () => {
    await api('POST', `/api/backtests/${id}/cancel`)
    await until(next, (one) => one.state === 'running')
  })
  await api('POST', `/api/backtests/${next}/cancel`)
  return seconds * 1_000
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1_000
}
