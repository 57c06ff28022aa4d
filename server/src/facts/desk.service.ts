import type { Tx } from '../database/connection.store.ts'
import type { Turn } from '../events/turn.ts'
import { assert } from '../lib/assert.ts'
import type { CustomerId } from '../lib/brand.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { orderEvents } from '../orders/order-word.ts'
import { wordOf } from '../orders/projection.ts'
import { cartEvents, linesIn } from './cart-facts.ts'
import { takeCalls } from './facts.store.ts'
import { type OrderBook, orderBook } from './order-book.ts'
import {
  changed,
  factsDue,
  factsSection,
  type Known,
  mergeKnown,
  readKnown,
  stranger,
} from './person.ts'
import type { Reach } from './reach.ts'
import {
  type Catalogued,
  readCatalogue,
  readOrders,
  readReach,
  type Sources,
} from './sources.service.ts'
import { type Working, workingCopy } from './working-copy.ts'

/** The room's working copy of one turn. */
export type Desk = {
  readonly turn: Turn
  readonly catalogue: Catalogued
  readonly book: OrderBook
  readonly person: (customer: CustomerId) => Working
  readonly people: () => Iterable<readonly [CustomerId, Working]>
  readonly discard: (customer: CustomerId) => void
  /** Called people whose rules threw: they are called again. */
  readonly calledAgain: () => readonly CustomerId[]
  /** Whose facts differ from those that were stored. */
  readonly changed: () => readonly CustomerId[]
}
export type { Working }

/**
 * Loads what the turn's people need, in a few statements for all of them: most turns need no more than the sections they
 * come with.
 */
export async function openDesk(tx: Tx, needs: Sources, turn: Turn): Promise<Desk> {
  const stored = new Map<CustomerId, Known>()
  for (const [customer, person] of turn.people)
    stored.set(customer, readKnown(person.section(factsSection)))
  const merged = mergedInto(turn, stored)
  const called = await calledIn(tx, turn)
  const sources = await read(tx, needs, { turn, stored, merged, called })
  const { book, catalogue, reach } = sources
  const people = new Map<CustomerId, Working>()
  const lost = new Set<CustomerId>()

  function begin(customer: CustomerId): Working {
    const person = turn.people.get(customer)
    assert(person !== undefined, 'a person of the turn is among its people')
    const known = stored.get(customer) ?? stranger
    const { member } = person.customer
    const one = workingCopy(
      { customer, stored: known, turn, book, catalogue },
      {
        known: changed(merged.get(customer) ?? known, { isMember: member }),
        reach: reach.has(customer) ? { read: reach.get(customer) } : undefined,
        // Nothing of their own will happen: what else changed is seen at once.
        isQuiet: person.happenings.length === 0,
        readAgain: called.has(customer) || merged.has(customer) || known.isBuilt === true,
      },
    )
    people.set(customer, one)
    return one
  }

  return {
    turn,
    catalogue,
    book,
    person: (customer) => people.get(customer) ?? begin(customer),
    people: () => people,
    discard: (customer) => {
      people.delete(customer)
      if (called.has(customer)) lost.add(customer)
    },
    calledAgain: () => [...lost],
    changed: () => [...people].flatMap(([customer, one]) => (one.hasMoved() ? [customer] : [])),
  }
}

/** Survivors of the turn's merges with everything that was remembered of the people merged into them. */
function mergedInto(
  turn: Turn,
  stored: ReadonlyMap<CustomerId, Known>,
): ReadonlyMap<CustomerId, Known> {
  const merged = new Map<CustomerId, Known>()
  for (const { to, section: sectionOf } of turn.merges) {
    if (!turn.people.has(to)) continue
    const before = merged.get(to) ?? stored.get(to) ?? stranger
    merged.set(to, mergeKnown(before, readKnown(sectionOf(factsSection))))
  }
  return merged
}

// Only turns of people who were woken look: the call that comes with an event waits a few milliseconds for its own turn.
async function calledIn(tx: Tx, turn: Turn): Promise<ReadonlySet<CustomerId>> {
  const quiet = [...turn.people].filter(([, person]) => person.happenings.length === 0)
  const calls = await takeCalls(
    tx,
    turn.shop,
    quiet.map(([customer]) => customer),
  )
  return new Set(calls as readonly CustomerId[])
}

type Asked = {
  readonly turn: Turn
  readonly stored: ReadonlyMap<CustomerId, Known>
  readonly merged: ReadonlyMap<CustomerId, Known>
  readonly called: ReadonlySet<CustomerId>
}

async function read(tx: Tx, needs: Sources, asked: Asked) {
  const { turn, stored, merged, called } = asked
  const { shop } = turn
  const again = new Set<CustomerId>([...called, ...merged.keys()])
  for (const [customer, known] of stored) if (known.isBuilt) again.add(customer)
  const reached = new Set<CustomerId>(again)
  const buyers = new Set<CustomerId>(again)
  const orderIds = new Set<string>()
  const products = new Set<string>()
  for (const [customer, person] of turn.people) {
    const known = merged.get(customer) ?? stored.get(customer) ?? stranger
    if (turn.changed.has(customer)) reached.add(customer)
    if (factsDue(known) <= turn.now) buyers.add(customer)
    let touchesCart = again.has(customer)
    for (const happening of person.happenings) {
      const { kind, name, body } = happening
      if (kind === 'receipt' && closesAddresses.has(name)) reached.add(customer)
      if (kind !== 'event') continue
      if (orderEvents.includes(name)) {
        buyers.add(customer)
        const id = wordOf(happening, turn.currency)?.id
        if (id !== undefined) orderIds.add(id)
        noteProducts(products, body.properties)
      } else if (cartEvents.has(name)) {
        touchesCart = true
        noteProducts(products, body.properties)
      }
      touchesCart ||= cartEvents.has(name)
    }
    if (touchesCart) for (const line of linesIn(known.cart)) products.add(line.product)
  }
  const [orders, reach] = await Promise.all([
    readOrders(tx, needs, { shop, customers: [...buyers], ids: [...orderIds] }),
    readReach(tx, needs, { shop, customers: [...reached] }),
  ])
  for (const { order } of orders) for (const { product } of order.lines) products.add(product)
  return {
    book: orderBook(orders),
    catalogue: await readCatalogue(tx, shop, products),
    reach: new Map<CustomerId, Reach | undefined>(
      [...reached].map((customer) => [customer, reach.get(customer)]),
    ),
  }
}

/** Receipts after which an address may be closed. */
const closesAddresses: ReadonlySet<string> = new Set(['Message Bounced', 'Message Complained'])

function noteProducts(products: Set<string>, properties: JsonObject | undefined): void {
  if (!properties) return
  const listed = Array.isArray(properties.products) ? properties.products : []
  for (const one of [properties, ...listed]) {
    if (!isJsonObject(one)) continue
    for (const id of [one.product_id, one.sku])
      if (typeof id === 'string' || typeof id === 'number') products.add(String(id).trim())
  }
}
