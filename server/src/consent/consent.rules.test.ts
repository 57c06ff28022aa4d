import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { recordable } from './change.ts'
import { type LedgerEntry, projectConsents } from './project.ts'

const said = (
  kind: LedgerEntry['kind'],
  at: number,
  scope: LedgerEntry['scope'] = 'ad_day',
  source: LedgerEntry['source'] = 'signup_form',
): LedgerEntry => ({
  kind,
  scope,
  at,
  position: at + 1,
  source,
})

test('nothing said is nothing allowed', () => {
  expect(projectConsents([])).toMatchObject({
    adDay: false,
    adNight: false,
    personalDataMarketing: false,
  })
})

test('a withdrawal ends advertising by day and by night; a late word from before it changes nothing', () => {
  const ledger = [said('grant', 10), said('grant', 10, 'ad_night'), said('withdraw', 30)]
  expect(projectConsents(ledger)).toMatchObject({ adDay: false, adNight: false, refusedAt: 30 })
  expect(projectConsents([...ledger, { ...said('grant', 20), position: 99 }])).toMatchObject({
    adDay: false,
  })
  expect(projectConsents([...ledger, said('grant', 40)])).toMatchObject({
    adDay: true,
    adNight: false,
    grantedAt: 40,
  })
})

test('of a consent and a refusal at the same instant the refusal counts', () => {
  expect(
    projectConsents([
      { ...said('refuse', 10), position: 1 },
      { ...said('grant', 10), position: 2 },
    ]).adDay,
  ).toBe(false)
})

test('night and personal data are refused alone', () => {
  const ledger = [
    said('grant', 1),
    said('grant', 1, 'ad_night'),
    said('grant', 1, 'personal_data_marketing'),
    said('withdraw', 2, 'ad_night'),
  ]
  expect(projectConsents(ledger)).toMatchObject({
    adDay: true,
    adNight: false,
    personalDataMarketing: true,
    refusedAt: null,
  })
})

test('consent is confirmed again two years later, from the day it was last confirmed', () => {
  const granted = Date.UTC(2024, 1, 29)
  expect(projectConsents([said('grant', granted)]).reconfirmDueAt).toBe(Date.UTC(2026, 1, 28))
  const confirmed = Date.UTC(2026, 1, 1)
  expect(
    projectConsents([said('grant', granted), said('reconfirm_sent', confirmed)]).reconfirmDueAt,
  ).toBe(Date.UTC(2028, 1, 1))
  expect(projectConsents([said('grant', 1), said('withdraw', 2)]).reconfirmDueAt).toBeNull()
})

test('the result of what was said is told within 14 days, once', () => {
  expect(projectConsents([said('grant', 5)]).resultNoticeDueAt).toBe(5 + 14 * dayMs)
  expect(
    projectConsents([said('grant', 5), said('result_notice_sent', 6)]).resultNoticeDueAt,
  ).toBeNull()
  expect(
    projectConsents([said('grant', 5), said('result_notice_sent', 6), said('withdraw', 9)])
      .resultNoticeDueAt,
  ).toBe(9 + 14 * dayMs)
})

test('a notice that was on its way while another word was said tells nothing of that word', () => {
  const asked = said('grant', 5)
  const withdrawn = said('withdraw', 9)
  const late = { ...said('result_notice_sent', 12), position: asked.position }
  expect(projectConsents([asked, withdrawn, late]).resultNoticeDueAt).toBe(9 + 14 * dayMs)
  const both = { ...late, position: withdrawn.position }
  expect(projectConsents([asked, withdrawn, late, both]).resultNoticeDueAt).toBeNull()
})

test('a word about the night that no notice told is due from its own day', () => {
  const told = { ...said('result_notice_sent', 6), position: 6 }
  const night = said('grant', 4, 'ad_night')
  expect(
    projectConsents([said('grant', 5), { ...night, position: 9 }, told]).resultNoticeDueAt,
  ).toBe(4 + 14 * dayMs)
})

test('nobody is told the result of what a file brought, of invented shoppers, or of personal data alone', () => {
  for (const source of ['csv', 'import_080', 'old_tool', 'demo', 'cafe24_sync'] as const)
    expect(projectConsents([said('grant', 5, 'ad_day', source)]).resultNoticeDueAt).toBeNull()
  expect(
    projectConsents([said('grant', 5, 'personal_data_marketing')]).resultNoticeDueAt,
  ).toBeNull()
  expect(
    projectConsents([said('grant', 5), said('withdraw', 9, 'ad_day', 'old_tool')])
      .resultNoticeDueAt,
  ).toBe(5 + 14 * dayMs)
})

test('the order in which words arrive does not matter', () => {
  const entry = fc.record({
    kind: fc.constantFrom('grant' as const, 'refuse' as const, 'withdraw' as const),
    scope: fc.constantFrom(
      'ad_day' as const,
      'ad_night' as const,
      'personal_data_marketing' as const,
    ),
    at: fc.integer({ min: 0, max: 5 }),
    position: fc.integer({ min: 1, max: 1_000 }),
    source: fc.constantFrom('signup_form' as const, 'csv' as const),
  })
  fc.assert(
    fc.property(
      fc
        .array(entry, { maxLength: 8 })
        .chain((ledger) =>
          fc.tuple(fc.constant(ledger), fc.shuffledSubarray(ledger, { minLength: ledger.length })),
        ),
      ([ledger, shuffled]) => {
        expect(projectConsents(shuffled)).toEqual(projectConsents(ledger))
      },
    ),
  )
})

test('a claim records nothing, and only Danggol speaks for its own pages', () => {
  const properties = { channel: 'email', kind: 'grant', scope: 'ad_day', source: 'signup_form' }
  expect(recordable(properties, { verified: false, ours: false })).toBeUndefined()
  expect(recordable(properties, { verified: true, ours: false })).toMatchObject({ kind: 'grant' })
  const admin = { ...properties, source: 'admin' }
  expect(recordable(admin, { verified: true, ours: false })).toBeUndefined()
  expect(recordable(admin, { verified: true, ours: true })).toMatchObject({ source: 'admin' })
  expect(
    recordable({ ...properties, channel: 'pigeon' }, { verified: true, ours: true }),
  ).toBeUndefined()
})
