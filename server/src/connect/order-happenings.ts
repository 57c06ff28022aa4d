import type { Happening } from '../events/happening.ts'
import { formatDecimal } from '../lib/decimal.ts'
import type { JsonObject } from '../lib/json.ts'
import type { KnownPerson, OrderLayout, OrderRow } from './order-row.ts'

/**
 * Order files name returns by product, not by the order they undo. A return is set against the customer's latest earlier
 * purchase of the product of which something is left; what finds none (bought before the file begins) becomes a refund
 * of an order that nobody knows, so that nothing is lost.
 */
export type Totals = {
  readonly orders: number
  /** Everyone the file names, and those of them with an order. */
  readonly customers: number
  readonly buyers: number
  readonly products: number
  readonly amount: string
  readonly guestOrders: number
  readonly returns: number
  readonly returnsUnmatched: number
}

type Group = {
  readonly order: string
  readonly at: number
  readonly first: OrderRow
  readonly rows: OrderRow[]
}

/** All rows of a file to happenings in order of time; the same rows give the same happenings with the same message ids. */
export function orderHappenings(
  read: { readonly rows: readonly OrderRow[]; readonly others: readonly KnownPerson[] },
  file: File,
): { readonly happenings: readonly Happening[]; readonly totals: Totals } {
  const groups = grouped(read.rows)
  const people = new Set<string>()
  const bought = new Map<string, Bought[]>()
  const counts = { returns: 0, returnsUnmatched: 0 }
  const happenings: Happening[] = []
  const meet = (person: KnownPerson) => {
    if (people.has(person.customer)) return
    people.add(person.customer)
    happenings.push(identified(person, file))
  }
  for (const group of groups) {
    const { customer, country, isReturn } = group.first
    if (customer !== undefined) meet({ customer, at: group.at, country })
    if (!isReturn) remember(group, bought)
    happenings.push(
      ...(isReturn ? returned(group, bought, { file, counts }) : [completed(group, file)]),
    )
  }
  for (const person of read.others) meet(person)
  return { happenings, totals: { ...totalsOf(groups), customers: people.size, ...counts } }
}

type File = { readonly layout: OrderLayout; readonly importId: string; readonly receivedAt: number }
type Bought = { readonly order: string; readonly customer: string | undefined; left: number }

// The time of an order is that of its earliest line; equal times go by the order's own number.
function grouped(rows: readonly OrderRow[]): readonly Group[] {
  const groups = new Map<string, OrderRow[]>()
  for (const row of rows) {
    const lines = groups.get(row.order)
    if (lines) lines.push(row)
    else groups.set(row.order, [row])
  }
  return [...groups]
    .map(([order, lines]) => groupOf(order, lines))
    .sort((a, b) => a.at - b.at || a.first.sequence - b.first.sequence)
}

function groupOf(order: string, rows: OrderRow[]): Group {
  const at = rows.reduce((earliest, row) => Math.min(earliest, row.at), Number.POSITIVE_INFINITY)
  return { order, at, first: rows[0] as OrderRow, rows }
}

type Told = {
  readonly name: string
  readonly id: string
  readonly properties: JsonObject
  readonly file: File
}

function happening(at: number, customer: string | undefined, told: Told): Happening {
  return {
    kind: 'event',
    name: told.name,
    at,
    receivedAt: told.file.receivedAt,
    messageId: `import:${told.file.importId}:${told.id}`,
    ids: customer === undefined ? { verified: true } : { user: customer, verified: true },
    body: { properties: told.properties },
    importId: told.file.importId,
  }
}

function identified(person: KnownPerson, file: File): Happening {
  const told = { name: 'Identified', id: `customer:${person.customer}`, properties: {}, file }
  const traits = person.country === undefined ? {} : { country: person.country }
  return { ...happening(person.at, person.customer, told), kind: 'identify', body: { traits } }
}

function completed(group: Group, file: File): Happening {
  const properties = {
    order_id: group.order,
    currency: file.layout.currency,
    sequence: group.first.sequence,
    revenue: numberOf(amountOf(group.rows)),
    products: group.rows.map(productOf),
  }
  const told = { name: 'Order Completed', id: `order:${group.order}`, properties, file }
  return happening(group.at, group.first.customer, told)
}

function productOf(row: OrderRow): JsonObject {
  const product = {
    product_id: row.product,
    name: row.name,
    quantity: row.quantity,
    price: numberOf(row.price),
  }
  const category = row.category === undefined ? {} : { category: row.category }
  return row.isGoods ? { ...product, ...category } : { ...product, ...category, is_goods: false }
}

// Prices of files have at most four decimals, which a double carries exactly to the cent and back.
const numberOf = (amount: bigint): number => Number(formatDecimal(amount))
const amountOf = (rows: readonly OrderRow[]): bigint =>
  rows.reduce((sum, row) => sum + row.price * BigInt(row.quantity), 0n)

const keyOf = (row: OrderRow): string => `${row.customer ?? ''}\n${row.product}`

function remember(group: Group, bought: Map<string, Bought[]>): void {
  for (const row of group.rows) {
    const purchases = bought.get(keyOf(row)) ?? []
    purchases.push({ order: group.order, customer: row.customer, left: row.quantity })
    bought.set(keyOf(row), purchases)
  }
}

function returned(
  group: Group,
  bought: ReadonlyMap<string, readonly Bought[]>,
  to: { readonly file: File; readonly counts: { returns: number; returnsUnmatched: number } },
): readonly Happening[] {
  const backByOrder = new Map<string, JsonObject[]>()
  for (const row of group.rows) {
    to.counts.returns++
    let left = row.quantity
    const purchases = row.customer === undefined ? [] : (bought.get(keyOf(row)) ?? [])
    for (let index = purchases.length - 1; index >= 0 && left > 0; index--) {
      const purchase = purchases[index] as Bought
      const back = Math.min(left, purchase.left)
      if (back === 0) continue
      purchase.left -= back
      left -= back
      add(backByOrder, purchase.order, { ...productOf(row), quantity: back })
    }
    if (left > 0) {
      to.counts.returnsUnmatched++
      add(backByOrder, group.order, { ...productOf(row), quantity: left })
    }
  }
  return [...backByOrder].map(([order, products]) => {
    const currency = to.file.layout.currency
    const properties = { order_id: order, currency, return_id: group.order, products }
    const id = `return:${group.order}:${order}`
    const told = { name: 'Order Refunded', id, properties, file: to.file }
    return happening(group.at, group.first.customer, told)
  })
}

function add(backByOrder: Map<string, JsonObject[]>, order: string, product: JsonObject): void {
  const products = backByOrder.get(order)
  if (products) products.push(product)
  else backByOrder.set(order, [product])
}

// Sales to known customers: what published figures of such files count.
function totalsOf(
  groups: readonly Group[],
): Pick<Totals, 'orders' | 'buyers' | 'products' | 'amount' | 'guestOrders'> {
  const sales = groups.filter((group) => !group.first.isReturn)
  const ofMembers = sales.filter((group) => group.first.customer !== undefined)
  const buyers = new Set(ofMembers.map((group) => group.first.customer)).size
  const products = new Set(ofMembers.flatMap((group) => group.rows.map((row) => row.product)))
  const amount = ofMembers.reduce((sum, group) => sum + amountOf(group.rows), 0n)
  return {
    orders: ofMembers.length,
    buyers,
    products: products.size,
    amount: formatDecimal(amount),
    guestOrders: sales.length - ofMembers.length,
  }
}
