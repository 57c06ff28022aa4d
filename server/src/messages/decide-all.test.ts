import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { armOf } from '../experiments/arm.ts'
import type { CustomerId } from '../lib/brand.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  sampleContext,
  wish,
} from '../testing/message-world.driver.ts'
import { outboxOf } from '../testing/outbox.store.ts'

let world: MessageWorld
let content: string

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())
// A day apart, so that no test meets the caps of another.
beforeEach(() => world.clock.advance(8 * 86_400_000))

const decisionsOf = (customer: number) =>
  world.db`select outcome, reason, arm, would_send, cause_key, month from decisions where customer = ${customer} order by id`
const assignmentOf = async (customer: number) =>
  (
    await world.db`select arm, first_arm, share from assignments where customer = ${customer} and experiment = 'campaign:7'`
  )[0]

/** Somebody whom campaign 7 holds out (or treats) at this share. */
async function memberOf(
  arm: 'treatment' | 'holdout',
  share: number,
  name: string,
): Promise<CustomerId> {
  for (let i = 0; ; i++) {
    const customer = await world.member(`${name}${i}`)
    const [row] = await world.db<
      { key: string }[]
    >`select assignment_key as key from customers where id = ${customer}`
    const assignmentKey = row?.key ?? ''
    if (armOf({ experiment: 'campaign:7', assignmentKey, holdoutShare: share }) === arm)
      return customer
  }
}
const half = { name: 'campaign:7', holdoutShare: 0.5 }

test('without consent nothing goes, and the decision says so', async () => {
  const customer = await world.member('silent', { consents: false })
  const [outcome] = await world.ask(wish(customer, content))
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'no_consent' })
  expect(await decisionsOf(customer)).toMatchObject([
    { outcome: 'refused', reason: 'no_consent', would_send: false },
  ])
  expect((await outboxOf(world, world.shop)).some((row) => row.customer === customer)).toBe(false)
})

test('what left today fills the day, however long its campaign had kept it waiting', async () => {
  const customer = await world.member('paced')
  await world.ask(wish(customer, content))
  const made = world.clock.now()
  world.clock.advance(20 * 86_400_000)
  await world.db`
    update outbox set state = 'sent', sent_at = ${world.clock.now() - 1_000}, created_at = ${made} where customer = ${customer}`
  const [outcome] = await world.ask(wish(customer, content))
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'frequency_day' })
})

test('the same cause is decided once, whatever is asked again', async () => {
  const customer = await world.member('again')
  const intent = wish(customer, content)
  const [first] = await world.ask(intent)
  const [second] = await world.ask(intent)
  expect(first?.kind).toBe('queued')
  expect(second?.kind).toBe('decided_before')
  expect(await decisionsOf(customer)).toHaveLength(1)
})

describe('hold-out', () => {
  test('a held-out person is recorded at the same instant and takes no slot of the cap', async () => {
    const customer = await memberOf('holdout', 0.5, 'held')
    const [outcome] = await world.ask(wish(customer, content, { experiment: half }))
    expect(outcome).toMatchObject({ kind: 'held_out', reason: 'held_out' })
    expect(await decisionsOf(customer)).toMatchObject([
      { outcome: 'would_send', arm: 'holdout', would_send: true },
    ])
    expect(await assignmentOf(customer)).toEqual({
      arm: 'holdout',
      first_arm: 'holdout',
      share: 0.5,
    })
    const [next] = await world.ask(
      wish(customer, content, { experiment: { name: 'campaign:8', holdoutShare: 0 } }),
    )
    expect(next?.kind).toBe('queued')
  })

  test('what was recorded outranks the hash when the share changes', async () => {
    const customer = await memberOf('treatment', 0.1, 'sticky')
    await world.ask(
      wish(customer, content, { experiment: { name: 'campaign:7', holdoutShare: 0.1 } }),
    )
    world.clock.advance(8 * 86_400_000)
    const [again] = await world.ask(
      wish(customer, content, { experiment: { name: 'campaign:7', holdoutShare: 0.9 } }),
    )
    expect(again?.kind).toBe('queued')
  })

  test('of two assigned people who become one the earlier arm is played on, and both arms make mixed', async () => {
    const earlier = await memberOf('treatment', 0.5, 'early')
    const later = await memberOf('holdout', 0.5, 'late')
    await world.ask(wish(earlier, content, { experiment: half }))
    world.clock.advance(3_600_000)
    await world.ask(wish(later, content, { experiment: half }))
    await world.say({
      kind: 'alias',
      name: 'Aliased',
      ids: { customer: later, verified: true },
      body: { previousId: `customer:${earlier}` },
    })
    await world.line.drain(world.shop)
    expect(await assignmentOf(later)).toEqual({ arm: 'mixed', first_arm: 'treatment', share: 0.5 })
    expect(await assignmentOf(earlier)).toBeUndefined()
    expect((await decisionsOf(later)).map((row) => row.outcome)).toEqual(['queued', 'would_send'])
  })
})

describe('between campaigns', () => {
  test('in one turn the weightier message goes and the lighter gives way', async () => {
    const customer = await world.member('torn')
    const outcomes = await world.ask(
      wish(customer, content, { precedence: { class: 'journey', weight: 10 } }),
      wish(customer, content, { precedence: { class: 'journey', weight: 90 } }),
    )
    expect(outcomes.map((one) => one.kind)).toEqual(['refused', 'queued'])
  })

  test('a queued lighter message is taken back when a weightier one comes', async () => {
    const customer = await world.member('late')
    const light = await world.ask(
      wish(customer, content, { precedence: { class: 'journey', weight: 10 } }),
    )
    const heavy = await world.ask(
      wish(customer, content, { precedence: { class: 'journey', weight: 90 } }),
    )
    expect([...light, ...heavy].map((one) => one.kind)).toEqual(['queued', 'queued'])
    const rows = (await outboxOf(world, world.shop)).filter((row) => row.customer === customer)
    expect(rows.map((row) => [row.state, row.reason])).toEqual([
      ['refused', 'outweighed'],
      ['queued', null],
    ])
    expect((await decisionsOf(customer)).map((row) => row.reason)).toEqual(['outweighed', 'queued'])
  })

  test('a second advertisement within a day is refused, after it goes', async () => {
    const customer = await world.member('capped')
    await world.ask(wish(customer, content))
    await world.sender().drain(world.shop)
    const [second] = await world.ask(wish(customer, content))
    expect(second).toMatchObject({ kind: 'refused', reason: 'frequency_day' })
    world.clock.advance(86_400_000)
    const [third] = await world.ask(wish(customer, content))
    expect(third?.kind).toBe('queued')
  })
})

test('a message about products that are all sold out is refused', async () => {
  const customer = await world.member('stock')
  await world.db`
    insert into products (shop, id, name, stock, updated_at) values (${world.shop}, 'p1', '티셔츠', 0, 0), (${world.shop}, 'p2', '바지', 3, 0)`
  const [gone] = await world.ask(wish(customer, content, { products: ['p1'] }))
  expect(gone).toMatchObject({ kind: 'refused', reason: 'out_of_stock' })
  const [left] = await world.ask(wish(customer, content, { products: ['p1', 'p2'] }))
  expect(left?.kind).toBe('queued')
})

test('a shop without its sender data sends no advertisement', async () => {
  const customer = await world.member('anonymous-sender')
  const { sender } = await world.shops.shop(world.shop)
  await world.shops.change(world.shop, { sender: { ...sender, phone: '' } })
  const [outcome] = await world.ask(wish(customer, content))
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'sender_incomplete' })
  await world.shops.change(world.shop, { sender })
})

test('content that cannot be found is a refusal, not a failure of the line', async () => {
  const customer = await world.member('nothing')
  const [outcome] = await world.ask(wish(customer, 'no-such-content'))
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'content_missing' })
})

test('hundreds of intents of one turn obey the caps among themselves', async () => {
  const customers: CustomerId[] = []
  for (let i = 0; i < 20; i++) customers.push(await world.member(`bulk${i}`))
  const intents = customers.flatMap((customer) =>
    Array.from({ length: 12 }, () => wish(customer, content, { context: sampleContext })),
  )
  const outcomes = await world.ask(...intents)
  expect(outcomes.filter((one) => one.kind === 'queued')).toHaveLength(20)
  expect(outcomes.filter((one) => one.reason === 'frequency_day')).toHaveLength(220)
})
