import { expect, test } from 'vitest'
import { decisionReasons } from './reasons.ts'
import { wouldBeLine } from './would-be.ts'

test('what would come of a message now is not said as if it had happened', () => {
  for (const [reason, { outcome }] of Object.entries(decisionReasons)) {
    if (outcome !== 'refused' && outcome !== 'would_send') continue
    const { ko, en } = wouldBeLine(reason)
    expect(ko, reason).not.toMatch(/(않았|보냈|양보했)/)
    expect(en, reason).not.toMatch(/Not sent|have been sent/)
  }
  expect(wouldBeLine('opted_out')).toEqual({
    ko: '수신을 거부해서 광고를 보내지 않아요.',
    en: 'Would not be sent: this person opted out of advertising.',
  })
})
