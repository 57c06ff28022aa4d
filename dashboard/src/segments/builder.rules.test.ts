import { describe, expect, test } from 'vitest'
import type { EventCondition } from '../../../server/src/segments/event-condition.ts'
import { readDefinition } from '../../../server/src/segments/read-definition.ts'
import { instantOf } from './days.ts'
import { found } from './find.ts'
import { particle } from './korean.ts'
import type { Group } from './language.ts'
import { type Mode, measuredAs, modeChoices, modeOf } from './measures.ts'
import { offersOf } from './offers.ts'
import { definitionSentence } from './say.ts'
import type { Sources } from './sources.ts'
import { type Op, opChoices, opOf, opsFor, testFrom, type ValueType } from './tests.ts'
import { add, asked, blanksIn, duplicate, placeOf, put, remove, turned } from './tree.ts'
import { typedWindow, windowChoices, windowFrom, windowValue } from './windows.ts'

const zone = 'Asia/Seoul'
const today = { zone, instant: instantOf('2026-11-22', zone) }
const sources: Sources = {
  vocabulary: {
    events: [
      {
        name: 'Product Viewed',
        count: 12,
        properties: [{ path: 'name', type: 'text', count: 12, examples: ['쌀겨 비누'] }],
      },
    ],
    traits: [{ path: 'grade', type: 'text', count: 3, examples: ['VIP'] }],
  },
  segments: [{ id: 3, name: '단골', members: 10 }],
  lists: [{ id: 7, name: '행사 명단', members: 120 }],
  campaigns: [{ id: 2, name: '가을' }],
}
const offers = offersOf(sources, 'ko', 'KRW')
const order: EventCondition = {
  kind: 'event',
  event: 'Order Completed',
  window: { kind: 'rolling', span: { amount: 30, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}
const member = { kind: 'member', is: 'member' } as const

describe('the segment builder', () => {
  test('every sentence to start with is a definition the server takes, or waits for a blank', () => {
    expect(new Set(offers.map(({ value }) => value)).size).toBe(offers.length)
    const waiting = offers.filter((offer) => {
      const root: Group = { kind: 'all', of: [offer.make(today)] }
      const definition = asked(root)
      if (definition) expect(() => readDefinition(definition)).not.toThrow()
      return definition === undefined
    })
    expect(waiting.map(({ value }) => value)).toContain('segment')
    expect(waiting.map(({ value }) => value)).not.toContain('did')
  })

  test('every way of measuring and every window is a definition the server takes', () => {
    for (const { value } of modeChoices('ko')) {
      const made = measuredAs(order, value as Mode, { currency: 'KRW', path: 'value' })
      expect(modeOf(made)).toBe(value)
      expect(() => readDefinition({ format: 1, where: made })).not.toThrow()
    }
    const day = { zone, day: '2026-12-31', instantOf: (text: string) => instantOf(text, zone) }
    for (const { value } of windowChoices('ko')) {
      const window = windowFrom(value, day)
      expect(windowValue(window)).toBe(value)
      expect(() => readDefinition({ format: 1, where: { ...order, window } })).not.toThrow()
    }
  })

  test('every comparison of every type is a test the server takes', () => {
    for (const type of ['text', 'number', 'boolean', 'date', 'list', 'any'] as ValueType[])
      for (const { value } of opChoices(opsFor(type), 'ko')) {
        const before = { type: 'text', op: 'equals', value: 'VIP' } as const
        const values = { type: 'list', op: 'has-any', values: ['a'] } as const
        const made = testFrom(value as Op, {
          type,
          before: type === 'list' ? values : before,
          today,
        })
        expect(opOf(made)).toBe(value)
        const where = { kind: 'trait', path: 'grade', is: made }
        expect(() => readDefinition({ format: 1, where })).not.toThrow()
      }
  })

  test('words find sentences in Korean, in English and by initials', () => {
    const first = (typed: string) => found(offers, typed)[0]?.label
    expect(first('장바구니')).toContain('장바구니')
    expect(first('상품 조회 안')).toContain('안 한 고객')
    expect(first('Product Viewed')).toContain('상품 조회')
    expect(first('ㅂㅎㅇ')).toContain('비회원')
    expect(found(offers, '없는 말입니다')).toEqual([])
  })

  test('a number that is typed becomes a window', () => {
    expect(typedWindow('최근 10일', 'ko')[0]?.value).toBe('10 days')
    expect(typedWindow('3주', 'ko')[0]?.value).toBe('21 days')
    expect(typedWindow('45 min', 'en')[0]?.value).toBe('45 minutes')
    expect(typedWindow('언젠가', 'ko')).toEqual([])
  })

  test('conditions are put, doubled, turned and removed without touching the others', () => {
    let root: Group = { kind: 'all', of: [] }
    root = add(root, [], order)
    root = add(root, [], { kind: 'any', of: [member] })
    root = duplicate(root, ['of', 0])
    root = put(root, ['of', 1], turned(order))
    expect(root.of.map(({ kind }) => kind)).toEqual(['event', 'not', 'any'])
    // The group goes with its last condition.
    expect(remove(root, ['of', 2, 'of', 0]).of).toHaveLength(2)
    expect(remove(root, ['of', 0]).of[0]).toEqual(turned(order))
  })

  test('what waits for a blank is not sent, and a refusal is still told at its place', () => {
    const root: Group = {
      kind: 'all',
      of: [{ kind: 'segment', segment: 0 }, member, { kind: 'any', of: [order] }],
    }
    expect(blanksIn(root)).toBe(1)
    expect(asked(root)?.where).toEqual({ kind: 'all', of: [member, { kind: 'any', of: [order] }] })
    expect(placeOf(root, 'definition.where.of.1.of.0.window.span')).toEqual(['of', 2, 'of', 0])
    expect(placeOf(root, 'name')).toBeUndefined()
  })

  test('it reads as a sentence in both languages', () => {
    const definition = asked({ kind: 'all', of: [order, member] })
    if (!definition) throw new Error('nothing is blank')
    expect(definitionSentence(definition, 'ko')).toContain('최근 30일 동안 주문을 1번 이상 했고')
    expect(definitionSentence(definition, 'en')).toContain('order')
    const clicked = asked({
      kind: 'all',
      of: [
        {
          ...order,
          event: 'Message Clicked',
          where: {
            kind: 'property',
            path: 'campaign_id',
            is: { type: 'number', op: 'is', than: { op: '=', value: 3 } },
          },
        },
      ],
    })
    const named = { campaigns: [{ id: 3, name: '가을 신상' }] }
    if (!clicked) throw new Error('nothing is blank')
    expect(definitionSentence(clicked, 'ko', named)).toContain("캠페인이 '가을 신상'인 메시지 클릭")
    expect(definitionSentence(clicked, 'en', named)).toContain("campaign '가을 신상'")
    expect(definitionSentence(clicked, 'ko')).toContain('캠페인이 3인 메시지 클릭')
    expect(particle('장바구니 담기', '을/를')).toBe('를')
    expect(particle('주문', '을/를')).toBe('을')
    expect(particle('서울', '로/으로')).toBe('로')
  })

  test('midnight is the shop’s, also on days that clocks change', () => {
    expect(instantOf('2026-11-22', zone)).toBe('2026-11-22T00:00:00+09:00')
    expect(instantOf('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T00:00:00+01:00')
    expect(instantOf('2026-03-30', 'Europe/Berlin')).toBe('2026-03-30T00:00:00+02:00')
    expect(instantOf('2026-06-01', 'America/New_York')).toBe('2026-06-01T00:00:00-04:00')
  })
})
