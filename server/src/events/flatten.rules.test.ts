import { expect, test } from 'vitest'
import { flatPath, flatPathLimit, flatten } from './flatten.ts'
import { parseTime } from './time-text.ts'
import { typedColumns } from './typed-columns.ts'

test('the type is part of the value: the text 12 is not the number 12', () => {
  const flat = flatten({ a: '12', b: 12, c: true, d: null })
  expect([...flat.texts]).toEqual([['a', '12']])
  expect([...flat.numbers]).toEqual([['b', 120_000n]])
  expect([...flat.flags]).toEqual([['c', true]])
})

test('a key with a dot is another path than a nested key', () => {
  const flat = flatten({ 'a.b': 1, a: { b: 2 }, 'a\\': { b: 3 } })
  expect([...flat.numbers]).toEqual([
    ['a\\.b', 10_000n],
    ['a.b', 20_000n],
    ['a\\\\.b', 30_000n],
  ])
  expect(flatPath(['a.b'])).toBe('a\\.b')
  expect(flatPath(['a', 'b'])).toBe('a.b')
})

test('only the first 64 paths are kept and arrays are left to their own column', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, n]))
  expect(flatten({ list: [1, 2], ...many }).numbers.size).toBe(flatPathLimit)
})

test('text is composed and folded on the way in', () => {
  const flat = flatten({ name: 'ÀB\u1100\u1161' })
  expect(flat.texts.get('name')).toBe('ÀB가')
  expect(flat.folded.get('name')).toBe('àb가')
  expect(flatten({ x: 'a\ud800' }).texts.get('x')).toBe('a\ufffd')
})

test('a key named like an object member is an ordinary path', () => {
  const flat = flatten(JSON.parse('{"__proto__":"x","constructor":1}'))
  expect(flat.texts.get('__proto__')).toBe('x')
  expect(flat.numbers.get('constructor')).toBe(10_000n)
})

test.each([
  ['2026-11-22T00:00:00Z', Date.UTC(2026, 10, 22)],
  ['2026-11-22T09:00:00.5+09:00', Date.UTC(2026, 10, 22, 0, 0, 0, 500)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2026-02-29', undefined],
  ['2026-11-22T09:00:00', undefined],
  ['1850-01-01', undefined],
  ['2026-11-22T25:00:00Z', undefined],
  ['22/11/2026', undefined],
])('%s is read as a time or not at all', (text, at) => {
  expect(parseTime(text)).toBe(at)
})

test('an order total stands in for a value that was not sent', () => {
  const columns = typedColumns({
    body: {
      properties: {
        order_id: 1001,
        total: 12.34567,
        products: [{ product_id: 'p1', price: '3', quantity: 2 }, 'junk'],
      },
      context: { page: { url: 'https://shop.example/cart?x=1' } },
    },
  })
  expect(columns.order_id).toBe('1001')
  expect(columns.value).toBe(123_457n)
  expect(columns.url_path).toBe('/cart')
  expect(columns.products).toEqual([
    { product_id: 'p1', name: '', category: '', price: undefined, quantity: 20_000n },
  ])
})
