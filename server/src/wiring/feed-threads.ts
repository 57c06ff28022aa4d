import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ReadProduct, ReadProducts } from '../connect/feeds/feed-tell.service.ts'
import { Refusal, type RefusalCode } from '../lib/refusal.ts'

/** What the thread is told: the file, and which columns say what. */
export type FeedFile = { readonly feed: { readonly mapping: string }; readonly path: string }

/** What the thread tells: products in the order of the file, and in the end why it can be read no further. */
export type FeedRead =
  | { readonly kind: 'some' | 'end'; readonly items: readonly ReadProduct[] }
  | {
      readonly kind: 'refused'
      readonly code: RefusalCode
      readonly message: string
      readonly field: string | undefined
    }

/** Memory of the thread; a file that needs more is refused, and the server goes on. */
const heapMb = 512

/** Reads a file of products in a thread of its own: a large one never holds the loop that answers shoppers. */
export const productsInThread: ReadProducts = async function* ({ mapping }, path) {
  const file: FeedFile = { feed: { mapping }, path }
  const worker = new Worker(new URL('./feed-thread.ts', import.meta.url), {
    name: 'feed',
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  try {
    for (;;) {
      const told = await nextOf(worker)
      if (told.kind === 'refused') throw new Refusal(told.code, told.message, told.field)
      yield* told.items
      if (told.kind === 'end') return
      worker.postMessage('more')
    }
  } finally {
    await worker.terminate()
  }
}

async function nextOf(worker: Worker): Promise<FeedRead> {
  const { signal, abort } = listening()
  try {
    const [told] = await Promise.race([
      once(worker, 'message') as Promise<[FeedRead]>,
      once(worker, 'exit', { signal }).then(([code]): never => {
        throw new Error(`the thread of a feed ended with code ${code} before it was done`)
      }),
    ])
    return told
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    throw new Refusal('too-large', 'One product of the file is too large to be read.', 'file')
  } finally {
    // Nobody waits for the end of a thread once it has told something: a large file tells thousands of times.
    abort()
  }
}

function listening() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
