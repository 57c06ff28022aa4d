import { expect, test } from 'vitest'
import { htmlOf, type MorningFacts, morningOf, slackOf, textOf } from './morning.ts'
import { morningAt } from './morning-day.ts'

const facts: MorningFacts = {
  kind: 'day',
  shop: { name: '온샵', currency: 'KRW' },
  from: '2026-11-21',
  to: '2026-11-21',
  orders: { now: 38, before: 30 },
  revenue: { now: 1_234_000, before: 1_000_000 },
  sent: { now: 412, before: 0 },
  cost: 3_708,
  caused: [],
  mismatched: [],
  failed: 0,
  unconfirmed: 0,
  isHalted: false,
  suggestion: {
    kind: 'cart',
    people: 412,
    reachable: 300,
    amount: 123_000_000_000,
    playbook: 'cart_abandonment',
    draft: null,
  },
}
const link = 'https://crm.example/'

test('the message tells yesterday, what was sent and what it cost, and one thing to do', () => {
  expect(textOf(morningOf(facts, 'ko'), link)).toBe(
    [
      '온샵 아침 소식 · 11월 21일 (토) 주문 38건, 1,234,000원',
      '■ 어제\n주문 38건 (지난주 같은 요일보다 +27%)\n매출 1,234,000원 (지난주 같은 요일보다 +23%)',
      '■ 보낸 메시지\n412통을 보냈어요. 발송 비용은 3,708원이에요.',
      '■ 오늘 할 일 하나\n지난 7일 동안 412명이 12,300,000원어치를 담고 떠났어요. 장바구니 시나리오를 켜 보세요.\n사실이에요. 효과는 켠 뒤에 대조군과 비교해 재요.',
      link,
    ].join('\n\n'),
  )
})

test('what did not change is said of the period it is compared with', () => {
  const same = { now: 30, before: 30 }
  const of = (kind: 'day' | 'week', language: 'ko' | 'en') =>
    morningOf({ ...facts, kind, orders: same }, language).parts[0]?.lines[0]
  expect(of('week', 'ko')).toBe('주문 30건 (그 전주와 거의 같아요)')
  expect(of('day', 'ko')).toBe('주문 30건 (지난주 같은 요일과 거의 같아요)')
  expect(of('week', 'en')).toBe('30 orders (about as the week before)')
})

test('a result is told only as far as it is certain, a loss as well as a gain', () => {
  const difference = { value: -0.018, low: -0.031, high: -0.004 }
  const told = morningOf(
    {
      ...facts,
      caused: [
        { name: '봄 세일', metric: 'purchase', isMarginKnown: false, verdict: 'harms', difference },
      ],
    },
    'ko',
  )
  expect(told.parts[2]?.lines).toEqual([
    '‘봄 세일’: 메시지를 받은 쪽이 오히려 덜 샀어요. 차이 -1.8%p (매일 봐도 괜찮은 구간 -3.1%p ~ -0.4%p)',
  ])
  const revenue = { value: 1_300, low: 100, high: 2_500 }
  const brought = morningOf(
    {
      ...facts,
      caused: [
        {
          name: '가을',
          metric: 'revenue',
          isMarginKnown: false,
          verdict: 'helps',
          difference: revenue,
        },
      ],
      mismatched: ['겨울'],
    },
    'ko',
  )
  expect(brought.parts[2]?.lines).toEqual([
    '‘가을’: 메시지 덕분에 매출이 늘었어요. 차이 +1,300원 (매일 봐도 괜찮은 구간 +100원 ~ +2,500원)',
  ])
  expect(brought.parts[3]?.lines[0]).toContain('‘겨울’의 나눔이 어긋났어요.')
  expect(JSON.stringify(morningOf(facts, 'ko'))).not.toContain('구간')
})

test('what went wrong comes before what could be done, and is the thing to do', () => {
  const told = morningOf({ ...facts, failed: 3, unconfirmed: 2 }, 'ko')
  expect(told.parts.at(-2)?.lines).toEqual([
    '보내지 못한 메시지가 3통 있어요.',
    '나갔는지 확인이 필요한 메시지가 2통 있어요.',
  ])
  expect(told.parts.at(-1)?.lines[0]).toContain('확인이 필요한 메시지')
  const halted = morningOf({ ...facts, isHalted: true }, 'ko')
  expect(halted.parts.at(-1)?.lines[0]).toContain('다시 보내기')
})

test('one press leads to the thing to do: a draft that waits, or the messages that need a word', () => {
  const leads = (more: Partial<MorningFacts>) =>
    morningOf({ ...facts, ...more }, 'ko').leadsTo?.path
  const { suggestion } = facts
  expect(leads({})).toBeUndefined()
  expect(leads({ suggestion: suggestion && { ...suggestion, draft: 7 } })).toBe('/campaigns/7')
  expect(leads({ unconfirmed: 1 })).toBe('/messages')
  expect(leads({ unconfirmed: 1, isHalted: true })).toBeUndefined()
})

test('nothing to compare with is not compared, and nothing to do is said so', () => {
  const none = { now: 0, before: 0 }
  const quiet = { ...facts, orders: none, revenue: none, sent: none, suggestion: undefined }
  const told = morningOf(quiet, 'en')
  expect(told.subject).toBe('온샵 this morning · Sat Nov 21: 0 orders, ₩0')
  expect(told.parts.flatMap(({ lines }) => lines)).toEqual([
    '0 orders',
    'Revenue ₩0',
    'No message was sent.',
    'Nothing presses today.',
  ])
})

test('names cannot become markup, in mail or in Slack', () => {
  const name = '<script>alert(1)</script>&"<!channel>'
  const morning = morningOf({ ...facts, shop: { name, currency: 'KRW' } }, 'ko')
  const html = htmlOf(morning, { url: link, says: 'x' })
  expect(html).not.toContain('<script')
  expect(JSON.stringify(slackOf(morning, { url: link, says: 'x' }))).not.toContain('<!channel>')
})

test('a morning lasts from 08:30 to 11:30 by the shop’s clocks; Monday tells of the week', () => {
  const at = (text: string) => morningAt(Date.parse(text), 'Asia/Seoul')
  expect(at('2026-11-21T23:29:59.999Z')).toBeUndefined()
  expect(at('2026-11-21T23:30:00Z')).toMatchObject({
    text: '2026-11-22',
    kind: 'day',
    from: '2026-11-21',
    to: '2026-11-21',
  })
  expect(at('2026-11-22T02:30:00Z')).toBeUndefined()
  const monday = at('2026-11-23T00:00:00Z')
  expect(monday).toMatchObject({ kind: 'week', from: '2026-11-16', to: '2026-11-22' })
  expect(monday?.bounds.map((bound) => new Date(bound).toISOString())).toEqual([
    '2026-11-08T15:00:00.000Z',
    '2026-11-15T15:00:00.000Z',
    '2026-11-15T15:00:00.000Z',
    '2026-11-22T15:00:00.000Z',
  ])
})
