import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from './database/connection.store.ts'
import { seededRandom } from './lib/random.ts'
import { type OwnServer, ownServer } from './testing/own-server.driver.ts'
import { connectWarehouse } from './warehouse/connection.store.ts'

// The whole server, killed without warning while events pour in and mails go out.
const rounds = 20
const chance = seededRandom('kill')

let server: OwnServer
const mails = new Map<string, number>()
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, session, done) => {
    stream.resume()
    stream.on('end', () => {
      for (const { address } of session.envelope.rcptTo)
        mails.set(address, (mails.get(address) ?? 0) + 1)
      done()
    })
  },
})
// A killed sender resets its connections: that is the test, not a failure of it.
smtp.on('error', () => {})

beforeAll(async () => {
  server = await ownServer()
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  await server.close()
  await new Promise<void>((closed) => smtp.close(() => closed()))
})

/** A shop with a mail server, and a cart reminder that goes out at once to everybody. */
async function prepare(): Promise<{ readonly admin: string; readonly write: string }> {
  const { port } = smtp.server.address() as AddressInfo
  const { admin, write } = await server.openShop({ port, connections: 4 })
  const made = (await server.call('POST', '/api/campaigns', {
    key: admin,
    body: { playbook: 'cart_abandonment' },
  })) as {
    id: number
    draft: { steps: { kind: string; minutes?: number }[] }
  }
  const steps = made.draft.steps.slice(0, 2).map((step) =>
    step.kind === 'wait' ? { ...step, minutes: 0 } : step,
  )
  const draft = { ...made.draft, steps, holdoutShare: 0 }
  await server.call('PATCH', `/api/campaigns/${made.id}`, { key: admin, body: { draft } })
  await server.call('POST', `/api/campaigns/${made.id}/start`, { key: admin })
  return { admin, write }
}

let people = 0
const acknowledged: string[] = []
const sent = new Set<string>()

/** Shoppers arrive until the server is gone: each is one batch of three events, noted once it was acknowledged. */
async function shoppers(write: string, until: () => boolean): Promise<void> {
  while (!until()) {
    const user = `u${++people}`
    const event = (id: string, more: object) => ({
      userId: user,
      messageId: `${user}-${id}`,
      ...more,
    })
    const batch = [
      event('identify', {
        type: 'identify',
        traits: { email: `${user}@people.example`, name: '김단골' },
      }),
      event('consent', {
        type: 'track',
        event: 'Consent Changed',
        properties: {
          channel: 'email',
          kind: 'grant',
          scope: 'ad_day',
          source: 'signup_form',
          wording: 'v1',
        },
      }),
      event('cart', {
        type: 'track',
        event: 'Product Added',
        properties: { product_id: 'p1', name: '접시', price: 12_000, quantity: 1 },
      }),
    ]
    sent.add(user)
    const answer = await server
      .call('POST', '/v1/batch', { key: write, body: { batch } })
      .catch(() => undefined)
    if (answer) acknowledged.push(user)
    else await wait(20)
  }
}

test('twenty kills under load lose nothing acknowledged, count nothing twice and mail nobody twice', async () => {
  await server.start()
  const { admin, write } = await prepare()
  for (let round = 0; round < rounds; round++) {
    let over = false
    const load = Promise.all(Array.from({ length: 4 }, () => shoppers(write, () => over)))
    await wait(200 + chance.integer(1_300))
    await server.kill()
    over = true
    await load
    await server.start()
  }
  await server.settled('queued')
  await server.expireLeases()
  await server.settled('queued|sending')

  const engines = server.engines()
  const db = connectDatabase(engines.databaseUrl, { max: 2 })
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  const rows = await warehouse.query<{ id: string; times: number }>(
    `select message_id as id, toUInt32(count()) as times from events where kind in ('event', 'identify', 'consent') and message_id like 'u%' group by id`,
  )
  const times = new Map(rows.map((row) => [row.id, row.times]))
  const [dense] = await warehouse.query<{ rows: number; head: number }>(
    'select toUInt32(count()) as rows, toUInt32(max(position)) as head from events',
  )
  const unconfirmed = await db<{ id: number }[]>`select id from outbox where state = 'unconfirmed'`
  const waiting = await db<
    { id: number }[]
  >`select id from outbox where state in ('queued', 'sending')`
  const failures = await db`select error from line_failures`
  await db.end()
  await warehouse.close()

  expect(acknowledged.length).toBeGreaterThan(rounds)
  expect(failures).toEqual([])
  const missing = acknowledged.flatMap((user) =>
    ['identify', 'consent', 'cart']
      .filter((id) => !times.has(`${user}-${id}`))
      .map((id) => `${user}-${id}`),
  )
  expect(missing).toEqual([])
  expect([...times].filter(([, count]) => count !== 1)).toEqual([])
  expect(dense?.rows).toBe(dense?.head)
  expect(mails.size).toBeGreaterThan(rounds)
  expect([...mails].filter(([, count]) => count > 1)).toEqual([])
  // Everybody whose cart is known was mailed once, or is on the list that a person looks through.
  const known = [...sent].filter((user) => times.has(`${user}-cart`))
  const unmailed = known.filter((user) => !mails.has(`${user}@people.example`))
  expect(waiting).toEqual([])
  expect(unmailed.length).toBeLessThanOrEqual(unconfirmed.length)
  expect((await server.call('GET', '/api/line/failures', { key: admin })) as object).toMatchObject({
    items: [],
  })
})
