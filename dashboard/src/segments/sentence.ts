import type {
  Condition,
  Definition,
  EventCondition,
} from '../../../server/src/segments/definition.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { count } from '../design/format.ts'
import { eventNoun } from '../events/noun.ts'
import { amountOf, modeOf } from './conditions.ts'

const text = words({
  and: { ko: ' 그리고 ', en: ' and ' },
  or: { ko: ' 또는 ', en: ' or ' },
  not: { ko: (what: string) => `(${what})이 아닌 고객`, en: (what: string) => `not (${what})` },
  member: { ko: '회원', en: 'a member' },
  anonymous: { ko: '아직 가입하지 않음', en: 'not signed up yet' },
  trait: { ko: (path: string) => `특성 ‘${path}’ 조건`, en: (path: string) => `trait “${path}”` },
  ever: { ko: '지금까지', en: 'ever' },
  recent: { ko: (n: string) => `최근 ${n}`, en: (n: string) => `in the last ${n}` },
  between: { ko: '정한 기간에', en: 'between two dates' },
  days: { ko: (n: number) => `${n}일`, en: (n: number) => `${n} ${n === 1 ? 'day' : 'days'}` },
  hours: { ko: (n: number) => `${n}시간`, en: (n: number) => `${n} hours` },
  minutes: { ko: (n: number) => `${n}분`, en: (n: number) => `${n} minutes` },
  atLeast: {
    ko: (when: string, what: string, n: string) => `${when} ${what} ${n}번 이상`,
    en: (when: string, what: string, n: string) => `${what} at least ${n}× ${when}`,
  },
  atMost: {
    ko: (when: string, what: string, n: string) => `${when} ${what} ${n}번 이하`,
    en: (when: string, what: string, n: string) => `${what} at most ${n}× ${when}`,
  },
  never: {
    ko: (when: string, what: string) => `${when} ${what} 없음`,
    en: (when: string, what: string) => `no ${what} ${when}`,
  },
  spent: {
    ko: (when: string, what: string, n: string) => `${when} ${what} 금액 ${n} 이상`,
    en: (when: string, what: string, n: string) => `${what} worth ${n} or more ${when}`,
  },
  gone: {
    ko: (what: string, n: number) => `마지막 ${what} 뒤 ${n}일 지남`,
    en: (what: string, n: number) => `last ${what} at least ${n} days ago`,
  },
  other: {
    ko: (when: string, what: string) => `${when} ${what} 조건`,
    en: (when: string, what: string) => `${what} ${when}`,
  },
})

/** A definition in one line: `최근 30일 장바구니 담기 1번 이상 그리고 최근 30일 주문 없음`. */
export function definitionSentence(definition: Definition, language: Language): string {
  return conditionSentence(definition.where, language)
}

/** One condition in a few words. */
export function conditionSentence(condition: Condition, language: Language): string {
  const said = inLanguage(text, language)
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of
        .map((one) => conditionSentence(one, language))
        .join(condition.kind === 'all' ? said.and : said.or)
    case 'not':
      return said.not(conditionSentence(condition.of, language))
    case 'member':
      return condition.is === 'member' ? said.member : said.anonymous
    case 'trait':
      return said.trait(condition.path)
    case 'event':
      return eventSentence(condition, language)
  }
}

function eventSentence(condition: EventCondition, language: Language): string {
  const said = inLanguage(text, language)
  const what = eventNoun(condition.event, language)
  const { window } = condition
  const when =
    window.kind === 'ever'
      ? said.ever
      : window.kind === 'between'
        ? said.between
        : said.recent(said[window.span.unit](window.span.amount))
  const amount = amountOf(condition)
  switch (modeOf(condition)) {
    case 'at-least':
      return said.atLeast(when, what, count(amount, language))
    case 'at-most':
      return said.atMost(when, what, count(amount, language))
    case 'never':
      return said.never(when, what)
    case 'spent':
      return said.spent(when, what, count(amount, language))
    case 'gone':
      return said.gone(what, amount)
    case 'other':
      return said.other(when, what)
  }
}
