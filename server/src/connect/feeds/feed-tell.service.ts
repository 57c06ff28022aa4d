import { createHash } from 'node:crypto'
import type { Catalog } from '../../catalog/catalog.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ProductWords } from '../../events/product-words.service.ts'
import type { Clock } from '../../lib/clock.ts'
import { parseDecimal } from '../../lib/decimal.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type FeedMapping, mappingFor } from './feed-fields.ts'
import { feedFile } from './feed-file.driver.ts'
import { type FeedProduct, feedProduct } from './feed-product.ts'
import { type DueFeed, itemsOf, pageOfItems, saveItems, saveMissed } from './feed-work.store.ts'

/** Products told in one call. */
export const batchProducts = 500
const busyWaitMs = 500

export type FeedTellNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'saveCosts'>
  readonly words: Pick<ProductWords, 'tell'>
  readonly wait: (ms: number) => Promise<void>
}

/** What one record of a file says, and its place in the file, from 1. */
export type ReadProduct = { readonly line: number; readonly read: ReturnType<typeof feedProduct> }

/** Reads a file's products one after another; throws a Refusal where the file is broken. */
export type ReadProducts = (
  feed: Pick<DueFeed, 'mapping'>,
  path: string,
) => AsyncGenerator<ReadProduct>

/** The products of a file. */
export const products: ReadProducts = async function* (feed, path) {
  const said = JSON.parse(feed.mapping) as FeedMapping
  const mappings = new Map<string, FeedMapping>()
  let line = 0
  for await (const record of (await feedFile(path)).records()) {
    line++
    const columns = Object.keys(record)
    // Records of one file have few shapes: XML leaves out what is empty.
    const shape = columns.join('\t')
    const mapping = mappings.get(shape) ?? mappingFor(columns, said)
    if (mappings.size < 1_000) mappings.set(shape, mapping)
    yield { line, read: feedProduct(record, mapping) }
  }
}

/** Tells what of these is new or changed since the last run; answers how many that were. */
export async function tellChanged(
  needs: FeedTellNeeds,
  feed: DueFeed,
  batch: readonly FeedProduct[],
): Promise<number> {
  const known = await itemsOf(
    needs.db,
    feed,
    batch.map(({ id }) => id),
  )
  const fresh = batch
    .map((product) => ({ product, hash: hashOf(product) }))
    .filter(({ product, hash }) => {
      const before = known.get(product.id)
      return before === undefined || before.isGone || before.hash !== hash
    })
  if (fresh.length === 0) return 0
  const costs = fresh.flatMap(({ product }) => {
    const cost = product.cost === null ? undefined : parseDecimal(product.cost)
    return cost === undefined ? [] : [{ product: product.id, cost: Number(cost) }]
  })
  await needs.catalog.saveCosts(feed.shop, { costs, at: needs.clock.now() })
  await tellPatiently(
    needs,
    feed,
    fresh.map(({ product }) => product.said),
  )
  await saveItems(
    needs.db,
    feed,
    fresh.map(({ product, hash }) => ({ id: product.id, hash })),
  )
  return fresh.length
}

function hashOf({ said, cost }: FeedProduct): string {
  return createHash('sha256')
    .update(JSON.stringify([said, cost]))
    .digest('base64url')
    .slice(0, 22)
}

/** The line takes live events first: a feed waits while it is pressed. */
async function tellPatiently(
  needs: FeedTellNeeds,
  feed: DueFeed,
  said: Parameters<ProductWords['tell']>[1]['products'],
): Promise<void> {
  for (;;) {
    try {
      return await needs.words.tell(feed.shop, { products: said, source: `feed:${feed.id}` })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'busy') throw error
      await needs.wait(busyWaitMs)
    }
  }
}

/** Counts what is missing; what stayed away often enough is no longer for sale. Answers how many that were. */
export async function dropMissing(
  needs: FeedTellNeeds,
  feed: DueFeed,
  here: {
    /** undefined: the file is the last one. */
    readonly has: ((id: string) => boolean) | undefined
    readonly keep: () => Promise<void>
  },
): Promise<number> {
  const has = here.has ?? (() => false)
  const missedOnly = here.has === undefined
  let dropped = 0
  for (let after = ''; ; ) {
    const page = await pageOfItems(needs.db, feed, { after, limit: 5_000, missedOnly })
    const last = page.at(-1)
    if (!last) return dropped
    after = last.id
    const missing = page.filter(({ id }) => !has(id))
    const gone = missing.filter(({ missed }) => missed + 1 >= feed.missingRuns).map(({ id }) => id)
    for (let at = 0; at < gone.length; at += batchProducts) {
      const ids = gone.slice(at, at + batchProducts)
      await tellPatiently(
        needs,
        feed,
        ids.map((id) => ({ product_id: id, sellable: false })),
      )
    }
    await saveMissed(needs.db, feed, {
      missing: missing.map(({ id }) => id),
      back: page.flatMap(({ id, missed }) => (missed > 0 && has(id) ? [id] : [])),
      gone,
    })
    dropped += gone.length
    await here.keep()
  }
}
