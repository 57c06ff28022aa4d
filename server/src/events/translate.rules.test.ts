import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../lib/json.ts'
import { itemLimit, readDataLayer, translate } from './translate.ts'

const shirt = {
  item_id: 'SKU_1',
  item_name: '티셔츠',
  item_brand: 'Dan',
  item_category: '의류',
  item_category2: '상의',
  item_category5: '반팔',
  item_variant: '검정',
  item_list_id: 'best',
  index: 3,
  price: '12000',
  quantity: 2,
  coupon: 'WELCOME',
  discount: 500,
}
const product = {
  product_id: 'SKU_1',
  name: '티셔츠',
  brand: 'Dan',
  category: '의류/상의/반팔',
  variant: '검정',
  list_id: 'best',
  position: 3,
  price: 12000,
  quantity: 2,
  coupon: 'WELCOME',
  discount: 500,
}

describe("GA4's recommended events", () => {
  test.each<[string, JsonObject, string, JsonObject]>([
    [
      'page_view',
      { page_location: 'https://a/b', page_title: 'T', page_referrer: '' },
      'Page Viewed',
      { url: 'https://a/b', title: 'T', referrer: '' },
    ],
    ['sign_up', { method: 'kakao' }, 'Signed Up', { method: 'kakao' }],
    ['login', { method: 'kakao' }, 'Signed In', { method: 'kakao' }],
    ['search', { search_term: '  Linen SHIRT ' }, 'Products Searched', { query: 'linen shirt' }],
    [
      'view_search_results',
      { search_term: '원피스', items: [shirt] },
      'Products Searched',
      { query: '원피스', products: [product] },
    ],
    [
      'view_item_list',
      { item_list_id: 'best', item_list_name: '베스트', items: [shirt] },
      'Product List Viewed',
      { list_id: 'best', category: '베스트', products: [product] },
    ],
    ['select_item', { items: [shirt] }, 'Product Clicked', product],
    [
      'view_promotion',
      { promotion_id: 'p', promotion_name: '봄', creative_name: 'c', creative_slot: 'top' },
      'Promotion Viewed',
      { promotion_id: 'p', name: '봄', creative: 'c', position: 'top' },
    ],
    ['select_promotion', { promotion_id: 'p' }, 'Promotion Clicked', { promotion_id: 'p' }],
    [
      'view_item',
      { currency: 'KRW', value: 24000, items: [shirt] },
      'Product Viewed',
      { currency: 'KRW', value: 24000, ...product },
    ],
    ['add_to_wishlist', { items: [shirt] }, 'Product Added to Wishlist', product],
    [
      'add_to_cart',
      { items: [{ item_id: 'A' }] },
      'Product Added',
      { product_id: 'A', quantity: 1 },
    ],
    ['remove_from_cart', { items: [shirt] }, 'Product Removed', product],
    [
      'view_cart',
      { value: '24000', items: [shirt] },
      'Cart Viewed',
      { value: 24000, products: [product] },
    ],
    [
      'begin_checkout',
      { coupon: 'C', items: [shirt] },
      'Checkout Started',
      { coupon: 'C', products: [product] },
    ],
    [
      'add_shipping_info',
      { shipping_tier: '로켓' },
      'Checkout Step Completed',
      { shipping_method: '로켓', step: 'shipping' },
    ],
    [
      'add_payment_info',
      { payment_type: '카드' },
      'Payment Info Entered',
      { payment_method: '카드' },
    ],
    [
      'purchase',
      {
        transaction_id: 'T1',
        value: 24000,
        tax: 0,
        shipping: 3000,
        currency: 'KRW',
        items: [shirt],
      },
      'Order Completed',
      {
        order_id: 'T1',
        revenue: 24000,
        tax: 0,
        shipping: 3000,
        currency: 'KRW',
        products: [product],
      },
    ],
    [
      'refund',
      { transaction_id: 'T1', value: 24000 },
      'Order Refunded',
      { order_id: 'T1', total: 24000 },
    ],
  ])('%s', (...[event, parameters, name, properties]) => {
    expect(translate(event, parameters)).toEqual([{ name, properties }])
    expect(translate(event, { ecommerce: parameters })).toEqual([{ name, properties }])
  })
})

test("Segment's names and custom events are never touched", () => {
  for (const name of [
    'Product Added',
    'select_content',
    'generate_lead',
    '장바구니',
    'constructor',
    'toString',
  ]) {
    const properties = { items: [shirt], value: '12', search_term: ' X ' }
    expect(translate(name, properties)).toEqual([{ name, properties }])
  }
})

test('several items of one event about a product become one event each, without the sum', () => {
  const items = [
    { item_id: 'A', price: 1000 },
    { item_id: 'B', price: 2000 },
  ]
  expect(translate('add_to_cart', { currency: 'KRW', value: 3000, items })).toEqual([
    {
      name: 'Product Added',
      properties: { currency: 'KRW', product_id: 'A', price: 1000, quantity: 1 },
    },
    {
      name: 'Product Added',
      properties: { currency: 'KRW', product_id: 'B', price: 2000, quantity: 1 },
    },
  ])
})

test('strange items are left out, and there is an end to them', () => {
  expect(translate('add_to_cart', { items: 'x' })).toEqual([
    { name: 'Product Added', properties: {} },
  ])
  expect(translate('add_to_cart', { items: [1, null, 'x'] })).toEqual([
    { name: 'Product Added', properties: {} },
  ])
  const items = Array.from({ length: 1000 }, () => ({ item_id: 'A' }))
  expect(translate('add_to_cart', { items })).toHaveLength(itemLimit)
})

describe('one entry of a dataLayer', () => {
  test.each<[Json, unknown]>([
    [
      { event: 'view_item', ecommerce: { items: [] }, 'gtm.uniqueEventId': 4 },
      { name: 'view_item', properties: { ecommerce: { items: [] } } },
    ],
    [
      ['event', 'add_to_cart', { value: 1, send_to: 'G-1' }],
      { name: 'add_to_cart', properties: { value: 1 } },
    ],
    [
      { 0: 'event', 1: 'purchase', 2: { transaction_id: 'T' } },
      { name: 'purchase', properties: { transaction_id: 'T' } },
    ],
    [['event', 'sign_up'], { name: 'sign_up', properties: {} }],
    [{ ecommerce: null }, undefined],
    [{ event: 'gtm.js' }, undefined],
    [['js', 1], undefined],
    [['config', 'G-1', {}], undefined],
    [['event', 7], undefined],
    [null, undefined],
    ['event', undefined],
    [{}, undefined],
  ])('%j', (entry, said) => {
    expect(readDataLayer(entry)).toEqual(said)
  })
})
