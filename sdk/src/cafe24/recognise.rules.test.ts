import { describe, expect, test } from 'vitest'
import { cartLines, recognise } from './recognise.ts'

const at = (address: string, page: Readonly<Record<string, string>> = {}) => {
  const { pathname: path, search } = new URL(address, 'https://shop.example')
  return recognise({ path, search, meta: (name) => page[name], left: (name) => page[name] })
}

describe('a page of a Cafe24 shop is known by its address:', () => {
  test.each([
    ['/', 'main'],
    ['/index.html', 'main'],
    ['/member/join.html', 'join'],
    ['/member/agreement.html', 'join'],
    ['/member/join_result.html', 'join_result'],
    ['/member/login.html', 'login'],
    ['/product/search.html?keyword=', 'search'],
    ['/category/%EB%8B%88%ED%8A%B8/24/', 'list'],
    ['/product/list.html?cate_no=24', 'list'],
    ['/product/%EB%8B%88%ED%8A%B8/123/category/24/display/1/', 'product'],
    ['/product/detail.html?product_no=123&cate_no=24', 'product'],
    ['/order/basket.html', 'cart'],
    ['/order/orderform.html?basket_type=A0000', 'order_form'],
    ['/order/order_form.html', 'order_form'],
    ['/order/order_result.html?order_id=20261123-0000012', 'order_result'],
    ['/myshop/order/list.html', 'my'],
    ['/board/free/list.html', 'other'],
  ])('%s is %s', (address, kind) => expect(at(address).kind).toBe(kind))

  test('a search tells what was looked for', () => {
    expect(at('/product/search.html?keyword=%EB%8B%88%ED%8A%B8').event).toEqual({
      name: 'Products Searched',
      properties: { query: '니트' },
    })
  })

  test('a product tells its number, its name and its price on sale', () => {
    const said = {
      'og:title': '울 니트',
      'og:image': 'https://shop.example/1.jpg',
      'product:price:amount': '39000',
      'product:sale_price:amount': '29000',
    }
    expect(at('/product/울-니트/123/', said).event?.properties).toEqual({
      product_id: '123',
      name: '울 니트',
      image_url: 'https://shop.example/1.jpg',
      price: 29_000,
      currency: 'KRW',
    })
  })

  test('a product is known where a skin gives it an address of its own, by what the skin leaves', () => {
    const left = { iProductNo: '123', product_name: '울 니트', product_price: '39000' }
    expect(at('/product/wool-knit/', left).event?.properties).toMatchObject({
      ...{ product_id: '123', name: '울 니트', price: 39_000 },
    })
    expect(at('/product/recent_view_product.html').kind).toBe('other')
  })

  test.each([
    ['/category/%EB%8B%88%ED%8A%B8/24/', 'Product List Viewed', { list_id: '24' }],
    ['/order/basket.html', 'Cart Viewed', {}],
    ['/order/orderform.html?basket_type=A0000', 'Checkout Started', {}],
  ])('%s tells %s', (address, name, properties) =>
    expect(at(address).event).toEqual({ name, properties }),
  )

  test.each([
    '/',
    '/member/join.html',
    '/member/join_result.html',
    '/member/login.html',
    '/product/search.html?keyword=',
    '/myshop/order/list.html',
  ])('%s tells nothing beside its view', (address) => expect(at(address).event).toBeUndefined())

  test('an order that the page tells of is not told on: it may never be paid', () => {
    expect(at('/order/order_result.html?order_id=1').event).toBeUndefined()
  })

  test('a cart is what Cafe24 says lies in it, and nothing where it says nothing', () => {
    const carts = [{ product_no: 15, quantity: '2', product_price: '1000.00' }]
    expect(cartLines({ carts })).toEqual([{ product_id: '15', quantity: 2, price: 1_000 }])
    expect(cartLines({})).toBeUndefined()
  })
})
