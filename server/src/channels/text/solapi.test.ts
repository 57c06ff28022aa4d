import { SolapiMessageService } from 'solapi'
import { afterEach, expect, test } from 'vitest'
import { fakeSolapiKeys as keys, openFakeSolapi } from './fake-solapi.driver.ts'
import { solapiAccount, solapiText } from './solapi.provider.ts'
import { solapiReports } from './solapi-report.ts'
import { textProviderContract } from './text-suite.contract.ts'
import { adText } from './text-world.contract.ts'

textProviderContract({
  name: 'Solapi',
  abilities: { findsLost: true, hasMoney: true, tellsOptOuts: true, callsForThousand: 2 },
  openFake: openFakeSolapi,
  open: (world, key) => {
    const used = key === 'right' ? keys : { ...keys, apiSecret: 'wrong' }
    return { provider: solapiText(used, world), account: solapiAccount(used, world) }
  },
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The official SDK, led to the fake: its address cannot be set, so the way out is turned. */
async function officialSdk() {
  const fake = await openFakeSolapi()
  const way = globalThis.fetch
  globalThis.fetch = (input, init) =>
    way(String(input).replace('https://api.solapi.com', fake.url), init)
  closing.push(fake.close, () => {
    globalThis.fetch = way
  })
  return { fake, sdk: new SolapiMessageService(keys.apiKey, keys.apiSecret) }
}

test("the official SDK's own requests are what the server understands", async () => {
  const { fake, sdk } = await officialSdk()
  const sent = await sdk.send(
    [
      { to: '010-1234-5678', from: '0212345678', text: '안녕하세요', customFields: { key: 'a' } },
      { to: '01000000080', from: '0212345678', text: '안녕하세요' },
    ],
    { showMessageList: true },
  )
  expect(sent.failedMessageList).toMatchObject([{ to: '01000000080', statusCode: '1061' }])
  expect(sent.messageList).toMatchObject([{ statusCode: '2000', customFields: { key: 'a' } }])
  expect(fake.taken).toMatchObject([{ to: '01012345678', text: '안녕하세요', key: 'a' }])
  const id = fake.taken[0]?.id ?? ''
  expect(Object.keys((await sdk.getMessages({ messageIds: [id] })).messageList)).toEqual([id])
  expect((await sdk.getBalance()).balance).toBe(99_980)
  expect((await sdk.getBlacks({ limit: 10 })).blackList).toMatchObject([
    { recipientNumber: '01000000080' },
  ])
})

test('ours ask as the official SDK asks: the same addresses, the same fields', async () => {
  const { fake, sdk } = await officialSdk()
  const message = {
    to: '01012345678',
    from: '0212345678',
    text: '(광고)온샵',
    type: 'SMS',
  } as const
  await sdk.send(
    { ...message, country: '82', autoTypeDetect: false, customFields: { key: 'k' } },
    { allowDuplicates: true, showMessageList: true },
  )
  await sdk.getMessages({ messageIds: ['M4V1', 'M4V2'], limit: 2 })
  await sdk.getBlacks({ limit: 500 })
  await sdk.getBalance()
  const theirs = fake.requests.splice(0)
  const world = { baseUrl: fake.url, now: () => fake.clock.now, gatherMs: 1 }
  const provider = solapiText(keys, world)
  const account = solapiAccount(keys, world)
  await provider.send(adText({ key: 'k', to: '+821012345678', text: '(광고)온샵' }))
  await provider.reports?.(['M4V1', 'M4V2'])
  await account.optOuts()
  await account.balance()
  const shapeOf = ({ method, path, query, body }: (typeof theirs)[number]) => {
    const { agent: _, ...said } = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)
    return { method, path, query: [...query].sort().toString(), said }
  }
  expect(fake.requests.map(shapeOf)).toEqual(theirs.map(shapeOf))
})

// Why the SDK does not send for us (docs/decisions/0017-text-providers.md).
test('the official SDK sends again when an answer is lost; ours does not', async () => {
  const { fake, sdk } = await officialSdk()
  for (let at = 0; at < 4; at++) fake.misbehave({ kind: 'refuse', status: 503 })
  await expect(sdk.send({ to: '01012345678', from: '0212345678', text: 'x' })).rejects.toThrow()
  expect(fake.requests.length).toBeGreaterThan(1)
  fake.requests.splice(0)
  const provider = solapiText(keys, { baseUrl: fake.url, gatherMs: 1 })
  fake.misbehave({ kind: 'refuse', status: 503 })
  await provider.send(adText())
  expect(fake.requests).toHaveLength(1)
})

test('a lost call of many messages is read back in pages, once for all of them', async () => {
  const fake = await openFakeSolapi()
  closing.push(fake.close)
  const provider = solapiText(keys, { baseUrl: fake.url, now: () => fake.clock.now, gatherMs: 5 })
  const early = Array.from({ length: 1_100 }, () => adText())
  await Promise.all(early.map(provider.send))
  fake.misbehave({ kind: 'lose', how: 'cut' })
  const lost = Array.from({ length: 300 }, () => adText())
  const sent = await Promise.all(lost.map(provider.send))
  expect(new Set(sent.map((one) => one.kind))).toEqual(new Set(['ambiguous']))
  fake.requests.splice(0)
  const looked = await Promise.all(
    lost.map(({ shop, message, key, at }) =>
      provider.lookUp({ shop, message: message ?? 0, key, at }),
    ),
  )
  const ids = looked.map((one) => (one.kind === 'taken' ? one.providerId : one.kind))
  expect(new Set(ids)).toEqual(new Set(fake.taken.slice(1_100).map(({ id }) => id)))
  expect(fake.requests).toHaveLength(3)
})

test('the webhook tells ends; what is no message, not ended or not ours to read is left out', () => {
  const now = Date.UTC(2026, 10, 22)
  const told = solapiReports(
    [
      { messageId: 'M1', statusCode: '4000', dateReported: '2026-11-21T23:00:00.000Z' },
      { messageId: 'M2', statusCode: '3104', reason: '카카오톡 미사용' },
      { messageId: 'M3', statusCode: '2000' },
      { messageId: 'M4', statusCode: '2230', statusMessage: '잔액 부족' },
      { messageId: 'M5', statusCode: '4000', dateReported: '2126-01-01T00:00:00.000Z' },
      { groupId: 'G1', count: { total: 1 } },
      null,
      'M6',
    ],
    now,
  )
  expect(told).toEqual([
    { providerId: 'M1', at: now - 3_600_000, outcome: { kind: 'delivered' } },
    {
      providerId: 'M2',
      at: now,
      outcome: { kind: 'failed', cause: 'not_on_kakao', detail: '3104 카카오톡 미사용' },
    },
    {
      providerId: 'M4',
      at: now,
      outcome: { kind: 'failed', cause: 'no_balance', detail: '2230 잔액 부족' },
    },
    { providerId: 'M5', at: now, outcome: { kind: 'delivered' } },
  ])
  expect(solapiReports({ messageId: 'M1', statusCode: '4000' }, now)).toEqual([])
  expect(solapiReports(undefined, now)).toEqual([])
})

test('a picture for MMS is handed over first and named by its id', async () => {
  const fake = await openFakeSolapi()
  closing.push(fake.close)
  const world = { baseUrl: fake.url, gatherMs: 1 }
  const id = await solapiAccount(keys, world).upload({ name: 'a.jpg', bytes: Buffer.from('JPEG') })
  const sent = await solapiText(keys, world).send(adText({ form: 'MMS', image: id }))
  expect(sent.kind).toBe('accepted')
  const [upload, send] = fake.requests.map(({ body }) => JSON.parse(body))
  expect(upload).toEqual({ file: 'SlBFRw==', type: 'MMS', name: 'a.jpg' })
  expect(send.messages).toMatchObject([{ type: 'MMS', imageId: 'ST01FZ220522' }])
})
