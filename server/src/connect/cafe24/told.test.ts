import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../lib/duration.ts'
import {
  type Cafe24World,
  connect,
  deliver,
  openCafe24World,
  pull,
} from './cafe24-world.contract.ts'

let own: Cafe24World
beforeAll(async () => {
  own = await openCafe24World({ members: 20, orders: 10 })
  await connect(own)
  await pull(own)
})
afterAll(() => own.world.close())

describe('what a Cafe24 shop tells of a member who', () => {
  const told = async (member: string, name: string): Promise<readonly number[]> =>
    (
      await own.world.db<{ at: number }[]>`
        select at from log where shop = ${own.world.shop} and name = ${name}
          and ids like ${`%"user":"${member}"%`} order by position`
    ).map(({ at }) => at)
  const traitsOf = async (member: string): Promise<Record<string, unknown>> => {
    const [row] = await own.world.db<{ traits: string }[]>`
      select c.traits from customers c join identities i on i.shop = c.shop and i.customer = c.id
      where c.shop = ${own.world.shop} and i.kind = 'user' and i.value = ${member}`
    return JSON.parse(row?.traits ?? '{}') as Record<string, unknown>
  }
  const second = (at: number) => Math.floor(at / 1_000) * 1_000

  test('signs in is written once for each time, however often and in whatever order it comes', async () => {
    const { mall, world } = own
    mall.signIn('member0010')
    const first = second(world.clock.now())
    const early = mall.notices.splice(0)
    await deliver(own, [...early, ...early])
    world.clock.advance(hourMs)
    mall.signIn('member0010')
    const later = second(world.clock.now())
    await deliver(own, [...mall.notices.splice(0), ...early])
    world.clock.advance(7 * hourMs)
    await pull(own)
    expect(await told('member0010', 'Signed In')).toEqual([first, later])
    expect(await told('member0011', 'Signed In')).toEqual([])
  })

  test('gets what was ordered: that it left and that it arrived are told once each, also where only the look finds it', async () => {
    const { mall, world } = own
    const { id } = mall.order({ member: 'member0010', buys: [{ product: 1, quantity: 1 }] })
    world.clock.advance(hourMs)
    mall.ship(id)
    const left = second(world.clock.now())
    const notices = mall.notices.splice(0)
    await deliver(own, [...notices, ...notices])
    expect(await told('member0010', 'Order Shipped')).toEqual([left])
    expect(await told('member0010', 'Order Delivered')).toEqual([])
    world.clock.advance(dayMs)
    mall.ship(id)
    const arrived = second(world.clock.now())
    mall.notices.splice(0)
    world.clock.advance(7 * hourMs)
    await pull(own)
    expect(await told('member0010', 'Order Delivered')).toEqual([arrived])
    expect(await told('member0010', 'Order Shipped')).toEqual([left])
  })

  test('gets another grade is a trait, written once', async () => {
    const { mall } = own
    const before = await told('member0011', 'Identified')
    mall.grade('member0011', 3)
    const notices = mall.notices.splice(0)
    await deliver(own, [...notices, ...notices])
    expect(await traitsOf('member0011')).toMatchObject({ cafe24_group: '3' })
    expect(await told('member0011', 'Identified')).toHaveLength(before.length + 1)
  })

  test('becomes dormant is a trait, and no withdrawal, though the mall shows them no more', async () => {
    const { mall, world, server } = own
    // Here dormant members are shown nowhere: it is not known who of them withdrew.
    server.state.hidesApart = true
    mall.rest('member0001')
    const asleep = mall.notices.splice(0)
    await deliver(own, [...asleep, ...asleep])
    world.clock.advance(7 * hourMs)
    await pull(own)
    expect(await traitsOf('member0001')).toMatchObject({ member_state: 'dormant' })
    expect(await told('member0001', 'Customer Erased')).toEqual([])
    mall.release('member0001')
    // The word that they slept comes late, after the one that they woke.
    await deliver(own, [...mall.notices.splice(0), ...asleep])
    expect(await traitsOf('member0001')).toMatchObject({ member_state: 'active' })
    await deliver(own, asleep)
    expect(await traitsOf('member0001')).toMatchObject({ member_state: 'active' })
    // Who was here lately is not dormant, whatever a webhook says.
    await deliver(own, [{ event_no: 90145, resource: { member_id: 'member0010' } }])
    expect((await traitsOf('member0010')).member_state).toBeUndefined()
  })

  test('becomes dormant and withdraws, and both webhooks are lost: the look finds the one and the other', async () => {
    const { mall, world, server } = own
    server.state.hidesApart = false
    for (const member of ['member0002', 'member0003', 'member0005']) mall.rest(member)
    mall.withdraw('member0003')
    mall.notices.splice(0)
    world.clock.advance(7 * hourMs)
    await pull(own)
    expect(await traitsOf('member0002')).toMatchObject({ member_state: 'dormant' })
    expect(await told('member0002', 'Customer Erased')).toEqual([])
    expect(await told('member0003', 'Customer Erased')).toHaveLength(1)
    // From now on it is known that who is in neither place withdrew.
    mall.withdraw('member0005')
    mall.notices.splice(0)
    world.clock.advance(7 * hourMs)
    await pull(own)
    expect(await told('member0005', 'Customer Erased')).toHaveLength(1)
    mall.release('member0002')
    await deliver(own, mall.notices.splice(0))
    expect(await traitsOf('member0002')).toMatchObject({ member_state: 'active' })
  })

  const bodies = async (member: string, name: string): Promise<readonly unknown[]> =>
    (
      await own.world.db<{ body: string }[]>`
        select body from log where shop = ${own.world.shop} and name = ${name}
          and ids like ${`%"user":"${member}"%`} order by position`
    ).map(({ body }) => (JSON.parse(body) as { properties: unknown }).properties)

  test('gets or spends points: what changed is told once, also where the webhook is lost', async () => {
    const { mall, world } = own
    mall.point('member0012', 1_000)
    const early = mall.notices.splice(0)
    // Forged: the webhook says more than Cafe24 does.
    const resource = { member_id: 'member0012', mileage_money: 9_000, avail_mileage: 9_000 }
    await deliver(own, [...early, ...early, { event_no: 90148, resource }])
    world.clock.advance(hourMs)
    mall.point('member0012', -300)
    mall.notices.splice(0)
    world.clock.advance(7 * hourMs)
    await pull(own)
    await deliver(own, early)
    expect(await bodies('member0012', 'Points Changed')).toEqual([
      { points_change: 1_000, points_balance: 1_000 },
      { points_change: -300, points_balance: 700 },
    ])
    expect(await traitsOf('member0012')).toMatchObject({ points: 700 })
    expect(await bodies('member0013', 'Points Changed')).toEqual([])
  })

  test('joins with points has got them; who is brought over has what they have', async () => {
    const { mall } = own
    const who = { name: '윤슬', email: 'ys@customer.example', cellphone: '010-6161-6161' }
    mall.join({ id: 'yunseul', ...who, sms: false, newsMail: false, points: 2_000 })
    await deliver(own, mall.notices.splice(0))
    expect(await bodies('yunseul', 'Points Changed')).toEqual([
      { points_change: 2_000, points_balance: 2_000 },
    ])
  })

  test('is given a coupon by the mall: no webhook says so, the look tells it once, and when a coupon is made it comes at once', async () => {
    const { mall, world } = own
    const birthday = mall.makeCoupon('생일 쿠폰', 'A')
    mall.notices.splice(0)
    mall.give(birthday, 'member0013')
    const first = second(world.clock.now())
    world.clock.advance(hourMs)
    await pull(own)
    expect(await told('member0013', 'Coupon Issued')).toEqual([first])
    const surprise = mall.makeCoupon('깜짝 쿠폰', 'M')
    for (const member of ['member0013', 'member0014', 'nobody']) mall.give(surprise, member)
    const made = mall.notices.splice(0)
    await deliver(own, [...made, ...made])
    await pull(own)
    await deliver(own, made)
    await pull(own)
    expect(await bodies('member0013', 'Coupon Issued')).toEqual([
      { coupon_id: birthday, coupon_name: '생일 쿠폰' },
      { coupon_id: surprise, coupon_name: '깜짝 쿠폰' },
    ])
    expect(await told('member0014', 'Coupon Issued')).toHaveLength(1)
    // Who is no member is made none by a coupon.
    expect(await told('nobody', 'Coupon Issued')).toEqual([])
  })

  test('uses a coupon of the mall when the order is paid, and of ours only the redemption is told', async () => {
    const { mall, world } = own
    const birthday = mall.makeCoupon('기념일 쿠폰', 'A')
    const ours = mall.makeCoupon('첫 구매 DG1-7', 'M')
    for (const coupon of [birthday, ours]) mall.give(coupon, 'member0015')
    const buys = [{ product: 1, quantity: 1 }]
    const how = { member: 'member0015', buys, off: 1_000 }
    const { id } = mall.order({ ...how, coupon: birthday, paidAt: null })
    mall.order({ ...how, coupon: ours })
    const posted = mall.notices.splice(0)
    await deliver(own, [...posted, ...posted])
    await pull(own)
    expect(await bodies('member0015', 'Coupon Used')).toEqual([])
    world.clock.advance(hourMs)
    mall.pay(id)
    // The webhook is lost.
    mall.notices.splice(0)
    await pull(own)
    await pull(own)
    await deliver(own, posted)
    expect(await bodies('member0015', 'Coupon Used')).toEqual([
      { coupon_id: birthday, coupon_name: '기념일 쿠폰', order_id: id },
    ])
    expect(await bodies('member0015', 'Coupon Issued')).toEqual([
      { coupon_id: birthday, coupon_name: '기념일 쿠폰' },
    ])
  })

  test('withdraws while dormant is forgotten', async () => {
    const { mall } = own
    mall.rest('member0004')
    await deliver(own, mall.notices.splice(0))
    mall.withdraw('member0004')
    await deliver(own, mall.notices.splice(0))
    expect(await told('member0004', 'Customer Erased')).toHaveLength(1)
  })
})
