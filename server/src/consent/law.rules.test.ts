import { expect, test } from 'vitest'
import { firstSendLocked, firstSendOf, firstSendTasks } from './first-send.ts'
import { projectConsents } from './project.ts'
import { consentSettings } from './settings.ts'
import { relationAllows, tradingBasisOf, tradingRelation } from './trading.ts'

const settled = { how: 'none', by: '김담당', sentence: '없어요', at: 1 }

test('the first send stays locked until every one of the three lists was brought or said not to exist', () => {
  expect(firstSendLocked({})).toBe(true)
  const all = Object.fromEntries(firstSendTasks.map((task) => [task, settled]))
  expect(firstSendLocked({ firstSend: all })).toBe(false)
  for (const task of firstSendTasks) {
    expect(firstSendLocked({ firstSend: { ...all, [task]: null } })).toBe(true)
    expect(firstSendLocked({ firstSend: { ...all, [task]: { how: 'none' } } })).toBe(true)
  }
  expect(firstSendLocked({ firstSend: 'broken' })).toBe(true)
  expect(firstSendOf({ firstSend: { oldTool: settled } }).oldTool?.by).toBe('김담당')
})

test('a trading relation lasts six months from the day the order was paid, by the calendar', () => {
  const paidAt = Date.UTC(2025, 7, 31, 3)
  const until = Date.UTC(2026, 1, 28, 3)
  expect(tradingRelation({ id: 'A1', paidAt }, until - 1)).toEqual({
    order: 'A1',
    endedAt: paidAt,
    until,
  })
  expect(tradingRelation({ id: 'A1', paidAt }, until)).toBeUndefined()
  expect(tradingRelation({ id: 'A1', paidAt }, paidAt - 1)).toBeUndefined()
  expect(tradingRelation(undefined, until)).toBeUndefined()
  expect(tradingRelation({ id: 'A', paidAt: Date.UTC(2026, 0, 15) }, 0)).toBeUndefined()
  expect(
    tradingRelation({ id: 'A', paidAt: Date.UTC(2026, 8, 15) }, Date.UTC(2027, 2, 15)),
  ).toBeUndefined()
})

test('days are counted in Korea, where the morning of the 31st is still the 30th by UTC', () => {
  const paidAt = Date.UTC(2025, 7, 30, 20)
  const lastMorning = Date.UTC(2026, 1, 27, 20)
  expect(tradingRelation({ id: 'A1', paidAt }, paidAt)?.until).toBe(lastMorning)
  const leapDay = Date.UTC(2024, 1, 28, 20)
  expect(
    projectConsents([
      { kind: 'grant', scope: 'ad_day', at: leapDay, position: 1, source: 'signup_form' },
    ]).reconfirmDueAt,
  ).toBe(Date.UTC(2026, 1, 27, 20))
})

test('a refusal beats the trading relation', () => {
  const relation = tradingRelation({ id: 'A1', paidAt: 10 }, 20)
  expect(relationAllows(relation, undefined)).toBe(true)
  expect(relationAllows(relation, { refusedAt: null })).toBe(true)
  expect(relationAllows(relation, { refusedAt: 5 })).toBe(false)
  expect(relationAllows(undefined, undefined)).toBe(false)
})

test('an advertisement keeps the order it rests on, and only where it rests on one', () => {
  const relation = tradingRelation({ id: 'A1', paidAt: 10 }, 20)
  const ad = 'advertising' as const
  expect(tradingBasisOf(relation, { consent: undefined, purpose: ad })).toMatchObject({
    kind: 'existing_customer_6m',
    order: 'A1',
    endedAt: 10,
  })
  const agreed = { adDay: true, refusedAt: null }
  expect(tradingBasisOf(relation, { consent: agreed, purpose: ad })).toBeUndefined()
  const refused = { adDay: false, refusedAt: 5 }
  expect(tradingBasisOf(relation, { consent: refused, purpose: ad })).toBeUndefined()
  expect(tradingBasisOf(relation, { consent: undefined, purpose: 'informational' })).toBeUndefined()
})

test('the exception is off and the notices are on until somebody says otherwise', () => {
  const unset = {
    resultNotices: true,
    reconfirms: true,
    reconfirmOverdue: false,
    existingCustomers: null,
  }
  expect(consentSettings({})).toEqual(unset)
  expect(consentSettings({ consent: 3 })).toEqual(unset)
  expect(consentSettings({ consent: { resultNotices: false } }).resultNotices).toBe(false)
})
