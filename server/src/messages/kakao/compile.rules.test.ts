import { expect, test } from 'vitest'
import type { KakaoTemplate } from '../../channels/carrier.ts'
import type { Nature } from '../content.ts'
import type { Draft } from '../scope.ts'
import { compileKakao } from './compile.ts'
import { AlimtalkContent, BrandContent, CompiledKakao } from './content.ts'
import { drawKakao, parseKakao } from './draw.ts'

const informational: Nature = { purpose: 'informational', because: 'order' }
const advertising: Nature = { purpose: 'advertising' }
const sender = {
  legalName: '온샵',
  fromEmail: '',
  contactEmail: '',
  phone: '02-123-4567',
  address: '',
}
const shop = { name: '온샵', sender, settings: { text: { optOutNumber: '080-123-4567' } } }

const template: KakaoTemplate = {
  profile: 'P',
  code: 'T',
  name: '주문 완료',
  content: '#{이름}님, 주문이 완료됐어요.\n상품: #{상품}',
  buttons: [{ type: 'WL', name: '주문 보기', mobileUrl: 'https://shop.example/o' }],
  status: 'approved',
}
const alimtalk = AlimtalkContent.parse({
  channel: 'kakao',
  kind: 'alimtalk',
  profile: 'P',
  template: 'T',
  variables: {
    이름: "{{ customer.name | default: '고객' }}",
    상품: '{{ cart.items[0].name }}',
  },
})
const brand = BrandContent.parse({
  channel: 'kakao',
  kind: 'brand',
  profile: 'P',
  bubble: 'TEXT',
  text: '{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name }} 기다려요',
  buttons: [{ name: '장바구니 보기', url: '{{ cart.url }}' }],
  coupon: { title: '5000원 할인 쿠폰', description: '오늘까지', url: 'https://shop.example/c' },
})

const draft: Draft = {
  context: { cart: { url: 'https://shop.example/cart', items: [{ name: '머그컵' }] } },
  customer: { name: '김하늘' },
  shop: { ...shop, url: 'https://shop.example', currency: 'KRW', timeZone: 'Asia/Seoul' },
  at: Date.UTC(2026, 10, 23),
  unsubscribeUrl: 'https://shop.example/u',
  linkTo: (url) => `https://onsh.kr/${url.length}`,
}

function problemsOf(
  content: AlimtalkContent | BrandContent,
  nature: Nature,
  known: KakaoTemplate | undefined = template,
) {
  const result = compileKakao(content, nature, { ...shop, kakaoTemplate: known })
  return result.kind === 'ok' ? [] : result.problems
}

function drawn(
  content: AlimtalkContent | BrandContent,
  nature: Nature,
  change: Partial<Draft> = {},
) {
  const result = compileKakao(content, nature, { ...shop, kakaoTemplate: template })
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result.problems))
  const kept = CompiledKakao.parse(JSON.parse(JSON.stringify(result.compiled)))
  const parsed = parseKakao(kept)
  if (!parsed) throw new Error('not parsed')
  return drawKakao(parsed, { ...draft, ...change })
}

test('an Alimtalk is the approved text with the values of the person', () => {
  expect(drawn(alimtalk, informational)).toMatchObject({
    kind: 'ok',
    form: 'alimtalk',
    template: 'T',
    text: '김하늘님, 주문이 완료됐어요.\n상품: 머그컵',
    variables: { 이름: '김하늘', 상품: '머그컵' },
    buttons: template.buttons,
    links: [],
  })
  for (const name of ['김하늘님', '김하늘 님'])
    expect(drawn(alimtalk, informational, { customer: { name } })).toMatchObject({
      text: '김하늘님, 주문이 완료됐어요.\n상품: 머그컵',
      variables: { 이름: '김하늘' },
    })
})

test('an Alimtalk with a hole, or too long for this person, is not sent', () => {
  expect(drawn(alimtalk, informational, { context: {} })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('상품'),
  })
  const cart = { items: [{ name: '가'.repeat(1_000) }] }
  expect(drawn(alimtalk, informational, { context: { cart } })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('1000'),
  })
})

test('advertising by Alimtalk is refused with the channel it belongs to', () => {
  const [first] = problemsOf(alimtalk, advertising)
  expect(first).toMatchObject({ code: 'kakao_informational', field: 'kind' })
  expect(first?.ko).toContain('브랜드 메시지')
  expect(first?.ko).toContain('LMS')
})

test.each(['오늘만 20% 할인!', '첫 구매 쿠폰이 도착했어요', '앱을 설치하면 더 빨라요'])(
  'marketing words make an Alimtalk unsendable: %s',
  (words) => {
    const problems = problemsOf(alimtalk, informational, {
      ...template,
      content: `${template.content}\n${words}`,
    })
    expect(problems).toMatchObject([{ code: 'looks_like_advertising', field: 'template' }])
    expect(problems[0]?.ko).toContain('브랜드 메시지')
    const inValue = { ...alimtalk, variables: { ...alimtalk.variables, 상품: words } }
    expect(problemsOf(inValue, informational)).toHaveLength(1)
  },
)

test('a coupon the reader asked for may be told of, with the line that says so', () => {
  const content = `#{이름}님, #{상품} 쿠폰이 지급됐어요.\n※ 고객님이 참여하신 이벤트 당첨으로 지급된 쿠폰 안내입니다.`
  expect(problemsOf(alimtalk, informational, { ...template, content })).toEqual([])
  const louder = `${content}\n지금 특가도 확인하세요`
  expect(problemsOf(alimtalk, informational, { ...template, content: louder })).toHaveLength(1)
})

test('templates that are not approved, and variables without a value, keep it from being published', () => {
  expect(problemsOf(alimtalk, informational, { ...template, status: 'stopped' })).toMatchObject([
    { code: 'kakao_template', field: 'template' },
  ])
  const unknown = compileKakao(alimtalk, informational, shop)
  expect(unknown).toMatchObject({ kind: 'refused', problems: [{ code: 'kakao_template' }] })
  const holes = { ...alimtalk, variables: { 이름: '', 없음: 'x' } }
  expect(problemsOf(holes, informational).map((problem) => problem.field)).toEqual([
    'variables.이름',
    'variables.상품',
    'variables.없음',
  ])
  const broken = { ...alimtalk, variables: { ...alimtalk.variables, 상품: '{{ cart' } }
  expect(problemsOf(broken, informational)).toMatchObject([
    { code: 'template_wrong', field: 'variables.상품' },
  ])
})

test('(광고) is the first characters of a Brand Message, sender and way out are its end', () => {
  const message = drawn(brand, advertising)
  expect(message).toMatchObject({
    kind: 'ok',
    form: 'brand',
    text: '(광고) 김하늘님, 담아두신 머그컵 기다려요\n\n온샵 02-123-4567\n무료수신거부 080-123-4567',
    buttons: [{ type: 'WL', name: '장바구니 보기', mobileUrl: 'https://onsh.kr/25' }],
    coupon: { title: '5000원 할인 쿠폰', url: 'https://onsh.kr/22' },
    links: ['https://shop.example/cart', 'https://shop.example/c'],
  })
})

test('the coupon that goes with the message stands in Kakao’s own words', () => {
  const own = {
    ...brand,
    coupon: {
      title: '{{ coupon.amount }}원 할인 쿠폰',
      description: "{{ coupon.expires_at | kdate: 'M/D' }}까지",
      url: 'https://shop.example/c',
    },
  }
  const coupon = { code: 'XXXXXXXX', amount: 5_000, expires_at: Date.UTC(2026, 10, 25) }
  expect(drawn(own, advertising, { coupon })).toMatchObject({
    coupon: { title: '5000원 할인 쿠폰', description: '11/25까지' },
  })
  expect(drawn(own, advertising)).toMatchObject({ kind: 'failed' })
})

test('without an 080 number the way out is the channel itself', () => {
  const plain = { ...draft.shop, settings: {} }
  expect(drawn(brand, advertising, { shop: plain })).toMatchObject({
    text: expect.stringMatching(/\n수신거부: 홈 > 채널차단$/),
  })
})

test('a WIDE message keeps label and way out within its 76 characters, for each person', () => {
  const wide = {
    ...brand,
    bubble: 'WIDE' as const,
    picture: { id: 'F', url: null },
    buttons: [],
    text: '{{ customer.name | nim }}, 오늘까지예요',
  }
  expect(drawn(wide, advertising)).toMatchObject({
    text: '(광고) 김하늘님, 오늘까지예요\n무료수신거부 080-123-4567',
  })
  expect(drawn(wide, advertising, { customer: { name: '가'.repeat(60) } })).toMatchObject({
    kind: 'failed',
  })
  const long = problemsOf({ ...wide, text: '가'.repeat(60) }, advertising)
  expect(long).toMatchObject([{ code: 'kakao_limits', field: 'text' }])
})

test('a Brand Message is an advertisement, names its sender and imitates no label', () => {
  expect(problemsOf(brand, informational)).toMatchObject([{ code: 'kakao_advertising' }])
  expect(problemsOf({ ...brand, text: '[광고] 세일' }, advertising)).toMatchObject([
    { code: 'label_imitated', field: 'text' },
  ])
  const nobody = compileKakao(brand, advertising, { ...shop, sender: { ...sender, phone: '' } })
  expect(nobody).toMatchObject({ problems: [{ code: 'sender_missing', field: 'sender.phone' }] })
})
