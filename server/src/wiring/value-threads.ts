import { Worker } from 'node:worker_threads'
import type { Fit, FitTask } from '../insight/value.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** What a thread is told: where history is, and what is asked of it. */
export type ValueTask = FitTask & Pick<Warehouse, 'url' | 'database'>

/** Memory of the thread; above it the thread ends, and the server does not. */
const heapMb = 512

/** Fits the models of a shop in a thread of their own. Aborting ends it. */
export function fitInThreads({ url, database }: Pick<Warehouse, 'url' | 'database'>): Fit {
  return (task, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const workerData: ValueTask = { ...task, url, database }
      const worker = new Worker(new URL('./value-thread.ts', import.meta.url), {
        name: 'value',
        workerData,
        resourceLimits: { maxOldGenerationSizeMb: heapMb },
      })
      const leave = () => {
        void worker.terminate()
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      worker.on('message', resolve)
      worker.on('error', reject)
      worker.on('exit', (code) => {
        signal.removeEventListener('abort', leave)
        reject(new Error(`the thread ended with code ${code} before it was done`))
      })
    })
}
