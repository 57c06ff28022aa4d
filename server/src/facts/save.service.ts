import type { Tx } from '../database/connection.store.ts'
import type { CustomerId } from '../lib/brand.ts'
import { lineFlags, linesIn } from './cart-facts.ts'
import type { Desk } from './desk.service.ts'
import {
  type CartLineRow,
  call,
  callLater,
  callsLimit,
  forget,
  holdersOf,
  replaceCartLines,
  sharersOf,
} from './facts.store.ts'
import { factsSection, writeKnown } from './person.ts'

/** Writes what the turn made of its people, and calls whom it concerns beside them. */
export async function closeDesk(tx: Tx, desk: Desk): Promise<void> {
  const { turn } = desk
  const { shop, now } = turn
  const carts: CustomerId[] = []
  const reached: CustomerId[] = []
  for (const [customer, one] of desk.people()) {
    const known = one.judged()
    const { stored } = one
    if (known.cart !== stored.cart) carts.push(customer)
    if (known.reach !== stored.reach) reached.push(customer)
    if (known !== stored) turn.people.get(customer)?.remember(factsSection, writeKnown(known))
  }
  await forget(
    tx,
    shop,
    turn.merges.map(({ from }) => from),
  )
  await replaceCartLines(tx, shop, { customers: carts, lines: linesOf(desk, carts) })
  const concerned = new Set<number>([
    ...desk.calledAgain(),
    ...desk.book.elsewhere(),
    ...(await sharersOf(tx, shop, reached)),
    ...(await holders(tx, desk)),
  ])
  await call(tx, shop, { customers: [...concerned], now })
}

function linesOf({ catalogue, person }: Desk, customers: readonly CustomerId[]) {
  return customers.flatMap((customer) =>
    linesIn(person(customer).known.cart).map(({ product, price }): CartLineRow => {
      const flags = lineFlags(price, catalogue.shelf(product)?.told)
      return { customer, product, price, ...flags }
    }),
  )
}

/** Who holds something the shop just spoke of and whose facts that makes wrong; a crowd is called bit by bit. */
async function holders(tx: Tx, { turn }: Desk): Promise<readonly number[]> {
  const { shop, productsTold: products } = turn
  const found = await holdersOf(tx, shop, { products, after: 0 })
  const last = found.at(-1)
  if (last !== undefined && found.length === callsLimit)
    await callLater(tx, shop, { products, after: last })
  return found
}
