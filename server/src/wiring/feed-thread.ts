import { platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { products, type ReadProduct } from '../connect/feeds/feed-tell.service.ts'
import { Refusal } from '../lib/refusal.ts'
import type { FeedFile, FeedRead } from './feed-threads.ts'

// The thread that reads one file of products. Whatever is thrown here and is no refusal is told to whoever began the thread.

/** Products told at once. */
const batchSize = 500
/** Shoppers come first: on Linux each thread has a rank of its own, elsewhere it would be the whole server's. */
const rank = 5

if (platform() === 'linux') setPriority(rank)
const { feed, path }: FeedFile = workerData
const say = (told: FeedRead): void => parentPort?.postMessage(told)
/** Whoever reads is not ahead of whoever takes: the file waits on the disk, not in memory. */
const asked = () => new Promise((more) => parentPort?.once('message', more))

async function tell(items: readonly ReadProduct[]): Promise<void> {
  const more = asked()
  say({ kind: 'some', items })
  await more
}

try {
  let items: ReadProduct[] = []
  for await (const one of products(feed, path)) {
    items.push(one)
    if (items.length < batchSize) continue
    await tell(items)
    items = []
  }
  say({ kind: 'end', items })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  const { code, message, field } = error
  say({ kind: 'refused', code, message, field })
}
