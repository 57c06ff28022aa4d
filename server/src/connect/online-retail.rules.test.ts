import { expect, test } from 'vitest'
import { foldOrder, isEffective, type Order } from '../orders/order.ts'
import { orderWord } from '../orders/order-word.ts'
import { onlineRetail } from './online-retail.ts'
import { orderHappenings } from './order-happenings.ts'
import type { KnownPerson, OrderRow } from './order-row.ts'

const header = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
]

function made(lines: readonly (readonly string[])[]) {
  const rows: OrderRow[] = []
  const others: KnownPerson[] = []
  const refused: string[] = []
  for (const line of lines) {
    const row = onlineRetail.read(
      Object.fromEntries(header.map((column, index) => [column, line[index] ?? ''])),
    )
    if (!('refused' in row)) rows.push(row)
    else {
      refused.push(row.refused)
      if (row.person) others.push(row.person)
    }
  }
  return {
    ...orderHappenings({ rows, others }, { layout: onlineRetail, importId: 'f', receivedAt: 0 }),
    refused,
  }
}

const line = (
  invoice: string,
  code: string,
  quantity: number,
  rest: { at?: string; price?: string; customer?: string } = {},
) =>
  [
    invoice,
    code,
    `item ${code}`,
    `${quantity}`,
    rest.at ?? '2011-07-01 12:00:00',
    rest.price ?? '2.55',
    rest.customer ?? '17850',
    'United Kingdom',
  ] as const

test('the layout is known by its header', () => {
  expect(onlineRetail.recognises(header)).toBe(true)
  expect(onlineRetail.recognises(header.slice(1))).toBe(false)
})

test('lines of one invoice are one order at the time of its earliest line, local time made UTC', () => {
  const { happenings } = made([line('1', 'A', 6, { at: '2011-07-01 12:01:00' }), line('1', 'B', 1)])
  expect(happenings.map((one) => one.name)).toEqual(['Identified', 'Order Completed'])
  expect(happenings[1]).toMatchObject({
    at: Date.parse('2011-07-01T11:00:00Z'),
    ids: { user: '17850', verified: true },
    body: {
      properties: {
        order_id: '1',
        revenue: 17.85,
        products: [{ product_id: 'A', quantity: 6, price: 2.55 }, { product_id: 'B' }],
      },
    },
  })
})

test('a return goes back to the latest purchase of the product, and what finds none is kept apart', () => {
  const { happenings, totals } = made([
    line('1', 'A', 2),
    line('2', 'A', 2, { at: '2011-07-02 12:00:00' }),
    line('C3', 'A', -3, { at: '2011-07-03 12:00:00' }),
    line('C4', 'Z', -1, { at: '2011-07-04 12:00:00' }),
  ])
  const orders = new Map<string, Order>()
  for (const { name, at, body } of happenings) {
    const word = orderWord({
      name,
      at,
      properties: body.properties ?? {},
      source: 'import',
      currency: 'GBP',
    })
    if (word) orders.set(word.id, foldOrder(orders.get(word.id), word))
  }
  expect(orders.get('2')).toMatchObject({ status: 'refunded' })
  expect(orders.get('1')?.lines[0]).toMatchObject({ quantity: 2, refundedQuantity: 1 })
  expect([...orders.values()].filter(isEffective).map((order) => order.id)).toEqual(['1'])
  expect(totals).toMatchObject({
    orders: 2,
    customers: 1,
    buyers: 1,
    products: 1,
    amount: '10.2',
    returns: 2,
    returnsUnmatched: 1,
  })
})

test('the same lines make the same message ids', () => {
  const lines = [line('1', 'A', 1), line('C2', 'A', -1)]
  expect(made(lines).happenings).toEqual(made(lines).happenings)
})

test.each([
  [line('1', 'A', 1, { price: '0' }), 'a gift'],
  [line('1', 'A', -1), 'stock adjustment'],
  [line('C1', 'A', 1), 'positive in a return'],
  [line('1', 'A', 1, { at: 'yesterday' }), 'not a date'],
  [line('1', 'A', 1, { price: 'much' }), 'not a number'],
  [line('', 'A', 1), 'InvoiceNo is empty'],
])('a line that is no sale is refused with its reason: %s', (bad, reason) => {
  expect(made([bad]).refused[0]).toContain(reason)
})

test('a customer with nothing but gifts is still a customer', () => {
  const { happenings, totals } = made([line('1', 'A', 1, { price: '0', customer: '13256' })])
  expect(happenings).toMatchObject([{ kind: 'identify', ids: { user: '13256' } }])
  expect(totals).toMatchObject({ customers: 1, buyers: 0 })
})

test('postage is no product', () => {
  const { happenings } = made([line('1', 'POST', 1)])
  expect(happenings[1]?.body.properties).toMatchObject({
    products: [{ product_id: 'POST', is_goods: false }],
  })
})
