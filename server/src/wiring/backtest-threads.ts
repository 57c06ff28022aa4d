import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Live } from '../campaigns/backtest/backtests.service.ts'
import type { Run } from '../campaigns/backtest/ground.service.ts'
import type { Found } from '../campaigns/backtest/live.service.ts'
import type { Helpers } from '../campaigns/backtest/run.service.ts'
import type { EngineAddresses } from '../engines/engines.service.ts'

/** What a thread is told, which opens connections of its own: a whole backtest, or the share of one that these people are. */
export type Task = {
  readonly engines: EngineAddresses
  readonly run: Run
  readonly ids?: readonly number[]
}

/** What a thread tells: people done and in all, and in the end the result (JSON), or what its share gave. */
export type Told =
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  | { readonly kind: 'result'; readonly result: string }
  | { readonly kind: 'found'; readonly found: Found }

/** Memory of one thread; above it the thread ends, and the server does not. */
const heapMb = 1_024
/** Room for young objects: people live and are forgotten, so most of what is made dies at once. */
const youngMb = 64
/** Threads of one backtest at most; the first deals the shares and takes one of them. */
const threadsLimit = 4

/** Runs backtests in threads of their own: the server's loop is never held, and what ends a thread ends nothing else. */
export function inThreads(engines: EngineAddresses): Live {
  return async (run, { signal, tell }) => {
    const told = await inThread({ engines, run }, { signal, tell: (done, all) => tell(done, all) })
    if (told.kind !== 'result') throw new Error('the thread of a backtest tells its result')
    return told.result
  }
}

/** Other threads that take shares of a backtest. */
export function helpingThreads(
  task: { readonly engines: EngineAddresses; readonly run: Run },
  block: number,
): Helpers {
  // Whoever calls it off ends the thread that asked for help, and with it those that help.
  const { signal } = new AbortController()
  return {
    count: Math.min(threadsLimit, availableParallelism()) - 1,
    block,
    live: async (ids, tell) => {
      const told = await inThread({ ...task, ids }, { signal, tell })
      if (told.kind !== 'found') throw new Error('a helping thread tells what it found')
      return told.found
    },
  }
}

/** One thread from its beginning to what it says last. Aborting ends it at once, with the questions it has asked. */
function inThread(
  task: Task,
  watched: {
    readonly signal: AbortSignal
    readonly tell: (done: number, all: number) => void
  },
): Promise<Exclude<Told, { kind: 'progress' }>> {
  const { signal, tell } = watched
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = new Worker(new URL('./backtest-thread.ts', import.meta.url), {
      name: 'backtest',
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    })
    const leave = () => {
      void worker.terminate()
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') tell(told.done, told.all)
      else resolve(told)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', leave)
      reject(new Error(`the thread ended with code ${code} before it was done`))
    })
  })
}
