import { expect, test } from 'vitest'
import { factFaults, factScope, factsUsed, pickFacts } from './fact-use.ts'
import { parseTemplate, renderTemplate } from './template.ts'

function parsed(source: string) {
  const read = parseTemplate(source, 'text')
  if (read.kind === 'wrong') throw new Error(read.fault.message)
  return read.template
}

test.each([
  ["{{ customer.favorite.category | default: '새 상품' }}", ['favorite.category']],
  ["{{ visit.source | default: '' }}", ['inflow.last.source']],
  ['{% if customer.orders.count > 1 %}{{ customer.name | nim }}{% endif %}', ['orders.count']],
  ['{% for one in customer.cart.products %}{{ one }}{% endfor %}', ['cart.products']],
  ['{{ customer.cart.products.size | default: 0 }}', ['cart.products']],
  ["{{ customer.cart.products[0] | default: '' }}", ['cart.products']],
  [
    "{% assign band = customer.favorite.price_band | default: '' %}{{ band }}",
    ['favorite.price_band'],
  ],
  ["{{ customer.search.last | upcase | default: '' }}", ['search.last']],
  ['{{ customer.name }}{{ cart.items[0].name }}', []],
])('%s asks for %j and may be published', (source, used) => {
  expect(factsUsed(parsed(source))).toEqual(used)
  expect(factFaults(parsed(source))).toEqual([])
})

test.each([
  '안녕하세요\n  {{ customer.favorite.category }}',
  '{{ customer.favorite.category | upcase }}',
  '{{ visit.source }}',
  '{% if true %}{% for a in list %}{{ customer.stage.now }}{% endfor %}{% endif %}',
  '{% assign band = customer.favorite.price_band %}{{ band }}',
  '{% echo customer.search.last %}',
  '{{ customer[cart.items[0].name] }}',
])('%s lacks a fallback and is refused', (source) => {
  expect(factFaults(parsed(source))).toMatchObject([{ kind: 'no-fallback' }])
})

test('the fault says where it is and what is missing', () => {
  expect(factFaults(parsed('안녕하세요\n  {{ customer.favorite.category }}'))).toEqual([
    {
      kind: 'no-fallback',
      shown: 'favorite.category',
      line: 2,
      column: 6,
      message:
        '"favorite.category" needs a fallback for people of whom it is not known: | default: \'...\'',
    },
  ])
})

test.each([
  "{{ customer.favorite.categry | default: '' }}",
  "{{ customer.favorite | default: '' }}",
  "{{ visit.sauce | default: '' }}",
  '{% if customer.constructor %}x{% endif %}',
])('%s names no fact and is refused', (source) => {
  expect(factFaults(parsed(source))).toMatchObject([{ kind: 'unknown' }])
})

test('a message keeps the facts it speaks of and no others, and is drawn with them', () => {
  const known = {
    favorite: { category: '차', brand: '하동' },
    inflow: { last: { source: 'kakao', at: 'x' } },
    cart: { products: ['a', 'b'] },
  }
  const template = parsed(
    "{{ customer.favorite.category | default: '-' }}/{{ customer.favorite.option | default: '-' }}/{{ visit.source | default: '-' }}",
  )
  const kept = pickFacts(known, factsUsed(template))
  expect(kept).toEqual({ favorite: { category: '차' }, inflow: { last: { source: 'kakao' } } })
  expect(renderTemplate(template, factScope(kept), { zone: 'Asia/Seoul', now: 0 })).toEqual({
    kind: 'ok',
    text: '차/-/kakao',
  })
})
