import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KakaoTemplate } from '../carrier.ts'
import {
  alimtalkCharsLimit,
  fillTemplate,
  saysTheSame,
  templateFault,
  variablesOf,
} from './template.ts'

const template: KakaoTemplate = {
  profile: 'KA01PF',
  code: 'ORDER_PAID',
  name: '주문 완료',
  content: '[온샵]\n#{이름}님, 주문이 완료됐어요.\n\n주문번호 #{주문번호}\n받는 분 #{이름} ',
  around: { title: '#{금액}원', subtitle: '결제 완료' },
  buttons: [{ type: 'WL', name: '주문 보기', mobileUrl: 'https://shop.example/o/#{주문번호}' }],
  status: 'approved',
}
const values = { 이름: '김하늘', 주문번호: 'A-1', 금액: '12,000' }

test('variables are found wherever they stand, each once', () => {
  expect(variablesOf(template)).toEqual(['금액', '이름', '주문번호'])
})

test('the text equals the template byte for byte but for its variables', () => {
  const result = fillTemplate(template, values)
  expect(result).toEqual({
    kind: 'ok',
    text: '[온샵]\n김하늘님, 주문이 완료됐어요.\n\n주문번호 A-1\n받는 분 김하늘 ',
    around: { title: '12,000원', subtitle: '결제 완료' },
    buttons: [{ type: 'WL', name: '주문 보기', mobileUrl: 'https://shop.example/o/A-1' }],
  })
})

test('whatever a value holds, what stands around it stays as it was approved', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), (name) => {
      fc.pre(name.trim() !== '')
      const result = fillTemplate(template, { ...values, 이름: name })
      if (result.kind !== 'ok') throw new Error('not filled')
      const [head = '', middle = '', end = ''] = template.content.split('#{이름}')
      const between = middle.replace('#{주문번호}', 'A-1')
      expect(result.text).toBe(head + name + between + name + end)
    }),
  )
})

test('a value that looks like a variable is not read as one', () => {
  const result = fillTemplate(template, { ...values, 이름: '#{주문번호}' })
  expect(result).toMatchObject({ text: expect.stringContaining('#{주문번호}님,') })
})

test('missing and empty values are named', () => {
  expect(fillTemplate(template, { 주문번호: ' ', 금액: '1' })).toEqual({
    kind: 'missing',
    names: ['이름', '주문번호'],
  })
  const oddly = { ...template, content: '#{constructor}', around: {}, buttons: [] }
  expect(fillTemplate(oddly, {})).toEqual({ kind: 'missing', names: ['constructor'] })
})

test('a thousand characters with the values are the most', () => {
  const long = { ...template, content: '#{이름}', around: {}, buttons: [] }
  expect(fillTemplate(long, { 이름: '가'.repeat(alimtalkCharsLimit) }).kind).toBe('ok')
  expect(fillTemplate(long, { 이름: '가'.repeat(alimtalkCharsLimit + 1) })).toEqual({
    kind: 'too_long',
    chars: 1_001,
    most: 1_000,
  })
  expect(fillTemplate(template, { ...values, 금액: '9'.repeat(50) }).kind).toBe('too_long')
})

test('a template that was stopped, rejected, removed or changed is not sent with', () => {
  expect(templateFault(template, template)).toBeUndefined()
  expect(templateFault({ ...template, name: '다른 이름' }, template)).toBeUndefined()
  expect(templateFault({ ...template, content: `${template.content}.` }, template)).toBe('changed')
  expect(templateFault({ ...template, buttons: [] }, template)).toBe('changed')
  expect(templateFault({ ...template, status: 'stopped' }, template)).toBe('stopped')
  expect(templateFault({ ...template, status: 'rejected' }, template)).toBe('rejected')
  expect(templateFault({ ...template, status: 'waiting' }, template)).toBe('waiting')
  expect(templateFault(undefined, template)).toBe('unknown')
  expect(saysTheSame({ ...template, around: {} }, { ...template, around: {} })).toBe(true)
})
