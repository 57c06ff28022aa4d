import { expect, test } from 'vitest'
import { gather } from './gather.driver.ts'

/** Doubles numbers; remembers which came together. */
function doubling(options: { readonly most?: number; readonly poison?: number } = {}) {
  const calls: (readonly number[])[] = []
  const gatherer = gather<number, number | string>({
    most: options.most ?? 100,
    waitMs: 5,
    groupOf: (item) => (item < 100 ? 'small' : 'large'),
    call: async (items) => {
      calls.push(items)
      if (items.includes(0)) throw new Error('the server is gone')
      if (options.poison !== undefined && items.includes(options.poison))
        return { halveOr: 'refused', restOr: 'later' }
      return items.map((item) => item * 2)
    },
    broken: (error) => (error instanceof Error ? error.message : 'broken'),
  })
  return { calls, gatherer }
}

test('what comes together goes together, each with its own answer', async () => {
  const { calls, gatherer } = doubling()
  expect(await Promise.all([1, 2, 300, 3].map(gatherer.add))).toEqual([2, 4, 600, 6])
  expect(calls).toEqual([[1, 2, 3], [300]])
})

test('a full table leaves at once and the next begins', async () => {
  const { calls, gatherer } = doubling({ most: 2 })
  expect(await Promise.all([1, 2, 3].map(gatherer.add))).toEqual([2, 4, 6])
  expect(calls).toEqual([[1, 2], [3]])
})

test('those of a call that broke share what came of it', async () => {
  const { gatherer } = doubling()
  expect(await Promise.all([1, 0, 300].map(gatherer.add))).toEqual([
    'the server is gone',
    'the server is gone',
    600,
  ])
})

test('one bad message does not take the others of its call with it', async () => {
  const { calls, gatherer } = doubling({ poison: 4 })
  const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(gatherer.add))
  expect(answers).toEqual([2, 4, 6, 'refused', 10, 12, 14, 16])
  expect(calls.map((call) => call.length)).toEqual([8, 4, 2, 2, 1, 1, 4])
})

test('what is refused for everybody is not asked again for each, and who was not asked for alone is not blamed', async () => {
  let calls = 0
  const gatherer = gather<number, string>({
    most: 500,
    waitMs: 5,
    call: async () => {
      calls++
      return { halveOr: 'refused', restOr: 'later' }
    },
    broken: () => 'broken',
  })
  const answers = await Promise.all(Array.from({ length: 500 }, (_, at) => gatherer.add(at)))
  expect(answers.filter((one) => one === 'refused').length).toBeLessThan(calls)
  expect(answers.filter((one) => one === 'later').length).toBeGreaterThan(450)
  expect(calls).toBe(32)
})

test('closing sends what still waits and sees it through', async () => {
  const { gatherer } = doubling()
  const waiting = gatherer.add(21)
  await gatherer.close()
  expect(await waiting).toBe(42)
})
