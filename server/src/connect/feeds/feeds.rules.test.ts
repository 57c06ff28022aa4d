import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatOf, mappingFor } from './feed-fields.ts'
import { feedProduct, priceOf } from './feed-product.ts'
import { idSet } from './id-set.ts'
import { jsonRecords } from './json-records.ts'

const read = (line: Record<string, string>) => feedProduct(line, mappingFor(Object.keys(line), {}))

test('a line of Naver Shopping EP is understood: what is asked, what it was, four levels, free delivery', () => {
  const line = {
    id: 'P-1001',
    title: '수분 <b>세럼</b> 30ml',
    price_pc: '25600',
    normal_price: '32000',
    link: 'https://shop.example/p/1001',
    image_link: 'https://img.example/1001.jpg',
    add_image_link: 'https://img.example/a.jpg|https://img.example/b.jpg',
    category_name1: '화장품/미용',
    category_name2: '스킨케어',
    category_name3: '에센스/세럼',
    category_name4: '',
    brand: '온',
    event_words: '하루 종일 촉촉해요',
    review_count: '128',
    shipping: '0',
    class: 'U',
    adult: 'N',
  }
  expect(formatOf(Object.keys(line))).toBe('naver')
  expect(read(line)).toEqual({
    id: 'P-1001',
    cost: null,
    said: {
      product_id: 'P-1001',
      name: '수분 세럼 30ml',
      price: 32_000,
      sale_price: 25_600,
      sale_from: null,
      sale_until: null,
      category_path: ['화장품/미용', '스킨케어', '에센스/세럼'],
      brand: '온',
      benefit: '하루 종일 촉촉해요',
      url: 'https://shop.example/p/1001',
      image_url: 'https://img.example/1001.jpg',
      images: ['https://img.example/a.jpg', 'https://img.example/b.jpg'],
      sellable: true,
      stock: null,
      review_count: 128,
      badges: ['무료배송'],
    },
  })
})

test('an item of Google Merchant is understood: prices with currency, a sale with its days, a path, its group', () => {
  expect(
    read({
      id: 'sku-1',
      title: 'Dress',
      price: '59.00 USD',
      sale_price: '39.50 USD',
      sale_price_effective_date: '2026-11-22T00:00+0900/2026-11-29T23:59:59Z',
      availability: 'out_of_stock',
      image_link: 'https://img.example/1.jpg',
      product_type: 'Home > Women > Dresses',
      item_group_id: 'dress',
      adult: 'yes',
      cost_of_goods_sold: '12.00 USD',
    }),
  ).toMatchObject({
    cost: '12.00',
    said: {
      price: 59,
      sale_price: 39.5,
      sale_from: '2026-11-22T00:00+09:00',
      sale_until: '2026-11-29T23:59:59Z',
      currency: 'USD',
      stock: 0,
      sellable: true,
      category_path: ['Home', 'Women', 'Dresses'],
      parent_id: 'dress',
      sensitive: true,
    },
  })
})

test('a price that is no lower is no sale', () => {
  expect(read({ id: '1', title: 'a', price_pc: '9000', normal_price: '9000' })).toMatchObject({
    said: { price: 9_000, sale_price: null },
  })
  expect(read({ id: '1', title: 'a', price_pc: '9000', normal_price: '' })).toMatchObject({
    said: { price: 9_000, sale_price: null },
  })
})

test('prices are read as people and programs write them, and nothing else is a price', () => {
  const amounts = [
    ['15,000원', '15000', 'KRW'],
    ['₩ 15000', '15000', 'KRW'],
    ['12.50 USD', '12.50', 'USD'],
    ['1.234,56 EUR', '1234.56', 'EUR'],
    ['12.500', '12.500', undefined],
  ] as const
  for (const [text, amount, currency] of amounts)
    expect(priceOf(text)).toEqual({ amount, currency })
  for (const text of ['', '가격문의', '-5', '1e9', '12 34 x', 'NaN'])
    expect(priceOf(text)).toBeUndefined()
})

test('a line that says no product says why', () => {
  expect(read({ id: '', title: 'a', price: '1' })).toEqual({ fault: 'no_id', id: '' })
  expect(read({ id: 'x', title: ' ', price: '1' })).toEqual({ fault: 'no_name', id: 'x' })
  expect(read({ id: 'x', title: 'a', price: '문의' })).toEqual({ fault: 'price', id: 'x' })
  expect(read({ id: 'x'.repeat(300), title: 'a', price: '1' })).toMatchObject({ fault: 'long_id' })
})

test('an address that would run is left out, and tags are no part of a name', () => {
  expect(
    read({
      id: 'x',
      title: '<img src=x onerror=alert(1)>셔츠',
      price: '1',
      link: 'javascript:alert(1)',
      image_link: 'data:text/html,x',
    }),
  ).toMatchObject({ said: { name: '셔츠', url: null, image_url: null } })
})

test('a column the shop names itself outranks the usual ones, and one it names as none is not read', () => {
  expect(mappingFor(['id', 'title', 'price', '멋진이름'], { name: '멋진이름', price: '' })).toEqual(
    {
      id: 'id',
      name: '멋진이름',
    },
  )
})

test('JSON is cut into the same records however it arrives', () => {
  const products = [
    { id: '1', name: 'a "quoted" } name', tags: ['[', '{'], price: { value: 1, currency: 'KRW' } },
    { id: '2', name: '한글 \\ back' },
    { id: '3' },
  ]
  const forms = [
    JSON.stringify(products),
    JSON.stringify({ total: 3, products, next: null }),
    products.map((one) => JSON.stringify(one)).join('\n'),
    `  ${JSON.stringify(products, null, 2)}\n`,
  ]
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.integer({ min: 1, max: 40 }), (text, step) => {
      const cut = jsonRecords()
      const out: unknown[] = []
      for (let at = 0; at < text.length; at += step)
        for (const record of cut.take(text.slice(at, at + step))) out.push(JSON.parse(record))
      for (const record of cut.end()) out.push(JSON.parse(record))
      expect(out).toEqual(products)
    }),
    { numRuns: 300 },
  )
})

test('JSON that breaks off is broken', () => {
  for (const text of ['[{"id":"1"},{"id":', '[{"id":"1"}', '{"hello":']) {
    const cut = jsonRecords()
    expect(() => [...cut.take(text), ...cut.end()], text).toThrow()
  }
})

test('a set of ids answers as a set of texts does', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 300 }), (ids) => {
      const set = idSet()
      const truth = new Set<string>()
      for (const id of ids) {
        expect(set.add(id)).toBe(!truth.has(id))
        truth.add(id)
      }
      expect(set.size()).toBe(truth.size)
      for (const id of ids) expect(set.has(id)).toBe(true)
    }),
  )
  const many = idSet()
  for (let at = 0; at < 200_000; at++) many.add(`상품-${at}`)
  expect(many.size()).toBe(200_000)
  expect(many.has('상품-200000')).toBe(false)
})
