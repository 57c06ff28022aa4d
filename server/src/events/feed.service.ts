import type { Customers } from '../customers/customers.service.ts'
import { maskName } from '../customers/mask-name.ts'
import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { readJson } from '../lib/json-parse.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type FeedRow, headAndLine, type PastRow, readFeed, readPast } from './feed.store.ts'
import type { History } from './history.service.ts'
import { readRow } from './read-row.ts'

/** One happening as lists and the live feed show it. */
export type Shown = {
  readonly position: number
  readonly kind: string
  readonly name: string
  readonly at: number
  readonly receivedAt: number
  /** null while the line has not reached it. */
  readonly processedAt: number | null
  /** null while nobody knows, 0 for nobody. */
  readonly customer: number | null
  /** Masked: who looks at a list need not know. */
  readonly customerName: string | null
  readonly messageId: string
  readonly importId: string | null
  readonly properties: JsonObject
  readonly traits: JsonObject
}

/** Positions of the log that are looked through for rows that history does not hold yet. */
const freshLimit = 20_000
/** Positions that one look of the live feed may be behind; older ones are skipped and counted. */
const liveLimit = 200

type Page = {
  readonly name: string | undefined
  readonly customer: number | undefined
  readonly before: number | undefined
  readonly limit: number
}

/** The log and history as one list, newest first: what history does not hold yet comes from the log. */
export function feed(needs: {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly customers: Pick<Customers, 'namesOf' | 'mergedInto'>
  readonly history: Pick<History, 'completeTo'>
}) {
  const { db, warehouse, customers, history } = needs

  async function withNames(
    shop: ShopId,
    rows: readonly Omit<Shown, 'customerName'>[],
  ): Promise<readonly Shown[]> {
    const ids = [...new Set(rows.flatMap((row) => (row.customer ? [row.customer] : [])))]
    const names = await customers.namesOf(shop, ids)
    return rows.map((row) => ({
      ...row,
      customerName: maskName(names.get(row.customer ?? 0)?.name ?? null),
    }))
  }

  return {
    list: async (shop: ShopId, page: Page): Promise<readonly Shown[]> => {
      const complete = await history.completeTo(shop)
      const { head } = await headAndLine(db, shop)
      const before = page.before ?? head + 1
      const whom = page.customer === undefined ? undefined : await everyIdOf(shop, page.customer)
      const { name, limit } = page
      const after = Math.max(complete, head - freshLimit)
      const fresh =
        before > after + 1
          ? await readFeed(db, shop, { after, before, limit, name, customers: whom })
          : []
      const left = limit - fresh.length
      const upTo = Math.min(before - 1, complete)
      const past =
        left > 0 && upTo > 0
          ? await readPast(warehouse, shop, { upTo, limit: left, name, customers: whom })
          : []
      return withNames(shop, [...fresh.map(showFresh), ...past.map(showPast)])
    },
    /** What the line has processed after a position, oldest first, and where to go on. */
    since: async (
      shop: ShopId,
      position: number,
    ): Promise<{
      readonly shown: readonly Shown[]
      readonly position: number
      readonly skipped: number
    }> => {
      const { line } = await headAndLine(db, shop)
      const after = Math.max(position, line - liveLimit)
      if (line <= position) return { shown: [], position, skipped: 0 }
      const asked = {
        after,
        before: line + 1,
        limit: liveLimit,
        name: undefined,
        customers: undefined,
      }
      const rows = await readFeed(db, shop, asked)
      const shown = await withNames(shop, rows.toReversed().map(showFresh))
      return { shown, position: line, skipped: after - position }
    },
    linePosition: async (shop: ShopId) => (await headAndLine(db, shop)).line,
  }

  async function everyIdOf(shop: ShopId, customer: number): Promise<readonly number[]> {
    return [customer, ...(await customers.mergedInto(shop, customer as CustomerId))]
  }
}
export type Feed = ReturnType<typeof feed>

function showFresh(row: FeedRow): Omit<Shown, 'customerName'> {
  const happening = readRow(row)
  return {
    position: row.position,
    kind: row.kind,
    name: row.name,
    at: row.at,
    receivedAt: row.receivedAt,
    processedAt: row.processedAt,
    customer: row.customer,
    messageId: happening.messageId,
    importId: row.importId,
    properties: happening.body.properties ?? {},
    traits: withoutNames(happening.body.traits ?? {}),
  }
}

function showPast(row: PastRow): Omit<Shown, 'customerName'> {
  return {
    position: row.position,
    kind: row.kind,
    name: row.name,
    at: Date.parse(row.at),
    receivedAt: Date.parse(row.received_at),
    processedAt: Date.parse(row.processed_at),
    customer: row.customer,
    messageId: row.message_id,
    importId: row.import_id || null,
    properties: objectOf(row.properties),
    traits: withoutNames(objectOf(row.traits)),
  }
}

// Everybody of the team reads the feed, so it names nobody: what they are called is on the customer's page, by role.
const names = new Set(['name', 'firstName', 'lastName', 'first_name', 'last_name', 'full_name'])

function withoutNames(traits: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(traits).map(([key, value]) => [
      key,
      names.has(key) && typeof value === 'string' ? maskName(value) : value,
    ]),
  )
}

function objectOf(text: string): JsonObject {
  const read = readJson(text)
  return read.kind !== 'refused' && isJsonObject(read.value) ? read.value : {}
}
