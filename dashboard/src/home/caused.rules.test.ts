import { expect, test } from 'vitest'
import { causedSays } from './caused.ts'

const korean = { currency: 'KRW', language: 'ko' } as const

test('caused revenue is green only when its whole interval lies above zero', () => {
  const sure = causedSays({ now: 1_830_000, low: 210_000, high: 3_450_000 }, korean)
  expect(sure).toEqual({
    value: '+183만 원',
    note: '구간 +21만 원 ~ +345만 원',
    meaning: 'caused',
  })
  const unsure = causedSays({ now: 1_830_000, low: -210_000, high: 3_450_000 }, korean)
  expect(unsure.meaning).toBe('held')
  expect(unsure.note).toContain('아직 확실하지 않아요')
})

test('an open verdict of the campaign takes the colour away', () => {
  const open = causedSays({ now: 10_000, low: 1, high: 20_000, isOpen: true }, korean)
  expect(open.meaning).toBe('held')
})

test('of groups that are not as large as set no amount is told, however sure it looks', () => {
  const off = causedSays({ now: 10_000, low: 9_000, high: 11_000, isMismatched: true }, korean)
  expect(off).toEqual({ value: '–', note: '나눔이 어긋나서 말할 수 없어요', meaning: 'held' })
})

test('without a comparison there is no number', () => {
  const none = causedSays({ now: null, low: null, high: null }, korean)
  expect(none.value).toBe('–')
  expect(causedSays({ now: null, low: null, high: null, needed: 613 }, korean).note).toBe(
    '613명 더 필요해요',
  )
  const skewed = { now: null, low: null, high: null, leftOut: [7], isRunning: true }
  expect(causedSays(skewed, korean).note).toContain('1개는 대조군 비율이 맞지 않아 뺐어요')
})
