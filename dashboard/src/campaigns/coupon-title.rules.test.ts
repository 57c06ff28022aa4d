import { expect, test } from 'vitest'
import { couponTitle, titleForms, titleParts } from './coupon-title.ts'

test('a title is taken apart and put together again', () => {
  for (const form of titleForms) {
    const title = couponTitle(form, form === 'delivery' ? '' : '5000')
    expect(titleParts(title).form).toBe(form)
    expect(couponTitle(titleParts(title).form, titleParts(title).word)).toBe(title)
  }
})

test('an amount is written as Kakao takes it', () => {
  expect(couponTitle('won', '5,000원')).toBe('5000원 할인 쿠폰')
  expect(couponTitle('percent', '10 %')).toBe('10% 할인 쿠폰')
  expect(titleParts('뭔가 다른 제목')).toEqual({ form: 'free', word: '뭔가 다른 제목' })
})
