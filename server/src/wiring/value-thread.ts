import { parentPort, workerData } from 'node:worker_threads'
import { readBuying } from '../insight/value.store.ts'
import { worthOf } from '../insight/value.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import type { ValueTask } from './value-threads.ts'

// The thread that fits a shop's models: it asks history itself, so that the server's loop never holds its people.

const { url, database, shop, ...question }: ValueTask = workerData
const warehouse = connectWarehouse({ url, database })
parentPort?.postMessage(worthOf(await readBuying(warehouse, shop, question)))
await warehouse.close()
