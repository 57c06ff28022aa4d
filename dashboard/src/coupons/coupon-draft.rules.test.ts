import { expect, test } from 'vitest'
import { poolSentence } from '../../../server/src/coupons/sentence.ts'
import { draftOf, faultsOf, firstForm, shapeOf } from './coupon-draft.ts'

const zone = 'Asia/Seoul'
const now = Date.UTC(2026, 10, 22)

test('the form begins as a coupon that only wants a name, and says itself as a sentence', () => {
  expect(faultsOf(firstForm, zone, now)).toEqual(['name'])
  const wording = { language: 'ko', currency: 'KRW', timeZone: zone } as const
  expect(poolSentence(shapeOf(firstForm, zone), wording)).toBe(
    '5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번',
  )
})

test('a percentage wants the most it may take off, an end lies ahead, a list is not empty', () => {
  const form = { ...firstForm, name: '가을', kind: 'percent', lastDay: '2026-11-21' } as const
  expect(faultsOf(form, zone, now)).toEqual(['cap', 'lastDay'])
  expect(faultsOf({ ...firstForm, name: '가을', codes: 'uploaded' }, zone, now)).toEqual(['list'])
  expect(faultsOf({ ...firstForm, name: '가을', prefix: 'O1' }, zone, now)).toEqual(['prefix'])
})

test('the last day ends by the shop’s clocks, and an empty field is no limit', () => {
  const form = { ...firstForm, lastDay: '2026-12-24', count: undefined, validHours: undefined }
  expect(draftOf(form, zone)).toMatchObject({
    endsAt: Date.UTC(2026, 11, 24, 14, 59),
    perPerson: null,
    validHours: null,
    total: null,
  })
})
