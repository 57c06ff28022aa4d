import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { type Campaigns, campaigns } from './campaigns.service.ts'

let world: MessageWorld
let room: Campaigns

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
})
afterAll(() => world?.close())

test('a campaign with a rate sends no faster, and holds nobody else up', async () => {
  const { db, shop, clock } = world
  const actor: Actor = { shop, name: 'member:1', role: 'marketer' }
  const made = await room.create(actor, { name: '천천히' })
  const draft = Flow.parse({
    ...made.draft,
    conditions: [],
    holdoutShare: 0,
    perHour: 20,
    steps: [{ kind: 'message', id: 1, content: cartMail }],
  })
  await room.change(actor, made.id, { draft })
  await room.start(actor, made.id)
  const mail = (await world.messages.publish(shop, cartMail, { purpose: 'advertising' })).id
  const people: CustomerId[] = []
  for (let at = 0; at < 4; at++) people.push(await world.member(`paced-${at}`))
  const [first] = people
  if (first === undefined) throw new Error('nobody')
  // Twelve messages of the campaign, and one that is nobody's behind them.
  await world.shops.set(shop, 'sending', { adsPerDay: 20, adsPerWeek: 50 })
  await db`
    insert into enrolments (shop, campaign, version, customer, entry_key, cause, state, entered_at, updated_at)
    values (${shop}, ${made.id}, 1, ${first}, 'x', 'x', 'done', 0, 0)`
  const [enrolment] = await db<
    { id: number }[]
  >`select max(id) as id from enrolments where shop = ${shop}`
  const each = (at: number) =>
    wish(people[at % people.length] ?? first, mail, {
      campaign: made.id,
      version: 1,
      step: 1,
      enrolment: enrolment?.id ?? 0,
      causeKey: `paced:${at}`,
    })
  await world.ask(...Array.from({ length: 12 }, (_, at) => each(at)))
  await world.ask(wish(first, mail, { campaign: null, enrolment: null, causeKey: 'quick' }))

  const told = toldProvider({ answer: accepted })
  const sender = world.sender({ recheck: room.recheck, carry: () => told.provider })
  const sent = async () => {
    await sender.drain(shop)
    return told.given.length
  }
  // Three minutes' worth of the hour at once (one), and the other campaign's.
  expect(await sent()).toBe(2)
  const waiting = await db<{ reason: string }[]>`
    select distinct reason from outbox where shop = ${shop} and state = 'queued'`
  expect(waiting).toEqual([{ reason: 'paced' }])
  clock.advance(3 * minuteMs - 1)
  expect(await sent()).toBe(2)
  clock.advance(1)
  expect(await sent()).toBe(3)
  for (let minute = 3; minute < 45; minute++) {
    clock.advance(minuteMs)
    await sent()
  }
  expect(told.given).toHaveLength(13)
  clock.advance(hourMs)
  expect(await sent()).toBe(13)
})

test('a message waits for the hours of its campaign, and is looked at again when they are over', async () => {
  const { shop, clock } = world
  const mail = (await world.messages.publish(shop, cartMail, { purpose: 'advertising' })).id
  const hours = { from: '11:00', to: '12:00' }
  const tomorrow = Math.ceil(clock.now() / dayMs) * dayMs
  // 10:30 in Seoul.
  clock.set(tomorrow + 1.5 * hourMs)
  const customer = await world.member('hours')
  const asked = wish(customer, mail, { campaign: null, enrolment: null, causeKey: 'hours', hours })
  const [outcome] = await world.ask(asked)
  expect(outcome).toMatchObject({ kind: 'held', reason: 'quiet_hours' })
  const told = toldProvider({ answer: accepted })
  const sender = world.sender({ recheck: room.recheck, carry: () => told.provider })
  const sentAt = async (at: number) => {
    clock.set(tomorrow + at)
    await sender.drain(shop)
    return told.given.length
  }
  expect(await sentAt(2 * hourMs - 1)).toBe(0)
  // The sender stood until the hours were over.
  expect(await sentAt(3 * hourMs)).toBe(0)
  expect(await sentAt(26 * hourMs - 1)).toBe(0)
  expect(await sentAt(26 * hourMs)).toBe(1)
})
