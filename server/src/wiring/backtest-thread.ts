import { platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { liveApart } from '../campaigns/backtest/live.service.ts'
import { runBacktest } from '../campaigns/backtest/run.service.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { systemClock } from '../lib/clock.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { helpingThreads, type Task, type Told } from './backtest-threads.ts'
import { replayNeeds } from './backtesting.ts'

// The thread of one backtest, or of a share of it. Whatever is thrown here is told to whoever began the thread.

/** Questions that are asked at the same time. */
const connections = 6
/** People dealt to one thread at a time. */
const blockPeople = 4_000
/** Shoppers come first: on Linux each thread has a rank of its own, elsewhere it would be the whole server's. */
const rank = 5

if (platform() === 'linux') setPriority(rank)
const { engines, run, ids }: Task = workerData
const db = connectDatabase(engines.databaseUrl, { max: connections })
const warehouse = connectWarehouse({
  url: engines.warehouseUrl,
  database: engines.warehouseDatabase,
})
const needs = replayNeeds({ db, warehouse, clock: systemClock })
// Whoever calls it off ends the thread.
const { signal } = new AbortController()
const say = (told: Told): void => parentPort?.postMessage(told)
const tell = (done: number, all: number) => say({ kind: 'progress', done, all })

if (ids) {
  const share = { signal, tell: (done: number) => tell(done, ids.length) }
  say({ kind: 'found', found: await liveApart(needs, { run, ids }, share) })
} else {
  const helpers = helpingThreads({ engines, run }, blockPeople)
  const result = await runBacktest(needs, run, { signal, tell, helpers })
  say({ kind: 'result', result: JSON.stringify(result) })
}
await Promise.all([db.end({ timeout: 1 }), warehouse.close()])
