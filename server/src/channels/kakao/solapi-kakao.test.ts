import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BMS_BUTTON_COUNT, BMS_CONTENT_MAX, SolapiMessageService } from 'solapi'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Alimtalk, BrandMessage } from '../carrier.ts'
import { solapiReports } from '../text/solapi-report.ts'
import { kakaoParcel, openKakaoServer, say } from './kakao-world.contract.ts'
import { solapiKakao, solapiKakaoAccount } from './solapi-kakao.provider.ts'

/** Solapi as its documents describe it: signed calls, a list of messages by id and by time, pages by `nextKey`. */
type Asked = {
  readonly method: string
  readonly url: URL
  readonly body: unknown
  readonly signedBy: string
}
type Kept = {
  readonly messageId: string
  readonly statusCode: string
  readonly customFields?: object
}
let kept: Kept[] = []
const fake = await openKakaoServer<Asked>((incoming, text) => ({
  method: incoming.method ?? '',
  url: new URL(incoming.url ?? '/', 'http://local'),
  body: text === '' ? undefined : JSON.parse(text),
  signedBy: signedBy(incoming),
}))
const { asked, baseUrl } = fake

const keys = { apiKey: 'NCSKEY', secret: 'sesame' }
let now: number = kakaoParcel.at
const world = { baseUrl, now: () => now, patience: fake.patience, gatherMs: 5 }
const provider = solapiKakao({ ...keys, from: '0212345678' }, world)

const parcel = { ...kakaoParcel, profile: 'KA01PF' }
const alimtalk: Alimtalk = {
  ...parcel,
  kind: 'alimtalk',
  advertising: false,
  template: 'KA01TP',
  variables: { 이름: '김하늘', '주문.번호': 'A-1' },
  text: '김하늘님, 주문 A-1이 완료됐어요.',
  buttons: [],
}
const brand: BrandMessage = {
  ...parcel,
  kind: 'brand',
  key: '1.8.1',
  advertising: true,
  bubble: 'IMAGE',
  text: '(광고) 담아두신 상품이 기다려요',
  image: 'FILE1',
  imageUrl: null,
  buttons: [{ type: 'WL', name: '장바구니 보기', mobileUrl: 'https://onsh.kr/c1' }],
  coupon: { title: '5000원 할인 쿠폰', description: '11/25까지', url: 'https://onsh.kr/c2' },
}

beforeEach(() => {
  asked.splice(0)
  kept = []
  now = parcel.at
  fake.answer = honest
})
afterAll(async () => {
  await provider.close()
  fake.close()
})

function signedBy({ headers }: IncomingMessage): string {
  const [, apiKey = '', date = '', salt = '', signature = ''] =
    /^HMAC-SHA256 apiKey=(.+), date=(.+), salt=(.+), signature=(.+)$/.exec(
      headers.authorization ?? '',
    ) ?? []
  const right = createHmac('sha256', keys.secret)
    .update(date + salt)
    .digest('hex')
  return signature === right && salt.length >= 12 ? apiKey : ''
}

type Message = { readonly to: string; readonly customFields?: { readonly key: string } }
const messagesOf = (one: Asked) => (one.body as { messages: readonly Message[] }).messages

function honest(one: Asked, response: ServerResponse) {
  if (one.url.pathname === '/messages/v4/send-many/detail') {
    const messageList = messagesOf(one).map(({ customFields }, at) => ({
      messageId: `M${kept.length + at}`,
      statusCode: '2000',
      statusMessage: '정상 접수',
      ...(customFields ? { customFields } : {}),
    }))
    kept.push(...messageList)
    say(response, 200, { groupInfo: {}, failedMessageList: [], messageList })
  } else if (one.url.pathname === '/messages/v4/list') {
    const ids = one.url.searchParams.getAll('messageIds')
    const found = kept.filter(({ messageId }) => ids.length === 0 || ids.includes(messageId))
    const messageList = Object.fromEntries(found.map((message) => [message.messageId, message]))
    say(response, 200, { limit: 500, nextKey: null, messageList })
  } else say(response, 404, { errorCode: 'NotFound', errorMessage: 'no such path' })
}

test('an Alimtalk is the template and its variables; Solapi is not to fall back by itself', async () => {
  expect(await provider.send(alimtalk)).toEqual({ kind: 'accepted', providerId: 'M0' })
  const [one] = asked
  expect(one?.signedBy).toBe('NCSKEY')
  expect(one && messagesOf(one)).toEqual([
    {
      to: '01012345678',
      type: 'ATA',
      customFields: { key: '1.7.1' },
      kakaoOptions: {
        pfId: 'KA01PF',
        templateId: 'KA01TP',
        variables: { '#{이름}': '김하늘', '#{주문.번호}': 'A-1' },
        disableSms: true,
      },
    },
  ])
})

test('what leaves here is what the official SDK sends for the same messages', async () => {
  const real = globalThis.fetch
  globalThis.fetch = (url, init) =>
    real(String(url).replace('https://api.solapi.com', baseUrl), init)
  try {
    const sdk = new SolapiMessageService(keys.apiKey, keys.secret)
    await sdk.send([
      {
        to: '01012345678',
        type: 'ATA',
        kakaoOptions: {
          pfId: 'KA01PF',
          templateId: 'KA01TP',
          variables: { 이름: '김하늘' },
          disableSms: true,
        },
      },
      {
        to: '01012345678',
        from: '0212345678',
        type: 'BMS_FREE',
        text: brand.text,
        kakaoOptions: {
          pfId: 'KA01PF',
          disableSms: true,
          bms: {
            targeting: 'I',
            chatBubbleType: 'IMAGE',
            adult: false,
            imageId: 'FILE1',
            buttons: [{ linkType: 'WL', name: '장바구니 보기', linkMobile: 'https://onsh.kr/c1' }],
            coupon: {
              title: '5000원 할인 쿠폰',
              description: '11/25까지',
              linkMobile: 'https://onsh.kr/c2',
            },
          },
        },
      },
    ])
  } finally {
    globalThis.fetch = real
  }
  await Promise.all([
    provider.send({ ...alimtalk, variables: { 이름: '김하늘' } }),
    provider.send(brand),
  ])
  const [theirs, ours] = asked
  const plain = (one: Asked | undefined) =>
    one && messagesOf(one).map(({ customFields: _, ...message }) => message)
  expect(theirs?.signedBy).toBe('NCSKEY')
  expect(ours?.url.pathname).toBe(theirs?.url.pathname)
  expect(plain(ours)).toEqual(plain(theirs))
})

test('the limits asked of a Brand Message are those of the official SDK', () => {
  expect(BMS_CONTENT_MAX).toMatchObject({ TEXT: 1_300, IMAGE: 1_300, WIDE: 76 })
  expect(BMS_BUTTON_COUNT).toMatchObject({
    TEXT: { max: 5, maxWithCoupon: 4 },
    IMAGE: { max: 5, maxWithCoupon: 4 },
    WIDE: { max: 2 },
  })
})

test('messages refused at once say why, as far as another channel needs to know', async () => {
  const cases = [
    ['3102', { kind: 'permanent', cause: 'not_on_kakao' }],
    ['3103', { kind: 'permanent', cause: 'template_mismatch' }],
    ['3104', { kind: 'permanent', cause: 'not_on_kakao' }],
    ['3107', { kind: 'permanent', cause: 'not_on_kakao' }],
    ['3108', { kind: 'permanent', cause: 'outside_window' }],
    ['1030', { kind: 'no_balance' }],
    ['9999', { kind: 'permanent', cause: 'other' }],
  ] as const
  for (const [statusCode, handover] of cases) {
    fake.answer = (_, response) =>
      say(response, 200, {
        failedMessageList: [
          { messageId: 'M', statusCode, statusMessage: 'no', customFields: { key: alimtalk.key } },
        ],
        messageList: [],
      })
    expect(await provider.send(alimtalk)).toMatchObject(handover)
  }
})

test('a rate limit is waited out; a lost answer is looked up and not sent again', async () => {
  fake.answer = (_, response) =>
    say(response.setHeader('retry-after', '3'), 429, { errorCode: 'TooMany' })
  expect(await provider.send(alimtalk)).toMatchObject({ kind: 'temporary', retryAt: now + 3_000 })

  fake.answer = (one) => {
    kept.push({ messageId: 'M9', statusCode: '2000', ...messagesOf(one)[0] })
  }
  asked.splice(0)
  expect(await provider.send(brand)).toMatchObject({ kind: 'ambiguous' })
  expect(asked).toHaveLength(1)

  fake.answer = honest
  const lost = { shop: 1, message: 8, at: now }
  expect(await provider.lookUp({ ...lost, key: brand.key })).toEqual({
    kind: 'taken',
    providerId: 'M9',
  })
  expect(await provider.lookUp({ ...lost, key: '1.99.1' })).toEqual({ kind: 'unknown' })
  now += 10 * 60_000
  expect(await provider.lookUp({ ...lost, key: '1.99.1' })).toEqual({ kind: 'not_taken' })
})

test('reports read back and pushed say the same, late and repeated ones too', async () => {
  kept = [
    { messageId: 'A', statusCode: '4000' },
    { messageId: 'B', statusCode: '3104' },
    { messageId: 'C', statusCode: '3000' },
    { messageId: 'D', statusCode: '3102' },
  ]
  const read = await provider.reports(['A', 'B', 'C', 'D', 'gone'])
  expect(read.map(({ providerId, outcome }) => [providerId, outcome])).toEqual([
    ['A', { kind: 'delivered' }],
    ['B', { kind: 'failed', cause: 'not_on_kakao', detail: '3104' }],
    ['D', { kind: 'failed', cause: 'not_on_kakao', detail: '3102' }],
  ])
  expect(solapiReports([...kept, ...kept], now)).toEqual([...read, ...read])
})

test('people without a Korean number are not sent anything', async () => {
  expect(await provider.send({ ...brand, to: '+14155550132' })).toMatchObject({
    kind: 'permanent',
    cause: 'no_address',
  })
  expect(asked).toHaveLength(0)
})

test('channels, templates and pictures of the account, page by page', async () => {
  const template = (templateId: string, change: object) => ({
    templateId,
    channelId: 'KA01PF',
    name: '주문 완료',
    content: '#{이름}님',
    buttons: [{ buttonType: 'WL', buttonName: '보기', linkMo: 'https://a.kr' }],
    status: 'APPROVED',
    ...change,
  })
  fake.answer = ({ url, body }, response) => {
    if (url.pathname === '/kakao/v2/channels') {
      const channelList = [{ channelId: 'KA01PF', searchId: '@온샵' }]
      return say(response, 200, { nextKey: null, channelList })
    }
    if (url.pathname === '/kakao/v2/templates') {
      const isSecond = url.searchParams.get('startKey') === 'two'
      return say(response, 200, {
        nextKey: isSecond ? null : 'two',
        templateList: isSecond
          ? [template('C', { status: 'REJECTED' }), template('D', { status: 'NEW' })]
          : [
              template('A', { emphasizeTitle: '#{금액}', isHidden: false }),
              template('B', { status: 'INSPECTING', buttons: [{ buttonType: 'P1' }] }),
              template('H', { isHidden: true }),
            ],
      })
    }
    expect(body).toMatchObject({ type: 'BMS_WIDE', file: 'aGk=' })
    say(response, 200, { fileId: 'FILE2' })
  }
  const account = solapiKakaoAccount(keys, world)
  expect(await account.profiles()).toEqual([{ id: 'KA01PF', name: '@온샵' }])
  const templates = await account.templates()
  expect(templates.map(({ code, status }) => [code, status])).toEqual([
    ['A', 'approved'],
    ['B', 'waiting'],
    ['H', 'stopped'],
    ['C', 'rejected'],
    ['D', 'stopped'],
  ])
  expect(templates[0]).toMatchObject({
    around: { title: '#{금액}' },
    buttons: [{ type: 'WL', name: '보기', mobileUrl: 'https://a.kr' }],
  })
  expect(templates[1]?.buttons).toEqual([{ type: 'other', name: '' }])
  const picture = { name: 'a.png', media: 'image/png', bytes: Buffer.from('hi') } as const
  expect(await account.upload({ ...picture, bubble: 'WIDE' })).toEqual({ id: 'FILE2', url: null })

  fake.answer = (_, response) =>
    say(response, 401, { errorCode: 'InvalidAPIKey', errorMessage: 'no' })
  await expect(account.profiles()).rejects.toThrow('InvalidAPIKey')
})
