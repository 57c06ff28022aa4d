import type { Json, JsonObject } from '../lib/json.ts'
import { type Facts, type Filter, isTypedText, numberAt, passes } from './filter.ts'

/** One condition of a filter as it decided: what it asks, whether the opposite was wanted, and what it found there. */
export type Failing =
  | {
      readonly kind: 'property'
      readonly path: string
      readonly is: Extract<Filter, { kind: 'property' }>['is']
      readonly not: boolean
      /** The value that was there; null: none of that kind. */
      readonly was: string | number | boolean | null
    }
  | { readonly kind: 'products'; readonly not: boolean }

/** The first condition for which a filter does not pass; asked of a filter that does not pass. */
export function failing(filter: Filter, facts: Facts): Failing {
  return culprit(filter, facts, false)
}

/** The first condition because of which the filter comes out as `holds`. */
function culprit(filter: Filter, facts: Facts, holds: boolean): Failing {
  switch (filter.kind) {
    case 'all':
    case 'any': {
      const guilty = filter.of.find((one) => passes(one, facts) === holds) ?? filter.of[0]
      return guilty ? culprit(guilty, facts, holds) : { kind: 'products', not: holds }
    }
    case 'not':
      return culprit(filter.of, facts, !holds)
    case 'products':
      return { kind: 'products', not: holds }
    case 'property':
      return {
        kind: 'property',
        path: filter.path,
        is: filter.is,
        not: holds,
        was: valueAt(filter, facts),
      }
  }
}

/** Longest text that is kept of what was found. */
const wasLength = 100

function valueAt(
  { path, is }: Extract<Filter, { kind: 'property' }>,
  facts: Facts,
): string | number | boolean | null {
  const flat = facts.flat()
  if (is.type === 'number') return asNumber(numberAt(path, facts))
  if (is.type === 'boolean') return flat.flags.get(path) ?? null
  const text = isTypedText(path) ? facts.typed()[path] : flat.texts.get(path)
  if (text) return text.slice(0, wasLength)
  return asNumber(flat.numbers.get(path)) ?? flat.flags.get(path) ?? null
}

/** Ten-thousandths as the number they stand for. */
function asNumber(value: bigint | undefined): number | null {
  return value === undefined ? null : Number(value) / 10_000
}

/** As JSON, to be kept. */
export function failingJson(one: Failing): JsonObject {
  return one as unknown as { readonly [key: string]: Json }
}
