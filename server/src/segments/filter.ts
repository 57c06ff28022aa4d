import { z } from 'zod'
import { type Flat, flatten } from '../events/flatten.ts'
import type { Happening } from '../events/happening.ts'
import { type TypedColumns, type TypedProduct, typedColumns } from '../events/typed-columns.ts'
import { unreachable } from '../lib/assert.ts'
import type { Decimal } from '../lib/decimal.ts'
import type { JsonObject } from '../lib/json.ts'
import {
  holds,
  NumberTest,
  numberTestHolds,
  Path,
  PropertyTest,
  TextTest,
  textHolds,
} from './value-test.ts'

/** The text fields of a line of `products[]`. */
export const productTexts = ['product_id', 'name', 'category'] as const
/** The number fields of a line of `products[]`. */
export const productNumbers = ['price', 'quantity'] as const

const ProductText = z.strictObject({ field: z.enum(productTexts), is: TextTest }).readonly()
const ProductNumber = z.strictObject({ field: z.enum(productNumbers), is: NumberTest }).readonly()
/** A condition on one field of a line of `products[]`. Case always counts here. */
export const ProductCondition = z.union([ProductText, ProductNumber])
export type ProductCondition = z.infer<typeof ProductCondition>

/**
 * Which happenings of a name count. `products` looks at the lines of the event: any or all of them must meet every
 * condition in `where`; "all" of no lines is false.
 */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'property'; readonly path: string; readonly is: PropertyTest }
  | {
      readonly kind: 'products'
      readonly match: 'any' | 'all'
      readonly where: readonly ProductCondition[]
    }

export const Filter: z.ZodType<Filter> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all'), of: z.array(Filter).min(1).max(20) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(Filter).min(1).max(20) }),
    z.strictObject({ kind: z.literal('not'), of: Filter }),
    z.strictObject({ kind: z.literal('property'), path: Path, is: PropertyTest }),
    z.strictObject({
      kind: z.literal('products'),
      match: z.enum(['any', 'all']),
      where: z.array(ProductCondition).min(1).max(10),
    }),
  ]),
)

/** Texts with a column of their own; '' is missing. An id sent as a whole number counts as its text. */
export const typedTexts = ['product_id', 'order_id', 'currency', 'query', 'url_path'] as const
/** Numbers with a column of their own. `value` is the first of value, revenue and total that is a number. */
export const typedNumbers = ['value', 'quantity'] as const
export type TypedText = (typeof typedTexts)[number]
export type TypedNumber = (typeof typedNumbers)[number]

/** Whether a path is one of the texts with a column of their own. */
export function isTypedText(path: string): path is TypedText {
  return (typedTexts as readonly string[]).includes(path)
}
/** Whether a path is one of the numbers with a column of their own. */
export function isTypedNumber(path: string): path is TypedNumber {
  return (typedNumbers as readonly string[]).includes(path)
}

/** What conditions see of one happening; each half is made when it is first asked for. */
export type Facts = { readonly flat: () => Flat; readonly typed: () => TypedColumns }

const nothing: JsonObject = {}

/** A body never changes, and every segment and campaign that names its event asks for the same facts. */
const known = new WeakMap<Happening['body'], Facts>()

/** The facts of a happening, made once. */
export function factsOf(happening: Pick<Happening, 'body'>): Facts {
  const { body } = happening
  let facts = known.get(body)
  if (!facts) {
    facts = freshFacts(body)
    known.set(body, facts)
  }
  return facts
}

function freshFacts(body: Happening['body']): Facts {
  let flat: Flat | undefined
  let typed: TypedColumns | undefined
  return {
    flat: () => (flat ??= flatten(body.properties ?? body.traits ?? nothing)),
    typed: () => (typed ??= typedColumns({ body })),
  }
}

/** Whether a happening passes the filter. */
export function passes(filter: Filter, facts: Facts): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.of.every((one) => passes(one, facts))
    case 'any':
      return filter.of.some((one) => passes(one, facts))
    case 'not':
      return !passes(filter.of, facts)
    case 'property':
      return propertyHolds(filter.path, filter.is, facts)
    case 'products': {
      const lines = facts.typed().products
      if (filter.match === 'any') return lines.some((line) => lineHolds(line, filter.where))
      return lines.length > 0 && lines.every((line) => lineHolds(line, filter.where))
    }
    default:
      return unreachable(filter)
  }
}

/** The number at a path of a happening: its typed column when it has one. */
export function numberAt(path: string, facts: Facts): Decimal | undefined {
  return isTypedNumber(path) ? facts.typed()[path] : facts.flat().numbers.get(path)
}

function propertyHolds(path: string, is: PropertyTest, facts: Facts): boolean {
  // Folded texts live in the map only, so a test that ignores case reads the map in both evaluators.
  if (is.type === 'text' && isTypedText(path) && !('fold' in is && is.fold))
    return textHolds(facts.typed()[path] || undefined, is)
  if (is.type === 'number') return numberTestHolds(numberAt(path, facts), is)
  return holds({ flat: facts.flat(), path, now: 0 }, is)
}

function lineHolds(line: TypedProduct, where: readonly ProductCondition[]): boolean {
  return where.every((condition) => {
    switch (condition.field) {
      case 'price':
      case 'quantity':
        return numberTestHolds(line[condition.field], condition.is)
      default:
        return textHolds(line[condition.field] || undefined, condition.is)
    }
  })
}
