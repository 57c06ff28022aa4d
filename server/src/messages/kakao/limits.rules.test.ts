import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BrandShape, brandFaults, brandLimits } from './limits.ts'

const shape: BrandShape = {
  bubble: 'TEXT',
  text: '(광고) 담아두신 상품이 기다려요',
  hasPicture: false,
  buttons: [{ name: '장바구니 보기', url: 'https://onsh.kr/c1' }],
  coupon: null,
}
const button = shape.buttons[0] ?? { name: '', url: '' }

function fieldsOf(change: Partial<BrandShape>): readonly string[] {
  return brandFaults({ ...shape, ...change }).map((fault) => fault.field)
}

test('a message within the limits has no faults', () => {
  expect(fieldsOf({})).toEqual([])
  expect(fieldsOf({ text: '가'.repeat(1_300) })).toEqual([])
  expect(fieldsOf({ text: `가${'\n'.repeat(99)}` })).toEqual([])
  expect(fieldsOf({ bubble: 'WIDE', hasPicture: true, text: '가'.repeat(76) })).toEqual([])
})

test('every limit of Kakao is told beside its field', () => {
  expect(fieldsOf({ text: '가'.repeat(1_301) })).toEqual(['text'])
  expect(fieldsOf({ text: '\n'.repeat(100) })).toEqual(['text'])
  expect(fieldsOf({ hasPicture: true })).toEqual(['picture'])
  expect(fieldsOf({ bubble: 'IMAGE' })).toEqual(['picture'])
  expect(fieldsOf({ buttons: Array.from({ length: 6 }, () => button) })).toEqual(['buttons'])
  expect(fieldsOf({ buttons: [{ name: '가'.repeat(15), url: 'https://a.kr' }] })).toEqual([
    'buttons.0.name',
  ])
  expect(fieldsOf({ buttons: [{ name: '보기', url: 'javascript:alert(1)' }] })).toEqual([
    'buttons.0.url',
  ])
  const wide = { bubble: 'WIDE', hasPicture: true } as const
  expect(fieldsOf({ ...wide, buttons: [{ name: '가'.repeat(9), url: 'https://a.kr' }] })).toEqual([
    'buttons.0.name',
  ])
  expect(fieldsOf({ ...wide, buttons: [], text: '가'.repeat(77) })).toEqual(['text'])
  expect(fieldsOf({ ...wide, buttons: [], text: 'a\nb\nc' })).toEqual(['text'])
  expect(
    fieldsOf({ ...wide, buttons: Array(3).fill({ name: '보기', url: 'https://a.kr' }) }),
  ).toEqual(['buttons'])
})

test('a coupon takes the place of one button in text and image messages', () => {
  const coupon = { title: '5000원 할인 쿠폰', description: '11/25까지', url: 'https://a.kr' }
  const five = Array.from({ length: 5 }, () => button)
  expect(fieldsOf({ buttons: five })).toEqual([])
  expect(fieldsOf({ buttons: five, coupon })).toEqual(['buttons'])
  expect(fieldsOf({ coupon: { ...coupon, description: '가'.repeat(13) } })).toEqual([
    'coupon.description',
  ])
  const wide = { bubble: 'WIDE', hasPicture: true, buttons: [] } as const
  expect(fieldsOf({ ...wide, coupon: { ...coupon, description: '가'.repeat(18) } })).toEqual([])
  expect(fieldsOf({ ...wide, coupon: { ...coupon, description: '가'.repeat(19) } })).toEqual([
    'coupon.description',
  ])
})

test.each([
  ['1원 할인 쿠폰', true],
  ['99999999원 할인 쿠폰', true],
  ['100000000원 할인 쿠폰', false],
  ['0원 할인 쿠폰', false],
  ['5,000원 할인 쿠폰', false],
  ['100% 할인 쿠폰', true],
  ['101% 할인 쿠폰', false],
  ['배송비 할인 쿠폰', true],
  ['수건 무료 쿠폰', true],
  ['일이삼사오육칠 무료 쿠폰', true],
  ['일이삼사오육칠팔 무료 쿠폰', false],
  ['두 단어 무료 쿠폰', false],
  ['포인트 UP 쿠폰', true],
  ['첫 구매 쿠폰', false],
  ['{{ coupon.title }}', true],
])('the coupon title %s: %s', (title, right) => {
  const coupon = { title, description: '오늘까지', url: 'https://a.kr' }
  expect(fieldsOf({ coupon }).length === 0).toBe(right)
})

test('Liquid is not counted while writing, what stands around it is', () => {
  expect(fieldsOf({ text: `{{ customer.name | default: '${'가'.repeat(2_000)}' }}님` })).toEqual([])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), (chars) => {
      const faults = fieldsOf({ text: `{% if cart.url %}${'가'.repeat(chars)}{% endif %}` })
      expect(faults).toEqual(chars > brandLimits.TEXT.chars ? ['text'] : [])
    }),
  )
})
