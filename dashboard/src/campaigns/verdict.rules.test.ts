import { describe, expect, test } from 'vitest'
import type { Compared } from './verdict.ts'
import { verdict } from './verdict.ts'

const won = { currency: 'KRW', language: 'ko' } as const
const english = { currency: 'KRW', language: 'en' } as const
const effect = {
  people: { treatment: 4120, holdout: 458 },
  means: { treatment: 280 / 4120, holdout: 23 / 458 },
  difference: { value: 0.018, low: -0.003, high: 0.039 },
  needsMore: null,
  verdict: 'open',
} as const
const told = (
  change: Partial<Compared['effect']> = {},
  rest: Partial<Compared> = {},
): Compared => ({
  metric: 'completion',
  effect: { ...effect, ...change },
  margin: null,
  perWeek: 0,
  ...rest,
})

describe('the verdict of a campaign', () => {
  test('names both groups, the difference and its interval, and says when it is not certain', () => {
    const said = verdict(told(), won)
    expect(said.meaning).toBe('held')
    expect(said.headline).toBe('아직 확실하지 않아요.')
    expect(said.says).toBe(
      '보내기로 한 4,120명 중 6.8 %, 대조군 458명 중 5.0 %가 샀어요. 차이 +1.8%p (구간 -0.3~+3.9%p).',
    )
  })

  test('of what stands on a page says shown, not sent', () => {
    const said = verdict(told({}, { onPage: true }), won)
    expect(said.says).toContain('보여주기로 한 4,120명 중 6.8 %,')
    const nobody = verdict(told({ difference: null }, { onPage: true }), won)
    expect(nobody.says).toContain('보여주기로 정한 고객과')
  })

  test('gives no sign to a difference that rounds to nothing', () => {
    const difference = { value: -0.002, low: -0.03, high: 0.03 }
    const { says } = verdict(told({ difference }, { metric: 'orders' }), won)
    expect(says).toBe(
      '보내기로 한 4,120명은 1인당 0.07건, 대조군 458명은 1인당 0.05건이에요. 차이 0.00건 (구간 -0.03건~+0.03건).',
    )
  })

  test('is green or red only when the comparison says so', () => {
    const sure = verdict(told({ verdict: 'helps' }), english)
    expect(sure).toMatchObject({
      meaning: 'caused',
      headline: 'The message made more people buy.',
    })
    expect(sure.says).toContain('Of 4,120 people chosen for a message 6.8 %,')
    expect(verdict(told({ verdict: 'harms' }), won).meaning).toBe('broken')
  })

  test('claims nothing where the groups are not as large as set', () => {
    const said = verdict(told({ verdict: 'helps' }, { isMismatched: true }), won)
    expect(said).toMatchObject({ meaning: 'held' })
    expect(said.headline).toContain('효과라고 말할 수 없어요')
    expect(said.says).toContain('차이 +1.8%p')
  })

  test('says how many more people and weeks it takes instead of guessing', () => {
    const said = verdict(told({ needsMore: 2_300 }, { perWeek: 700 }), won)
    expect(said.says).toContain('30 %쯤 늘리는 효과라면 2,300명 더 필요해요 · 지금 속도면 4주.')
    expect(verdict(told({ needsMore: 0 }), won).says).toContain('볼 만큼은 모였어요')
  })

  test('claims nothing while a side has too few people, and shows how wide the interval is', () => {
    const difference = { value: 0.1, low: -0.7, high: 0.4 }
    const said = verdict(told({ verdict: 'too_little', difference, needsMore: 900 }), won)
    expect(said.headline).toBe('결과를 말하기엔 아직 일러요.')
    expect(said.says).toContain('구간 -70.0~+40.0%p')
    expect(said.says).toContain('900명 더 필요해요.')
  })

  test('makes no claim without a hold-out', () => {
    const said = verdict(told({ difference: null, verdict: 'too_little' }), won)
    expect(said).toMatchObject({ meaning: 'held', headline: '아직 결과를 말할 수 없어요.' })
  })

  test('tells amounts a person, and calls them profit only once the margin is known', () => {
    const amounts = {
      means: { treatment: 12_300, holdout: 11_000 },
      difference: { value: 1_300, low: 200, high: 2_400 },
      verdict: 'helps',
    } as const
    const net = verdict(told(amounts, { metric: 'profit' }), won)
    expect(net.headline).toBe('쿠폰·발송비를 빼고도 매출이 늘었어요.')
    expect(net.says).toBe(
      '보내기로 한 4,120명은 1인당 12,300원, 대조군 458명은 1인당 11,000원이에요. 차이 +1,300원 (구간 +200원~+2,400원).',
    )
    const profit = verdict(told(amounts, { metric: 'profit', margin: 0.4 }), won)
    expect(profit.headline).toBe('메시지 덕분에 이익이 늘었어요.')
  })
})
