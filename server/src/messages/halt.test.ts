import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { markCopies } from '../database/restored.store.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { startSmtpSink } from '../testing/smtp-sink.driver.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import type { Actor, Route } from '../web/route.ts'
import { haltRoutes } from './halt.routes.ts'

let world: MessageWorld
let content: string
let routes: readonly Route[]
let woken = 0

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
  routes = haltRoutes({ ...world, onResumed: () => void woken++ })
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.db`delete from outbox where shop = ${world.shop}`
})

const actor = (): Actor => ({ shop: world.shop, name: 'member:1', role: 'marketer' })
async function say(act: 'halt' | 'resume' | 'take-over', method: 'get' | 'post' = 'post') {
  const one = routes.find(
    (route) => route.method === method && route.path === `/api/sending/${act}`,
  )
  const request = new Request('http://localhost/')
  const signal = new AbortController().signal
  const call = { actor: actor(), params: {}, query: {}, body: undefined, request, signal }
  return one?.response.parse(await one.handle(call))
}

let people = 0
async function queue(count: number): Promise<void> {
  const wishes = []
  for (let at = 0; at < count; at++)
    wishes.push(wish(await world.member(`halt-${people++}`), content))
  await world.ask(...wishes)
}
const states = async () => {
  const rows = await world.db<{ state: string; n: number }[]>`
    select state, count(*)::int as n from outbox where shop = ${world.shop} group by state`
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

test('in the middle of a blast, what was not handed over stays; two seconds later nothing leaves any more', async () => {
  await queue(12)
  // The provider answers slowly, so that the first batch is under way when everything is stopped.
  let open: (() => void) | undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  let asked = 0
  const told = toldProvider({
    answer: async (parcel) => {
      asked++
      // As one that has three connections: the others wait in it, and ask before they leave.
      if (asked <= 3) return accepted(parcel)
      await gate
      return (await parcel.mayLeave?.())
        ? accepted(parcel)
        : { kind: 'temporary', detail: 'stopped' }
    },
  })
  const sender = world.sender({ carry: () => told.provider })
  const blast = sender.drain(world.shop)
  await expect.poll(() => asked).toBe(12)
  await say('halt')
  world.clock.advance(2_000)
  open?.()
  await blast
  expect(await states()).toEqual({ sent: 3, queued: 9 })
  expect(await say('halt', 'get')).toMatchObject({
    halt: { by: 'member:1' },
    queued: [{ channel: 'email', messages: 9 }],
  })

  // Whoever comes now, whatever is queued now: nothing leaves.
  await queue(2)
  await world.sender({ carry: () => told.provider }).drain(world.shop)
  expect(await states()).toEqual({ sent: 3, queued: 11 })
  expect(asked).toBe(12)

  await say('resume')
  expect(woken).toBe(1)
  told.answers(accepted)
  await world.sender({ carry: () => told.provider }).drain(world.shop)
  expect(await states()).toEqual({ sent: 14 })
  const numbers = told.given.filter((one) => one.key).map((one) => one.message)
  expect(new Set(numbers).size).toBe(14)
})

test('what waited is decided anew: who refused meanwhile gets nothing', async () => {
  const customer = await world.member('halt-refuses')
  await world.ask(wish(customer, content))
  await say('halt')
  const sender = world.sender()
  await sender.drain(world.shop)
  expect(await states()).toEqual({ queued: 1 })
  await world.consented('halt-refuses', 'withdraw')
  await world.line.drain(world.shop)
  await say('resume')
  await sender.drain(world.shop)
  expect(await states()).toEqual({ refused: 1 })
})

test('a mail that waits for a connection of its server does not leave either', async () => {
  await queue(5)
  const sink = await startSmtpSink()
  await world.useSmtp(sink.port, { connections: 1 })
  const sender = world.sender()
  const halting = say('halt').then(() => world.clock.advance(300))
  await Promise.all([halting, sender.drain(world.shop)])
  const { sent = 0, queued = 0 } = await states()
  expect(sent + queued).toBe(5)
  expect(sink.received).toHaveLength(sent)
  await say('resume')
  await sender.drain(world.shop)
  expect(await states()).toEqual({ sent: 5 })
  expect(sink.received).toHaveLength(5)
  await world.shops.set(world.shop, 'smtp', null)
  await sink.close()
})

test('nothing leaves a restored copy until somebody says that it is the one now; who had stopped it before is asked still', async () => {
  const { db, shop } = world
  await queue(1)
  const sender = world.sender()
  await markCopies(db)
  expect(await say('halt', 'get')).toMatchObject({ halt: { by: 'restore' } })
  await expect(say('resume')).rejects.toThrow('restored from a backup')
  await sender.drain(shop)
  expect(await states()).toEqual({ queued: 1 })
  expect(await say('take-over')).toMatchObject({ halt: null, copiedAt: null })
  world.clock.advance(300)
  await sender.drain(shop)
  expect(await states()).toEqual({ sent: 1 })

  await say('halt')
  await markCopies(db)
  expect(await say('take-over')).toMatchObject({ halt: { by: 'member:1' }, copiedAt: null })
  expect(await say('resume')).toMatchObject({ halt: null })
  expect(
    await db`select 1 from audit_log where shop = ${shop} and act = 'installation.taken-over'`,
  ).toHaveLength(2)
})
