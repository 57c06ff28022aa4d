import type { Filter, ProductCondition } from '../../../server/src/segments/filter.ts'
import type { PropertyTest } from '../../../server/src/segments/value-test.ts'

/** One line of an event's filter. */
export type Line = Extract<Filter, { kind: 'property' | 'products' }>
/** The filter as the builder edits it: lines joined one way. */
export type Lines = { readonly join: 'all' | 'any'; readonly lines: readonly Line[] }

/** The lines of a filter; undefined when it nests deeper than the builder draws. */
export function linesOf(filter: Filter | undefined): Lines | undefined {
  if (!filter) return { join: 'all', lines: [] }
  if (filter.kind === 'property' || filter.kind === 'products')
    return { join: 'all', lines: [filter] }
  if (filter.kind === 'not') return undefined
  const lines = filter.of.filter((one): one is Line => ['property', 'products'].includes(one.kind))
  return lines.length === filter.of.length ? { join: filter.kind, lines } : undefined
}

/** The filter of lines; undefined for none. */
export function filterOf({ join, lines }: Lines): Filter | undefined {
  const [first] = lines
  if (!first) return undefined
  return lines.length === 1 ? first : { kind: join, of: lines }
}

/** A line to begin with. */
export function propertyLine(path: string, type: string): Line {
  const is: PropertyTest =
    type === 'number'
      ? { type: 'number', op: 'is', than: { op: '>=', value: 1 } }
      : type === 'boolean'
        ? { type: 'boolean', op: 'is', value: true }
        : type === 'date'
          ? { type: 'date', op: 'exists' }
          : { type: 'text', op: 'contains', value: '', fold: true }
  return { kind: 'property', path, is }
}

/** A condition on a field of the products of an event. */
export function productLine(field: ProductCondition['field']): ProductCondition {
  if (field === 'price' || field === 'quantity')
    return { field, is: { type: 'number', op: 'is', than: { op: '>=', value: 1 } } }
  return { field, is: { type: 'text', op: 'contains', value: '' } }
}
