import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { productsIn } from '../../catalog/product.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { csvLine } from '../../web/csv-cell.ts'
import { type FileLanguage, headsIn } from '../../web/csv-heads.ts'
import { type FeedLine, type FeedMapping, feedFields, formatOf, mappingFor } from './feed-fields.ts'
import { feedFile, isZip } from './feed-file.driver.ts'
import { feedProduct } from './feed-product.ts'
import { feedBytesLimit, type Refused, uploadPath } from './feed-work.service.ts'
import {
  deleteFeed,
  type FeedRow,
  type FeedSaid,
  insertFeed,
  listFeeds,
  listRuns,
  planFeed,
  readFeed,
  readRefusals,
  updateFeed,
  waitingHash,
} from './feeds.store.ts'
import { hashed } from './file-hash.driver.ts'
import { guardedGet } from './guarded-get.driver.ts'

const feedsLimit = 20
/** So much of a file is looked at before it is taken. */
const previewBytes = 2 * 1024 * 1024
const previewZipBytes = 128 * 1024 * 1024
const previewLines = 500
const previewProducts = 5
/** So many values of a column are shown, each so long at most, that one sees what it says. */
const samplesShown = 3
const sampleChars = 60
const runsShown = 10

export type FeedsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'audit'>
  readonly folder: string
  readonly onPlanned?: () => void
  readonly allowPrivate?: boolean
}
type Who = { readonly shop: ShopId; readonly name: string }
type Said = Omit<FeedSaid, 'mapping' | 'nextAt'> & { readonly mapping: FeedMapping }

/** What a shop says of its feeds, and what became of them. */
export function feeds(needs: FeedsNeeds) {
  const { db, clock, folder } = needs
  const audit = (who: Who, act: string, id: number) =>
    needs.shops.audit(who, act, { object: `feed:${id}` })

  async function known(shop: ShopId, id: number): Promise<FeedRow> {
    const row = await readFeed(db, shop, id)
    if (!row) throw new Refusal('not-found', 'There is no such feed.')
    return row
  }

  const planned = ({ isOn, url, everyMinutes }: Said) =>
    isOn && url !== null && everyMinutes > 0 ? clock.now() : null

  return {
    get: known,
    list: (shop: ShopId) => listFeeds(db, shop),
    runs: (shop: ShopId, ids: readonly number[]) =>
      listRuns(db, shop, { feeds: ids, each: runsShown }),
    create: async (who: Who, said: Said): Promise<number> => {
      const row = { ...said, mapping: JSON.stringify(said.mapping), nextAt: planned(said) }
      const made = { ...row, madeAt: clock.now(), limit: feedsLimit }
      const id = await insertFeed(db, who.shop, made)
      if (id === undefined) throw new Refusal('conflict', `A shop has ${feedsLimit} feeds at most.`)
      await audit(who, 'feed.make', id)
      needs.onPlanned?.()
      return id
    },
    change: async (who: Who, id: number, said: Said): Promise<void> => {
      await known(who.shop, id)
      const mapping = JSON.stringify(said.mapping)
      await updateFeed(db, who.shop, { ...said, id, mapping, nextAt: planned(said) })
      await audit(who, 'feed.change', id)
      needs.onPlanned?.()
    },
    remove: async (who: Who, id: number): Promise<void> => {
      const row = await known(who.shop, id)
      await deleteFeed(db, who.shop, row.id)
      await rm(uploadPath(folder, { shop: who.shop, id }), { force: true })
      await audit(who, 'feed.remove', id)
    },
    /** Runs it now. `confirm`: the short file that waits is right. */
    runNow: async (who: Who, id: number, confirm: boolean): Promise<void> => {
      await known(who.shop, id)
      const hash = confirm ? await waitingHash(db, who.shop, id) : undefined
      if (confirm && hash === undefined)
        throw new Refusal('conflict', 'Nothing of this feed waits for your word.')
      const at = clock.now()
      const word = hash === undefined ? {} : { confirmedHash: hash }
      await planFeed(db, who.shop, { id, at, ...word })
      await audit(who, confirm ? 'feed.confirm' : 'feed.run', id)
      needs.onPlanned?.()
    },
    /** Takes a file brought by hand and runs the feed. */
    upload: async (who: Who, id: number, body: AsyncIterable<Uint8Array>): Promise<void> => {
      const row = await known(who.shop, id)
      if (row.url !== null) throw new Refusal('conflict', 'This feed is fetched by its address.')
      const path = uploadPath(folder, { shop: who.shop, id })
      await toFile(folder, path, body)
      await planFeed(db, who.shop, { id, at: clock.now() })
      await audit(who, 'feed.upload', id)
      needs.onPlanned?.()
    },
    ...previews(needs),
    /** Lines of a run that said no product, as a spreadsheet reads them. */
    refusalsCsv: async (
      shop: ShopId,
      {
        language,
        ...asked
      }: { readonly feed: number; readonly run: number; readonly language: FileLanguage },
    ) => {
      const text = await readRefusals(db, shop, asked)
      if (text === undefined) throw new Refusal('not-found', 'There is no such run.')
      const rows = JSON.parse(text) as readonly Refused[]
      return [
        csvLine(headsIn(language, ['line', 'id', 'reason'], { id: '상품 번호' })),
        ...rows.map(({ line, id, fault }) => csvLine([`${line}`, id, fault])),
      ].join('')
    },
  }
}
export type Feeds = ReturnType<typeof feeds>

/** What is understood of a file before it is taken. */
function previews({ folder, allowPrivate = false }: FeedsNeeds) {
  const begin = async (
    asked: Omit<Parameters<typeof guardedGet>[0], 'etag' | 'modified'>,
  ): Promise<void> => {
    const fetched = await guardedGet({ ...asked, etag: null, modified: null }, { allowPrivate })
    if (fetched.kind === 'failed') throw new Refusal('invalid', fetched.why, 'url')
  }
  return {
    previewOfUrl: async (url: string, mapping: FeedMapping) => {
      const path = join(folder, `look-${crypto.randomUUID()}`)
      await mkdir(folder, { recursive: true })
      try {
        await begin({ url, to: path, limitBytes: previewBytes, onlyBegin: true })
        // The directory of a zip archive stands at its end.
        if (await isZip(path)) await begin({ url, to: path, limitBytes: previewZipBytes })
        return await previewOf(path, mapping)
      } finally {
        await rm(path, { force: true })
      }
    },
    previewOfFile: async (body: AsyncIterable<Uint8Array>, mapping: FeedMapping) => {
      const path = join(folder, `look-${crypto.randomUUID()}`)
      try {
        await toFile(folder, path, body)
        return await previewOf(path, mapping)
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

async function toFile(
  folder: string,
  path: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const part = `${path}.${crypto.randomUUID()}.part`
  try {
    await hashed(body, { to: part, limitBytes: feedBytesLimit })
    await rename(part, path)
  } finally {
    await rm(part, { force: true })
  }
}

/** What is understood of the beginning of a file. */
async function previewOf(path: string, said: FeedMapping) {
  const file = await feedFile(path)
  const columns = new Set<string>()
  const lines: FeedLine[] = []
  try {
    for await (const record of file.records()) {
      for (const name of Object.keys(record)) if (columns.size < 200) columns.add(name)
      lines.push(record)
      if (lines.length >= previewLines) break
    }
  } catch (error) {
    // Only the beginning was fetched, so it may break off; with nothing before that the file is broken.
    if (lines.length === 0) throw error
  }
  const all = [...columns]
  const mapping = mappingFor(all, said)
  const read = lines.map((line, at) => ({ line: at + 1, read: feedProduct(line, mapping) }))
  const good = read.flatMap((one) => ('fault' in one.read ? [] : [one.read]))
  const faults = read.flatMap(({ line, read: one }) =>
    'fault' in one ? [{ line, id: one.id, fault: one.fault }] : [],
  )
  return {
    kind: file.kind,
    encoding: file.encoding,
    format: formatOf(all),
    columns: all.map((name) => ({ name, samples: samplesOf(lines, name) })),
    mapping: feedFields.flatMap((field) => {
      const column = mapping[field]
      return column === undefined ? [] : [{ field, column }]
    }),
    lines: lines.length,
    products: good.slice(0, previewProducts).flatMap(({ said: words }) => productsIn(words)),
    faults,
  }
}

/** The first values of a column that say something. */
function samplesOf(lines: readonly FeedLine[], column: string): readonly string[] {
  const values = new Set<string>()
  for (const line of lines) {
    if (values.size === samplesShown) break
    const value = line[column]?.trim()
    if (value) values.add(value.slice(0, sampleChars))
  }
  return [...values]
}
