import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import { shops } from '../../shops/shops.service.ts'
import { insertShop } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { wholeShop } from '../out/whole-shop.service.ts'
import { forgetMembers } from '../platform/platform-records.store.ts'
import { type FileWorld, openFileWorld } from './file-world.contract.ts'

let own: FileWorld
let world: FileWorld['world']
beforeAll(async () => {
  own = await openFileWorld()
  world = own.world
})
afterAll(() => world.close())

const head =
  '주문번호,품목별 주문번호,주문일시,결제일시(입금확인일),총 결제금액(KRW),총 배송비(KRW),주문자ID,주문자 휴대전화,상품번호,주문상품명,수량,판매가,주문 상태'
const yesterday = () => new Date(world.clock.now() - 86_400_000).toISOString().slice(0, 10)
const orderLines = (states: readonly [string, string]) =>
  [
    head,
    `A1,A1-1,${yesterday()} 10:00,${yesterday()} 10:01,"23,000원",3000,sky,1012345678,11,컵,2,"10,000",${states[0]}`,
    `A2,A2-1,${yesterday()} 11:00,${yesterday()} 11:01,13000,3000,,010-9999-8888,12,접시,1,10000,${states[1]}`,
  ].join('\n')

const ordersOf = (shop: ShopId) => world.db`
  select id, status, gross::text, refunded::text, source, customer is not null as known from orders where shop = ${shop} order by id`

test('a file of orders is understood, brought once, and a changed status is the news; then the numbers match', async () => {
  const shop = await insertShop(world.db, { currency: 'KRW' })
  const house = own.open()
  const cp949 = (await import('iconv-lite')).default.encode(
    orderLines(['배송중', '배송중']),
    'cp949',
  )
  const first = await own.drop(shop, house, cp949)
  expect(JSON.parse(first.looked.answer)).toMatchObject({
    rows: 2,
    objects: 2,
    orders: { paid: 2, buyers: 2, guests: 1, amount: 360_000_000 },
    would: { fresh: 2, changed: 0, same: 0 },
    notes: ['zeros_restored'],
  })
  expect(first.done).toMatchObject({ state: 'done', done: 2, total: 2, layout: 'cafe24' })
  expect(await ordersOf(shop)).toMatchObject([
    { id: 'A1', status: 'paid', gross: '230000000', source: 'import', known: true },
    { id: 'A2', status: 'paid', gross: '130000000', known: true },
  ])

  const again = await own.drop(shop, house, Buffer.from(orderLines(['배송중', '배송중'])))
  expect(JSON.parse(again.done.answer)).toMatchObject({ came: { fresh: 0, changed: 0, same: 2 } })

  const later = await own.drop(shop, house, Buffer.from(orderLines(['배송완료', '반품완료'])))
  expect(JSON.parse(later.done.answer)).toMatchObject({ came: { fresh: 0, changed: 1, same: 1 } })
  expect(await ordersOf(shop)).toMatchObject([
    { id: 'A1', status: 'paid', refunded: '0' },
    { id: 'A2', refunded: '130000000' },
  ])

  const seen = await house.numbers.look(shop, 'yesterday')
  expect(seen).toMatchObject({
    same: 2,
    differences: [],
    theirs: { orders: 2, refunded: 130_000_000 },
  })
  expect(await house.numbers.checks(shop)).toMatchObject([{ differences: 0, period: 'yesterday' }])
})

test('an order that a file told of and its platform tells of later, with its refund under another name, is told once', async () => {
  const { db, clock } = world
  const shop = await insertShop(db, { currency: 'KRW' })
  const house = own.open()
  const file = Buffer.from(orderLines(['배송완료', '반품완료']))
  await own.drop(shop, house, file)
  const before = await ordersOf(shop)
  expect(before).toMatchObject([{ refunded: '0' }, { refunded: '130000000' }])

  const [told] = await db<{ row: string }[]>`
    select row from platform_records where shop = ${shop} and external_id = 'A2'`
  const order = JSON.parse(told?.row ?? '{}')
  const [back] = order.refunds
  const refunds = [{ ...back, id: 'C-20261101-0000001', at: back.at + 60_000 }]
  const buyer = { name: null, email: null, phone: '+821099998888' }
  const connection = await own.connected(shop, 'cafe24')
  const rows = [{ ...order, buyer, refunds }]
  const of = { shop, connection, resource: 'orders', rows, isHistory: true } as const
  await house.absorb({ ...of, asOf: clock.now() })
  await house.lane.drain(shop)
  expect(await ordersOf(shop)).toEqual(before)

  const again = await own.drop(shop, house, file)
  expect(JSON.parse(again.looked.answer)).toMatchObject({
    would: { fresh: 0, changed: 0, same: 2 },
  })
  expect(await ordersOf(shop)).toEqual(before)
  expect(await house.numbers.look(shop, 'yesterday')).toMatchObject({ same: 2, differences: [] })
})

test('a guest of one file is the member of another; a lent number is nobody', async () => {
  const { db } = world
  const shop = await insertShop(db, { currency: 'KRW' })
  const house = own.open()
  const guest = (id: string, phone: string) =>
    `${id},${id}-1,${yesterday()} 11:00,${yesterday()} 11:01,13000,3000,,${phone},12,접시,1,10000,배송완료`
  const phones = ['010-9999-8888', '1099998888', '0504-1234-5678', '0504-1234-5678']
  const orderFile = [head, ...phones.map((phone, nth) => guest(`G${nth}`, phone))].join('\n')
  await own.drop(shop, house, Buffer.from(orderFile))
  const members =
    '아이디,이름,휴대전화,가입일\nmoon,달,+82 10-9999-8888,2026-01-02\nsun,해,0504-1234-5678,2026-01-03'
  await own.drop(shop, house, Buffer.from(members))
  const found = await db`
    select o.id, i.value as member from orders o left join identities i on i.shop = o.shop and i.customer = o.customer
      and i.kind = 'user'
    where o.shop = ${shop} order by o.id`
  expect(found).toEqual([
    { id: 'G0', member: 'moon' },
    { id: 'G1', member: 'moon' },
    { id: 'G2', member: null },
    { id: 'G3', member: null },
  ])
  expect(await house.numbers.look(shop, 'yesterday')).toMatchObject({ same: 4, differences: [] })
})

test('members without ids are found by their addresses, and are the same when a later file names their ids', async () => {
  const { db } = world
  const shop = await insertShop(db, { currency: 'KRW' })
  const house = own.open()
  const joined = yesterday()
  const nameless = `이름,휴대폰,이메일,가입일\n달,010-2222-3333,,${joined}\n해,,sun@customer.example,${joined}`
  const first = await own.drop(shop, house, Buffer.from(nameless))
  expect(JSON.parse(first.looked.answer)).toMatchObject({
    ...{ objects: 2, notes: ['no_member_ids'], would: { fresh: 2 } },
  })
  const again = await own.drop(shop, house, Buffer.from(nameless))
  expect(JSON.parse(again.done.answer)).toMatchObject({ came: { fresh: 0, changed: 0, same: 2 } })
  const matched = async () => (await house.numbers.look(shop, 'yesterday')).members
  expect(await matched()).toMatchObject({ theirs: 2, known: 2 })

  const named = `아이디,이름,휴대폰,이메일,가입일\nmoon,달,010-2222-3333,,${joined}\nsun,해,,sun@customer.example,${joined}`
  await own.drop(shop, house, Buffer.from(named))
  expect(await matched()).toMatchObject({ theirs: 2, known: 2 })
  const people = await db`
    select name, member from customers where shop = ${shop} and survivor is null order by name`
  expect(people).toEqual([
    { name: '달', member: true },
    { name: '해', member: true },
  ])
  const told = await db`select name from log where shop = ${shop} and name = 'Signed Up'`
  expect(told).toHaveLength(2)
  const [here] = await db<{ customer: number }[]>`
    select customer from identities where shop = ${shop} and kind = 'user' and value = 'moon'`
  await db.begin((tx) => forgetMembers(tx, shop, [here?.customer ?? 0]))
  const left = await db`
    select state, count(*)::integer as count from platform_records
    where shop = ${shop} and resource = 'members' group by state order by state`
  expect(left).toEqual([
    { state: 'gone', count: 2 },
    { state: 'here', count: 2 },
  ])
})

test('columns that somebody set right are remembered for the next file', async () => {
  const shop = await insertShop(world.db, { currency: 'KRW' })
  const house = own.open()
  const actor = { shop, name: 'member:1' }
  const bytes = Buffer.from(`번호,언제,무엇,얼마\nB1,${yesterday()},컵,1000\nB2,내일쯤,컵,1000`)
  const id = await house.files.lookAt(actor, { name: 'x.csv', bytes })
  await house.files.turn()
  expect(JSON.parse((await house.files.get(shop, id)).answer)).toMatchObject({ isReadable: false })
  const chosen = {
    kind: 'orders' as const,
    mapping: { order: 0, orderedAt: 1, productName: 2, unitPrice: 3 },
  }
  await house.files.choose(actor, id, chosen)
  await house.files.turn()
  expect(JSON.parse((await house.files.get(shop, id)).answer)).toMatchObject({ objects: 1 })
  expect(await house.files.refusedFile(actor, id)).toContain('3,주문한 날짜를 읽을 수 없어요')

  const next = await house.files.lookAt(actor, { name: 'y.csv', bytes })
  await house.files.turn()
  expect(JSON.parse((await house.files.get(shop, next)).answer)).toMatchObject({ objects: 1 })
  await house.files.cancel(actor, next)
  expect((await house.files.list(shop)).map((one) => one.id)).toEqual([id])
})

test('a shop is taken away whole, and what it takes away comes in at another installation', async () => {
  const { db, clock } = world
  const shop = await insertShop(db, { currency: 'KRW' })
  const house = own.open()
  await own.drop(shop, house, Buffer.from(orderLines(['배송완료', '반품완료'])))
  const folder = join(mkdtempSync(join(tmpdir(), 'danggol-out-')), 'shop')
  const safe = vault(new Uint8Array(32).fill(7))
  const take = wholeShop({
    ...{ db, clock, vault: safe, shops: shops({ db, clock }) },
    warehouse: { query: async () => [] },
  })
  expect(await take(shop, folder)).toMatchObject({ orders: 2, people: 2 })
  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({
    format: 1,
    shop: { currency: 'KRW' },
  })
  const other = await insertShop(db, { currency: 'KRW' })
  await own.drop(other, house, readFileSync(join(folder, 'orders.csv')))
  expect(await ordersOf(other)).toEqual(await ordersOf(shop))
  rmSync(join(folder, '..'), { recursive: true })
})
