import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { shops } from '../../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { sheetsServer } from './sheets-server.contract.ts'
import { standingFiles } from './standing.service.ts'
import { eraseLines } from './standing.store.ts'
import { nextDue, type StandingDraft } from './standing.ts'
import { type MemberRow, standingWork } from './standing-work.service.ts'

const email = 'danggol@project.iam.gserviceaccount.com'
const spreadsheet = '1AbCdEfGhIjKlMnOpQrStUvWxYz'
const safe = vault(Buffer.alloc(32, 7))
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const keyFile = JSON.stringify({
  type: 'service_account',
  client_email: email,
  private_key: keys.privateKey,
  token_uri: 'https://elsewhere.example/token',
})

let world: TestWorld
let google: Awaited<ReturnType<typeof sheetsServer>>
beforeAll(async () => {
  world = await openTestWorld()
  google = await sheetsServer({ email, publicKey: keys.publicKey, now: () => world.clock.now() })
})
afterAll(async () => {
  google.close()
  await world.close()
})

const daily: StandingDraft = {
  name: '단골에게',
  what: { kind: 'segment', segment: 1 },
  place: { kind: 'here' },
  emails: ['me@shop.example'],
  every: { kind: 'day', minute: 7 * 60 },
}

async function openShop() {
  const { db, clock, warehouse } = world
  const shop = await insertShop(db)
  const tenants = shops({ db, clock })
  const members: MemberRow[] = ['kim', 'lee'].map((name, index) => ({
    customer: index + 1,
    name: index === 0 ? '=김하늘' : '이바다',
    entered_at: clock.now(),
    email: safe.seal(`${name}@x.kr`),
    email_masked: null,
    phone: null,
    phone_masked: null,
  }))
  const mails: { readonly to: unknown; readonly lines: readonly string[] }[] = []
  const mailing = { isAway: false, hasAccount: true }
  const segment = { state: 'live' }
  const needs = {
    ...{ db, clock, warehouse, vault: safe, shops: tenants, publicUrl: 'https://crm.example' },
    allowPrivate: true,
    google: google.at,
    segment: async () => {
      if (segment.state === 'gone') throw new Refusal('not-found', 'There is no segment 1.')
      return { state: segment.state }
    },
    members: async (_: unknown, page: { readonly after: number }) =>
      members.filter(({ customer }) => customer > page.after),
    completeTo: async () => 1_000,
    hasMail: () => mailing.hasAccount,
    post: async (
      _: unknown,
      to: unknown,
      sent: {
        readonly morning: { readonly parts: readonly { readonly lines: readonly string[] }[] }
      },
    ) => {
      if (mailing.isAway) return { kind: 'temporary', detail: 'busy' } as const
      mails.push({ to, lines: sent.morning.parts[0]?.lines ?? [] })
      return { kind: 'accepted', providerId: '1' } as const
    },
  }
  const desk = standingFiles({ ...needs, segment: async () => ({}), onDue: () => {} })
  const worker = standingWork(needs)
  const actor = { shop, name: 'member:1' }
  const textOf = async (url: string) => {
    const { body } = await desk.fetch(url.slice(url.lastIndexOf('/') + 1))
    return await new Response(body).text()
  }
  return { shop, tenants, desk, worker, actor, members, mails, mailing, segment, textOf }
}

test('members of a segment lie ready every morning, and the link that is mailed opens them for a week', async () => {
  const { desk, worker, actor, shop, mails, textOf } = await openShop()
  const id = await desk.create(actor, daily)
  expect(await worker.turn()).toBe(false)
  world.clock.advance(dayMs)
  expect(await worker.turn()).toBe(true)
  expect(await worker.turn()).toBe(true)
  expect(await worker.turn()).toBe(false)
  const url = String(mails[0]?.lines[1])
  expect(url).toMatch(/^https:\/\/crm\.example\/api\/standing-files\/fetch\//)
  expect(await textOf(url)).toMatch(
    /^id,name,email,phone,entered_at\r\n1,'=김하늘,kim@x\.kr,,2026-.*\r\n2,이바다,lee@x\.kr,,/,
  )
  await expect(desk.fetch(`${url.slice(url.lastIndexOf('/') + 1, -1)}A`)).rejects.toThrow(
    'no longer',
  )
  // Somebody asks to be forgotten while the file waits.
  await world.db.begin((tx) => eraseLines(tx, shop, [1]))
  expect(await textOf(url)).not.toContain('kim@x.kr')
  expect(JSON.stringify(await world.db`select * from standing_file_lines`)).not.toContain(
    'lee@x.kr',
  )
  world.clock.advance(7 * dayMs)
  await expect(textOf(url)).rejects.toThrow('no longer')
  world.clock.advance(1)
  await desk.prune()
  expect(await world.db`select 1 from standing_file_lines`).toEqual([])
  await desk.remove(actor, id)
  expect(await desk.list(shop)).toEqual([])
})

test('a Google sheet holds what the segment holds; what Google refuses is told, and tried again', async () => {
  const { desk, worker, actor, shop, members } = await openShop()
  const cells = google.tab(spreadsheet, "사장님's 표")
  cells.push(['old'], ['old'], ['old'], ['old'])
  const place = { kind: 'sheet', spreadsheet, sheet: "사장님's 표" } as const
  await expect(desk.create(actor, { ...daily, place, key: '{}' })).rejects.toMatchObject({
    field: 'key',
  })
  const id = await desk.create(actor, { ...daily, place, key: keyFile })
  expect(JSON.stringify(await desk.list(shop))).not.toContain('PRIVATE')
  expect(JSON.stringify(await world.db`select * from standing_files`)).not.toContain('PRIVATE')
  await desk.run(actor, id)
  await worker.turn()
  await worker.turn()
  expect(cells).toHaveLength(3)
  expect(cells[1]?.slice(0, 3)).toEqual(['1', '=김하늘', 'kim@x.kr'])
  members.pop()
  google.state.refuseNext = 1
  await desk.run(actor, id)
  await worker.turn()
  const runs = async () => (await desk.list(shop))[0]?.runs ?? []
  expect((await runs())[0]).toMatchObject({ state: 'failed', problem: 'later', url: null })
  expect(await worker.turn()).toBe(false)
  world.clock.advance(5 * minuteMs)
  await worker.turn()
  expect(cells).toHaveLength(2)
  google.state.sharedWith = 'nobody'
  await desk.run(actor, id)
  await worker.turn()
  expect((await runs())[0]).toMatchObject({ problem: 'not_shared' })
  expect((await desk.list(shop))[0]).toMatchObject({ isAgain: true })
  google.state.sharedWith = email
  await desk.remove(actor, id)
})

test('a mail that does not leave is tried again while the file lies ready; and the page says so until it is over', async () => {
  const { desk, worker, actor, shop, mails, mailing, textOf } = await openShop()
  const id = await desk.create(actor, daily)
  mailing.isAway = true
  await desk.run(actor, id)
  while (await worker.turn());
  const run = async () => (await desk.list(shop))[0]?.runs[0]
  const first = await run()
  expect(first).toMatchObject({
    state: 'done',
    mail: {
      untold: ['me@shop.example'],
      problem: 'mail:busy',
      againAt: world.clock.now() + 5 * minuteMs,
    },
  })
  expect(await textOf(first?.url ?? '')).toContain('kim@x.kr')
  mailing.isAway = false
  world.clock.advance(5 * minuteMs)
  while (await worker.turn());
  expect(mails).toHaveLength(1)
  expect((await run())?.mail).toBeNull()
  // Given up after four tries; the file is not written again for it.
  mailing.isAway = true
  await desk.run(actor, id)
  for (const minutes of [0, 5, 15, 45, 600]) {
    world.clock.advance(minutes * minuteMs)
    while (await worker.turn());
  }
  expect(await run()).toMatchObject({ state: 'done', mail: { againAt: null } })
  await desk.remove(actor, id)
})

test('without an account for mail nobody is told, and the page says so; in a restored copy nothing is written', async () => {
  const { desk, worker, actor, shop, mails, mailing } = await openShop()
  const id = await desk.create(actor, daily)
  mailing.hasAccount = false
  await desk.run(actor, id)
  while (await worker.turn());
  expect(mails).toHaveLength(0)
  const runs = async () => (await desk.list(shop))[0]?.runs ?? []
  expect((await runs())[0]).toMatchObject({
    state: 'done',
    mail: { untold: ['me@shop.example'], problem: 'no_mail', againAt: null },
  })
  mailing.hasAccount = true
  await world.db`update shops set restored_at = 1 where id = ${shop}`
  await desk.run(actor, id)
  expect(await worker.turn()).toBe(false)
  expect(await runs()).toHaveLength(1)
  await world.db`update shops set restored_at = null where id = ${shop}`
  while (await worker.turn());
  expect(await runs()).toHaveLength(2)
  expect(mails).toHaveLength(1)
  await desk.remove(actor, id)
})

test('a segment that is gone, or not settled, is no empty file; a run whose worker died is over', async () => {
  const { desk, worker, actor, shop, segment } = await openShop()
  const id = await desk.create(actor, { ...daily, emails: [] })
  const runs = async () => (await desk.list(shop))[0]?.runs ?? []
  segment.state = 'building'
  await desk.run(actor, id)
  while (await worker.turn());
  expect((await runs())[0]).toMatchObject({ state: 'failed', problem: 'not_ready' })
  segment.state = 'gone'
  await desk.run(actor, id)
  while (await worker.turn());
  expect((await runs())[0]).toMatchObject({ state: 'failed', problem: 'no_segment' })
  segment.state = 'live'
  await world.db`
    insert into standing_file_runs (shop, file, state, begun_at) values (${shop}, ${id}, 'running', 0)`
  await desk.run(actor, id)
  while (await worker.turn());
  expect((await runs()).map(({ state, problem }) => `${state} ${problem}`).slice(0, 2)).toEqual([
    'done null',
    'failed interrupted',
  ])
  await desk.put(actor, id, false)
  await expect(desk.run(actor, id)).rejects.toThrow('on first')
  await desk.remove(actor, id)
})

test('events since the last file are posted to a server, signed, each once', async () => {
  const { desk, worker, actor, shop, tenants } = await openShop()
  const calls: { readonly headers: Record<string, unknown>; readonly body: string }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    calls.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') })
    response.writeHead(calls.length === 2 ? 500 : 204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`
  const draft: StandingDraft = {
    ...daily,
    what: { kind: 'events', names: ['Order Completed'] },
    place: { kind: 'server', url },
    every: { kind: 'hour' },
  }
  await expect(desk.create(actor, draft)).rejects.toThrow('webhook secret')
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
  await tenants.set(shop, 'webhook', { sealedSecret: safe.seal(secret) })
  await desk.create(actor, draft)
  const at = new Date(world.clock.now()).toISOString()
  const event = { shop, customer: 0, at, name: 'Order Completed', properties: '{"total":1}' }
  await world.warehouse.insert('events', [
    { ...event, position: 1 },
    { ...event, position: 2, name: 'Product Viewed' },
  ])
  world.clock.advance(hourMs)
  await worker.turn()
  const { headers, body } = calls[0] ?? { headers: {}, body: '' }
  expect(
    body
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[1]),
  ).toEqual(['Order Completed'])
  const signed = signedHeaders(
    { id: String(headers['webhook-id']), seconds: Number(headers['webhook-timestamp']), body },
    secret,
  )
  expect(headers['webhook-signature']).toBe(signed['webhook-signature'])
  await world.warehouse.insert('events', [{ ...event, position: 1_001 }])
  // A server that fails gets the same events again.
  const later = standingWork({
    db: world.db,
    clock: world.clock,
    warehouse: world.warehouse,
    vault: safe,
    shops: tenants,
    publicUrl: '',
    allowPrivate: true,
    segment: async () => ({ state: 'live' }),
    members: async () => [],
    completeTo: async () => 2_000,
    post: async () => ({ kind: 'accepted', providerId: '1' }),
    hasMail: () => true,
  })
  world.clock.advance(hourMs)
  await later.turn()
  world.clock.advance(5 * minuteMs)
  await later.turn()
  expect(calls.map((call) => call.body.trim().split('\r\n').length)).toEqual([2, 2, 2])
  server.closeAllConnections()
  server.close()
})

test('a file is due at the hour, in the morning or on a weekday by the clocks of the shop', () => {
  const at = Date.UTC(2026, 2, 1, 0, 30)
  const text = (every: StandingDraft['every']) =>
    new Date(nextDue(every, at, 'Asia/Seoul')).toISOString()
  expect(text({ kind: 'hour' })).toBe('2026-03-01T01:00:00.000Z')
  expect(text({ kind: 'day', minute: 7 * 60 })).toBe('2026-03-01T22:00:00.000Z')
  expect(text({ kind: 'day', minute: 10 * 60 })).toBe('2026-03-01T01:00:00.000Z')
  // 1 March 2026 is a Sunday.
  expect(text({ kind: 'week', weekday: 0, minute: 9 * 60 })).toBe('2026-03-08T00:00:00.000Z')
  expect(text({ kind: 'week', weekday: 1, minute: 9 * 60 })).toBe('2026-03-02T00:00:00.000Z')
})
