import { expect, test } from 'vitest'
import { armOf } from './arm.ts'

test('the arm is sticky, independent between experiments and near its share', () => {
  const arms = Array.from({ length: 20_000 }, (_, i) =>
    armOf({ experiment: 'campaign:7', assignmentKey: `key-${i}`, holdoutShare: 0.1 }),
  )
  const share = arms.filter((arm) => arm === 'holdout').length / arms.length
  expect(share).toBeGreaterThan(0.09)
  expect(share).toBeLessThan(0.11)
  const both = arms.filter(
    (arm, i) =>
      arm === 'holdout' &&
      armOf({ experiment: 'campaign:8', assignmentKey: `key-${i}`, holdoutShare: 0.1 }) ===
        'holdout',
  ).length
  expect(both / arms.length).toBeLessThan(0.015)
  expect(armOf({ experiment: 'campaign:7', assignmentKey: 'key-1', holdoutShare: 0.1 })).toBe(
    arms[1],
  )
})

test('enlarging the hold-out takes nobody out of it', () => {
  for (let i = 0; i < 2_000; i++) {
    const asked = { experiment: 'campaign:7', assignmentKey: `key-${i}` }
    if (armOf({ ...asked, holdoutShare: 0.1 }) === 'holdout')
      expect(armOf({ ...asked, holdoutShare: 0.3 })).toBe('holdout')
  }
})
