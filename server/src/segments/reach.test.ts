import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import type { ConsentChannel } from '../consent/consent.ts'
import { did } from '../events/line-world.contract.ts'
import { factsRoom } from '../facts/room.service.ts'
import { orders } from '../orders/orders.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { defined, openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const everybody = defined({ kind: 'member', is: 'member' })
const contact = (address: string) => ({
  hash: Buffer.from(address).toString('base64url'),
  sealed: address,
  masked: address,
})

async function openShop() {
  const { db } = world
  const shop = await insertShop(db)
  const order = orders()
  const ledger = consent({ db })
  const facts = factsRoom({ orders: order, consent: ledger })
  const room = openSegments(world, {
    facts,
    mirrored: facts,
    before: [order.room, facts.room],
  })
  const says = (user: string, channel: ConsentChannel, kind: 'grant' | 'withdraw' = 'grant') =>
    did(
      world,
      { user, verified: true },
      {
        kind: 'consent',
        name: 'Consent Changed',
        body: { properties: { channel, kind, scope: 'ad_day', source: 'signup_form' } },
      },
    )
  const signsIn = (user: string, address: { email: string; phone?: string }) =>
    did(
      world,
      {
        user,
        verified: true,
        email: contact(address.email),
        ...(address.phone ? { phone: contact(address.phone) } : {}),
      },
      { kind: 'identify', name: 'Identified' },
    )
  const happen = async (happenings: Parameters<typeof room.door.accept>[1]) => {
    await room.door.accept(shop, happenings)
    await room.settle(shop)
  }
  /** The reach of a preview; each number is how many the segment "can be advertised to by it" holds. */
  const reach = async () => {
    const told = (await room.segments.preview(shop, everybody)).reach
    const asked = await room.segments.count(
      shop,
      (['email', 'sms', 'kakao'] as const).map((channel) =>
        defined({
          kind: 'fact',
          path: `reach.${channel}`,
          is: { type: 'boolean', op: 'is', value: true },
        }),
      ),
    )
    expect([told.email, told.sms, told.kakao]).toEqual(asked.counts)
    return told
  }
  return { shop, ledger, happen, says, signsIn, reach }
}

test('who can be reached by a channel are those with consent and an address that is not suppressed', async () => {
  const { shop, ledger, happen, says, signsIn, reach } = await openShop()
  await happen([
    signsIn('kim', { email: 'kim@x.kr', phone: '+821011111111' }),
    signsIn('lee', { email: 'family@x.kr' }),
    signsIn('park', { email: 'family@x.kr' }),
    signsIn('choi', { email: 'choi@x.kr' }),
    ...['kim', 'lee', 'park'].map((user) => says(user, 'email')),
    says('kim', 'sms'),
  ])
  expect(await reach()).toEqual({ email: 3, sms: 1, kakao: 0, push: 0 })

  // A mailbox that does not exist is closed, and its owner is told of by the receipt.
  await ledger.suppress(world.db, shop, {
    channel: 'email',
    hashes: [contact('kim@x.kr').hash],
    reason: 'hard_bounce',
    at: world.clock.now(),
  })
  await happen([
    did(world, { user: 'kim', verified: true }, { kind: 'receipt', name: 'Message Bounced' }),
  ])
  expect(await reach()).toEqual({ email: 2, sms: 1, kakao: 0, push: 0 })

  // An opt-out closes the address for everybody who shares it.
  await happen([says('lee', 'email', 'withdraw')])
  expect(await reach()).toEqual({ email: 0, sms: 1, kakao: 0, push: 0 })
})
