import type { Customers } from '../customers/customers.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { Feed } from '../events/feed.service.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Vault } from '../vault/vault.service.ts'
import { rowsOf, sealedContactsOf } from './records.store.ts'
import { tablesOfPeople } from './records.ts'

/** Events asked for at once, and given out at most. */
const eventsPage = 1_000
const eventsLimit = 200_000

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly customers: Pick<Customers, 'get'>
  readonly feed: Pick<Feed, 'list'>
  readonly vault: Pick<Vault, 'open'>
}

/**
 * Everything that is kept of one person, for the person (PIPA article 35: within ten days of being asked): who they are, what
 * they did, what they allowed, what was decided about them and sent to them, and why.
 */
export function personExport(needs: Needs) {
  return async (shop: ShopId, asked: number): Promise<JsonObject> => {
    const found = await needs.customers.get(shop, asked)
    if (!found || found.erasedAt !== null)
      throw new Refusal('not-found', `There is no customer ${asked}.`)
    const customers = [found.id, ...found.merged]
    const tables: Record<string, Json> = {}
    for (const [table, kept] of Object.entries(tablesOfPeople)) {
      if (kept.kind !== 'exported') continue
      const rows = await rowsOf(needs.db, shop, { table, customers })
      tables[kept.as] = rows.map(readable)
    }
    const addresses = await sealedContactsOf(needs.db, shop, customers)
    const events = await eventsOf(needs, shop, found.id)
    return {
      format: 1,
      exported_at: new Date(needs.clock.now()).toISOString(),
      customer: {
        id: found.id,
        merged: [...found.merged],
        name: found.name,
        member: found.member,
        traits: JSON.parse(found.traits) as Json,
        created_at: found.createdAt,
        first_seen_at: found.firstSeenAt,
        last_seen_at: found.lastSeenAt,
        addresses: addresses.map(({ channel, sealed }) => ({
          channel,
          address: needs.vault.open(sealed),
        })),
      },
      ...tables,
      events: events.rows,
      events_cut: events.cut,
    }
  }
}
export type PersonExport = ReturnType<typeof personExport>

/** Columns that hold JSON as text are given out as what they mean. */
function readable(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isJsonText(value) ? parsed(value) : value]),
  )
}

function isJsonText(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[[{]/.test(value)
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

async function eventsOf(needs: Needs, shop: ShopId, customer: CustomerId) {
  const rows: JsonObject[] = []
  let before: number | undefined
  while (rows.length < eventsLimit) {
    const page = await needs.feed.list(shop, {
      name: undefined,
      customer,
      before,
      limit: eventsPage,
    })
    for (const { name, at, kind, properties } of page) rows.push({ at, kind, name, properties })
    const last = page.at(-1)
    if (!last || page.length < eventsPage) return { rows, cut: false }
    before = last.position
  }
  return { rows, cut: true }
}
