import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import { type IngestServer, openIngestServer } from '../testing/ingest-server.service.ts'
import type { Happening } from './happening.ts'
import { ingestRoutes } from './ingest.routes.ts'

let server: IngestServer
let shop: ShopId
beforeAll(async () => {
  server = await openIngestServer()
  shop = server.shop
})
afterAll(() => server.close())

let made = 0
const fresh = () => `ingest-${made++}`
const event = (more: object = {}) => ({
  anonymousId: 'a',
  event: 'Tested',
  messageId: fresh(),
  ...more,
})
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
})

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = basic(server.writeKey),
) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: isRaw ? (body as string) : JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  }
}

const byId = async (messageId: string): Promise<Happening | undefined> =>
  (await server.log()).find((one) => one.messageId === messageId)

describe('a key', () => {
  test('is the Basic user, a Bearer token or in the body', async () => {
    expect(await post('/v1/track', event())).toMatchObject({
      status: 200,
      body: { success: true, accepted: 1 },
    })
    expect(
      await post('/v1/t', event(), { authorization: `Bearer ${server.writeKey}` }),
    ).toMatchObject({ status: 200 })
    expect(
      await post('/v1/b', { writeKey: server.browserKey, batch: [event({ type: 'track' })] }, {}),
    ).toMatchObject({ status: 200 })
  })

  test('that is unknown, missing or revoked is refused before anything is kept', async () => {
    const before = (await server.log()).length
    for (const headers of [
      {},
      basic('nobody'),
      basic(''),
      { authorization: 'Digest x' },
      basic('x'.repeat(5000)),
    ]) {
      expect(await post('/v1/track', event(), headers)).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated', field: 'writeKey' },
      })
    }
    expect(await post('/v1/track', { ...event(), writeKey: 12 }, {})).toMatchObject({ status: 401 })
    expect((await server.log()).length).toBe(before)
  })

  test('decides what is verified: a page only claims, until the shop signed the id', async () => {
    const [claim, signed, sent] = [fresh(), fresh(), fresh()]
    await post('/v1/identify', { userId: 'u9', messageId: claim }, basic(server.browserKey))
    const userSignature = server.sign('u9')
    await post(
      '/v1/identify',
      { userId: 'u9', messageId: signed, context: { userSignature } },
      basic(server.browserKey),
    )
    await post('/v1/identify', { userId: 'u9', messageId: sent })
    expect(await byId(claim)).toMatchObject({ ids: { verified: false } })
    expect(await byId(signed)).toMatchObject({ ids: { verified: true }, body: { browser: true } })
    expect(await byId(sent)).toMatchObject({ ids: { verified: true } })
  })
})

describe('every path', () => {
  test.each([
    ['track', 't', 'event', { event: 'X' }],
    ['identify', 'i', 'identify', {}],
    ['page', 'p', 'event', {}],
    ['screen', 's', 'event', {}],
    ['group', 'g', 'group', { groupId: 'g' }],
    ['alias', 'a', 'alias', { previousId: 'p' }],
  ])('/v1/%s and /v1/%s', async (...[long, short, kind, more]) => {
    for (const path of [long, short]) {
      const messageId = fresh()
      expect(await post(`/v1/${path}`, { userId: 'u', messageId, ...more })).toMatchObject({
        status: 200,
      })
      expect(await byId(messageId)).toMatchObject({ kind })
    }
  })

  test('/v1/batch names what it refuses and keeps the rest', async () => {
    const [good, twice] = [event({ type: 'track' }), event({ type: 'track' })]
    const answer = await post('/v1/batch', {
      batch: [good, { type: 'track', event: 'X' }, twice, twice],
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, accepted: 2, duplicates: 1 },
    })
    expect(answer.body.refused).toEqual([{ index: 1, field: 'userId', reason: expect.any(String) }])
    expect(await post('/v1/batch', { batch: [{ type: 'x' }] })).toMatchObject({
      status: 400,
      body: { field: 'type', refused: [{ index: 0 }] },
    })
    expect(await post('/v1/batch', { batch: [] })).toMatchObject({
      status: 200,
      body: { accepted: 0 },
    })
  })

  test('/v1/import keeps the time of what happened long ago', async () => {
    const messageId = fresh()
    const batch = [event({ type: 'track', messageId, timestamp: '2019-05-05T00:00:00Z' })]
    expect(await post('/v1/import', { batch, sentAt: '2026-01-01T00:00:00Z' })).toMatchObject({
      status: 200,
    })
    expect(await byId(messageId)).toMatchObject({ at: Date.UTC(2019, 4, 5), importId: 'api' })
    expect(await post('/v1/import', { batch }, basic(server.browserKey))).toMatchObject({
      status: 403,
    })
  })

  test('GET is not a way in', async () => {
    expect((await fetch(`${server.url}/v1/track`)).status).toBe(404)
  })
})

describe('a page of another origin', () => {
  test('may ask with a browser key, and is told why it is refused', async () => {
    const preflight = await fetch(`${server.url}/v1/t`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
    const origin = { origin: 'https://shop.example' }
    expect(
      (await post('/v1/t', event(), { ...origin, ...basic(server.browserKey) })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBe('*')
    expect(
      (await post('/v1/t', event(), { ...origin, ...basic('nobody') })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBe('*')
  })

  test('may not read what a secret key is answered', async () => {
    expect((await post('/v1/t', event())).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('bodies', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', ''])(
    'JSON and gzip are read whatever they are called: %j',
    async (type) => {
      const headers = { ...basic(server.writeKey), 'content-type': type }
      expect(await post('/v1/track', JSON.stringify(event()), headers)).toMatchObject({
        status: 200,
      })
      expect(await post('/v1/track', gzipSync(JSON.stringify(event())), headers)).toMatchObject({
        status: 200,
      })
      expect(await post('/v1/track', `\ufeff${JSON.stringify(event())}`, headers)).toMatchObject({
        status: 200,
      })
    },
  )

  test.each([
    '',
    '{',
    '{"event":',
    'null',
    '[]',
    '"x"',
    '{"event":"X",}',
    '{"a":1}{"b":2}',
    'undefined',
    '<xml/>',
  ])('broken or foreign JSON is refused with a reason: %j', async (text) => {
    expect(await post('/v1/track', text)).toMatchObject({
      status: 400,
      body: { code: 'invalid', field: 'body' },
    })
  })

  test('damaged gzip, a bomb and absurd nesting are refused', async () => {
    expect(await post('/v1/track', gzipSync('{}').subarray(0, 12))).toMatchObject({ status: 400 })
    // Packed beside the loop: on a busy machine it takes longer than an idle connection is kept.
    const bomb = await promisify(gzip)(Buffer.alloc(200 * 1024 * 1024))
    expect(await post('/v1/track', bomb)).toMatchObject({ status: 413 })
    expect(await post('/v1/track', `${'['.repeat(200_000)}`)).toMatchObject({ status: 400 })
    expect(
      await post('/v1/track', `${'{"a":'.repeat(50_000)}1e500${'}'.repeat(50_000)}`),
    ).toMatchObject({ status: 400 })
    const deep = `{"anonymousId":"a","event":"X","properties":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`
    expect(await post('/v1/track', deep)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('deeper') },
    })
  })

  test('an event over 32 KB costs itself, a body over 500 KB or 2,500 events the request', async () => {
    const large = event({ type: 'track', properties: { text: '한'.repeat(11_000) } })
    expect(await post('/v1/batch', { batch: [large, event({ type: 'track' })] })).toMatchObject({
      status: 200,
      body: { accepted: 1, refused: [{ index: 0, reason: expect.stringContaining('32 KB') }] },
    })
    const batch = Array.from({ length: 20 }, () =>
      event({ type: 'track', properties: { text: 'x'.repeat(30_000) } }),
    )
    expect(await post('/v1/batch', { batch })).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    })
    expect(await post('/v1/batch', { batch: Array.from({ length: 2501 }, () => 0) })).toMatchObject(
      { status: 413 },
    )
  })

  test('10 MB are refused early, declared or not', async () => {
    expect(await post('/v1/batch', 'x'.repeat(10 * 1024 * 1024))).toMatchObject({ status: 413 })
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    const answer = new Promise<string>((done) => socket.once('data', (data) => done(String(data))))
    socket.on('error', () => undefined)
    const key = Buffer.from(`${server.writeKey}:`).toString('base64')
    socket.write(
      `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${key}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`
    // It never ends: the answer comes all the same.
    for (let i = 0; i < 12; i++) socket.write(chunk)
    expect(await answer).toMatch(/^HTTP\/1.1 413/)
    socket.destroy()
    expect(await post('/v1/track', event())).toMatchObject({ status: 200 })
  })
})

test('a busy line is 503 with Retry-After, and nothing is kept', async () => {
  const now = server.world.clock.now()
  server.world.clock.set(now + 2 * minuteMs)
  const answer = await post('/v1/track', event())
  server.world.clock.set(now)
  expect(answer).toMatchObject({ status: 503, body: { code: 'busy' } })
  expect(answer.headers.get('retry-after')).toBe('2')
})

test('whoever must come again is told so before the body is read, when the key is in a header', async () => {
  const now = server.world.clock.now()
  const send = (headers: Readonly<Record<string, string>>) =>
    fetch(`${server.url}/v1/track`, { method: 'POST', headers, body: 'not even JSON' })
  expect((await send(basic(server.writeKey))).status).toBe(400)
  server.world.clock.set(now + 2 * minuteMs)
  const busy = await send(basic(server.writeKey))
  const unknown = await send({})
  server.world.clock.set(now)
  expect(busy.status).toBe(503)
  expect(busy.headers.get('retry-after')).toBe('2')
  expect(unknown.status).toBe(400)
})

test('what a bot sends with a page’s key makes nobody and is counted; the shop may let it count', async () => {
  const bot = 'Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)'
  const send = (key: string, body: object) =>
    fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { ...basic(key), 'user-agent': bot },
      body: JSON.stringify(body),
    }).then((answer) => answer.json())
  const before = (await server.log()).length
  const batch = [
    { type: 'track', ...event() },
    { type: 'track', ...event() },
  ]
  expect(await send(server.browserKey, { batch })).toMatchObject({ accepted: 0, bots: 2 })
  // A page says more of its visitor than the call does, and a server is never judged.
  const person = { userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:126.0) Firefox/126.0' }
  const mixed = [
    { type: 'track', ...event(), context: person },
    { type: 'track', ...event() },
  ]
  expect(await send(server.browserKey, { batch: mixed })).toMatchObject({ accepted: 1, bots: 1 })
  expect(await send(server.writeKey, { batch })).toEqual({
    success: true,
    accepted: 2,
    duplicates: 0,
    refused: [],
  })
  expect((await server.log()).length).toBe(before + 3)
  expect(await server.needs.visitors.bots(server.shop)).toMatchObject([
    { bot: 'Yeti (NAVER)', happenings: 3 },
  ])
  await server.shops.set(server.shop, 'visitors', { leaveOutBots: false })
  expect(await send(server.browserKey, { batch: [{ type: 'track', ...event() }] })).toMatchObject({
    accepted: 1,
  })
})

test('a visit from the office says so, and no address is kept', async () => {
  await server.shops.set(server.shop, 'visitors', {
    offices: [{ network: '203.0.113.0/24', name: '본사' }],
  })
  const send = (key: string, address: string, more: object = {}) =>
    fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: { ...basic(key), 'x-forwarded-for': `${address}, 10.0.0.1` },
      body: JSON.stringify({ ...event(), ...more }),
    })
  await send(server.browserKey, '203.0.113.9')
  await send(server.browserKey, '198.51.100.9')
  await send(server.writeKey, '203.0.113.9')
  await send(server.writeKey, '198.51.100.9', { context: { ip: '203.0.113.9' } })
  const told = (await server.log()).slice(-4)
  expect(told.map(({ body }) => body.office === true)).toEqual([true, false, false, true])
  expect(JSON.stringify(told)).not.toContain('203.0.113.9')
})

test('the routes also work on standard requests, without a socket', async () => {
  const app = ingestRoutes(server.needs)
  const request = (body: string) =>
    app.request('/v1/track', { method: 'POST', headers: basic(server.writeKey), body })
  expect((await request(JSON.stringify(event()))).status).toBe(200)
  expect((await request('x'.repeat(600 * 1024))).status).toBe(413)
})

const naughtyFile = resolve(import.meta.dirname, '../../../../shared/data/naughty-strings.json')

test.skipIf(!existsSync(naughtyFile))(
  'strings that break programs go in as they are, in every field at once',
  async () => {
    const naughty = JSON.parse(readFileSync(naughtyFile, 'utf8')) as readonly string[]
    const sent = naughty.map((text, index) => ({
      type: 'track',
      anonymousId: `naughty-${index}`,
      messageId: `naughty-${index}`,
      event: 'Tested',
      properties: { text, [`key ${text}`]: text, products: [{ name: text }] },
      context: { page: { title: text }, locale: text },
    }))
    const traits = naughty.map((text, index) => ({
      type: 'identify',
      userId: `naughty-${index}`,
      messageId: `naughty-t-${index}`,
      traits: { name: text, email: text, note: { text } },
    }))
    for (let from = 0; from < sent.length; from += 100) {
      const batch = [...sent.slice(from, from + 100), ...traits.slice(from, from + 100)]
      expect(await post('/v1/batch', { batch })).toMatchObject({
        status: 200,
        body: { accepted: batch.length, refused: [] },
      })
    }
    const log = new Map((await server.log()).map((one) => [one.messageId, one]))
    naughty.forEach((text, index) => {
      const kept = text.toWellFormed().normalize('NFC')
      expect(log.get(`naughty-${index}`)?.body.properties?.text).toBe(kept)
      expect(log.get(`naughty-t-${index}`)?.body.traits?.note).toEqual({ text: kept })
    })
    for (const field of ['userId', 'anonymousId', 'event', 'messageId', 'timestamp', 'type']) {
      const batch = naughty
        .slice(0, 485)
        .map((text) => ({ type: 'track', anonymousId: 'a', event: 'Tested', [field]: text }))
      const answer = await post('/v1/batch', { batch })
      const {
        accepted = 0,
        duplicates = 0,
        refused,
      } = answer.body as { accepted?: number; duplicates?: number; refused: unknown[] }
      expect(accepted + duplicates + refused.length).toBe(batch.length)
    }
  },
)

test('eight writers over HTTP lose nothing', async () => {
  const before = (await server.log()).length
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 20; i++) {
        const batch = Array.from({ length: 10 }, () => event({ type: 'track' }))
        expect(await post('/v1/batch', { batch })).toMatchObject({
          status: 200,
          body: { accepted: 10 },
        })
      }
    }),
  )
  expect((await server.log()).length).toBe(before + 1600)
  expect((await server.positions(shop)).every((position, index) => position === index + 1)).toBe(
    true,
  )
})
