import { parentPort, workerData } from 'node:worker_threads'
import { connectDatabase } from '../database/connection.store.ts'
import { databaseCopy } from '../database/copy.store.ts'
import { backup } from '../engines/backup.service.ts'
import { systemClock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { warehouseCopy } from '../warehouse/copy.store.ts'
import type { BackupTask, BackupWord } from './backup-threads.ts'

// The thread that writes a backup: millions of rows pass it, and the server's loop hears of none of them.

const { databaseUrl, warehouseUrl, warehouseDatabase, folder, keep }: BackupTask = workerData
const db = connectDatabase(databaseUrl, { max: 2 })
const warehouse = connectWarehouse({ url: warehouseUrl, database: warehouseDatabase })
const so = { files: 0, rows: 0, bytes: 0 }
const say = (done: boolean) => parentPort?.postMessage({ ...so, done } satisfies BackupWord)
// A large table takes minutes: who writes is heard meanwhile.
const beat = setInterval(() => say(false), 5 * secondMs)
await backup({
  database: databaseCopy(db),
  warehouse: warehouseCopy(warehouse),
  folder,
  clock: systemClock,
  keep,
  tell: ({ rows, bytes }) => {
    so.files++
    so.rows += rows
    so.bytes += bytes
    say(false)
  },
})
clearInterval(beat)
say(true)
await db.end({ timeout: 5 })
await warehouse.close()
