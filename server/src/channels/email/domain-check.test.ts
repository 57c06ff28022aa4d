import { createSocket } from 'node:dgram'
import { afterAll, expect, test } from 'vitest'
import { checkDomain } from './domain-check.driver.ts'
import { dkimLight, dmarcLight, spfLight } from './domain-check.ts'

const gmail = { kind: 'smtp', host: 'smtp.gmail.com' } as const
const key = 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD'

test('SPF names the service that sends, and nothing lets everybody in', () => {
  const cases = [
    [['v=spf1 include:_spf.google.com ~all', 'google-site-verification=x'], 'good', null],
    [['v=spf1 redirect=_spf.google.com'], 'good', null],
    [
      ['v=spf1 include:spf.worksmobile.com -all'],
      'weak',
      'v=spf1 include:spf.worksmobile.com include:_spf.google.com -all',
    ],
    [['v=spf1 mx'], 'weak', 'v=spf1 mx include:_spf.google.com'],
    [['v=spf1 include:_spf.google.com +all'], 'wrong', 'v=spf1 include:_spf.google.com ~all'],
    [
      ['v=spf1 a -all', 'v=spf1 include:_spf.google.com ~all'],
      'wrong',
      'v=spf1 a include:_spf.google.com ~all',
    ],
    [['v=spf10 mx ~all'], 'missing', 'v=spf1 include:_spf.google.com ~all'],
    [[], 'missing', 'v=spf1 include:_spf.google.com ~all'],
  ] as const
  for (const [found, state, value] of cases) {
    const light = spfLight(found, gmail)
    expect([light.state, light.record?.value ?? null], found.join()).toEqual([state, value])
  }
  expect(spfLight(undefined, gmail).state).toBe('unknown')
  expect(spfLight(['v=spf1 mx -all'], { kind: 'smtp', host: 'mail.shop.example' }).state).toBe(
    'good',
  )
  expect(spfLight([], { kind: 'resend' }).state).toBe('weak')
})

test('a signing key is there, revoked, or not found where one looked', () => {
  const at = (texts: readonly string[] | undefined, alias: string | null = null) => [
    { selector: 'google', texts, alias },
  ]
  expect(dkimLight(at([key]), gmail).state).toBe('good')
  expect(dkimLight(at(['p=MIGf']), gmail).state).toBe('good')
  expect(
    dkimLight(at([], 'xxx.dkim.amazonses.com'), { kind: 'ses', region: 'ap-northeast-2' }).state,
  ).toBe('good')
  expect(dkimLight(at(['v=DKIM1; p=']), gmail).state).toBe('wrong')
  expect(dkimLight(at(['unrelated']), gmail).state).toBe('unknown')
  expect(dkimLight(at([]), { kind: 'resend' }).state).toBe('missing')
  expect(dkimLight(at(undefined), { kind: 'resend' }).state).toBe('unknown')
})

test('DMARC is there with one valid policy', () => {
  const state = (...texts: string[]) => dmarcLight(texts, 'shop.example').state
  expect(state('v=DMARC1; p=none; rua=mailto:x@shop.example')).toBe('good')
  expect(state('v=DMARC1;p=reject')).toBe('good')
  expect(state('v=DMARC1; rua=mailto:x@shop.example')).toBe('wrong')
  expect(state('v=DMARC1; p=none', 'v=DMARC1; p=reject')).toBe('wrong')
  expect(state('something else')).toBe('missing')
  expect(dmarcLight([], 'shop.example').record).toMatchObject({
    host: '_dmarc',
    value: expect.stringContaining('p=none'),
  })
  expect(dmarcLight(undefined, 'shop.example').state).toBe('unknown')
})

/** A name server for a handful of texts (RFC 1035); `silent.example` is never answered. */
const zone: Readonly<Record<string, string>> = {
  'news.shop.example': 'v=spf1 include:_spf.google.com ~all',
  'google._domainkey.news.shop.example': `${key}${'A'.repeat(300)}`,
  '_dmarc.shop.example': 'v=DMARC1; p=quarantine',
}
const names = createSocket('udp4')
names.on('message', (query, from) => {
  const labels: string[] = []
  let at = 12
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + size).toString())
    at += size + 1
  }
  const name = labels.join('.').toLowerCase()
  if (name.endsWith('silent.example')) return
  const isText = query.readUInt16BE(at + 1) === 16
  const text = isText ? zone[name] : undefined
  const head = Buffer.from(query.subarray(0, at + 5))
  head.writeUInt16BE(text === undefined && !zone[name] ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(text === undefined ? 0 : 1, 6)
  head.fill(0, 8, 12)
  if (text === undefined) return names.send(head, from.port, from.address)
  const pieces = text.match(/.{1,255}/g) ?? []
  const data = Buffer.concat(
    pieces.flatMap((piece) => [Buffer.of(piece.length), Buffer.from(piece)]),
  )
  const record = Buffer.from([
    0xc0,
    12,
    0,
    16,
    0,
    1,
    0,
    0,
    0,
    60,
    data.length >> 8,
    data.length & 255,
  ])
  names.send(Buffer.concat([head, record, data]), from.port, from.address)
})
await new Promise<void>((ready) => names.bind(0, '127.0.0.1', ready))
const server = `127.0.0.1:${names.address().port}`
afterAll(() => {
  names.close()
})

test('a domain’s records are looked up where mailboxes look, the policy of the domain above counts', async () => {
  const lights = await checkDomain(
    { domain: 'news.shop.example', carrier: gmail, selector: '' },
    server,
  )
  expect(lights.map(({ name, state }) => [name, state])).toEqual([
    ['spf', 'good'],
    ['dkim', 'good'],
    ['dmarc', 'good'],
  ])
  const named = await checkDomain(
    { domain: 'news.shop.example', carrier: gmail, selector: 'other' },
    server,
  )
  expect(named[1]?.state).toBe('unknown')
  const bare = await checkDomain(
    { domain: 'nothing.example', carrier: { kind: 'resend' }, selector: '' },
    server,
  )
  expect(bare.map(({ state }) => state)).toEqual(['weak', 'missing', 'missing'])
})

test('a name server that stays silent holds the page for seconds, not for ever', async () => {
  const began = performance.now()
  const lights = await checkDomain(
    { domain: 'silent.example', carrier: gmail, selector: 'x' },
    server,
  )
  expect(lights.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown'])
  expect(performance.now() - began).toBeLessThan(15_000)
}, 20_000)
