import { expect } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { sendCoupon } from './coupon-world.contract.ts'
import type { Posted } from './notices.service.ts'
import type { PlatformWorld } from './platform-world.contract.ts'

type Delivery = Pick<Posted, 'headers' | 'body'>

/** A shop at a platform that is played, as far as what it lives through is the same everywhere. */
export type PlayedShop = {
  readonly deliveries: Delivery[]
  readonly pay: (order: number) => void
  readonly refund: (
    order: number,
    what: {
      readonly amount: number
      readonly lines: readonly { readonly line: number; readonly quantity: number }[]
    },
  ) => void
  readonly cancel: (order: number) => void
  readonly leave: (member: number) => void
}

/** What the course must know of one platform; ids are the platform's. */
type Course = {
  readonly shop: PlayedShop
  readonly memberNo: (no: number) => number
  /** An order by this member of two pieces of one thing, unpaid yet, made now. */
  readonly ordering: (member: number, codes?: readonly string[]) => number
  /** Every order and member here is as it is there. */
  readonly expectSame: () => Promise<void>
}

/** A year of members, products and orders has come, nothing was refused, and none of it sets off a message. */
export async function expectYearBrought(
  own: PlatformWorld,
  { expectSame }: Pick<Course, 'expectSame'>,
) {
  const { world } = own
  await own.pull()
  const progress = (await own.list())?.progress ?? []
  expect(progress.map(({ state, error, refused }) => [state, error, refused])).toEqual([
    ['following', null, 0],
    ['following', null, 0],
    ['following', null, 0],
  ])
  await expectSame()
  const [sent] = await world.db<{ count: number }[]>`
    select count(*)::integer as count from log
    where shop = ${world.shop} and import_id is null and kind in ('event', 'consent')`
  expect(sent?.count).toBe(0)
}

/** The platform is away for a day on which much happens; of its webhooks a third is lost, the rest comes backwards, some of it twice. */
export async function expectSameAfterSilence(
  own: PlatformWorld,
  {
    shop,
    memberNo,
    ordering,
    expectSame,
    state,
    joining,
    changingMinds,
    wholeAmount,
    lookedAtAgainMs,
  }: Course & {
    readonly state: { isOut: boolean }
    /** Somebody new joins; their id. */
    readonly joining: () => number
    /** The first two members choose otherwise, and whatever else this platform's shops do. */
    readonly changingMinds: () => void
    /** What comes back of an order of which everything does. */
    readonly wholeAmount: number
    /** After so long everything was looked at again. */
    readonly lookedAtAgainMs: number
  },
): Promise<void> {
  const { clock } = own.world
  state.isOut = true
  clock.advance(6 * minuteMs)
  await own.pull()
  expect((await own.list())?.row.error).toBe('away')
  const fresh = joining()
  changingMinds()
  shop.leave(memberNo(2))
  const made = [1, 2, 3, 4].map(() => {
    clock.advance(3 * hourMs)
    return ordering(fresh)
  })
  const [first = 0, second = 0, third = 0, fourth = 0] = made
  for (const id of [first, second, third]) shop.pay(id)
  clock.advance(3 * hourMs)
  shop.refund(first, { amount: 5_000, lines: [{ line: 0, quantity: 1 }] })
  shop.refund(second, { amount: wholeAmount, lines: [{ line: 0, quantity: 2 }] })
  shop.cancel(fourth)
  clock.advance(9 * hourMs)
  state.isOut = false
  const posted = shop.deliveries.splice(0)
  const kept = posted.filter((_, index) => index % 3 !== 0).reverse()
  const answers = await own.deliver([...kept, ...kept.slice(0, 5)])
  expect(answers.slice(kept.length)).toEqual([0, 0, 0, 0, 0])
  await own.pull()
  clock.advance(lookedAtAgainMs)
  await own.pull()
  await expectSame()
  expect((await own.list())?.row).toMatchObject({ state: 'connected', error: null })
}

/** Everything is looked at again, and nothing is told again. */
export async function expectToldOnce(own: PlatformWorld): Promise<void> {
  const before = await own.head()
  await own.connected.lookNow(own.world.shop, (await own.list())?.row.id ?? 0)
  await own.pull()
  expect(await own.head()).toBe(before)
}

/** A coupon made there for one member before its message leaves, and used by their order; `expectMade` looks at it in the shop. */
export async function expectCouponRedeemed(
  own: PlatformWorld,
  { shop, memberNo, ordering }: Omit<Course, 'expectSame'>,
  expectMade: (coupon: {
    readonly code: string
    readonly endsAt: number
    readonly member: number
  }) => void,
): Promise<void> {
  const member = memberNo(5)
  const connection = (await own.list())?.row.id ?? 0
  const sent = await sendCoupon(own, { connection, member: String(member) })
  expect(sent).toMatchObject({ state: 'sent', shown: sent.code })
  expectMade({ code: sent.code, endsAt: own.world.clock.now() + 7 * dayMs, member })
  shop.pay(ordering(member, [sent.code]))
  await own.deliver(shop.deliveries.splice(0))
  expect(await sent.couponState()).toBe('redeemed')
}

/** A webhook about an order: `forged` and without its `signature` header it is refused, played again it changes nothing. */
export async function expectOnlyGenuine(
  own: PlatformWorld,
  { shop, memberNo, ordering }: Omit<Course, 'expectSame'>,
  { signature, forged }: { readonly signature: string; readonly forged: (body: string) => string },
): Promise<void> {
  ordering(memberNo(0))
  const [genuine] = shop.deliveries.splice(0) as [Delivery]
  const { [signature]: _, ...unsigned } = genuine.headers
  const other = { ...genuine, body: forged(genuine.body) }
  expect(
    await own.deliver([other, { headers: unsigned, body: genuine.body }, genuine, genuine]),
  ).toEqual([undefined, undefined, 1, 0])
  const head = await own.head()
  expect(await own.deliver([genuine])).toEqual([0])
  expect(await own.head()).toBe(head)
}
