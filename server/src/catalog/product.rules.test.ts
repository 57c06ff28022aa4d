import { expect, test } from 'vitest'
import type { JsonObject } from '../lib/json.ts'
import { productsIn } from './product.ts'
import { propertiesOf } from './product-input.ts'
import { pageOf } from './seen-at.ts'
import { sensitiveCategoriesOf, usualSensitiveCategories } from './sensitive.ts'

const one = (more: JsonObject) => productsIn({ product_id: 'p1', ...more })[0]

test('what is not said of a product is not what is said to be gone', () => {
  expect(one({})).toMatchObject({ salePrice: undefined, stock: undefined, benefit: undefined })
  expect(one({ sale_price: null, stock: null, benefit: null })).toMatchObject({
    salePrice: null,
    stock: null,
    benefit: null,
  })
})

test('a category is told as a path in one line or by its levels, of which one may have a slash of its own', () => {
  expect(one({ category: '뷰티/스킨케어' })).toMatchObject({
    category: '뷰티/스킨케어',
    categoryPath: ['뷰티', '스킨케어'],
  })
  expect(one({ category_path: ['패션의류/잡화', '신발'] })).toMatchObject({
    category: '패션의류/잡화/신발',
    categoryPath: ['패션의류/잡화', '신발'],
  })
  expect(one({ category_path: [] })).toMatchObject({ category: null, categoryPath: [] })
})

test('an address that would run is no address', () => {
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,<script>',
    '//evil.example/x',
    '/\\evil.example',
    'JaVaScRiPt:1',
    ' vbscript:x',
  ]) {
    expect(one({ url, image_url: url, images: [url] })).toMatchObject({
      url: undefined,
      imageUrl: undefined,
      images: [],
    })
  }
  expect(one({ url: ' https://shop.example/p?id=1 ' })?.url).toBe('https://shop.example/p?id=1')
})

test('a sale begins and ends at times with a zone; a time without one is not said', () => {
  expect(
    one({ sale_from: '2026-11-22T00:00:00+09:00', sale_until: Date.UTC(2026, 10, 23) }),
  ).toMatchObject({ saleFrom: Date.UTC(2026, 10, 21, 15), saleUntil: Date.UTC(2026, 10, 23) })
  expect(one({ sale_from: '2026-11-22 00:00' })?.saleFrom).toBeUndefined()
})

test('stars are kept in hundredths, and only those of five', () => {
  expect(one({ rating: 4.57 })?.rating).toBe(457)
  expect(one({ rating: 97 })?.rating).toBeUndefined()
})

test('nothing is a variant of itself', () => {
  expect(one({ parent_id: 'p1' })?.parent).toBeNull()
  expect(one({ parent_id: 'p' })?.parent).toBe('p')
})

test('what the API takes is what an event would say, but for the cost', () => {
  const said = propertiesOf('p1', {
    category: ['a/b', 'c'],
    salePrice: null,
    imageUrl: '/i.png',
    cost: 12,
    parentId: 'p',
  })
  expect(said).toEqual({
    product_id: 'p1',
    category_path: ['a/b', 'c'],
    sale_price: null,
    image_url: '/i.png',
    parent_id: 'p',
  })
})

test('a shop that never said which categories are sensitive has the usual ones, and one that said none has none', () => {
  expect(sensitiveCategoriesOf({})).toBe(usualSensitiveCategories)
  expect(sensitiveCategoriesOf({ catalog: { sensitiveCategories: [] } })).toEqual([])
  expect(sensitiveCategoriesOf({ catalog: { sensitiveCategories: ['Wine'] } })).toEqual(['wine'])
})

test.each([
  [
    'https://onshop.kr/product/detail.html?product_no=12&utm_source=kakao&gclid=x#top',
    'https://onshop.kr/product/detail.html?product_no=12',
  ],
  ['http://localhost:4107/products/mug', 'http://localhost:4107/products/mug'],
  ['javascript:alert(1)', undefined],
  ['/products/mug', undefined],
  [undefined, undefined],
])('of the page %s a product that was looked at there has the address %s', (url, address) => {
  expect(pageOf({ page: { url: url ?? null } })).toBe(address)
})
