import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../lib/duration.ts'
import { decide, decideAgain, type Earlier, type Facts } from './decide.ts'
import { reasonLine } from './reason-line.ts'
import { decisionReasons } from './reasons.ts'
import { sendingSettings } from './sending.ts'

/** Monday noon in Seoul. */
const noon = Date.UTC(2026, 2, 2, 3)
const onTime = { createdAt: noon, dueAt: noon }
const consented = {
  adDay: true,
  adNight: false,
  personalDataMarketing: false,
  grantedAt: 0,
  refusedAt: null,
}
const fine: Facts = {
  channel: 'email',
  purpose: 'advertising',
  precedence: { class: 'journey', weight: 50 },
  now: noon,
  settings: sendingSettings({ morningSpreadMinutes: 0 }),
  locked: false,
  channelReady: true,
  hasContact: true,
  erased: false,
  suppressed: null,
  under14: false,
  consent: consented,
  tradingRelation: false,
  earlier: [],
  products: 'fine',
  couponAvailable: null,
  drawn: 'fine',
  arm: 'treatment',
  notBefore: null,
  onNight: 'hold',
  seed: '1:1',
  budgetSpent: false,
}
const ad = (at: number, more: Partial<Earlier> = {}): Earlier => ({
  at,
  purpose: 'advertising',
  precedence: null,
  waiting: false,
  ...more,
})
const reasonOf = (facts: Partial<Facts>) => {
  const verdict = decide({ ...fine, ...facts })
  return verdict.kind === 'send' ? 'send' : verdict.reason
}

test('a consenting person with an address gets the message', () => {
  expect(decide(fine)).toEqual({ kind: 'send' })
})

describe('an advertisement is refused', () => {
  const cases: readonly (readonly [string, Partial<Facts>])[] = [
    ['erased', { erased: true }],
    ['no_contact', { hasContact: false }],
    ['hard_bounced', { suppressed: 'hard_bounce' }],
    ['complained', { suppressed: 'complaint' }],
    ['suppressed', { suppressed: 'admin' }],
    ['opted_out', { suppressed: 'opted_out' }],
    ['no_consent', { consent: undefined }],
    ['no_consent', { consent: { ...consented, adDay: false } }],
    ['no_personal_data_consent', { settings: sendingSettings({ needsPersonalDataConsent: true }) }],
    ['frequency_day', { earlier: [ad(noon - hourMs)] }],
    ['frequency_week', { earlier: [2, 3, 4].map((days) => ad(noon - days * dayMs)) }],
    ['not_sellable', { products: 'not_sellable' }],
    ['out_of_stock', { products: 'out_of_stock' }],
    ['coupon_gone', { couponAvailable: false }],
    ['render_failed', { drawn: 'render_failed' }],
    ['sender_incomplete', { drawn: 'sender_incomplete' }],
  ]
  test.each(cases)('as %s', (reason, facts) => expect(reasonOf(facts)).toBe(reason))

  test('and the first guard of the one door names the reason', () => {
    const everything: Partial<Facts> = {
      suppressed: 'opted_out',
      consent: undefined,
      earlier: [ad(noon)],
      products: 'out_of_stock',
      drawn: 'render_failed',
      arm: 'holdout',
    }
    expect(reasonOf(everything)).toBe('opted_out')
    expect(reasonOf({ ...everything, suppressed: null })).toBe('no_consent')
    expect(reasonOf({ ...everything, suppressed: null, consent: consented })).toBe('frequency_day')
  })
})

test('informational messages need no consent and obey no cap, but never reach a closed address', () => {
  const facts: Partial<Facts> = {
    purpose: 'informational',
    consent: undefined,
    earlier: [ad(noon)],
  }
  expect(reasonOf({ ...facts, suppressed: 'opted_out' })).toBe('send')
  expect(reasonOf({ ...facts, suppressed: 'hard_bounce' })).toBe('hard_bounced')
})

describe('the frequency cap', () => {
  test('opens exactly 24 hours after the last advertisement', () => {
    expect(reasonOf({ earlier: [ad(noon - dayMs + 1)] })).toBe('frequency_day')
    expect(reasonOf({ earlier: [ad(noon - dayMs)] })).toBe('send')
  })
  test('does not count what a heavier message pushes aside', () => {
    const waiting = ad(noon - hourMs, {
      waiting: true,
      precedence: { class: 'journey', weight: 10 },
    })
    expect(reasonOf({ earlier: [waiting] })).toBe('send')
    expect(reasonOf({ earlier: [{ ...waiting, waiting: false }] })).toBe('frequency_day')
    expect(reasonOf({ earlier: [{ ...waiting, precedence: { class: 'bulk', weight: 10 } }] })).toBe(
      'frequency_day',
    )
  })
})

test('a message whose hours lie in its night is refused, not put off from one to the other for ever', () => {
  const zone = 'Asia/Seoul'
  const late = { of: { from: '21:00', to: '23:00' }, zone }
  for (const channel of ['sms', 'kakao'] as const)
    expect(reasonOf({ channel, hours: late })).toBe('hours_at_night')
  expect(decideAgain({ ...fine, channel: 'sms', hours: late }, onTime)).toMatchObject({
    reason: 'hours_at_night',
  })
  // Mail has no night, and who agreed to it has none either.
  expect(reasonOf({ hours: late })).toBe('quiet_hours')
  expect(reasonOf({ channel: 'sms', hours: late, consent: { ...consented, adNight: true } })).toBe(
    'quiet_hours',
  )
  const monday = { of: { from: '07:00', to: '08:30', weekdays: [1] }, zone }
  expect(reasonOf({ channel: 'sms', hours: monday })).toBe('quiet_hours')
})

test('a weightier campaign of the same class has the person for 24 hours', () => {
  const settings = sendingSettings({ adsPerDay: 5, adsPerWeek: 5 })
  const heavier = (at: number, name = 'journey') =>
    ad(at, { precedence: { class: name, weight: 90 } })
  expect(reasonOf({ settings, earlier: [heavier(noon - hourMs)] })).toBe('outweighed')
  expect(reasonOf({ settings, earlier: [heavier(noon - hourMs, 'bulk')] })).toBe('send')
  expect(reasonOf({ settings, earlier: [heavier(noon - dayMs)] })).toBe('send')
})

describe('the night', () => {
  const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour - 9, minute)
  const sms: Partial<Facts> = { channel: 'sms' }
  test.each([
    [8, 0, 'send'],
    [20, 54, 'send'],
    [20, 55, 'night'],
    [21, 0, 'night'],
    [23, 59, 'night'],
    [0, 0, 'night'],
    [7, 59, 'night'],
  ] as const)('at %d:%d a text message is: %s', (hour, minute, expected) =>
    expect(reasonOf({ ...sms, now: at(hour, minute) })).toBe(expected),
  )
  test('ends at eight in the morning to the millisecond', () => {
    expect(decide({ ...fine, ...sms, now: at(23) + 1_234 })).toMatchObject({ until: at(32) })
    expect(decide({ ...fine, ...sms, now: at(3) + 999 })).toMatchObject({ until: at(8) })
  })
  test('is no matter for e-mail, for informational messages, or with consent to it', () => {
    expect(reasonOf({ now: at(23) })).toBe('send')
    expect(reasonOf({ ...sms, now: at(23), purpose: 'informational' })).toBe('send')
    expect(reasonOf({ ...sms, now: at(23), consent: { ...consented, adNight: true } })).toBe('send')
  })
  test('a message put off into the night waits for the morning after it', () => {
    expect(decide({ ...fine, ...sms, notBefore: at(22) })).toMatchObject({
      reason: 'night',
      until: at(32),
    })
    expect(decide({ ...fine, notBefore: at(22) })).toMatchObject({
      reason: 'not_yet',
      until: at(22),
    })
  })
})

test('a held-out person has passed every guard, whatever the facts', () => {
  const suppressed = fc.constantFrom(null, 'opted_out', 'hard_bounce', 'complaint', 'admin')
  const facts = fc.record({
    suppressed,
    consent: fc.constantFrom(undefined, consented, { ...consented, adDay: false }),
    products: fc.constantFrom('fine', 'not_sellable', 'out_of_stock'),
    drawn: fc.constantFrom('fine', 'render_failed', 'content_missing', 'sender_incomplete'),
    purpose: fc.constantFrom('advertising', 'informational'),
    hasContact: fc.boolean(),
    earlier: fc.array(
      fc.integer({ min: 0, max: 8 * 24 }).map((hours) => ad(noon - hours * hourMs)),
      { maxLength: 4 },
    ),
  })
  fc.assert(
    fc.property(facts, (some) => {
      const given = { ...fine, ...some } as Facts
      const treated = decide({ ...given, arm: 'treatment' })
      const held = decide({ ...given, arm: 'holdout' })
      if (treated.kind === 'refused') expect(held).toEqual(treated)
      else expect(held).toEqual({ kind: 'would_send', reason: 'held_out' })
    }),
  )
})

test('at the lease an advertisement a day late is dropped, an order notice after a week', () => {
  const at = (now: number, purpose: Facts['purpose']) =>
    decideAgain({ ...fine, now, purpose }, onTime)
  const tooLate = { kind: 'refused', reason: 'too_late' }
  expect(at(noon + dayMs, 'advertising')).toEqual({ kind: 'send' })
  expect(at(noon + dayMs + 1, 'advertising')).toEqual(tooLate)
  expect(at(noon + dayMs + 1, 'informational')).toEqual({ kind: 'send' })
  expect(at(noon + 7 * dayMs + 1, 'informational')).toEqual(tooLate)
})

test('what was decided two weeks ago is dropped, however often it was put off', () => {
  const at = (now: number) => decideAgain({ ...fine, now }, { createdAt: noon, dueAt: now })
  expect(at(noon + 14 * dayMs)).toEqual({ kind: 'send' })
  expect(at(noon + 14 * dayMs + 1)).toEqual({ kind: 'refused', reason: 'too_old' })
})

test('every reason has its sentence in both languages', () => {
  for (const [reason, text] of Object.entries(decisionReasons)) {
    expect(text.ko, reason).toMatch(/[가-힣].*\.$/)
    expect(text.en, reason).toMatch(/^[A-Z].*\.$/)
  }
  expect(reasonLine('toString')).toEqual({ ko: 'toString', en: 'toString', rule: null })
})
