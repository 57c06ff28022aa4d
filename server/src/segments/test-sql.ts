import { unreachable } from '../lib/assert.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { type AnniversaryTest, anniversaryStretches } from './anniversary.ts'
import {
  decimalOf,
  instantMs,
  type NumberComparison,
  spanMs,
  type TimeComparison,
} from './comparison.ts'
import { type Filter, isTypedNumber, isTypedText, type ProductCondition } from './filter.ts'
import type { SqlParameters } from './sql-parameters.ts'
import {
  comparable,
  type NumberTest,
  type PropertyTest,
  type TextTest,
  type TraitTest,
} from './value-test.ts'

/** Where values are read in SQL: an expression, and how its absence is told. */
type Column = { readonly value: string; readonly present: string }

/** A comparison of a number expression that is never NULL; `literal` writes the numbers. */
export function numberSql(
  value: string,
  is: NumberComparison,
  literal: (value: number) => string,
): string {
  if (is.op === 'between')
    return `(${value} >= ${literal(is.from)} and ${value} <= ${literal(is.to)})`
  return `(${value} ${is.op} ${literal(is.value)})`
}

/** A comparison of a time expression that is never NULL. */
export function timeSql(
  value: string,
  is: TimeComparison,
  { parameters, now }: { readonly parameters: SqlParameters; readonly now: number },
): string {
  const time = parameters.time
  switch (is.op) {
    case 'before':
      return `(${value} < ${time(instantMs(is.at))})`
    case 'after':
      return `(${value} >= ${time(instantMs(is.at))})`
    case 'between':
      return `(${value} >= ${time(instantMs(is.from))} and ${value} < ${time(instantMs(is.to))})`
    case 'within-last':
      return `(${value} > ${time(now - spanMs(is.span))} and ${value} <= ${time(now)})`
    case 'within-next':
      return `(${value} > ${time(now)} and ${value} <= ${time(now + spanMs(is.span))})`
    case 'at-least-ago':
      return `(${value} <= ${time(now - spanMs(is.span))})`
    default:
      return unreachable(is)
  }
}

/** A test of the maps `texts`, `folded`, `numbers`, `flags`, `times` at a path; `from` qualifies their names (`c.`). */
export function mapTestSql(
  at: { readonly from: string; readonly path: string; readonly now: number },
  test: TraitTest,
  parameters: SqlParameters,
): string {
  const path = parameters.text(at.path)
  const column = (map: string): Column => ({
    value: `${at.from}${map}[${path}]`,
    present: `mapContains(${at.from}${map}, ${path})`,
  })
  switch (test.type) {
    case 'text':
      return textSql(column('fold' in test && test.fold ? 'folded' : 'texts'), test, parameters)
    case 'number':
      return numberTestSql(column('numbers'), test, parameters)
    case 'boolean': {
      const { value, present } = column('flags')
      if (test.op === 'exists') return present
      return test.value ? `(${present} and ${value})` : `(${present} and not ${value})`
    }
    case 'date': {
      const { value, present } = column('times')
      if (test.op === 'exists') return present
      if (test.op === 'anniversary')
        return `(${present} and ${anniversarySql(value, test, { parameters, now: at.now })})`
      return `(${present} and ${timeSql(value, test.than, { parameters, now: at.now })})`
    }
    case 'list': {
      const { value, present } = column('lists')
      if (test.op === 'exists') return present
      const values = parameters.texts(test.values)
      if (test.op === 'has-none') return `(${present} and not hasAny(${value}, ${values}))`
      return `${test.op === 'has-any' ? 'hasAny' : 'hasAll'}(${value}, ${values})`
    }
    case 'any':
      return `(${['texts', 'numbers', 'flags'].map((map) => column(map).present).join(' or ')})`
    default:
      return unreachable(test)
  }
}

/** Month and day are those of the UTC date that is stored; which days of which years count was worked out before. */
function anniversarySql(
  value: string,
  test: AnniversaryTest,
  { parameters, now }: { readonly parameters: SqlParameters; readonly now: number },
): string {
  const monthDay = `(toMonth(${value}) * 100 + toDayOfMonth(${value}))`
  const whole = parameters.integer
  const stretches = anniversaryStretches(test, now).map(
    ({ year, from, to }) =>
      `(toYear(${value}) < ${whole(year)} and ${monthDay} between ${whole(from)} and ${whole(to)})`,
  )
  return `(${stretches.join(' or ')})`
}

/** A filter over the columns of one event. */
export function filterSql(filter: Filter, parameters: SqlParameters): string {
  switch (filter.kind) {
    case 'all':
      return `(${filter.of.map((one) => filterSql(one, parameters)).join(' and ')})`
    case 'any':
      return `(${filter.of.map((one) => filterSql(one, parameters)).join(' or ')})`
    case 'not':
      return `(not ${filterSql(filter.of, parameters)})`
    case 'property':
      return propertySql(filter.path, filter.is, parameters)
    case 'products': {
      const line = filter.where.map((one) => productSql(one, parameters)).join(' and ')
      if (filter.match === 'any') return `arrayExists(line -> (${line}), products)`
      return `(notEmpty(products) and arrayAll(line -> (${line}), products))`
    }
    default:
      return unreachable(filter)
  }
}

/** The number at a path of an event, 0 where there is none: what a sum adds. */
export function addendSql(path: string, parameters: SqlParameters): string {
  if (isTypedNumber(path)) return `ifNull(${path}, toDecimal64(0, 4))`
  return `numbers[${parameters.text(path)}]`
}

function propertySql(path: string, is: PropertyTest, parameters: SqlParameters): string {
  if (is.type === 'text' && isTypedText(path) && !('fold' in is && is.fold))
    return textSql({ value: path, present: `(${path} != '')` }, is, parameters)
  if (is.type === 'number' && isTypedNumber(path))
    return numberTestSql(nullable(path), is, parameters)
  return mapTestSql({ from: '', path, now: 0 }, is, parameters)
}

function productSql(condition: ProductCondition, parameters: SqlParameters): string {
  const value = `line.${condition.field}`
  switch (condition.field) {
    case 'price':
    case 'quantity':
      return numberTestSql(nullable(value), condition.is, parameters)
    default:
      return textSql({ value, present: `(${value} != '')` }, condition.is, parameters)
  }
}

function nullable(value: string): Column {
  return { value: `assumeNotNull(${value})`, present: `isNotNull(${value})` }
}

// A missing text reads as '' and conditions never compare with '', so only "exists" must ask for presence.
function textSql({ value, present }: Column, test: TextTest, parameters: SqlParameters): string {
  switch (test.op) {
    case 'equals':
      return `(${value} = ${parameters.text(comparable(test.value, test.fold))})`
    case 'contains':
      return `(position(${value}, ${parameters.text(comparable(test.value, test.fold))}) > 0)`
    case 'starts-with':
      return `startsWith(${value}, ${parameters.text(comparable(test.value, test.fold))})`
    case 'any-of':
      return `has(${parameters.texts(test.values.map((one) => comparable(one, test.fold)))}, ${value})`
    case 'exists':
      return present
    default:
      return unreachable(test)
  }
}

function numberTestSql(column: Column, test: NumberTest, parameters: SqlParameters): string {
  const literal = (value: number) => parameters.decimal(formatDecimal(decimalOf(value)))
  const { value, present } = column
  switch (test.op) {
    case 'is':
      return `(${present} and ${numberSql(value, test.than, literal)})`
    case 'any-of':
      return `(${present} and (${test.values.map((one) => `${value} = ${literal(one)}`).join(' or ')}))`
    case 'exists':
      return present
    default:
      return unreachable(test)
  }
}
