import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../lib/json.ts'
import { advertisingLabel } from '../compose.ts'
import type { Nature } from '../content.ts'
import type { Draft } from '../scope.ts'
import { lmsBytes, smsBytes, subjectBytes } from './assemble.ts'
import { compileSms } from './compile.ts'
import { SmsContent } from './content.ts'
import { drawSms, parseSms } from './draw.ts'
import { isSendable } from './euc-kr.ts'

const ad: Nature = { purpose: 'advertising' }
const order: Nature = { purpose: 'informational', because: 'order' }
const onshop = { name: '온샵', settings: { text: { optOutNumber: '0801234567' } } }

const content = (text: string, more: Partial<SmsContent> = {}) =>
  SmsContent.parse({ channel: 'sms', text, ...more })

function draft(
  more: {
    readonly name?: string | null
    readonly context?: JsonObject
    readonly shopName?: string
  } = {},
): Draft {
  return {
    context: more.context ?? {},
    customer: { name: more.name === undefined ? '김하늘' : more.name },
    shop: {
      ...onshop,
      name: more.shopName ?? onshop.name,
      url: 'https://shop.example',
      currency: 'KRW',
      timeZone: 'Asia/Seoul',
      sender: { legalName: '', fromEmail: '', contactEmail: '', phone: '', address: '' },
    },
    at: 0,
    unsubscribeUrl: '',
    linkTo: () => 'onsh.kr/Ab3dE7x',
  }
}

function drawn(written: SmsContent, from: Draft = draft(), nature = ad) {
  const compiled = compileSms(written, nature, from.shop)
  if (compiled.kind === 'refused') throw new Error(compiled.problems[0]?.ko)
  const parsed = parseSms(compiled.compiled)
  const answer = parsed && drawSms(parsed, from)
  if (answer?.kind !== 'ok') throw new Error(answer?.message)
  return answer
}

const problemsOf = (text: string, nature: Nature = ad, shop: typeof onshop = onshop) => {
  const compiled = compileSms(content(text), nature, shop)
  return compiled.kind === 'refused' ? compiled.problems : []
}

describe('an advertisement by text message', () => {
  test('begins with the label and the sender and ends with the way out', () => {
    expect(
      drawn(content('{{ customer.name | nim }} 담아두신 상품이 기다려요 https://shop.example/c')),
    ).toEqual({
      kind: 'ok',
      channel: 'sms',
      form: 'SMS',
      subject: null,
      text: '(광고)온샵 김하늘님 담아두신 상품이 기다려요 onsh.kr/Ab3dE7x\n무료수신거부 080-123-4567',
      bytes: 86,
      picture: null,
      links: ['https://shop.example/c'],
    })
  })

  test('says the way out in the shorter words when only those fit a short message', () => {
    const { form, text, bytes } = drawn(content('가'.repeat(28)))
    expect(text).toMatch(/\n무료거부0801234567$/)
    expect([form, bytes]).toEqual(['SMS', 86])
    const long = drawn(content('가'.repeat(31)))
    expect(long.form).toBe('LMS')
    expect(long.text).toBe(`(광고)온샵\n${'가'.repeat(31)}\n\n무료수신거부 080-123-4567`)
    expect(long.subject).toBe('(광고)온샵')
  })

  test('with a subject is a long one, with a picture one with a picture, whatever its bytes', () => {
    expect(drawn(content('안녕하세요', { subject: '봄맞이' }))).toMatchObject({
      form: 'LMS',
      subject: '(광고)온샵 봄맞이',
    })
    expect(drawn(content('안녕하세요', { picture: 'p1' }))).toMatchObject({
      form: 'MMS',
      subject: '(광고)온샵',
      picture: 'p1',
    })
  })

  test('does not say its label and name twice when the marketer typed them', () => {
    expect(drawn(content('(광고) 온샵 안녕하세요')).text).toMatch(/^\(광고\)온샵 안녕하세요\n/)
  })

  test('whatever is written and whoever reads it, the provider receives the label first', () => {
    const letters = fc.constantFrom(...'가나다라마김하늘 안녕★·(광고)[]<>\n12,원%@…')
    const words = fc.string({ unit: letters, minLength: 1, maxLength: 120 })
    const any = fc.oneof(letters, fc.constantFrom(...'₩–é뷁믜😀🎉한', '\u200b', '\ud83d', '\n'))
    const names = fc.option(fc.string({ unit: any, maxLength: 30 }))
    const products = fc.string({ unit: any, maxLength: 60 })
    let sent = 0
    fc.assert(
      fc.property(words, words, names, products, (text, subject, name, product) => {
        const written = SmsContent.safeParse({
          channel: 'sms',
          text: `${text} {{ customer.name | nim }} {{ cart.items[0].name | trunc_bytes: 30 }}`,
          subject: subject.replace(/[\r\n]/g, ' '),
        })
        if (!written.success) return
        const from = draft({ name, context: { cart: { items: [{ name: product }] } } })
        const compiled = compileSms(written.data, ad, from.shop)
        if (compiled.kind === 'refused') return
        const parsed = parseSms(compiled.compiled)
        const answer = parsed && drawSms(parsed, from)
        if (answer?.kind !== 'ok') throw new Error(answer?.message)
        sent += 1
        expect(answer.text.startsWith(advertisingLabel)).toBe(true)
        expect(
          answer.text.endsWith('080-123-4567') || answer.text.endsWith('\n무료거부0801234567'),
        ).toBe(true)
        expect(isSendable(answer.text + (answer.subject ?? ''))).toBe(true)
        expect(iconv.encode(answer.text, 'euc-kr').length).toBe(answer.bytes)
        expect(answer.bytes).toBeLessThanOrEqual(answer.form === 'SMS' ? smsBytes : lmsBytes)
        if (answer.form === 'LMS') {
          expect(answer.subject?.startsWith(advertisingLabel)).toBe(true)
          expect(iconv.encode(answer.subject ?? '', 'euc-kr').length).toBeLessThanOrEqual(
            subjectBytes,
          )
        }
      }),
      { numRuns: 100 },
    )
    expect(sent).toBeGreaterThan(20)
  })
})

describe('a person’s values', () => {
  test.each([
    ['김하늘🌸', '김하늘님 안녕'],
    ['설믜', '고객님 안녕'],
    ['张伟', '고객님 안녕'],
    [null, '고객님 안녕'],
  ])('the name %s is written so that it can be sent', (name, written) => {
    expect(drawn(content('{{ customer.name | nim }} 안녕'), draft({ name })).text).toContain(
      written,
    )
  })

  test('are replaced before they are cut, so that the cut is exact', () => {
    const context = { cart: { items: [{ name: '☕ 커피 ₩12,000 머그컵 세트' }] } }
    const { text } = drawn(
      content('{{ cart.items[0].name | trunc_bytes: 20 }}'),
      draft({ context }),
    )
    expect(text).toContain('커피 12,000원 머그…')
  })

  test('too long for any text message are told, not cut', () => {
    const context = { note: '가'.repeat(1_001) }
    expect(() => drawn(content('{{ note }}'), draft({ context }))).toThrow('2000')
  })
})

describe('addresses in a text', () => {
  test.each([
    ['https://shop.example/p1에서 보세요', 'https://shop.example/p1', 'onsh.kr/Ab3dE7x에서 보세요'],
    ['보기: https://shop.example/p1.', 'https://shop.example/p1', 'onsh.kr/Ab3dE7x.'],
    [
      'https://shop.example/이벤트 참여',
      'https://shop.example/%EC%9D%B4%EB%B2%A4%ED%8A%B8',
      'onsh.kr/Ab3dE7x 참여',
    ],
    ['{{ link.shop }}에서', 'https://shop.example', 'onsh.kr/Ab3dE7x에서'],
    ['(https://shop.example/a?b=1&c=2)', 'https://shop.example/a?b=1&c=2', '(onsh.kr/Ab3dE7x)'],
  ])('%s is shortened where it ends', (text, url, seen) => {
    const answer = drawn(content(text))
    expect(answer.links).toEqual([url])
    expect(answer.text).toContain(seen)
  })
})

describe('a text is refused, with the reason and the place,', () => {
  test.each([
    [
      '안녕\n특가 ₩5,000',
      "2번째 줄 4번째의 '₩' 글자는 문자로 보낼 수 없어요. '원'으로 바꿔 주세요.",
    ],
    ['기간: 3–5일', "1번째 줄 6번째의 '–' 글자는 문자로 보낼 수 없어요. '-'으로(로) 바꿔 주세요."],
    ['축하해요 🎉', '지우거나 다른 글자로'],
    ['뷁', '문자로 보낼 수 없어요'],
    ['[광고] 안녕하세요', '(광고) 표시와 비슷한'],
    ['안녕 (광 고) 하세요', '(광고) 표시와 비슷한'],
    ['안녕하세요 <AD>', '(광고) 표시와 비슷한'],
    ['안녕하세요 무료거부 080-111-2222', '마지막 줄에 저절로'],
    ['수신거부 0801112222', '마지막 줄에 저절로'],
    ['{{ customer.name | nim', '템플릿'],
    ['가'.repeat(1_001), '2,000바이트'],
  ])('%s', (text, reason) => {
    expect(
      problemsOf(text)
        .map((one) => one.ko)
        .join('\n'),
    ).toContain(reason)
  })

  test.each(['', '070-1234-5678', '080-12'])(
    'when the number to refuse by is %s',
    (optOutNumber) => {
      const shop = { ...onshop, settings: { text: { optOutNumber } } }
      expect(problemsOf('안녕하세요', ad, shop)).toMatchObject([{ code: 'opt_out_missing' }])
      expect(problemsOf('주문하신 상품이 출발했어요', order, shop)).toEqual([])
    },
  )

  test('when an informational one advertises', () => {
    expect(problemsOf('배송이 시작됐어요. 다음 주문 10% 할인 쿠폰도 드려요', order)).toMatchObject([
      { code: 'looks_like_advertising', field: 'text' },
    ])
  })

  test('but not for what nobody sees: typed on a phone made by Apple, or pasted with a joiner', () => {
    expect(drawn(content('안녕\u200b하세요\u00a0반가워요'.normalize('NFD'))).text).toContain(
      '안녕하세요 반가워요',
    )
  })
})

test('an informational message has no label and no way out of advertising', () => {
  const { text, form } = drawn(content('주문하신 상품이 출발했어요'), draft(), order)
  expect([text, form]).toEqual(['주문하신 상품이 출발했어요', 'SMS'])
})
