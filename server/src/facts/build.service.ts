import type { Customers } from '../customers/customers.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { HappeningKind, Placed } from '../events/happening.ts'
import type { CustomerId, Position, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { readJson } from '../lib/json-parse.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import {
  callsWait,
  type FactBuild,
  factBuild,
  type HistoryRow,
  moveFactBuild,
  readHistory,
} from './build.store.ts'
import { cartEvents } from './cart-facts.ts'
import {
  call,
  callsLimit,
  holdersOf,
  holdLine,
  moveProductCall,
  nextProductCall,
} from './facts.store.ts'
import { factsFormat, foldKnown, type Known, readKnown, stranger, writeKnown } from './person.ts'
import { foldJourney, stageEvents } from './stage.ts'

/** People built in one transaction and called together: one turn of the line takes them. */
const sliceLimit = 500
/** Happenings of one person that are read: the newest ones. */
const happeningsLimit = 5_000

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly customers: Pick<Customers, 'remembered'>
  /** Every log position up to this one is in ClickHouse. */
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/** waiting: the line is still busy with the people called last, or history is not as far as they are. */
export type FactStep = 'worked' | 'waiting' | 'idle'

const names: readonly string[] = [
  'List Changed',
  ...cartEvents,
  ...stageEvents.map(([event]) => event),
  'Signed Up',
  'Signed In',
  'Account Deleted',
  'Visit Started',
]

/**
 * What the room does behind the line, a step at a time. It calls the rest of a crowd who hold a product. And it builds the facts
 * of people who were there before the room was (an upgrade): their history goes through the same folds, and the line, which
 * they are called to, adds orders, consents and products and tells segments and the mirror. What they do meanwhile is history too
 * when they are built, because nobody is built from less of it than the line has seen.
 */
export function factBuilds(needs: Needs) {
  const { db, clock } = needs
  const done = new Set<ShopId>()

  async function callHolders(shop: ShopId): Promise<boolean> {
    if (!(await nextProductCall(db, shop))) return false
    await db.begin(async (tx) => {
      await holdLine(tx, shop)
      const next = await nextProductCall(tx, shop)
      if (!next) return
      const { product, after } = next
      const customers = await holdersOf(tx, shop, { products: [product], after })
      await call(tx, shop, { customers, now: clock.now() })
      const last = customers.length === callsLimit ? customers.at(-1) : undefined
      await moveProductCall(tx, shop, { product, after: last })
    })
    return true
  }

  async function step(shop: ShopId): Promise<FactStep> {
    if (await callHolders(shop)) return 'worked'
    if (done.has(shop)) return 'idle'
    const build = await factBuild(db, shop, factsFormat)
    if (!build) {
      done.add(shop)
      return 'idle'
    }
    if (await callsWait(db, shop)) return 'waiting'
    return slice(needs, shop, build)
  }

  return {
    step,
    /** Steps until there is nothing to do, or nothing to do yet. */
    drain: async (shop: ShopId): Promise<void> => {
      while ((await step(shop)) === 'worked');
    },
  }
}
export type FactBuilds = ReturnType<typeof factBuilds>

async function slice(needs: Needs, shop: ShopId, build: FactBuild): Promise<FactStep> {
  const { db, clock } = needs
  const { remembered } = needs.customers
  const { builtTo, maxCustomer, ahead } = build
  const fresh = await remembered.livingAfter(db, shop, {
    after: builtTo,
    upTo: maxCustomer,
    limit: sliceLimit,
  })
  const end = fresh.length < sliceLimit ? maxCustomer : (fresh.at(-1) ?? maxCustomer)
  // Those who were passed over come last, when nobody else is left.
  const again = fresh.length === 0 ? ahead.slice(0, sliceLimit) : []
  const asked = [...fresh, ...again]
  const complete = await needs.completeTo(shop)
  const replayed = await replay(needs, shop, asked)
  const now = clock.now()
  const built = await db.begin(async (tx) => {
    await holdLine(tx, shop)
    const people = await remembered.storedPeople(tx, shop, asked)
    const merged = await namesOf(needs, tx, { shop, customers: asked })
    // A merge since history was asked brought somebody whose history was not read.
    const ready = people.filter(
      ({ processed }) => processed <= complete && replayed.names.size === merged.size,
    )
    const writes = ready.map((person) => {
      const sections = objectIn(person.sections ?? '{}')
      const { revision } = readKnown(sections.facts)
      const known = { ...replayed.of(person.id), revision, isMember: person.member, isBuilt: true }
      return {
        customer: person.id,
        sections: JSON.stringify({ ...sections, facts: writeKnown(known) }),
      }
    })
    await remembered.replaceSections(tx, shop, writes)
    await call(tx, shop, { customers: writes.map((one) => one.customer), now })
    const taken = new Set(writes.map((one) => one.customer))
    const living = new Set(people.map((one) => one.id))
    const left = [...new Set([...ahead, ...fresh])].filter(
      (id) => !taken.has(id) && (living.has(id) || !asked.includes(id)),
    )
    await moveFactBuild(tx, shop, { builtTo: end, ahead: left, at: now })
    return writes.length
  })
  return built > 0 || fresh.length > 0 ? 'worked' : 'waiting'
}

/** What the history of these people tells of them. */
async function replay(needs: Needs, shop: ShopId, customers: readonly number[]) {
  const survivors = await namesOf(needs, needs.db, { shop, customers })
  const known = new Map<number, Known>()
  if (customers.length > 0) {
    const asked = { customers: [...survivors.keys()], names, perCustomer: happeningsLimit }
    const { rows, seen } = await readHistory(needs.warehouse, shop, asked)
    const update = (name: number, change: (before: Known) => Known) => {
      const customer = survivors.get(name) ?? name
      known.set(customer, change(known.get(customer) ?? stranger))
    }
    for (const [name, at] of seen)
      update(name, (before) => ({
        ...before,
        journey: foldJourney(before.journey, { ...bare, at }, null),
      }))
    for (const row of rows)
      update(Number(row.customer), (before) => foldKnown(before, placedOf(row), () => undefined))
  }
  return { names: survivors, of: (customer: number): Known => known.get(customer) ?? stranger }
}

/** Whom history may know these people as: themselves and everybody merged into them. */
async function namesOf(
  needs: Needs,
  db: Database | Tx,
  { shop, customers }: { readonly shop: ShopId; readonly customers: readonly number[] },
): Promise<ReadonlyMap<number, number>> {
  const merged = await needs.customers.remembered.mergedInto(db, shop, customers)
  return new Map([
    ...customers.map((id) => [id, id] as const),
    ...merged.map(({ from, to }) => [from, to] as const),
  ])
}

const bare: Placed = {
  kind: 'event',
  name: 'Page Viewed',
  at: 0,
  receivedAt: 0,
  messageId: '',
  ids: { verified: false },
  body: {},
  position: 0 as Position,
  processedAt: 0,
  customer: 0 as CustomerId,
}

// History does not keep which key an event came with; one that names a page came from a page.
function placedOf(row: HistoryRow): Placed {
  return {
    ...bare,
    kind: row.kind as HappeningKind,
    name: row.name,
    at: Number(row.at),
    position: Number(row.position) as Position,
    customer: Number(row.customer) as CustomerId,
    body: {
      properties: objectIn(row.properties),
      traits: objectIn(row.traits),
      ...(row.page === '1' ? { browser: true } : {}),
    },
    ...(row.imported === '1' ? { importId: 'history' } : {}),
  }
}

function objectIn(text: string): JsonObject {
  const read = readJson(text)
  return read.kind !== 'refused' && isJsonObject(read.value) ? read.value : {}
}
