import type { NumberComparison, Span } from '../../../server/src/segments/comparison.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import type { Language } from '../app/language.ts'
import type { Choice } from './find.ts'
import { ending, type Form } from './korean.ts'
import type { TimeComparison } from './language.ts'

/** How a value is compared, by the name of its picker's choice. */
export type Op =
  | 'equals'
  | 'any-of'
  | 'contains'
  | 'starts-with'
  | 'exists'
  | '>='
  | '<='
  | '='
  | '>'
  | '<'
  | 'between'
  | 'yes'
  | 'no'
  | 'within-last'
  | 'at-least-ago'
  | 'within-next'
  | 'before'
  | 'after'
  | 'between-days'
  | 'anniversary'
  | 'has-any'
  | 'has-all'
  | 'has-none'

export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'any'

/** The comparison of a number. */
export function numberOp(is: NumberComparison): Op {
  return is.op
}

/** The comparison of a time. */
export function timeOp(is: TimeComparison): Op {
  return is.op === 'between' ? 'between-days' : is.op
}

/** The comparison of a test. */
export function opOf(test: TraitTest): Op {
  if (test.op === 'exists' || test.op === 'anniversary') return test.op
  switch (test.type) {
    case 'text':
    case 'list':
      return test.op
    case 'number':
      return test.op === 'any-of' ? 'any-of' : numberOp(test.than)
    case 'boolean':
      return test.value ? 'yes' : 'no'
    case 'date':
      return timeOp(test.than)
  }
}

const timeOps: readonly Op[] = ['within-last', 'at-least-ago', 'before', 'after', 'between-days']
const byType: Readonly<Record<ValueType, readonly Op[]>> = {
  text: ['equals', 'any-of', 'contains', 'starts-with', 'exists'],
  number: ['>=', '<=', '=', '>', '<', 'between', 'exists'],
  boolean: ['yes', 'no', 'exists'],
  date: [...timeOps, 'within-next', 'anniversary', 'exists'],
  list: ['has-any', 'has-all', 'has-none', 'exists'],
  any: ['exists'],
}

/** The comparisons of a time that something happened: nothing of the future. */
export const happenedOps = timeOps
export const numberOps: readonly Op[] = ['>=', '<=', '=', '>', '<', 'between']

/** The comparisons that fit a value. A closed list of texts is never searched for parts; a property never speaks of now. */
export function opsFor(
  type: ValueType,
  { closed = false, fixed = false }: { readonly closed?: boolean; readonly fixed?: boolean } = {},
): readonly Op[] {
  if (type === 'text' && closed) return ['equals', 'any-of', 'exists']
  if (type === 'date' && fixed) return ['before', 'after', 'between-days', 'exists']
  return byType[type]
}

type Words = { readonly ko: (form: Form) => string; readonly en: string; readonly name: string }
const is = (word: string) => (form: Form) => `${word}${ending('is', form)}`
const words: Readonly<Record<Op, Words>> = {
  equals: { ko: is(''), en: 'is', name: '같음' },
  'any-of': { ko: is('중 하나'), en: 'is one of', name: '여러 값 중 하나' },
  contains: { ko: (form) => ending('contains', form), en: 'contains', name: '포함' },
  'starts-with': { ko: (form) => ending('starts', form), en: 'starts with', name: '이 말로 시작' },
  exists: { ko: (form) => ending('exists', form), en: 'is known', name: '값이 있음' },
  '>=': { ko: is('이상'), en: 'is at least', name: '이상' },
  '<=': { ko: is('이하'), en: 'is at most', name: '이하' },
  '=': { ko: is(''), en: 'is exactly', name: '정확히' },
  '>': { ko: is('초과'), en: 'is more than', name: '초과' },
  '<': { ko: is('미만'), en: 'is less than', name: '미만' },
  between: { ko: is('사이'), en: 'is between', name: '사이' },
  yes: { ko: (form) => ending('fits', form), en: 'is true', name: '해당함' },
  no: { ko: (form) => ending('fitsNot', form), en: 'is not true', name: '해당하지 않음' },
  'within-last': { ko: is('이내'), en: 'was within the last', name: '최근 며칠 이내' },
  'at-least-ago': {
    ko: (form) => `넘게 ${ending('passed', form)}`,
    en: 'was at least this long ago:',
    name: '며칠 넘게 지남',
  },
  'within-next': { ko: is('이내'), en: 'is within the next', name: '앞으로 며칠 이내' },
  before: { ko: is('전'), en: 'is before', name: '어떤 날짜 전' },
  after: { ko: is('이후'), en: 'is on or after', name: '어떤 날짜부터' },
  'between-days': { ko: is('전까지'), en: 'is between', name: '날짜와 날짜 사이' },
  anniversary: {
    ko: (form) => `뒤 사이에 ${ending('returns', form)}`,
    en: 'comes round',
    name: '해마다 돌아오는 날 (생일, 기념일)',
  },
  'has-any': {
    ko: (form) => `중 하나라도 ${ending('exists', form)}`,
    en: 'has any of',
    name: '하나라도 있음',
  },
  'has-all': {
    ko: (form) => `모두 ${ending('exists', form)}`,
    en: 'has all of',
    name: '모두 있음',
  },
  'has-none': { ko: (form) => ending('lacks', form), en: 'has none of', name: '하나도 없음' },
}

/** The comparison as it reads in the sentence. */
export function opWords(op: Op, language: Language, form: Form): string {
  return language === 'ko' ? words[op].ko(form) : words[op].en
}

/** The comparisons as choices. */
export function opChoices(ops: readonly Op[], language: Language): readonly Choice[] {
  return ops.map((value) => ({
    value,
    label: language === 'ko' ? words[value].name : words[value].en.replace(/:$/, ''),
  }))
}

export type Today = { readonly zone: string; readonly instant: string }

/** A number compared another way; the numbers stay. */
export function numberFrom(op: Op, before: NumberComparison | undefined): NumberComparison {
  const value = before ? ('value' in before ? before.value : before.from) : 1
  const to = before && 'to' in before ? before.to : value * 2
  if (op === 'between') return { op: 'between', from: value, to: Math.max(value, to) }
  return { op: op as '>=' | '<=' | '=' | '>' | '<', value }
}

/** A time compared another way; the span stays. */
export function timeFrom(
  op: Op,
  before: TimeComparison | undefined,
  { instant }: Today,
): TimeComparison {
  const span: Span = before && 'span' in before ? before.span : { amount: 30, unit: 'days' }
  switch (op) {
    case 'before':
    case 'after':
      return { op, at: before && 'at' in before ? before.at : instant }
    case 'between-days': {
      const next = new Date(Date.parse(instant) + 30 * 86_400_000).toISOString()
      return { op: 'between', from: instant, to: next }
    }
    case 'within-next':
    case 'within-last':
      return { op, span }
    default:
      return { op: 'at-least-ago', span }
  }
}

type Kind = {
  readonly type: ValueType
  readonly before: TraitTest | undefined
  readonly today: Today
  /** Free text ignores case; products and closed lists do not. */
  readonly fold?: boolean
}

/** The test of a value compared in a way. */
export function testFrom(op: Op, { type, before, today, fold = false }: Kind): TraitTest {
  const texts = before && 'values' in before ? before.values.map(String) : []
  const one = before && 'value' in before && typeof before.value === 'string' ? before.value : ''
  const folds = fold ? { fold: true } : {}
  switch (op) {
    case 'equals':
    case 'contains':
    case 'starts-with':
      return { type: 'text', op, value: one || (texts[0] ?? ''), ...folds }
    case 'any-of':
      return { type: 'text', op, values: one ? [one] : texts, ...folds }
    case 'has-any':
    case 'has-all':
    case 'has-none':
      return { type: 'list', op, values: texts }
    case 'yes':
    case 'no':
      return { type: 'boolean', op: 'is', value: op === 'yes' }
    case 'exists':
      return { type, op: 'exists' } as TraitTest
    case 'anniversary':
      return { type: 'date', op, inDays: { from: 0, to: 7 }, zone: today.zone }
    case '>=':
    case '<=':
    case '=':
    case '>':
    case '<':
    case 'between': {
      const than = before?.type === 'number' && before.op === 'is' ? before.than : undefined
      return { type: 'number', op: 'is', than: numberFrom(op, than) }
    }
    default: {
      const than = before?.type === 'date' && before.op === 'is' ? before.than : undefined
      return { type: 'date', op: 'is', than: timeFrom(op, than, today) }
    }
  }
}
