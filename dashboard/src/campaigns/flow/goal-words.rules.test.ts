import { expect, test } from 'vitest'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { goalSentence } from './goal-words.ts'

const trigger: Flow['trigger'] = { kind: 'event', event: 'Product Added', key: 'person' }
const goal = { event: 'Order Completed', windowHours: 168 }

test('a goal that is judged by another thing than its event says so', () => {
  expect(goalSentence({ goal, trigger }, 'ko')).toBe('7일 안에 주문')
  expect(goalSentence({ goal: { ...goal, metric: 'completion' }, trigger }, 'ko')).toBe(
    '7일 안에 주문',
  )
  expect(goalSentence({ goal: { ...goal, metric: 'revisit' }, trigger }, 'ko')).toBe(
    '7일 안에 주문 · 평가: 다시 방문',
  )
  expect(goalSentence({ goal: { ...goal, metric: 'revenue' }, trigger }, 'en')).toBe(
    'order within 7 days, judged by: Revenue per person',
  )
})
