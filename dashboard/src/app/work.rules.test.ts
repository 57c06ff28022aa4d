import { expect, test } from 'vitest'
import type { ConsentImport } from '../api/consents.ts'
import type { ListFile } from '../api/lists.ts'
import { fileWork, isRunning } from './work.ts'

const now = Date.parse('2026-03-02T03:00:00Z')
const list: ListFile = {
  ...{ id: 1, list: null, listName: null, change: 'added', fileName: '가을.csv' },
  ...{ state: 'looking', answer: null, endedAt: null, done: 500, total: 2_000 },
  ...{ changed: 0, problem: null },
}
const consents: ConsentImport = {
  ...{ id: 7, kind: 'consents', fileName: '동의.csv', state: 'done', counts: null },
  ...{ attestedBy: '김담당', sentence: '네', appliedAt: now - 1, done: 3, total: 3, problem: null },
}

test('files under way and those of the last day are told of, each with the page that shows it', () => {
  const told = fileWork([list], [consents], now)
  expect(told).toEqual([
    {
      kind: 'lists',
      id: 1,
      name: '가을.csv',
      state: 'looking',
      percent: 25,
      to: '/segments/lists?file=1',
    },
    {
      kind: 'consents',
      id: 7,
      name: '동의.csv',
      state: 'done',
      percent: 100,
      to: '/settings/consent?file=7',
    },
  ])
  expect(told.map(isRunning)).toEqual([true, false])
  // Before it is known how much there is to do, what is done is told of a hundred.
  expect(
    fileWork([], [{ ...consents, state: 'applying', done: 40, total: null }], now),
  ).toMatchObject([{ percent: 40 }])
  expect(fileWork([{ ...list, listName: '가을 행사' }], [], now)).toMatchObject([
    { name: '가을 행사' },
  ])
})

test('what ended more than a day ago is told of no more', () => {
  const old = now - 86_400_001
  expect(
    fileWork([{ ...list, state: 'done', endedAt: old }], [{ ...consents, appliedAt: old }], now),
  ).toEqual([])
})
