import { isTypedNumber, isTypedText } from './filter.ts'
import type { SqlParameters } from './sql-parameters.ts'

/** A value of an event in SQL: an expression that is never NULL, and how its absence is told. */
export type PropertyColumn = { readonly value: string; readonly present: string }

/** The number at a path of an event. */
export function numberColumn(path: string, { text }: SqlParameters): PropertyColumn {
  if (isTypedNumber(path)) return { value: `assumeNotNull(${path})`, present: `isNotNull(${path})` }
  return { value: `numbers[${text(path)}]`, present: `mapContains(numbers, ${text(path)})` }
}

/** The value at a path of an event as text that tells all values apart: `t` and a text, or `n` and a number. */
export function keyColumn(path: string, parameters: SqlParameters): PropertyColumn {
  if (isTypedText(path)) return { value: `concat('t', ${path})`, present: `${path} != ''` }
  const number = numberColumn(path, parameters)
  const numberKey = `concat('n', toString(${number.value}))`
  if (isTypedNumber(path)) return { value: numberKey, present: number.present }
  const name = parameters.text(path)
  const isText = `mapContains(texts, ${name})`
  return {
    value: `if(${isText}, concat('t', texts[${name}]), ${numberKey})`,
    present: `(${isText} or ${number.present})`,
  }
}
