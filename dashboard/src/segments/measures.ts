import type { NumberComparison } from '../../../server/src/segments/comparison.ts'
import type { EventCondition, Measure } from '../../../server/src/segments/event-condition.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import type { Choice } from './find.ts'
import type { TimeComparison } from './language.ts'

const text = words({
  times: { ko: '몇 번', en: 'How often' },
  values: { ko: '값으로', en: 'By a value' },
  moments: { ko: '언제', en: 'When' },
  '>=': { ko: '번 이상', en: 'times or more' },
  '<=': { ko: '번 이하', en: 'times or fewer' },
  '=': { ko: '번', en: 'times exactly' },
  between: { ko: '번', en: 'times' },
  never: { ko: '한 번도', en: 'never did' },
  sayEqual: { ko: '정확히 몇 번', en: 'exactly so many times' },
  sayBetween: { ko: '몇 번에서 몇 번 사이', en: 'between so many times' },
  sayNever: { ko: '한 번도 안 함 (없음)', en: 'never (none)' },
  sum: { ko: '합계', en: 'total' },
  avg: { ko: '평균', en: 'average' },
  min: { ko: '가장 작은 값', en: 'smallest' },
  max: { ko: '가장 큰 값', en: 'largest' },
  distinct: { ko: '서로 다른 값의 수', en: 'number of different values' },
  first: { ko: '처음', en: 'first' },
  last: { ko: '마지막', en: 'last' },
  sayFirst: { ko: '처음 한 때', en: 'the first time' },
  sayLast: { ko: '마지막으로 한 때', en: 'the last time' },
})

/** How a happening is measured, by the name of its picker's choice. */
export type Mode =
  | '>='
  | '<='
  | '='
  | 'between'
  | 'never'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'distinct'
  | 'first'
  | 'last'

/** The mode of a condition. More than and less than read as the number beside them. */
export function modeOf({ measure }: Pick<EventCondition, 'measure'>): Mode {
  if (measure.of !== 'count') return measure.of
  const { is } = measure
  if (is.op === 'between') return 'between'
  if ((is.op === '=' && is.value === 0) || (is.op === '<' && is.value === 1)) return 'never'
  if (is.op === '>') return '>='
  return is.op === '<' ? '<=' : is.op
}

/** The modes to pick from. */
export function modeChoices(language: Language): readonly Choice[] {
  const said = inLanguage(text, language)
  return [
    { value: '>=', label: said['>='], group: said.times, words: 'at least 한 했어요' },
    { value: 'never', label: said.sayNever, group: said.times, words: '없음 안 no not' },
    { value: '<=', label: said['<='], group: said.times },
    { value: '=', label: said.sayEqual, group: said.times },
    { value: 'between', label: said.sayBetween, group: said.times },
    ...(['sum', 'avg', 'min', 'max', 'distinct'] as const).map((value) => ({
      value,
      label: said[value],
      group: said.values,
    })),
    { value: 'last', label: said.sayLast, group: said.moments, words: '최근 오래' },
    { value: 'first', label: said.sayFirst, group: said.moments },
  ]
}

/** The mode in the words of the sentence. */
export function modeWords(mode: Mode, language: Language): string {
  return inLanguage(text, language)[mode]
}

type Known = { readonly currency: string; readonly path: string }

/** The same happening measured another way; a sum of money is in the shop's currency. */
export function measuredAs(
  condition: EventCondition,
  mode: Mode,
  { currency, path }: Known,
): EventCondition {
  const times = countIn(condition.measure)
  const withMeasure = (measure: Measure): EventCondition => ({ ...condition, measure })
  switch (mode) {
    case '>=':
    case '<=':
    case '=':
      return withMeasure({ of: 'count', is: { op: mode, value: Math.max(1, times) } })
    case 'never':
      return withMeasure({ of: 'count', is: { op: '=', value: 0 } })
    case 'between':
      return withMeasure({ of: 'count', is: { op: 'between', from: 1, to: Math.max(3, times) } })
    case 'sum':
      return withMeasure({
        of: 'sum',
        path,
        ...(path === 'value' ? { currency } : {}),
        is: { op: '>=', value: 100_000 },
      })
    case 'avg':
    case 'min':
    case 'max':
      return withMeasure({ of: mode, path, is: { op: '>=', value: 50_000 } })
    case 'distinct':
      return withMeasure({ of: mode, path: 'product_id', is: { op: '>=', value: 2 } })
    case 'first':
    case 'last': {
      const is: TimeComparison = { op: 'at-least-ago', span: { amount: 30, unit: 'days' } }
      return { ...condition, window: { kind: 'ever' }, measure: { of: mode, is } }
    }
  }
}

/** The count that a measure speaks of, to carry over to another one. */
function countIn(measure: Measure): number {
  if (measure.of !== 'count') return 1
  return measure.is.op === 'between' ? measure.is.to : measure.is.value
}

/** More than 2 and at least 3 are the same number of times; the builder writes the second. */
export function wholeTimes(is: NumberComparison): NumberComparison {
  if (is.op === '>') return { op: '>=', value: is.value + 1 }
  if (is.op === '<') return { op: '<=', value: Math.max(0, is.value - 1) }
  return is
}
