import type { EventCondition } from '../../../server/src/segments/event-condition.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { eventNoun } from '../events/noun.ts'
import { type Offer, ofFacts, ofTraits, ofUsual } from './fact-offers.ts'
import { particle } from './korean.ts'
import { eventChoices, type Sources } from './sources.ts'

const text = words({
  behaviour: { ko: '행동', en: 'Behaviour' },
  sets: { ko: '묶음', en: 'Sets of people' },
  messages: { ko: '메시지', en: 'Messages' },
  did: { ko: '무엇을 한 고객', en: 'who did something' },
  didSays: {
    ko: '예: 최근 30일 동안 주문을 1번 이상',
    en: 'For example: 1 order or more in the last 30 days',
  },
  didNot: { ko: '무엇을 안 한 고객', en: 'who did not do something' },
  didNotSays: {
    ko: '예: 최근 30일 동안 주문을 한 번도',
    en: 'For example: no order in the last 30 days',
  },
  long: { ko: '마지막으로 한 지 오래된 고객', en: 'whose last time is long ago' },
  longSays: {
    ko: '예: 마지막 주문이 30일 넘게 지난',
    en: 'For example: last order at least 30 days ago',
  },
  spent: { ko: '얼마 이상 산 고객', en: 'who bought for so much' },
  spentSays: { ko: '주문 금액의 합계나 평균', en: 'Total or average of orders' },
  steps: { ko: '차례대로 행동한 고객', en: 'who did steps in turn' },
  stepsSays: {
    ko: '예: 검색하고 1시간 안에 상품을 봤지만 사지 않은',
    en: 'For example: searched, then viewed within 1 hour, and did not order',
  },
  segment: { ko: '다른 세그먼트', en: 'in another segment' },
  list: { ko: '올린 명단', en: 'on an uploaded list' },
  random: { ko: '무작위 일부', en: 'a random share' },
  randomSays: {
    ko: '늘 같은 사람들이에요. 예: 고객의 10 %',
    en: 'Always the same people. For example: 10 % of customers',
  },
  any: { ko: '여러 조건 중 하나라도', en: 'any of several conditions' },
  anySays: { ko: '‘또는’으로 잇는 묶음', en: 'A group joined by “or”' },
  exclude: { ko: '제외하기', en: 'excluding' },
  excludeSays: { ko: '이 조건에 맞는 고객을 빼요', en: 'Leaves out who meets the condition' },
  sent: { ko: '캠페인 메시지를 받은 고객', en: 'who were sent a campaign' },
  opened: { ko: '캠페인 메시지를 연 고객', en: 'who opened a campaign' },
  clicked: { ko: '캠페인 메시지를 누른 고객', en: 'who clicked a campaign' },
  heldOut: { ko: '캠페인에서 대조군이었던 고객', en: 'who were held out of a campaign' },
  doing: {
    ko: (noun: string) => `${noun}${particle(noun, '을/를')} 한 고객`,
    en: (noun: string) => `did: ${noun}`,
  },
  notDoing: {
    ko: (noun: string) => `${noun}${particle(noun, '을/를')} 안 한 고객`,
    en: (noun: string) => `did not: ${noun}`,
  },
})

/** Everything that a condition can begin as: the general sentences first, then one for each event, fact and trait. */
export function offersOf(sources: Sources, language: Language, currency: string): readonly Offer[] {
  return [
    ...general(language, currency),
    ...ofUsual(language),
    ...ofFacts(language).filter(({ value }) => isState(value)),
    ...ofSets(sources, language),
    ...ofMessages(sources, language),
    ...ofFacts(language).filter(({ value }) => !isState(value)),
    ...ofEvents(sources, language),
    ...ofTraits(sources, language),
  ]
}

// Whether a person is a member and how far they came is asked so often that it stands with the usual sentences.
const isState = (value: string) => /^fact (member\.state|stage\.now)/.test(value)

const lastDays = (amount: number) => ({
  kind: 'rolling' as const,
  span: { amount, unit: 'days' as const },
})

function counted(event: string, value: number): EventCondition {
  return {
    kind: 'event',
    event,
    window: lastDays(30),
    measure: { of: 'count', is: { op: value === 0 ? '=' : '>=', value } },
  }
}

function general(language: Language, currency: string): readonly Offer[] {
  const said = inLanguage(text, language)
  const offer = (value: string, more: Omit<Offer, 'value' | 'group'>): Offer => ({
    value,
    group: said.behaviour,
    ...more,
  })
  return [
    offer('did', {
      label: said.did,
      says: said.didSays,
      words: '행동 했다 이상 번 event',
      make: () => counted('Order Completed', 1),
    }),
    offer('did-not', {
      label: said.didNot,
      says: said.didNotSays,
      words: '안 없음 하지 않은 never',
      make: () => counted('Order Completed', 0),
    }),
    offer('long', {
      label: said.long,
      says: said.longSays,
      words: '휴면 이탈 lapsed 지난',
      make: () => ({
        kind: 'event',
        event: 'Order Completed',
        window: { kind: 'ever' },
        measure: {
          of: 'last',
          is: { op: 'at-least-ago', span: { amount: 30, unit: 'days' } },
        },
      }),
    }),
    offer('spent', {
      label: said.spent,
      says: said.spentSays,
      words: '금액 합계 VIP total',
      make: () => ({
        kind: 'event',
        event: 'Order Completed',
        window: lastDays(365),
        measure: { of: 'sum', path: 'value', currency, is: { op: '>=', value: 100_000 } },
      }),
    }),
    offer('steps', {
      label: said.steps,
      says: said.stepsSays,
      words: '순서 시퀀스 sequence 차례',
      make: () => ({
        kind: 'sequence',
        steps: [
          { event: 'Products Searched' },
          { event: 'Product Viewed', within: { amount: 1, unit: 'hours' } },
        ],
        not: { event: 'Order Completed', within: { amount: 24, unit: 'hours' } },
        window: lastDays(7),
      }),
    }),
  ]
}

function ofSets(sources: Sources, language: Language): readonly Offer[] {
  const said = inLanguage(text, language)
  const group = said.sets
  return [
    {
      value: 'segment',
      group,
      label: said.segment,
      words: '세그먼트 segment',
      make: () => ({ kind: 'segment', segment: 0 }),
    },
    {
      value: 'list',
      group,
      label: said.list,
      words: '명단 목록 리스트 CSV list',
      make: () => ({
        kind: 'fact',
        path: 'lists',
        is: { type: 'list', op: 'has-any', values: [] },
      }),
    },
    {
      value: 'random',
      group,
      label: said.random,
      says: said.randomSays,
      words: '랜덤 무작위 비율 퍼센트 random percent',
      make: ({ instant }) => ({ kind: 'random', seed: instant.slice(0, 10), from: 0, to: 10 }),
    },
    {
      value: 'any',
      group,
      label: said.any,
      says: said.anySays,
      words: '또는 묶음 or group',
      make: () => ({ kind: 'any', of: [] }),
    },
    {
      value: 'exclude',
      group,
      label: said.exclude,
      says: said.excludeSays,
      words: '제외 빼고 아닌 not except',
      make: () => ({ kind: 'not', of: { kind: 'any', of: [] } }),
    },
    ...sources.segments.map(
      ({ id, name, members }): Offer => ({
        value: `segment ${id}`,
        group: said.segment,
        label: name,
        note: members.toLocaleString('en'),
        make: () => ({ kind: 'segment', segment: id }),
      }),
    ),
    ...sources.lists.map(
      ({ id, name, members }): Offer => ({
        value: `list ${id}`,
        group: said.list,
        label: name,
        note: members.toLocaleString('en'),
        make: () => ({
          kind: 'fact',
          path: 'lists',
          is: { type: 'list', op: 'has-any', values: [String(id)] },
        }),
      }),
    ),
  ]
}

function ofMessages(sources: Sources, language: Language): readonly Offer[] {
  const said = inLanguage(text, language)
  // Only some carriers tell of opening: nobody is asked for what nobody says.
  const opensAreTold = sources.vocabulary?.events.some(({ name }) => name === 'Message Opened')
  const about = (value: string, label: string, event: string): Offer => ({
    value,
    group: said.messages,
    label,
    words: `메시지 캠페인 대조군 message campaign ${event}`,
    make: () => ({
      ...counted(event, 1),
      where: {
        kind: 'property',
        path: 'campaign_id',
        is: { type: 'number', op: 'is', than: { op: '=', value: 0 } },
      },
    }),
  })
  return [
    about('sent', said.sent, 'Message Sent'),
    ...(opensAreTold ? [about('opened', said.opened, 'Message Opened')] : []),
    about('clicked', said.clicked, 'Message Clicked'),
    about('held-out', said.heldOut, 'Message Held Out'),
  ]
}

function ofEvents(sources: Sources, language: Language): readonly Offer[] {
  const said = inLanguage(text, language)
  return eventChoices(sources, language).flatMap((event): readonly Offer[] => {
    const noun = eventNoun(event.value, language)
    const more = { group: said.behaviour, ...(event.note ? { note: event.note } : {}) }
    return [
      {
        ...more,
        value: `did ${event.value}`,
        label: said.doing(noun),
        words: `${event.value} ${noun}`,
        make: () => counted(event.value, 1),
      },
      {
        ...more,
        value: `did-not ${event.value}`,
        label: said.notDoing(noun),
        words: `${event.value} ${noun} 없음 안`,
        make: () => counted(event.value, 0),
      },
    ]
  })
}
