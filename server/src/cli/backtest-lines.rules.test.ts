import { expect, it } from 'vitest'
import type { BacktestSide } from '../campaigns/backtest/backtest.ts'
import { backtestLines } from './backtest-lines.ts'

const side: BacktestSide = {
  people: 948,
  entries: 1409,
  underWay: 22,
  notEntered: [{ code: 'reentry', count: 491, ko: '들어오지 않았어요.', en: 'Did not enter.' }],
  ended: [],
  decisions: [
    { code: 'no_consent', outcome: 'refused', count: 595, ko: '보내지 않았어요.', en: 'Not sent.' },
    { code: 'sent', outcome: 'sent', count: 548, ko: '보냈어요.', en: 'Sent.' },
  ],
  heldForNight: 0,
  sent: 548,
  days: [{ day: '2026-10-26', entered: 42, sent: 12, heldOut: 1 }],
  hours: [],
  channels: [],
  perPerson: { most: 3, mostInWeek: 2, spread: [] },
  heldOut: 38,
  cost: 0,
  coupons: [{ pool: 1, name: '첫 구매', given: 12, missing: 3, mostOff: 36000 }],
  samples: [],
}

it('says whom a campaign would have reached and why not others, in columns that stand below each other', () => {
  const lines = backtestLines(side, 'KRW')
  expect(lines).toEqual([
    '들어온 사람 people entered  948 (1409번 times)',
    '발송 messages sent          548',
    '대조군 held out             38',
    '끝날 때 진행 중 under way   22',
    '한 사람 최대 most a person  3 (7일 안에 in 7 days: 2)',
    '쿠폰 coupon: 첫 구매        12 (모자람 missing: 3)',
    '     595  보내지 않았어요. Not sent.',
    '     491  들어오지 않았어요. Did not enter.',
    '날짜 day     발송 sent  들어옴 entered',
    '2026-10-26          12              42',
  ])
})

it('names the cost where there is one', () => {
  expect(backtestLines({ ...side, cost: 8.4 }, 'KRW').join('\n')).toContain('8.4 KRW')
})
