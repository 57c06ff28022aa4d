import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs } from '../../lib/duration.ts'
import { insertShop } from '../../testing/world.store.ts'
import type { PlatformKind } from '../platform/platform.ts'
import type { PlatformOrder } from '../platform/rows.ts'
import { type FileWorld, openFileWorld } from './file-world.contract.ts'

let own: FileWorld
beforeAll(async () => {
  own = await openFileWorld()
})
afterAll(() => own.world.close())

/** An order of one thing as Shopify's connection brings it: its own id beside the number that customers read. */
function order(change: Partial<PlatformOrder>): PlatformOrder {
  const at = own.world.clock.now() - dayMs
  return {
    resource: 'orders',
    ...{ id: '5550001112223', number: '#1001', orderedAt: at, updatedAt: at, paidAt: at },
    ...{ cancelledAt: null, memberId: null, channel: null, currency: 'KRW', couponCodes: [] },
    buyer: { name: '김하늘', email: 'sky@customer.example', phone: null },
    lines: [
      {
        ...{ productId: '77', variant: null, name: '머그컵', quantity: 1 },
        ...{ unitPrice: 130_000_000, discount: 0 },
      },
    ],
    ...{ itemsAmount: 130_000_000, orderDiscount: 0, deliveryFee: 0, paidAmount: 130_000_000 },
    refunds: [],
    ...change,
  }
}
const refund = (id: string, at: number) => ({ id, at, amount: 50_000_000, lines: [] })
const day = (at: number) => new Date(at).toISOString().slice(0, 10)

async function opened(platform: PlatformKind = 'shopify') {
  const shop = await insertShop(own.world.db, { currency: 'KRW' })
  const house = own.open()
  const connection = await own.connected(shop, platform)
  return {
    shop,
    house,
    drop: (text: string) => own.drop(shop, house, Buffer.from(text)),
    bring: async (rows: readonly PlatformOrder[]) => {
      const of = { shop, connection, resource: 'orders', rows, isHistory: false } as const
      await house.absorb({ ...of, asOf: own.world.clock.now() })
      await house.lane.drain(shop)
    },
    orders: () => own.world.db<{ id: string; status: string; gross: string; refunded: string }[]>`
      select id, status, gross::text, refunded::text from orders where shop = ${shop} order by id`,
    products: async () =>
      (
        await own.world.db<{ product: string }[]>`
          select product from order_lines where shop = ${shop} order by product`
      ).map(({ product }) => product),
  }
}

const hand = (number: string, at: number) =>
  `주문번호,주문일시,결제일시,주문상품명,수량,판매가,주문자 이메일\n${number},${day(at)} 10:00,${day(at)} 10:01,머그컵,1,13000,sky@customer.example`

test('an order by its number in a file, and by its id from the platform later, is one; so are its refunds', async () => {
  const { clock } = own.world
  const { shop, house, drop, bring, orders, products } = await opened()
  const at = clock.now() - dayMs
  const file = hand('#1001', at)
  await drop(file)
  expect(await orders()).toMatchObject([{ id: '#1001', gross: '130000000', refunded: '0' }])
  const before = refund('r1', at + 1_000)
  await bring([order({ refunds: [before] })])
  const one = { id: '#1001', status: 'paid', gross: '130000000' }
  expect(await orders()).toEqual([{ ...one, refunded: '50000000' }])
  // The platform's word stands: what was bought has its number there.
  expect(await products()).toEqual(['77'])
  clock.advance(1_000)
  await bring([order({ updatedAt: clock.now(), refunds: [before, refund('r2', clock.now())] })])
  expect(await orders()).toEqual([{ ...one, refunded: '100000000' }])
  const again = await drop(file)
  expect(JSON.parse(again.looked.answer)).toMatchObject({
    would: { fresh: 0, changed: 0, same: 1 },
  })
  expect(await orders()).toEqual([{ ...one, refunded: '100000000' }])
  expect(await house.numbers.look(shop, 'yesterday')).toMatchObject({ same: 1, differences: [] })
})

test('an order that the platform told of is not told again by a file with its number, with or without #', async () => {
  const { shop, house, drop, bring, orders } = await opened()
  const at = own.world.clock.now() - dayMs
  await bring([order({})])
  for (const number of ['#1001', '1001']) {
    const { looked } = await drop(hand(number, at))
    expect(JSON.parse(looked.answer)).toMatchObject({ would: { fresh: 0, changed: 0, same: 1 } })
  }
  expect(await orders()).toMatchObject([{ id: '5550001112223' }])
  expect(await house.numbers.look(shop, 'yesterday')).toMatchObject({ same: 1, differences: [] })
})

test('a shop that counts from 1001 again after it moved has two orders of that number', async () => {
  const { drop, bring, orders } = await opened()
  await drop(hand('#1001', own.world.clock.now() - 300 * dayMs))
  await bring([order({})])
  expect(await orders()).toMatchObject([{ id: '#1001' }, { id: '5550001112223' }])
})

test('a file of orders as Shopify writes it is known by the id in it, before and after the connection', async () => {
  const { shop, house, drop, bring, orders } = await opened()
  const at = own.world.clock.now() - dayMs
  const when = `${day(at)} 10:00:00 +0900`
  const file = [
    'Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount,Id',
    `#1001,sky@customer.example,partially_refunded,${when},KRW,10000,3000,13000,,0,${when},1,머그컵,7000,MUG,5000,5550001112223`,
    '#1001,sky@customer.example,,,,,,,,,,1,받침,3000,,,',
    `#1002,sun@customer.example,pending,,KRW,5000,0,5000,,0,${when},1,컵,2000,,0,5550001112224`,
    '#1002,sun@customer.example,,,,,,,,,,1,접시,3000,,,',
  ].join('\n')
  const { looked } = await drop(file)
  expect(looked).toMatchObject({ layout: 'shopify', kind: 'orders' })
  const brought = [
    { id: '5550001112223', status: 'paid', gross: '130000000', refunded: '50000000' },
    { id: '5550001112224', status: 'created', gross: '50000000', refunded: '0' },
  ]
  expect(await orders()).toEqual(brought)
  const told = order({ deliveryFee: 30_000_000, refunds: [refund('r1', at)] })
  await bring([{ ...told, paidAmount: 130_000_000, orderDiscount: 30_000_000 }])
  expect(await orders()).toEqual(brought)
  await drop(file)
  expect(await orders()).toEqual(brought)
  expect((await house.numbers.look(shop, 'yesterday')).differences).toEqual([])
})

test('an order of a WooCommerce shop with numbers of its own is one, by file and by the platform', async () => {
  const { clock } = own.world
  const { shop, house, drop, bring, orders } = await opened('woocommerce')
  const at = clock.now() - dayMs
  const file = hand('SHOP-2041', at)
  await drop(file)
  const told = order({ id: '8123', number: 'SHOP-2041', refunds: [refund('91', at + 1_000)] })
  await bring([told])
  const one = [{ id: 'SHOP-2041', status: 'paid', gross: '130000000', refunded: '50000000' }]
  expect(await orders()).toEqual(one)
  await drop(file)
  // Written with its id, as the export of another plugin has it.
  await drop(hand('8123', at))
  expect(await orders()).toEqual(one)
  expect((await house.numbers.look(shop, 'yesterday')).differences).toEqual([])
})

test('an order of Cafe24, whose file has the id of its interface, is one, and so is its refund', async () => {
  const { shop, house, drop, bring, orders } = await opened('cafe24')
  const at = own.world.clock.now() - dayMs
  const id = `${day(at).replaceAll('-', '')}-0000012`
  const head =
    '주문번호,품목별 주문번호,주문일시,결제일시(입금확인일),총 결제금액(KRW),총 배송비(KRW),주문자 이메일,상품번호,주문상품명,수량,판매가,주문 상태'
  const line = (nth: number, rest: string) =>
    `${id},${id}-0${nth},${day(at)} 10:00,${day(at)} 10:01,13000,3000,sky@customer.example,${rest}`
  const file = [head, line(1, '77,컵,1,5000,배송 완료'), line(2, '78,접시,1,5000,반품완료')]
  const { looked } = await drop(file.join('\n'))
  expect(looked).toMatchObject({ layout: 'cafe24', kind: 'orders' })
  const one = [{ id, status: 'paid', gross: '130000000', refunded: '50000000' }]
  expect(await orders()).toEqual(one)
  await bring([order({ id, number: id, refunds: [refund('R1', at + 1_000)] })])
  expect(await orders()).toEqual(one)
  await drop(file.join('\n'))
  expect(await orders()).toEqual(one)
  expect((await house.numbers.look(shop, 'yesterday')).differences).toEqual([])
})
