import { expect, test } from 'vitest'
import type { AnyParcel } from '../channels/carrier.ts'
import { testMarked } from './test-mark.ts'

const marked = (parcel: object) => testMarked(parcel as AnyParcel, '[테스트]')

test('a test says so behind the label that the law wants first', () => {
  expect(marked({ channel: 'email', subject: '(광고) 봄 세일' }).parcel).toMatchObject({
    subject: '(광고) [테스트] 봄 세일',
  })
  expect(marked({ channel: 'email', subject: '주문을 받았어요' }).parcel).toMatchObject({
    subject: '[테스트] 주문을 받았어요',
  })
  expect(marked({ channel: 'sms', form: 'SMS', text: '(광고)온샵 봄 세일' }).parcel).toMatchObject({
    text: '(광고)[테스트]온샵 봄 세일',
  })
  const brand = { channel: 'kakao', kind: 'brand', bubble: 'TEXT', text: '(광고) 봄 세일' }
  expect(marked(brand)).toEqual({
    parcel: { ...brand, text: '(광고) [테스트] 봄 세일' },
    marked: true,
  })
})

test('a message that is full stays what it is, and a template says what was approved letter by letter', () => {
  const full = { channel: 'sms', form: 'SMS', text: `(광고)${'가'.repeat(40)}` }
  expect(marked(full)).toEqual({ parcel: full, marked: false })
  expect(marked({ ...full, form: 'LMS' }).marked).toBe(true)
  const wide = {
    channel: 'kakao',
    kind: 'brand',
    bubble: 'WIDE',
    text: `(광고) ${'가'.repeat(71)}`,
  }
  expect(marked(wide)).toEqual({ parcel: wide, marked: false })
  const template = { channel: 'kakao', kind: 'alimtalk', text: '배송이 시작됐어요' }
  expect(marked(template)).toEqual({ parcel: template, marked: false })
})
