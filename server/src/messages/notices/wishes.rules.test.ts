import { expect, test } from 'vitest'
import { consentSettings } from '../../consent/settings.ts'
import { lookAt, type Owed } from './wishes.ts'

test('words of two days in Korea are told with two dates, though both fall on one day by UTC', () => {
  const evening = Date.UTC(2026, 2, 1, 1)
  const nextMorning = Date.UTC(2026, 2, 1, 23, 30)
  const said = (channel: Owed['channel'], at: number, position: number): Owed => ({
    channel,
    grantedAt: at,
    reconfirmDueAt: null,
    resultNoticeDueAt: at + 14 * 86_400_000,
    ledger: [{ kind: 'grant', scope: 'ad_day', at, position, source: 'mypage' }],
  })
  const { wishes } = lookAt([said('sms', evening, 1), said('kakao', nextMorning, 2)], {
    settings: consentSettings({}),
    now: nextMorning,
    customer: 1,
    tongue: { language: 'ko', zone: 'Asia/Seoul' },
    isDormant: false,
  })
  expect(wishes).toHaveLength(1)
  expect(wishes[0]?.text).toContain('2026년 3월 1일 문자')
  expect(wishes[0]?.text).toContain('2026년 3월 2일 카카오톡')
})
