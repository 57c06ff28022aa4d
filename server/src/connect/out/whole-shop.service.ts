import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Json } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { byteOrderMark, csvLine } from '../../web/csv-cell.ts'
import {
  consentsAfter,
  customersAfter,
  eventsAfter,
  madeThings,
  ordersAfter,
  productsAfter,
  userIdsOf,
} from './whole-shop.store.ts'
import {
  consentHeadings,
  consentLine,
  type Opened,
  orderHeadings,
  orderLines,
  peopleHeadings,
  personLine,
  productHeadings,
  productLine,
} from './whole-shop.ts'

/** Rows of one file: so many order lines lie below what the door for files takes. */
const partRows = 50_000

type Needs = {
  readonly db: Database
  readonly warehouse: Pick<Warehouse, 'query'>
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open'>
  readonly shops: Pick<Shops, 'shop'>
}
export type Exported = Readonly<Record<string, number>>

/**
 * Everything the shop owns, into a folder of files that any program reads: products, people, orders and consents as tables whose
 * headings our own door for files knows, what happened as lines of Segment's import, and what people made as JSON. Addresses lie in it
 * in the clear: it is the shop's to take away, and to keep safe. A backup is something else: the databases as they are, sealed, for
 * the same program.
 */
export function wholeShop(needs: Needs) {
  const { db, vault } = needs
  const opened = (sealed: string | null): string => (sealed === null ? '' : vault.open(sealed))

  return async (shop: ShopId, folder: string): Promise<Exported> => {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).length > 0)
      throw new Refusal('conflict', `The folder ${folder} is not empty: name a new one.`, 'folder')
    const known = await needs.shops.shop(shop)
    const how: Opened = { open: opened, zone: known.timeZone }
    const tables = await writeTables(db, { shop, folder, how })
    const events = await writeTable(join(folder, 'events'), {
      ending: 'ndjson',
      head: '',
      rows: pages(
        0,
        (after) => namedEvents(needs, shop, after),
        ({ position }) => position,
      ),
      line: ({ text }) => text,
    })
    const made = await madeThings(db, shop)
    for (const [name, rows] of Object.entries(made))
      await writeFile(join(folder, `${name}.json`), JSON.stringify(rows.map(parsed), null, 2))
    const counts = {
      ...{ ...tables, events },
      segments: made.segments.length,
      campaigns: made.campaigns.length,
    }
    const { name, timeZone, currency, language } = known
    const about = { name, timeZone, currency, language }
    const manifest = { format: 1, shop: about, exportedAt: needs.clock.now(), counts }
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
    return counts
  }
}

async function writeTables(
  db: Database,
  of: { readonly shop: ShopId; readonly folder: string; readonly how: Opened },
) {
  const { shop, folder, how } = of
  const csv = (headings: readonly string[]) => ({
    ending: 'csv',
    head: `${byteOrderMark}${csvLine(headings)}`,
  })
  const products = await writeTable(join(folder, 'products'), {
    ...csv(productHeadings),
    rows: pages(
      '',
      (after) => productsAfter(db, shop, after),
      ({ id }) => id,
    ),
    line: productLine,
  })
  const people = await writeTable(join(folder, 'members'), {
    ...csv(peopleHeadings),
    rows: pages(
      0,
      (after) => customersAfter(db, shop, after),
      ({ id }) => id,
    ),
    line: (row) => ((row.userId ?? row.email ?? row.phone) ? personLine(row, how) : ''),
  })
  const orders = await writeTable(join(folder, 'orders'), {
    ...csv(orderHeadings),
    rows: pages(
      '',
      (after) => ordersAfter(db, shop, after),
      ({ id }) => id,
    ),
    line: (row) => orderLines(row, how),
  })
  const start = { customer: 0, channel: '' }
  const consents = await writeTable(join(folder, 'consents'), {
    ...csv(consentHeadings),
    rows: pages(
      start,
      (after) => consentsAfter(db, shop, after),
      ({ customer, channel }) => ({ customer, channel }),
    ),
    line: (row) => consentLine(row, how),
  })
  return { products, people, orders, consents }
}

async function* pages<Row, After>(
  from: After,
  read: (after: After) => Promise<readonly Row[]>,
  keyOf: (row: Row) => After,
): AsyncGenerator<Row> {
  for (let after = from; ; ) {
    const rows = await read(after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = keyOf(last)
  }
}

/** Writes rows into `path.csv`, and on into `path-2.csv` where the door for files would not take more; answers how many there were. */
async function writeTable<Row>(
  path: string,
  table: {
    readonly ending: string
    readonly head: string
    readonly rows: AsyncIterable<Row>
    readonly line: (row: Row) => string
  },
): Promise<number> {
  let count = 0
  let part = 1
  let out = begun(`${path}.${table.ending}`, table.head)
  for await (const row of table.rows) {
    const text = table.line(row)
    if (text === '') continue
    if (count > 0 && count % partRows === 0) {
      await ended(out)
      out = begun(`${path}-${++part}.${table.ending}`, table.head)
    }
    count++
    if (!out.write(text)) await once(out, 'drain')
  }
  await ended(out)
  return count
}

function begun(path: string, head: string): WriteStream {
  const out = createWriteStream(path)
  if (head !== '') out.write(head)
  return out
}

async function ended(out: WriteStream): Promise<void> {
  out.end()
  await once(out, 'finish')
}

/** What happened, as lines of Segment's import; a page without lines ends it. */
async function namedEvents({ db, warehouse }: Needs, shop: ShopId, after: number) {
  const rows = await eventsAfter(warehouse, shop, after)
  const users = await userIdsOf(db, shop, [
    ...new Set(rows.map(({ customer }) => Number(customer))),
  ])
  return rows.map((row) => {
    const customer = Number(row.customer)
    const user = users.get(customer)
    const who =
      user === undefined
        ? customer === 0
          ? {}
          : { anonymousId: `danggol-${customer}` }
        : { userId: user }
    const line = {
      type: row.kind === 'event' ? 'track' : row.kind,
      event: row.name,
      ...who,
      timestamp: new Date(Number(row.at)).toISOString(),
      messageId: row.messageId,
      ...said('properties', row.properties),
      ...said('traits', row.traits),
      ...said('context', row.context),
    }
    return { position: Number(row.position), text: `${JSON.stringify(line)}\n` }
  })
}

function said(key: string, text: string): Readonly<Record<string, Json>> {
  return text === '' || text === '{}' ? {} : { [key]: JSON.parse(text) as Json }
}

/** JSON that lies in a column as text stands in the file as what it says. */
function parsed(row: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const entries = Object.entries(row).map(([key, value]) =>
    (key === 'definition' || key === 'draft') && typeof value === 'string'
      ? [key, JSON.parse(value) as Json]
      : [key, value],
  )
  return Object.fromEntries(entries) as Readonly<Record<string, Json>>
}
