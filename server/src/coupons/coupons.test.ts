import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { shops } from '../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { claimCodes } from './codes.store.ts'
import { type CouponAsk, coupons } from './coupons.service.ts'
import { PoolDraft } from './pool-draft.ts'
import { type CouponPools, couponPools } from './pools.service.ts'

let world: TestWorld
let shop: ShopId
let pools: CouponPools
const room = coupons()
const actor = () => ({ shop, name: 'member:1' })

beforeAll(async () => {
  world = await openTestWorld({ max: 12 })
  const tenants = shops({ db: world.db, clock: world.clock })
  pools = couponPools({ db: world.db, clock: world.clock, audit: tenants.audit })
})
beforeEach(async () => {
  shop = await shops({ db: world.db, clock: world.clock }).create(`온샵 ${randomUUID()}`, false)
})
afterAll(() => world?.close())

async function pool(more: object = {}): Promise<number> {
  const draft = PoolDraft.parse({
    name: '첫 구매',
    discount: { kind: 'amount', amount: 5_000 },
    codes: { kind: 'generated', prefix: 'DG' },
    ...more,
  })
  return (await pools.create(actor(), draft)).id
}

const ask = (pool: number, customer: number, causeKey = `c${customer}`): CouponAsk => ({
  pool,
  customer,
  causeKey,
  campaign: null,
})
const give = (...asks: readonly CouponAsk[]) =>
  world.db.begin((tx) => room.issueAll(tx, shop, { asks, now: world.clock.now() }))

/** Takes one of the pool for a message as the one door does. */
const reserveFor = (of: number, customer: number, message: number) =>
  world.db.begin(async (tx) => {
    const shelf = await lookAt(tx, of, customer)
    const look = shelf.look({ pool: of, customer })
    if (look !== 'available') return look
    const causeKey = `message:${message}`
    const id = shelf.take({ pool: of, customer, causeKey, campaign: null, message })
    await room.reserve(tx, shop, shelf)
    return id
  })
const lookAt = (tx: Tx, of: number, customer: number) =>
  room.openShelf(tx, shop, { pools: [of], customers: [customer], most: 1, now: world.clock.now() })

const order = (customer: number | null, code: string, more: object = {}) => ({
  order: 'o1',
  customer,
  codeKeys: [code.toUpperCase()],
  at: world.clock.now(),
  position: 1,
  goods: 400_000_000n,
  ...more,
})
const redeem = (...uses: readonly ReturnType<typeof order>[]) =>
  world.db.begin((tx) => room.redeem(tx, shop, uses))

describe('the last pieces', () => {
  test('of ten, a hundred transactions at once get exactly ten, also when some die in the middle', async () => {
    const limited = await pool({ total: 10 })
    const tries = Array.from({ length: 100 }, async (_, at) => {
      try {
        return await world.db.begin(async (tx) => {
          const asks = [ask(limited, at + 1)]
          const [answer] = await room.issueAll(tx, shop, { asks, now: world.clock.now() })
          if (at % 3 === 0) throw new Error('killed')
          return answer
        })
      } catch {
        return undefined
      }
    })
    const answers = await Promise.all(tries)
    const issued = answers.flatMap((one) => (one?.kind === 'issued' ? [one.code] : []))
    expect(issued).toHaveLength(10)
    expect(new Set(issued).size).toBe(10)
    expect(await pools.get(shop, limited)).toMatchObject({ remaining: 0, use: { issued: 10 } })
  })

  test('of a list are given once each, from two transactions at once', async () => {
    const listed = await pool({ codes: { kind: 'uploaded' } })
    const text = Array.from({ length: 20 }, (_, at) => `LIST-${at}`).join('\n')
    expect(await pools.upload(actor(), listed, `${text}\nLIST-1`)).toMatchObject({
      added: 20,
      known: 0,
      refused: [{ line: 21, reason: 'twice' }],
    })
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => give(ask(listed, at + 1))),
    )
    const codes = answers.flat().flatMap((one) => (one.kind === 'issued' ? [one.code] : []))
    expect(new Set(codes).size).toBe(20)
    expect(answers.flat().filter((one) => one.kind === 'refused')).toHaveLength(10)
    expect((await pools.upload(actor(), listed, 'LIST-3\nNEW-1')).known).toBe(1)
    expect((await pools.get(shop, listed)).remaining).toBe(1)
  })
})

test('the same cause gets the same coupon, and a person no more than the pool says', async () => {
  const yearly = await pool({ perPerson: { count: 1, days: 90 }, validHours: 48 })
  const [first] = await give(ask(yearly, 7))
  const [again] = await give(ask(yearly, 7))
  expect(first).toMatchObject({ kind: 'issued', expiresAt: world.clock.now() + 48 * hourMs })
  expect(again).toMatchObject({ code: first?.kind === 'issued' ? first.code : '' })
  expect(await give(ask(yearly, 7, 'other'))).toEqual([{ kind: 'refused', reason: 'coupon_had' }])
  world.clock.advance(90 * dayMs)
  expect(await give(ask(yearly, 7, 'other'))).toMatchObject([{ kind: 'issued' }])
})

test('who joins anew with the same phone or e-mail is the same person to a coupon', async () => {
  const once = await pool({ perPerson: { count: 1, days: 90 } })
  await world.db`
    insert into contacts (shop, customer, channel, value_hash, sealed, masked, updated_at)
    select ${shop}, u.customer, 'phone', decode(u.hash, 'hex'), '', '', 0
    from unnest(array[7, 8, 9]::bigint[], array['aa', 'aa', 'bb']) as u(customer, hash)`
  await give(ask(once, 7))
  expect(await give(ask(once, 8), ask(once, 9))).toMatchObject([
    { kind: 'refused', reason: 'coupon_had' },
    { kind: 'issued' },
  ])
  // An address is not a number, though they look alike.
  await world.db`
    insert into contacts (shop, customer, channel, value_hash, sealed, masked, updated_at)
    select ${shop}, u.customer, 'email', decode(u.hash, 'hex'), '', '', 0
    from unnest(array[9, 10, 11]::bigint[], array['cc', 'cc', 'aa']) as u(customer, hash)`
  expect(await give(ask(once, 10), ask(once, 11))).toMatchObject([
    { kind: 'refused', reason: 'coupon_had' },
    { kind: 'issued' },
  ])
})

test('a message reserves, leaves with a code, and what fails comes back', async () => {
  const two = await pool({ total: 2, validHours: 24 })
  const reserve = (customer: number, message: number) => reserveFor(two, customer, message)
  const id = await reserve(1, 11)
  await reserve(2, 12)
  expect(await reserve(3, 13)).toBe('gone')
  world.clock.advance(9 * hourMs)
  const issue = (message: number) =>
    world.db.begin((tx) =>
      room.issue(tx, shop, { coupons: [{ id: Number(id), message }], now: world.clock.now() }),
    )
  const issued = (await issue(11)).get(Number(id))
  expect(issued).toMatchObject({ expiresAt: world.clock.now() + 24 * hourMs })
  expect((await issue(11)).get(Number(id))?.code).toBe(issued?.code)
  await world.db.begin((tx) =>
    room.release(tx, shop, { messages: [11, 11], now: world.clock.now() }),
  )
  expect((await pools.get(shop, two)).remaining).toBe(1)
  expect(typeof (await reserve(3, 13))).toBe('number')
  const retake = () =>
    world.db.begin((tx) => room.retake(tx, shop, { message: 11, now: world.clock.now() }))
  expect(await retake()).toBe('coupon_gone')
  await pools.change(actor(), two, { total: 3 })
  expect(await retake()).toBeUndefined()
  await pools.change(actor(), two, { state: 'archived' })
  expect((await issue(11)).size).toBe(0)
})

test('giving back waits for nobody who takes', async () => {
  const one = await pool({ total: 1 })
  await reserveFor(one, 1, 21)
  await world.db.begin(async (tx) => {
    expect((await lookAt(tx, one, 2)).look({ pool: one, customer: 2 })).toBe('gone')
    // The pool is locked now; the sender, in a transaction of its own, goes on all the same.
    const back = { messages: [21], now: world.clock.now() }
    await world.db.begin((sender) => room.release(sender, shop, back))
  })
  expect(typeof (await reserveFor(one, 2, 22))).toBe('number')
})

test('an order uses a code however it is typed, once, and gives it back when it comes to nothing', async () => {
  const [mine] = await give(ask(await pool(), 7))
  const code = mine?.kind === 'issued' ? mine.code : ''
  expect(await redeem(order(7, code.toLowerCase()))).toMatchObject([
    { order: 'o1', customer: 7, takenOff: 50_000_000 },
  ])
  expect(await redeem(order(7, code))).toEqual([])
  expect(await redeem(order(8, code, { order: 'o2' }))).toEqual([])
  const listed = () => pools.issued(shop, { limit: 10 })
  expect(await listed()).toMatchObject([{ state: 'redeemed', orderId: 'o1' }])
  const back = () => world.db.begin((tx) => room.giveBack(tx, shop, ['o1']))
  expect(await back()).toHaveLength(1)
  expect(await back()).toEqual([])
  expect(await listed()).toMatchObject([{ state: 'issued', orderId: null, takenOff: null }])
})

test("everybody's code counts with and without a coupon in hand, and against the stock", async () => {
  const shared = await pool({ codes: { kind: 'shared', code: 'AUTUMN' }, total: 3 })
  await give(ask(shared, 7))
  const uses = [order(7, 'AUTUMN'), order(8, 'autumn', { order: 'o2' })]
  expect(await redeem(...uses)).toHaveLength(2)
  expect(await redeem(...uses)).toEqual([])
  expect(await pools.get(shop, shared)).toMatchObject({
    remaining: 1,
    use: { issued: 1, redeemed: 2, takenOff: 100_000_000 },
  })
  await world.db.begin((tx) => room.giveBack(tx, shop, ['o2']))
  expect((await pools.get(shop, shared)).remaining).toBe(2)
  await expect(pool({ codes: { kind: 'shared', code: 'autumn' } })).rejects.toThrow('taken')
})

test('a percentage without its most, an end behind us and a total below what is out are refused', async () => {
  await expect(pool({ discount: { kind: 'percent', percent: 10 } })).rejects.toThrow('most')
  await expect(pool({ endsAt: world.clock.now() })).rejects.toThrow('end')
  const some = await pool({ total: 5 })
  await give(ask(some, 1), ask(some, 2))
  await expect(pools.change(actor(), some, { total: 1 })).rejects.toThrow('2 pieces')
  expect(await pools.change(actor(), some, { total: 2 })).toMatchObject({ remaining: 0 })
})

test('a code that another sender is about to give back is waited for, before anybody is told there is none', async () => {
  const of = await pool({ codes: { kind: 'uploaded' } })
  await pools.upload(actor(), of, 'ONLY-1')
  const held = Promise.withResolvers<void>()
  const taken = Promise.withResolvers<void>()
  const other = world.db
    .begin(async (tx) => {
      await claimCodes(tx, shop, { pool: of, coupons: [1] })
      taken.resolve()
      await held.promise
      throw new Error('this sender takes it back')
    })
    .catch(() => undefined)
  await taken.promise
  const mine = world.db.begin((tx) => claimCodes(tx, shop, { pool: of, coupons: [2] }))
  held.resolve()
  await other
  expect(await mine).toEqual(new Map([[2, 'ONLY-1']]))
})
