import type { ServerResponse } from 'node:http'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Alimtalk, BrandMessage } from '../carrier.ts'
import { kakaoParcel, openKakaoServer, say } from './kakao-world.contract.ts'
import { nhnKakaoProvider } from './nhn-kakao.provider.ts'
import { nhnKakaoAccount } from './nhn-kakao-account.provider.ts'
import { nhnKakaoReports } from './nhn-report.ts'

/** NHN Cloud KakaoTalk Bizmessage as its guides describe it: idempotency keys of 10 minutes, results a person, a list. */
type Asked = {
  readonly path: string
  readonly query: URLSearchParams
  readonly secret: string
  readonly once: string | undefined
  readonly type: string
  readonly text: string
}
type Row = {
  readonly requestId: string
  readonly recipientSeq: number
  readonly messageStatus?: string
  readonly resultCode?: string
  readonly recipientGroupingKey?: string
}
let rows: { readonly a: Row[]; readonly b: Row[] } = { a: [], b: [] }
let used = new Set<string>()
const fake = await openKakaoServer<Asked>((incoming, text) => {
  const url = new URL(incoming.url ?? '/', 'http://local')
  return {
    path: url.pathname,
    query: url.searchParams,
    secret: String(incoming.headers['x-secret-key']),
    once: incoming.headers['x-nc-api-idempotency-key'] as string | undefined,
    type: incoming.headers['content-type'] ?? '',
    text,
  }
})
const { asked, baseUrl } = fake

const keys = { apiKey: 'appkey1', secret: 'sesame' }
let now: number = kakaoParcel.at
const world = { baseUrl, now: () => now, patience: fake.patience, gatherMs: 20 }
const provider = nhnKakaoProvider(keys, world)

const parcel = { ...kakaoParcel, profile: 'a'.repeat(40) }
const alimtalk: Alimtalk = {
  ...parcel,
  kind: 'alimtalk',
  advertising: false,
  template: 'ORDER_PAID',
  variables: { 이름: '김하늘' },
  text: '김하늘님',
  buttons: [],
}
const brand: BrandMessage = {
  ...parcel,
  kind: 'brand',
  key: '1.8.1',
  advertising: true,
  bubble: 'WIDE',
  text: '(광고) 오늘까지예요',
  image: '101',
  imageUrl: 'https://cdn.example/wide.png',
  buttons: [{ type: 'WL', name: '보러 가기', mobileUrl: 'https://onsh.kr/c1' }],
  coupon: { title: '10% 할인 쿠폰', description: '오늘까지', url: 'https://onsh.kr/c2' },
}

beforeEach(() => {
  asked.splice(0)
  rows = { a: [], b: [] }
  used = new Set()
  now = parcel.at
  fake.answer = honest
})
afterAll(async () => {
  await provider.close()
  fake.close()
})

const fine = { resultCode: 0, resultMessage: 'SUCCESS', isSuccessful: true }
function refuse(response: ServerResponse, resultCode: number): void {
  say(response, 200, { header: { resultCode, resultMessage: 'no', isSuccessful: false } })
}

type Recipient = { readonly recipientNo: string; readonly recipientGroupingKey: string }
const bodyOf = (one: Asked | undefined) =>
  JSON.parse(one?.text ?? '{}') as { readonly recipientList: readonly Recipient[] }

function take(one: Asked): readonly object[] {
  const list = one.path.startsWith('/alimtalk') ? rows.a : rows.b
  const requestId = `20261123${asked.length}`
  return bodyOf(one).recipientList.map(({ recipientNo, recipientGroupingKey }, at) => {
    list.push({ requestId, recipientSeq: at + 1, recipientGroupingKey })
    return { recipientSeq: at + 1, recipientNo, resultCode: 0, recipientGroupingKey }
  })
}

function honest(one: Asked, response: ServerResponse) {
  const list = one.path.startsWith('/alimtalk') ? rows.a : rows.b
  if (/\/(messages|freestyle-messages)$/.test(one.path) && one.text !== '') {
    if (one.once !== undefined && used.has(one.once)) return refuse(response, -1005)
    if (one.once !== undefined) used.add(one.once)
    const sendResults = take(one)
    const requestId = `20261123${asked.length}`
    return say(response, 200, { header: fine, message: { requestId, sendResults } })
  }
  const [, requestId, place] = /\/messages\/([^/]+)\/(\d+)$/.exec(one.path) ?? []
  if (requestId !== undefined) {
    const row = list.find(
      (known) => known.requestId === requestId && String(known.recipientSeq) === place,
    )
    return row ? say(response, 200, { header: fine, message: row }) : refuse(response, -1016)
  }
  const key = one.query.get('recipientGroupingKey')
  const messages = list.filter(
    (row) => row.recipientGroupingKey === key || !row.recipientGroupingKey,
  )
  say(response, 200, { header: fine, messageSearchResultResponse: { messages, totalCount: 0 } })
}

test('people with the same template share a call, each with variables, key and no fall-back', async () => {
  const second = { ...alimtalk, key: '1.9.1', to: '+821098765432', variables: {} }
  const answers = await Promise.all([provider.send(alimtalk), provider.send(second)])
  expect(answers).toEqual([
    { kind: 'accepted', providerId: 'a.202611231.1' },
    { kind: 'accepted', providerId: 'a.202611231.2' },
  ])
  expect(asked).toHaveLength(1)
  const [one] = asked
  expect(one?.path).toBe('/alimtalk/v2.3/appkeys/appkey1/messages')
  expect(one?.secret).toBe('sesame')
  expect(one?.once).toMatch(/^[0-9a-f]{40}$/)
  expect(bodyOf(one)).toEqual({
    senderKey: parcel.profile,
    templateCode: 'ORDER_PAID',
    recipientList: [
      {
        recipientNo: '01012345678',
        resendParameter: { isResend: false },
        recipientGroupingKey: '1.7.1',
        templateParameter: { 이름: '김하늘' },
      },
      {
        recipientNo: '01098765432',
        resendParameter: { isResend: false },
        recipientGroupingKey: '1.9.1',
      },
    ],
  })
})

test('a Brand Message goes to friends only, and those who read the same share a call', async () => {
  const other = { ...brand, key: '1.10.1', text: '(광고) 다른 말' }
  const same = { ...brand, key: '1.11.1' }
  await Promise.all([provider.send(brand), provider.send(other), provider.send(same)])
  expect(asked.map((one) => bodyOf(one).recipientList.length).sort()).toEqual([1, 2])
  const whole = asked.find((one) => bodyOf(one).recipientList.length === 2)
  expect(whole?.path).toBe('/brand-message/v1.0/appkeys/appkey1/freestyle-messages')
  expect(bodyOf(whole)).toMatchObject({
    chatBubbleType: 'WIDE',
    content: '(광고) 오늘까지예요',
    image: { imageUrl: 'https://cdn.example/wide.png' },
    buttons: [{ type: 'WL', name: '보러 가기', linkMo: 'https://onsh.kr/c1' }],
    coupon: { title: '10% 할인 쿠폰', description: '오늘까지', linkMo: 'https://onsh.kr/c2' },
    recipientList: [{ targeting: 'I', resendParameter: { isResend: false } }, { targeting: 'I' }],
  })
})

test('a lost Alimtalk answer is asked for again under its key, and nobody gets it twice', async () => {
  fake.answer = (one, response) => {
    if (asked.length === 1) {
      used.add(one.once ?? '')
      take(one)
    } else honest(one, response)
  }
  expect(await provider.send(alimtalk)).toEqual({
    kind: 'accepted',
    providerId: 'a.202611231.1',
  })
  expect(rows.a).toHaveLength(1)
  expect(new Set(asked.slice(0, 2).map((one) => one.once)).size).toBe(1)
})

test('an Alimtalk whose first answer was lost stays unclear while the second call is refused', async () => {
  fake.answer = (one, response) => {
    if (asked.length === 1) take(one)
    else response.writeHead(503).end()
  }
  expect(await provider.send(alimtalk)).toMatchObject({ kind: 'ambiguous' })
  expect(rows.a).toHaveLength(1)
})

test('a lost Brand Message answer is never asked again, but looked up', async () => {
  fake.answer = (one) => {
    take(one)
  }
  expect(await provider.send(brand)).toMatchObject({ kind: 'ambiguous' })
  expect(asked).toHaveLength(1)
  fake.answer = honest
  const lost = { shop: 1, message: 8, at: now }
  expect(await provider.lookUp({ ...lost, key: brand.key })).toMatchObject({
    kind: 'taken',
    providerId: expect.stringMatching(/^b\..+\.1$/),
  })
  expect(await provider.lookUp({ ...lost, key: '1.99.1' })).toEqual({ kind: 'unknown' })
  now += 3 * 60_000
  expect(await provider.lookUp({ ...lost, key: '1.99.1' })).toEqual({ kind: 'not_taken' })
  rows.b.push({ requestId: 'R', recipientSeq: 1 })
  expect(await provider.lookUp({ ...lost, key: '1.99.1' })).toEqual({ kind: 'unknown' })
})

test('refusals are told apart: the message, the account, the server', async () => {
  const cases = [
    [-3003, { kind: 'permanent', cause: 'template_mismatch' }],
    [-3005, { kind: 'permanent', cause: 'template_mismatch' }],
    [-3010, { kind: 'permanent', cause: 'template_mismatch' }],
    [-3301, { kind: 'permanent', cause: 'opted_out' }],
    [-4019, { kind: 'permanent', cause: 'no_address' }],
    [-2017, { kind: 'permanent', cause: 'sender_unregistered' }],
    [-3315, { kind: 'permanent', cause: 'other' }],
    [-1001, { kind: 'temporary' }],
    [-1017, { kind: 'temporary' }],
    [-9999, { kind: 'ambiguous' }],
  ] as const
  for (const [code, handover] of cases) {
    fake.answer = (_, response) => refuse(response, code)
    expect(await provider.send(alimtalk), String(code)).toMatchObject(handover)
  }
  fake.answer = (_, response) => say(response.setHeader('retry-after', '5'), 429, {})
  expect(await provider.send(brand)).toMatchObject({ kind: 'temporary', retryAt: now + 5_000 })
  fake.answer = (_, response) => say(response, 502, {})
  expect(await provider.send(brand)).toMatchObject({ kind: 'ambiguous' })
  fake.answer = (_, response) => say(response, 200, { header: fine, message: { requestId: 3 } })
  expect(await provider.send(brand)).toMatchObject({ kind: 'ambiguous' })
})

test('one bad person among many does not take the others along', async () => {
  fake.answer = (one, response) =>
    bodyOf(one).recipientList.some(({ recipientNo }) => recipientNo === '01000000000')
      ? refuse(response, -3004)
      : honest(one, response)
  const sends = ['+821012345678', '+821000000000', '+821012345679'].map((to, at) =>
    provider.send({ ...alimtalk, to, key: `1.2${at}.1` }),
  )
  expect((await Promise.all(sends)).map((one) => one.kind)).toEqual([
    'accepted',
    'permanent',
    'accepted',
  ])
})

test('reports read back and pushed name the same message and the same cause', async () => {
  rows.a.push(
    { requestId: 'R', recipientSeq: 1, messageStatus: 'COMPLETED', resultCode: 'MRC01' },
    { requestId: 'R', recipientSeq: 2, messageStatus: 'FAILED', resultCode: '3019' },
    { requestId: 'R', recipientSeq: 3, messageStatus: 'COMPLETED', resultCode: '3005' },
  )
  rows.b.push({ requestId: 'R', recipientSeq: 4, messageStatus: 'FAILED', resultCode: '3022' })
  const read = await provider.reports?.(['a.R.1', 'a.R.2', 'a.R.3', 'b.R.4', 'a.gone.1', 'odd'])
  expect(read?.map(({ providerId, outcome }) => [providerId, outcome])).toEqual([
    ['a.R.1', { kind: 'delivered' }],
    ['a.R.2', { kind: 'failed', cause: 'not_on_kakao', detail: '3019' }],
    ['b.R.4', { kind: 'failed', cause: 'outside_window', detail: '3022' }],
  ])
  const hook = { requestId: 'R', receiveDate: '2026-11-23 09:30:00' }
  const pushed = nhnKakaoReports(
    {
      event: 'MESSAGE_RESULT_UPDATE',
      hooks: [
        { ...hook, kakaoMessageType: 'ALIMTALK_NORMAL', recipientSeq: 2, resultCode: '3019' },
        { ...hook, kakaoMessageType: 'BRAND', recipientSeq: '4', resultCode: 'MRC01' },
        { nothing: true },
      ],
    },
    now,
  )
  expect(pushed).toEqual([
    {
      providerId: 'a.R.2',
      at: Date.UTC(2026, 10, 23, 0, 30),
      outcome: { kind: 'failed', cause: 'not_on_kakao', detail: '3019' },
    },
    { providerId: 'b.R.4', at: Date.UTC(2026, 10, 23, 0, 30), outcome: { kind: 'delivered' } },
  ])
  const text = { productName: 'Sms', hooks: [{ ...hook, recipientSeq: 1, resultCode: '1000' }] }
  expect(nhnKakaoReports({ event: 'MESSAGE_RESULT_UPDATE', ...text }, now)).toEqual([])
  expect(nhnKakaoReports({ event: 'TEMPLATE_STATUS_UPDATE', hooks: [] }, now)).toEqual([])
  expect(nhnKakaoReports('nonsense', now)).toEqual([])
})

test('channels, templates and pictures of the account', async () => {
  fake.answer = (one, response) => {
    if (one.path.endsWith('/senders')) {
      const senders = [{ plusFriendId: '@온샵', senderKey: 'K', status: 'YSC03' }]
      return say(response, 200, { header: fine, senders, totalCount: 1 })
    }
    if (one.path.endsWith('/senders/K/templates')) {
      const template = {
        senderKey: 'K',
        templateName: '주문 완료',
        templateContent: '#{이름}님',
        templateTitle: '#{금액}',
        buttons: [{ ordering: 1, type: 'WL', name: '보기', linkMo: 'https://a.kr' }],
      }
      const templates = [
        { ...template, templateCode: 'A', status: 'TSC03' },
        { ...template, templateCode: 'B', status: 'TSC02' },
        { ...template, templateCode: 'C', status: 'TSC04' },
        { ...template, templateCode: 'D', status: 'TSC03', dormant: true },
      ]
      return say(response, 200, {
        header: fine,
        templateListResponse: { templates, totalCount: 4 },
      })
    }
    expect(one.type).toMatch(/^multipart\/form-data; boundary=/)
    expect(one.text).toContain('name="imageType"\r\n\r\nWIDE_IMAGE')
    const image = { imageSeq: 101, imageUrl: 'https://cdn.example/a.png', imageName: 'a.png' }
    say(response, 200, { header: fine, image })
  }
  const account = nhnKakaoAccount(keys, world)
  expect(await account.profiles()).toEqual([{ id: 'K', name: '@온샵' }])
  const templates = await account.templates()
  expect(templates.map(({ code, status }) => [code, status])).toEqual([
    ['A', 'approved'],
    ['B', 'waiting'],
    ['C', 'rejected'],
    ['D', 'stopped'],
  ])
  expect(templates[0]).toMatchObject({ around: { title: '#{금액}' }, content: '#{이름}님' })
  const picture = { name: 'a b.png', media: 'image/png', bytes: Buffer.from('hi') } as const
  expect(await account.upload({ ...picture, bubble: 'WIDE' })).toEqual({
    id: '101',
    url: 'https://cdn.example/a.png',
  })
  fake.answer = (_, response) => refuse(response, -1001)
  await expect(account.templates()).rejects.toThrow('-1001')
})
