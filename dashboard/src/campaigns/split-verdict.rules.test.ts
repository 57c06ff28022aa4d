import { describe, expect, test } from 'vitest'
import type { SplitReport } from '../../../server/src/campaigns/split-report.ts'
import { splitVerdict } from './split-verdict.ts'

const arm = (id: string, name: string, [judged, all]: readonly [number, number]) => ({
  ...{ id, name, share: 0.5, open: 0 },
  all: { people: all, reached: 0, rate: 0 },
  judged: { people: judged, reached: 0, rate: 0, interval: { low: 0, high: 0.1 } },
})
const split: SplitReport = {
  ...{
    step: 3,
    mode: 'fixed',
    reshared: false,
    isMismatched: false,
    leader: null,
    verdict: 'open',
  },
  arms: [arm('a', '짧은 글', [400, 400]), arm('b', '긴 글', [400, 400])],
  ahead: { arm: 'b', than: 'a', value: 0.012, low: -0.005, high: 0.029 },
}

describe('the verdict of a split', () => {
  test('says that a difference may be chance, with its interval', () => {
    expect(splitVerdict(split, 'ko')).toEqual({
      meaning: 'held',
      headline: '어느 쪽이 나은지 아직 확실하지 않아요.',
      says: '지금은 ‘긴 글’ 쪽이 ‘짧은 글’ 쪽보다 높아요. 차이 +1.2%p는 우연일 수 있어요 (구간 -0.5~+2.9%p).',
      whom: undefined,
    })
    const level = { ...split, ahead: { arm: 'a', than: 'b', value: 0, low: -0.02, high: 0.02 } }
    expect(splitVerdict(level, 'en').says).toContain('no difference so far')
  })

  test('names the better one and by how much only where it leads beyond chance', () => {
    const ahead = { arm: 'b', than: 'a', value: 0.031, low: 0.009, high: 0.052 }
    const said = splitVerdict({ ...split, leader: 'b', verdict: 'leads', ahead }, 'ko')
    expect(said.meaning).toBe('caused')
    expect(said.headline).toBe('‘긴 글’ 쪽이 목표를 더 자주 이뤘어요.')
    expect(said.says).toBe('‘짧은 글’ 쪽과의 차이는 +3.1%p예요 (구간 +0.9~+5.2%p).')
  })

  test('says nothing of a handful of people, only how many it takes', () => {
    const said = splitVerdict({ ...split, verdict: 'too_little', ahead: null }, 'ko')
    expect(said.headline).toBe('비교하기엔 아직 일러요.')
    expect(said.says).toBe('어느 쪽이나 20명은 있어야 나은 쪽을 말할 수 있어요.')
  })

  test('tells whom a split that learns compares', () => {
    const arms = [arm('a', 'A', [60, 5_060]), arm('b', 'B', [60, 160])]
    expect(splitVerdict({ ...split, mode: 'adaptive', arms }, 'ko').whom).toBe(
      '이 비교는 고르게 나눈 120명만 셌어요. 잘되는 쪽으로 보낸 5,100명은 뺐어요.',
    )
    expect(splitVerdict({ ...split, reshared: true }, 'ko').whom).toBe(
      '비율이 바뀌어서, 같은 비율로 나눈 사람끼리만 비교했어요.',
    )
  })
})
