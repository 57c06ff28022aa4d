import { describe, expect, test } from 'vitest'
import { verdict } from './verdict.ts'

const shop = {
  treatment: { people: 4120, buyers: 280, revenue: 0 },
  holdout: { people: 458, buyers: 23, revenue: 0 },
  needed: null,
  verdict: 'open',
} as const

describe('the verdict of a campaign', () => {
  test('names both groups, the difference and its interval, and says when it is not certain', () => {
    const said = verdict({ ...shop, lift: { estimate: 0.018, low: -0.003, high: 0.039 } }, 'ko')
    expect(said.meaning).toBe('held')
    expect(said.headline).toBe('아직 확실하지 않아요.')
    expect(said.says).toBe(
      '보내기로 한 4,120명 중 6.8 %, 대조군 458명 중 5.0 %가 샀어요. 차이 +1.8%p (구간 -0.3~+3.9%p).',
    )
  })

  test('is green only when the whole interval lies above zero', () => {
    const sure = verdict({ ...shop, lift: { estimate: 0.018, low: 0.001, high: 0.035 } }, 'en')
    expect(sure.meaning).toBe('caused')
    expect(sure.says).toContain('Of 4,120 people chosen for a message 6.8 % bought')
    const touching = verdict({ ...shop, lift: { estimate: 0.018, low: 0, high: 0.036 } }, 'en')
    expect(touching.meaning).toBe('held')
  })

  test('is red only when the whole interval lies below zero', () => {
    const said = verdict({ ...shop, lift: { estimate: -0.02, low: -0.03, high: -0.01 } }, 'ko')
    expect(said.meaning).toBe('broken')
  })

  test('says how many more people it takes instead of guessing', () => {
    const said = verdict(
      { ...shop, needed: 2300, lift: { estimate: 0.018, low: -0.003, high: 0.039 } },
      'ko',
    )
    expect(said.says).toContain('확실해지려면 2,300명 정도 더 필요해요.')
  })

  test('claims nothing while a side has too few people, and shows how wide the interval is', () => {
    const few = { people: 3, buyers: 1, revenue: 0 }
    const lift = { estimate: 0.1, low: -0.7, high: 0.4 }
    const said = verdict({ ...shop, holdout: few, lift, needed: 900, verdict: 'too_little' }, 'ko')
    expect(said.headline).toBe('결과를 말하기엔 아직 일러요.')
    expect(said.meaning).toBe('held')
    expect(said.says).toContain('대조군 3명 중 33.3 %가 샀어요.')
    expect(said.says).toContain('구간')
    expect(said.says).toContain('확실해지려면 900명')
  })

  test('makes no claim without a hold-out', () => {
    const nobody = { people: 0, buyers: 0, revenue: 0 }
    const said = verdict({ ...shop, holdout: nobody, lift: null }, 'ko')
    expect(said.meaning).toBe('held')
    expect(said.headline).toBe('아직 결과를 말할 수 없어요.')
  })
})
