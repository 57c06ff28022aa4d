import { expect, test } from 'vitest'
import { couponProblems } from './coupon-words.ts'
import type { MessageContent } from './message-content.ts'

const sms = (text: string): MessageContent => ({ channel: 'sms', subject: '', text })
const mail = (code: string): MessageContent => ({
  channel: 'email',
  subject: '쿠폰',
  preheader: '',
  body: {
    kind: 'blocks',
    blocks: [{ kind: 'coupon', title: '쿠폰', code, until: '', otherwise: '없어요' }],
  },
})
const advertising = { purpose: 'advertising' } as const
const carrying = { ...advertising, carriesCoupon: true } as const
const codes = (content: MessageContent, as: Parameters<typeof couponProblems>[1]) =>
  couponProblems(content, as).map(({ code, field }) => `${code} ${field}`)

test('a code of each person’s own needs a coupon that goes with the message, in every channel', () => {
  expect(codes(mail('{{ coupon.code }}'), advertising)).toEqual([
    'coupon_missing body.blocks.0.code',
  ])
  expect(codes(sms('쿠폰 {{coupon["code"]}}'), advertising)).toEqual(['coupon_missing text'])
  expect(codes(mail('{{ coupon.code }}'), carrying)).toEqual([])
  expect(codes(mail('WELCOME5'), advertising)).toEqual([])
})

test('what is said only of those who have a coupon may be said without one', () => {
  const text = '{% if coupon %}{{ coupon.amount | krw }} 쿠폰이 있어요.{% endif %}'
  expect(codes(sms(text), advertising)).toEqual([])
})

test('who is given a coupon is told its code, and it is advertising', () => {
  expect(codes(sms('할인해요'), carrying)).toEqual(['coupon_unsaid coupon'])
  const order = { purpose: 'informational', because: 'order', carriesCoupon: true } as const
  expect(codes(sms('{{ coupon.code }}'), order)).toEqual(['looks_like_advertising coupon'])
})

test('a hundred thousand opening braces are gone through once', () => {
  const body = { kind: 'mjml', mjml: '{{'.repeat(50_000) } as const
  const hostile: MessageContent = { channel: 'email', subject: '쿠폰', preheader: '', body }
  const from = performance.now()
  expect(codes(hostile, advertising)).toEqual([])
  expect(performance.now() - from).toBeLessThan(1_000)
})
