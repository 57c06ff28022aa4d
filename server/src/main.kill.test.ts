import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from './database/connection.store.ts'
import { runningEngines } from './engines/engines.service.ts'
import { seededRandom } from './lib/random.ts'
import { newTestFolder } from './testing/folder.driver.ts'
import { connectWarehouse } from './warehouse/connection.store.ts'

// The whole server, killed without warning while events pour in and mails go out.
const rounds = 20
const chance = seededRandom('kill')

let dataFolder: string
let port: number
let child: ChildProcess
let output = ''
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
  dataFolder = newTestFolder()
  port = await freePort()
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  await new Promise<void>((closed) => smtp.close(() => closed()))
  rmSync(dataFolder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return free
}

async function start(): Promise<void> {
  child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: { ...process.env, DANGGOL_DATA: dataFolder, PORT: `${port}`, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the server did not start again:\n${output.slice(-2_000)}`)
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (ready?.ok) return
    await wait(20)
  }
}

async function kill(): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await ended
}

async function call(
  method: string,
  path: string,
  options: { key?: string; cookie?: string; body?: unknown } = {},
): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-danggol-csrf': '1',
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
      ...(options.cookie ? { cookie: options.cookie } : {}),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie) return cookie
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** A shop with a mail server, and a cart reminder that goes out at once to everybody. */
async function prepare(): Promise<{ readonly admin: string; readonly write: string }> {
  // The server answers a moment before it has said everything.
  while (!/welcome#\S+\s/.test(output)) await wait(20)
  const token = /welcome#(\S+)/.exec(output)?.[1]
  const owner = {
    token,
    name: '사장',
    email: 'owner@shop.example',
    password: 'correct horse battery',
  }
  const cookie = (await call('POST', '/api/owner', { body: owner })) as string
  const key = async (scope: string) =>
    ((await call('POST', '/api/keys', { cookie, body: { name: scope, scope } })) as { key: string })
      .key
  const [admin, write] = [await key('admin'), await key('write')]
  const sender = {
    legalName: '온유',
    fromEmail: 'shop@shop.example',
    contactEmail: 'help@shop.example',
    phone: '02-123-4567',
    address: '서울',
  }
  await call('PATCH', '/api/shop', { key: admin, body: { sender, url: 'https://shop.example' } })
  const { port: smtpPort } = smtp.server.address() as AddressInfo
  await call('PUT', '/api/shop/smtp', {
    key: admin,
    body: { host: '127.0.0.1', port: smtpPort, secure: false, user: '', connections: 4 },
  })
  const made = (await call('POST', '/api/campaigns', {
    key: admin,
    body: { playbook: 'cart_abandonment' },
  })) as {
    id: number
    draft: { steps: { kind: string; minutes?: number }[] }
  }
  const steps = made.draft.steps.map((step) =>
    step.kind === 'wait' ? { ...step, minutes: 0 } : step,
  )
  const draft = { ...made.draft, steps, holdoutShare: 0 }
  await call('PATCH', `/api/campaigns/${made.id}`, { key: admin, body: { draft } })
  await call('POST', `/api/campaigns/${made.id}/start`, { key: admin })
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
    const answer = await call('POST', '/v1/batch', { key: write, body: { batch } }).catch(
      () => undefined,
    )
    if (answer) acknowledged.push(user)
    else await wait(20)
  }
}

test('twenty kills under load lose nothing acknowledged, count nothing twice and mail nobody twice', async () => {
  await start()
  const { admin, write } = await prepare()
  for (let round = 0; round < rounds; round++) {
    let over = false
    const load = Promise.all(Array.from({ length: 4 }, () => shoppers(write, () => over)))
    await wait(200 + chance.integer(1_300))
    await kill()
    over = true
    await load
    await start()
  }
  await settled('queued')
  await expireLeases()
  await settled('queued|sending')

  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the engines are not announced')
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
  expect((await call('GET', '/api/line/failures', { key: admin })) as object).toMatchObject({
    items: [],
  })
})

/** Mails that were under way at a kill are settled when their lease is over; five minutes are not waited for here. */
async function expireLeases(): Promise<void> {
  const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
  if (!engines) throw new Error('the engines are not announced')
  const db = connectDatabase(engines.databaseUrl, { max: 1 })
  await db`update outbox set lease_until = 0 where state = 'sending'`
  await db.end()
}

/** Waits until line and history have nothing left to do and no message is in one of these states. */
async function settled(states: string): Promise<void> {
  const waiting = new RegExp(
    `danggol_outbox_messages\\{[^}]*state="(?:${states})"[^}]*\\} (\\d+)`,
    'g',
  )
  for (let quiet = 0; quiet < 5; ) {
    await wait(400)
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const behind = [...text.matchAll(/danggol_lane_behind_positions\{[^}]*\} (\d+)/g)]
    const counts = [...behind, ...text.matchAll(waiting)].map((found) => Number(found[1]))
    quiet = behind.length > 0 && counts.every((count) => count === 0) ? quiet + 1 : 0
  }
}
