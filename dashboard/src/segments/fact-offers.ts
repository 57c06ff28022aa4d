import { factAt } from '../../../server/src/facts/catalogue.ts'
import type { Condition } from '../../../server/src/segments/definition.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import type { Language } from '../app/language.ts'
import { factChoices, firstTest } from './facts.ts'
import type { Choice } from './find.ts'
import { pathChoices, type Sources, typeOf } from './sources.ts'
import type { Today } from './tests.ts'

/** A sentence to start with, and the condition it becomes. */
export type Offer = Choice & { readonly make: (today: Today) => Condition }

// The facts people mean most when they first look stand first in their groups.
const leading: Readonly<Record<string, TraitTest>> = {
  'cart.items': { type: 'number', op: 'is', than: { op: '>=', value: 1 } },
  'cart.changed_at': {
    type: 'date',
    op: 'is',
    than: { op: 'at-least-ago', span: { amount: 1, unit: 'hours' } },
  },
  'orders.count': { type: 'number', op: 'is', than: { op: '>=', value: 1 } },
  'orders.last_at': {
    type: 'date',
    op: 'is',
    than: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } },
  },
  'visits.count': { type: 'number', op: 'is', than: { op: '>=', value: 2 } },
}

type Usual = {
  readonly ko: string
  readonly en: string
  readonly path: string
  readonly words: string
}
const usual: readonly (Usual & { readonly is: TraitTest })[] = [
  {
    ko: '장바구니에 담아둔 고객',
    en: 'with something in the cart',
    path: 'cart.items',
    words: '장바구니 담은 카트 cart',
    is: { type: 'number', op: 'is', than: { op: '>=', value: 1 } },
  },
  {
    ko: '장바구니가 바뀐 지 얼마 지난 고객',
    en: 'whose cart changed some time ago',
    path: 'cart.changed_at',
    words: '장바구니 담은 지 카트 cart',
    is: {
      type: 'date',
      op: 'is',
      than: { op: 'at-least-ago', span: { amount: 1, unit: 'hours' } },
    },
  },
  {
    ko: '한 번이라도 산 고객',
    en: 'who ever bought',
    path: 'orders.count',
    words: '구매 주문 첫 구매 buyer order 횟수',
    is: { type: 'number', op: 'is', than: { op: '>=', value: 1 } },
  },
  {
    ko: '한 번도 안 산 고객',
    en: 'who never bought',
    path: 'orders.count',
    words: '구매 없음 주문 안 한 never order',
    is: { type: 'number', op: 'is', than: { op: '=', value: 0 } },
  },
  {
    ko: '산 지 오래된 고객',
    en: 'whose last order is long ago',
    path: 'orders.last_at',
    words: '재구매 구매 주문 마지막 lapsed repurchase',
    is: {
      type: 'date',
      op: 'is',
      than: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } },
    },
  },
  {
    ko: '유입: 어디에서 온 고객',
    en: 'who came from somewhere',
    path: 'inflow.last.source',
    words: '유입 경로 광고 네이버 source utm',
    is: { type: 'text', op: 'equals', value: '' },
  },
  {
    ko: '문자로 광고를 받을 수 있는 고객',
    en: 'who can be reached by SMS',
    path: 'reach.sms',
    words: '수신동의 문자 도달 sms consent',
    is: { type: 'boolean', op: 'is', value: true },
  },
]

/** What people ask of a customer most, as sentences. */
export function ofUsual(language: Language): readonly Offer[] {
  return usual.map((one) => ({
    value: `usual ${one.en}`,
    group: language === 'ko' ? '어떤 고객' : 'What kind of customer',
    label: one[language],
    words: one.words,
    make: () => ({ kind: 'fact', path: one.path, is: one.is }),
  }))
}

/** One for each fact, and one for each value of a short closed list. */
export function ofFacts(language: Language): readonly Offer[] {
  return factChoices(language).flatMap((choice): readonly Offer[] => {
    const fact = factAt(choice.value)
    if (!fact || fact.names === 'list') return []
    const ready = leading[fact.path]
    const { says: _, ...plain } = choice
    const whole: Offer = {
      ...plain,
      value: `fact ${fact.path}`,
      make: (today) => ({
        kind: 'fact',
        path: fact.path,
        is: ready ?? chosen(firstTest(fact.type, today), fact.values?.[0]?.value),
      }),
    }
    // One offer for each value of a short closed list: `회원 상태: 비회원`.
    const each = (fact.values ?? []).map(
      ({ value, label }): Offer => ({
        ...plain,
        value: `fact ${fact.path} ${value}`,
        label: `${fact.label[language]}: ${label[language]}`,
        words: `${plain.words ?? ''} ${label.ko} ${label.en}`,
        make: () => ({
          kind: 'fact',
          path: fact.path,
          is: { type: 'text', op: 'equals', value },
        }),
      }),
    )
    return each.length > 2 ? each : [whole]
  })
}

function chosen(test: TraitTest, value: string | undefined): TraitTest {
  return value !== undefined && test.type === 'text' && test.op === 'equals'
    ? { ...test, value }
    : test
}

/** One for each trait that the shop sent. */
export function ofTraits(sources: Sources, language: Language): readonly Offer[] {
  const traits = sources.vocabulary?.traits ?? []
  return pathChoices(traits, language).map((choice) => ({
    ...choice,
    value: `trait ${choice.value}`,
    group: language === 'ko' ? '상점이 보낸 특성' : 'Traits the shop sent',
    make: (today) => {
      const type = typeOf(traits, choice.value)
      return { kind: 'trait', path: choice.value, is: firstTest(type, today) }
    },
  }))
}
