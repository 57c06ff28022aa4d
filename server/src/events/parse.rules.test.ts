import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../lib/json.ts'
import { readJson } from '../lib/json-parse.ts'
import type { Happening } from './happening.ts'
import { fromLogRow, toLogRow } from './logged.ts'
import { type CallKind, type Intake, type Parsed, parseCall } from './parse.ts'

const receivedAt = Date.UTC(2026, 10, 22, 3)
const server: Intake = {
  receivedAt,
  scope: 'write',
  protect: (kind, normalised) => ({
    hash: `${kind}#${normalised.length}`,
    sealed: 'sealed',
    masked: 'masked',
  }),
  vouches: (userId, signature) => signature === `signed:${userId}`,
  newId: () => 'made',
  sight: { botOf: () => undefined, fromOffice: () => false },
}
const browser: Intake = { ...server, scope: 'browser' }

/** Sends a body as JSON text, as a client would. */
function send(kind: CallKind, body: unknown, intake: Intake = server): Parsed {
  const read = readJson(typeof body === 'string' ? body : JSON.stringify(body))
  return parseCall(kind, read.kind === 'json' ? read.value : null, intake)
}

function one(kind: CallKind, body: unknown, intake: Intake = server): Happening {
  const parsed = send(kind, body, intake)
  const happening = parsed.kind === 'parsed' ? parsed.happenings[0] : undefined
  if (!happening) throw new Error(JSON.stringify(parsed))
  return happening
}

function refusal(kind: CallKind, body: unknown, intake: Intake = server) {
  const parsed = send(kind, body, intake)
  return parsed.kind === 'parsed' ? (parsed.refused[0] ?? parsed.happenings) : parsed
}

const anyone = { anonymousId: 'device-1' }

describe('every kind of call becomes a happening', () => {
  test('track', () => {
    const body = {
      userId: 'u1',
      anonymousId: 'a1',
      event: ' Product Added ',
      messageId: 'm1',
      properties: { product_id: 'P1', price: 12000, note: null },
      context: {
        ip: '1.2.3.4',
        locale: 'ko-KR',
        device: { id: 'x' },
        library: { name: 'analytics-node' },
      },
    }
    expect(one('track', body)).toEqual({
      kind: 'event',
      name: 'Product Added',
      at: receivedAt,
      receivedAt,
      messageId: 'm1',
      ids: { user: 'u1', anonymous: 'a1', verified: true },
      body: {
        properties: { product_id: 'P1', price: 12000, note: null },
        context: { locale: 'ko-KR', library: { name: 'analytics-node' } },
      },
    })
  })

  test('page takes what it lacks from the context', () => {
    const page = {
      url: 'https://shop.example/a?b=c',
      path: '/a',
      title: '상점',
      referrer: '',
      search: '?b=c',
    }
    const made = one('page', {
      ...anyone,
      name: 'Home',
      category: 'Shop',
      properties: { title: 'T' },
      context: { page },
    })
    expect(made).toMatchObject({ kind: 'event', name: 'Page Viewed' })
    expect(made.body.properties).toEqual({ ...page, title: 'T', name: 'Home', category: 'Shop' })
  })

  test('screen, group and alias', () => {
    expect(one('screen', { ...anyone, name: 'Cart' })).toMatchObject({
      name: 'Screen Viewed',
      body: { properties: { name: 'Cart' } },
    })
    const group = one('group', {
      ...anyone,
      groupId: 7,
      traits: { name: 'Co', email: 'info@co.example' },
    })
    expect(group).toMatchObject({
      kind: 'group',
      name: 'Grouped',
      body: { groupId: '7', traits: { name: 'Co' } },
    })
    expect(JSON.stringify(group)).not.toContain('co.example')
    expect(one('alias', { userId: 'u', previousId: 'old' })).toMatchObject({
      kind: 'alias',
      name: 'Aliased',
      body: { previousId: 'old' },
    })
  })

  test('an address leaves traits, properties and context, and nothing of it stays readable', () => {
    const made = one('identify', {
      userId: 'u',
      traits: { email: 'Kim@Example.com', phone: '010-1234-5678', name: '김하늘' },
    })
    expect(made.ids.email).toEqual({ hash: 'email#15', sealed: 'sealed', masked: 'masked' })
    expect(made.ids.phone?.hash).toBe('phone#13')
    expect(made.body.traits).toEqual({ name: '김하늘', email_invalid: null, phone_invalid: null })
    const track = one('track', {
      userId: 'u',
      event: 'Signed Up',
      properties: { email: 'kim@example.com' },
      context: { traits: { phone: 1012345678 } },
    })
    expect(track.ids.email?.hash).toBe('email#15')
    expect(track.ids.phone?.hash).toBe('phone#13')
    expect(JSON.stringify([made, track])).not.toMatch(/example|12345678/i)
  })

  test('an address that cannot be used is dropped and marked', () => {
    const made = one('identify', { userId: 'u', traits: { email: 'kim@', phone: 'call me' } })
    expect(made.ids).toEqual({ user: 'u', verified: true })
    expect(made.body.traits).toEqual({ email_invalid: true, phone_invalid: true })
  })

  test('a number that a marketplace lends for a while names nobody', () => {
    const made = one('identify', { userId: 'u', traits: { phone: '0504-1234-5678' } })
    expect(made.ids.phone).toBeUndefined()
    expect(made.body.traits).toEqual({ phone_invalid: true })
  })
})

describe('who is believed', () => {
  test("a page's word for a member is a claim until the shop signed it", () => {
    const claim = { userId: 'u1', event: 'X' }
    expect(one('track', claim, browser)).toMatchObject({
      ids: { verified: false },
      body: { browser: true },
    })
    expect(
      one('track', { ...claim, context: { userSignature: 'signed:u1' } }, browser).ids.verified,
    ).toBe(true)
    expect(
      one('track', { ...claim, context: { userSignature: 'signed:u2' } }, browser).ids.verified,
    ).toBe(false)
    expect(
      one('track', { ...claim, context: { userSignature: 'signed:u1' } }, browser).body.context,
    ).toBeUndefined()
  })

  test('a page may not record consent, change the catalogue or import history', () => {
    const consent = {
      userId: 'u',
      event: 'Consent Changed',
      properties: { channel: 'email', kind: 'grant', scope: 'ad_day' },
    }
    expect(refusal('track', consent, browser)).toMatchObject({
      field: 'event',
      reason: expect.stringContaining('consent'),
    })
    expect(
      refusal(
        'track',
        { ...anyone, event: 'Product Updated', properties: { product_id: 'P' } },
        browser,
      ),
    ).toMatchObject({ field: 'event' })
    expect(refusal('import', { batch: [] }, browser)).toMatchObject({
      kind: 'refused',
      code: 'forbidden',
    })
  })

  test('a server records consent with its proof', () => {
    const properties = {
      channel: 'email',
      kind: 'grant',
      scope: 'ad_day',
      wording: 'v3',
      evidence: { form: 'signup' },
      extra: 1,
    }
    expect(one('track', { userId: 'u', event: 'Consent Changed', properties })).toMatchObject({
      kind: 'consent',
      name: 'Consent Changed',
      body: {
        properties: {
          channel: 'email',
          kind: 'grant',
          scope: 'ad_day',
          source: 'api',
          wording: 'v3',
          evidence: { form: 'signup' },
        },
      },
    })
    expect(
      refusal('track', {
        userId: 'u',
        event: 'Consent Changed',
        properties: { ...properties, channel: 'fax' },
      }),
    ).toMatchObject({ field: 'properties.channel' })
  })

  test('a product belongs to nobody', () => {
    const made = one('track', {
      event: 'Product Updated',
      properties: { product_id: 12, price: 900 },
    })
    expect(made).toMatchObject({
      kind: 'product',
      ids: { verified: true },
      body: { properties: { product_id: '12', price: 900 } },
    })
  })

  test('a kiosk says so, and a server may name a guest by address alone', () => {
    expect(
      one('track', { ...anyone, event: 'X', context: { mode: 'shared' } }, browser).ids.kiosk,
    ).toBe(true)
    expect(
      one('track', { event: 'X', properties: { email: 'kim@example.com' } }).ids.email,
    ).toBeDefined()
    expect(
      refusal('track', { event: 'X', properties: { email: 'kim@example.com' } }, browser),
    ).toMatchObject({ field: 'userId' })
  })
})

describe('time', () => {
  test('a clock that is wrong is corrected by what it said when it sent', () => {
    const body = {
      ...anyone,
      event: 'X',
      timestamp: '2026-11-22T10:00:00.000Z',
      sentAt: '2026-11-22T10:00:05.000Z',
    }
    expect(one('track', body)).toMatchObject({ at: receivedAt - 5000 })
    const batch = send('batch', {
      sentAt: body.sentAt,
      batch: [{ type: 'track', ...anyone, event: 'X', originalTimestamp: body.timestamp }],
    })
    expect(batch).toMatchObject({ happenings: [{ at: receivedAt - 5000 }] })
  })

  test('the future becomes now and says so, an import keeps its time, and the last century is refused', () => {
    const future = { ...anyone, event: 'X', timestamp: '2030-01-01T00:00:00Z' }
    expect(one('track', future)).toMatchObject({ at: receivedAt, body: { atCorrected: true } })
    const nearly = new Date(receivedAt + 60_000).toISOString()
    expect(one('track', { ...future, timestamp: nearly })).toMatchObject({
      at: receivedAt + 60_000,
    })
    expect(refusal('track', { ...future, timestamp: '1999-12-31T23:59:59Z' })).toMatchObject({
      field: 'timestamp',
      reason: expect.stringContaining('2000'),
    })
    const imported = {
      sentAt: '2026-11-22T10:00:00Z',
      batch: [{ type: 'track', ...anyone, event: 'X', timestamp: '2025-05-05T00:00:00Z' }],
    }
    expect(send('import', imported)).toMatchObject({
      happenings: [{ at: Date.UTC(2025, 4, 5), importId: 'api' }],
    })
  })

  test.each([
    ['2026-11-22T02:00:00Z'],
    ['2026-11-22T11:00:00+09:00'],
    ['2026-11-22 02:00'],
    ['2026-11-22T02:00:00.000000000Z'],
    ['2026-11-22T11:00:00+0900'],
    [Date.UTC(2026, 10, 22, 2)],
    [Date.UTC(2026, 10, 22, 2) / 1000],
  ])('%s is a time', (timestamp) => {
    expect(one('track', { ...anyone, event: 'X', timestamp }).at).toBe(Date.UTC(2026, 10, 22, 2))
  })

  test.each(['yesterday', '2026-02-30T00:00:00Z', {}, true, -1, '22/11/2026'])(
    '%j is refused by name',
    (timestamp) => {
      expect(refusal('track', { ...anyone, event: 'X', timestamp })).toMatchObject({
        field: 'timestamp',
      })
    },
  )
})

describe('what cannot be taken is refused by name, and alone', () => {
  test.each<[CallKind, unknown, string]>([
    ['track', { event: 'X' }, 'userId'],
    ['track', { userId: 'undefined', event: 'X' }, 'userId'],
    ['track', { userId: { a: 1 }, event: 'X' }, 'userId'],
    ['track', { userId: 'x'.repeat(256), event: 'X' }, 'userId'],
    ['track', { userId: 'a\u0000b', event: 'X' }, 'userId'],
    ['track', { ...anyone }, 'event'],
    ['track', { ...anyone, event: 7 }, 'event'],
    ['track', { ...anyone, event: '  ' }, 'event'],
    ['track', { ...anyone, event: 'x'.repeat(201) }, 'event'],
    ['track', { ...anyone, event: 'Message Sent' }, 'event'],
    ['track', { ...anyone, event: 'X', properties: [] }, 'properties'],
    ['track', { ...anyone, event: 'X', context: 'x' }, 'context'],
    ['track', { ...anyone, event: 'X', messageId: {} }, 'messageId'],
    ['identify', { ...anyone, traits: 'x' }, 'traits'],
    ['group', { ...anyone }, 'groupId'],
    ['alias', { userId: 'u' }, 'previousId'],
    ['track', `{"anonymousId":"a","event":"X","properties":{"__proto__":{"admin":true}}}`, 'body'],
    [
      'track',
      `{"anonymousId":"a","event":"X","properties":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
      'body',
    ],
    ['track', { ...anyone, event: 'X', properties: { long: 'x'.repeat(33_000) } }, 'body'],
  ])('%s %j: %s', (kind, body, field) => {
    expect(refusal(kind, body)).toMatchObject({
      index: 0,
      field,
      reason: expect.stringMatching(/\.$/),
    })
  })

  test('one bad item does not cost its neighbours', () => {
    const batch = [
      { type: 'track', ...anyone, event: 'A' },
      7,
      { type: 'dance', ...anyone },
      { type: 'page', ...anyone },
    ]
    expect(send('batch', { batch })).toMatchObject({
      happenings: [{ name: 'A' }, { name: 'Page Viewed' }],
      origins: [0, 3],
      refused: [
        { index: 1, field: 'body' },
        { index: 2, field: 'type' },
      ],
    })
  })

  test('a body that is no batch is refused whole', () => {
    expect(send('batch', {})).toMatchObject({ kind: 'refused', field: 'batch' })
    expect(send('batch', [])).toMatchObject({ kind: 'refused', field: 'body' })
    expect(send('batch', { batch: Array.from({ length: 2501 }, () => 0) })).toMatchObject({
      code: 'too-large',
    })
  })
})

test("GA4's names become Segment's, and a shopper's reload orders nothing twice", () => {
  const purchase = {
    ...anyone,
    messageId: 'random',
    event: 'purchase',
    properties: { transaction_id: 'T-1', value: 5, items: [] },
  }
  expect(one('track', purchase, browser)).toMatchObject({
    name: 'Order Completed',
    messageId: 'order-completed:T-1',
  })
  expect(one('track', purchase, server).messageId).toBe('random')
  const added = {
    ...anyone,
    messageId: 'm',
    dataLayer: { event: 'add_to_cart', ecommerce: { items: [{ item_id: 'A' }, { item_id: 'B' }] } },
  }
  expect(send('track', added, browser)).toMatchObject({
    happenings: [
      { name: 'Product Added', messageId: 'm' },
      { name: 'Product Added', messageId: 'm:1' },
    ],
    origins: [0, 0],
  })
})

test('long numbers, NFD Hangul, half surrogates and NUL survive the way to the log and back', () => {
  const text = `{"anonymousId":"${'가'.normalize('NFD')}","event":"X","properties":{"n":12345678901234567890,"d":0.12345678901234567,"e":1e400,"s":"\\ud800","z":"a\\u0000b"}}`
  const happening = one('track', text)
  const row = toLogRow(happening)
  expect(row.body).toBe(
    '{"properties":{"n":12345678901234567890,"d":0.12345678901234567,"e":1e400,"s":"\ufffd","z":"a\\u0000b"}}',
  )
  expect(fromLogRow(row)).toEqual(happening)
  expect(happening.ids.anonymous).toBe('가')
})

const naughtyFile = resolve(import.meta.dirname, '../../../../shared/data/naughty-strings.json')

describe.skipIf(!existsSync(naughtyFile))('strings that break programs', () => {
  const naughty = existsSync(naughtyFile)
    ? (JSON.parse(readFileSync(naughtyFile, 'utf8')) as readonly string[])
    : []
  const places: Readonly<Record<string, (text: string) => readonly [CallKind, JsonObject]>> = {
    userId: (text) => ['track', { userId: text, event: 'X' }],
    anonymousId: (text) => ['track', { anonymousId: text, event: 'X' }],
    event: (text) => ['track', { ...anyone, event: text }],
    messageId: (text) => ['track', { ...anyone, event: 'X', messageId: text }],
    timestamp: (text) => ['track', { ...anyone, event: 'X', timestamp: text }],
    sentAt: (text) => ['track', { ...anyone, event: 'X', sentAt: text }],
    property: (text) => ['track', { ...anyone, event: 'X', properties: { text, list: [text] } }],
    'property name': (text) => [
      'track',
      { ...anyone, event: 'X', properties: Object.fromEntries([[text, 1]]) },
    ],
    trait: (text) => [
      'identify',
      { userId: 'u', traits: { name: text, email: text, phone: text } },
    ],
    context: (text) => ['page', { ...anyone, context: { page: { url: text }, locale: text } }],
    previousId: (text) => ['alias', { userId: 'u', previousId: text }],
    groupId: (text) => ['group', { ...anyone, groupId: text }],
    type: (text) => ['batch', { batch: [{ ...anyone, type: text }] }],
    'whole body': (text) => ['track', text as unknown as JsonObject],
  }
  test.each(Object.entries(places))('as %s are kept as they are or refused by name', (_, place) => {
    for (const text of naughty) {
      const [kind, body] = place(text)
      const parsed = parseCall(kind, JSON.parse(JSON.stringify(body)) as Json, browser)
      if (parsed.kind === 'refused') {
        expect(parsed.reason).toMatch(/\.$/)
        continue
      }
      expect(parsed.happenings.length + parsed.refused.length).toBe(1)
      for (const refused of parsed.refused) expect(refused.field).not.toBe('')
      for (const happening of parsed.happenings)
        expect(fromLogRow(toLogRow(happening))).toEqual(happening)
    }
  })

  test('a property is stored letter for letter, in NFC', () => {
    for (const text of naughty) {
      const kept = one('track', { ...anyone, event: 'X', properties: { text } }).body.properties
        ?.text
      expect(kept).toBe(text.toWellFormed().normalize('NFC'))
    }
  })
})
