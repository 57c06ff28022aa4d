import { Worker } from 'node:worker_threads'
import type { Progress } from '../running/backups.service.ts'

/** What the thread is told. */
export type BackupTask = {
  readonly databaseUrl: string
  readonly warehouseUrl: string
  readonly warehouseDatabase: string
  readonly folder: string
  /** Files that go with it. */
  readonly keep: readonly string[]
}

/** What the thread tells. */
export type BackupWord = Progress & { readonly done: boolean }

/** Memory of the thread; a backup is a stream, so it needs little. */
const heapMb = 256

/** Writes a backup in a thread of its own. A server that stops leaves it cut off: the next night begins anew. */
export function backUpInThread(task: BackupTask, tell: (so: Progress) => void): Promise<Progress> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./backup-thread.ts', import.meta.url), {
      name: 'backup',
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    let whole: Progress | undefined
    worker.on('message', ({ done, ...so }: BackupWord) => {
      tell(so)
      if (done) whole = so
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      if (whole) resolve(whole)
      else reject(new Error(`the thread ended with code ${code} before the backup was written`))
    })
  })
}
