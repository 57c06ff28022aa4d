import * as fc from 'fast-check'
import {
  anniversaryTest,
  factCondition,
  listTest,
  randomCondition,
} from './agreement-person.contract.ts'
import { amount, instantIs, nowIs, numberIs, span } from './comparison-cases.contract.ts'
import { caseMeasure, caseWindow } from './event-cases.contract.ts'
import { caseEvents, caseTexts } from './person-cases.contract.ts'
import { sequenceCondition } from './sequence-cases.contract.ts'

const paths = ['n', 'grade', 'a.b', 'a\\.b', 'product_id', 'value', 'query', 'currency', 'order_id']
const foldable = fc.option(fc.boolean(), { nil: undefined })
const conditionText = fc.constantFrom(...caseTexts, 'V', 'i', '1')
const textTest = (fold: fc.Arbitrary<boolean | undefined>) =>
  fc.oneof(
    fc.record({
      type: fc.constant('text' as const),
      op: fc.constantFrom('equals' as const, 'contains' as const, 'starts-with' as const),
      value: conditionText,
      fold,
    }),
    fc.record({
      type: fc.constant('text' as const),
      op: fc.constant('any-of' as const),
      values: fc.array(conditionText, { minLength: 1, maxLength: 4 }),
      fold,
    }),
    fc.constant({ type: 'text' as const, op: 'exists' as const }),
  )
const numberTest = fc.oneof(
  fc.record({
    type: fc.constant('number' as const),
    op: fc.constant('is' as const),
    than: numberIs(amount),
  }),
  fc.record({
    type: fc.constant('number' as const),
    op: fc.constant('any-of' as const),
    values: fc.array(amount, { minLength: 1, maxLength: 3 }),
  }),
  fc.constant({ type: 'number' as const, op: 'exists' as const }),
)
const otherTest = fc.oneof(
  fc.record({
    type: fc.constant('boolean' as const),
    op: fc.constant('is' as const),
    value: fc.boolean(),
  }),
  fc.constantFrom(
    { type: 'boolean' as const, op: 'exists' as const },
    { type: 'date' as const, op: 'exists' as const },
    { type: 'any' as const, op: 'exists' as const },
  ),
  fc.record({
    type: fc.constant('date' as const),
    op: fc.constant('is' as const),
    than: instantIs,
  }),
)
const propertyTest = fc.oneof(textTest(foldable), numberTest, otherTest)
const traitTest = fc.oneof(
  propertyTest,
  anniversaryTest,
  listTest,
  fc.record({
    type: fc.constant('date' as const),
    op: fc.constant('is' as const),
    than: fc.record({
      op: fc.constantFrom('within-last' as const, 'within-next' as const, 'at-least-ago' as const),
      span,
    }),
  }),
)
export const traitCondition = fc.record({
  kind: fc.constant('trait'),
  path: fc.constantFrom('n', 'grade', 'a\\.b', 'born'),
  is: traitTest,
})
export const personCondition = fc.oneof(
  factCondition({
    text: textTest(foldable),
    number: numberTest,
    flag: fc.record({
      type: fc.constant('boolean'),
      op: fc.constant('is'),
      value: fc.boolean(),
    }),
    date: fc.record({
      type: fc.constant('date'),
      op: fc.constant('is'),
      than: fc.oneof(instantIs, nowIs),
    }),
  }),
  randomCondition,
)
const productCondition = fc.oneof(
  fc.record({
    field: fc.constantFrom('product_id' as const, 'name' as const, 'category' as const),
    is: textTest(fc.constant(undefined)),
  }),
  fc.record({ field: fc.constantFrom('price' as const, 'quantity' as const), is: numberTest }),
)

const { filter } = fc.letrec((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('property'), path: fc.constantFrom(...paths), is: propertyTest }),
    fc.record({
      kind: fc.constant('products'),
      match: fc.constantFrom('any', 'all'),
      where: fc.array(productCondition, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('not'), of: tie('filter') }),
  ),
}))

const { condition } = fc.letrec((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('event'),
      event: fc.constantFrom(...caseEvents),
      where: fc.option(filter, { nil: undefined }),
      window: caseWindow,
      measure: caseMeasure,
    }),
    fc.record({
      kind: fc.constant('event'),
      event: fc.constantFrom(...caseEvents),
      window: caseWindow,
      measure: caseMeasure,
    }),
    traitCondition,
    personCondition,
    sequenceCondition(caseEvents, filter),
    fc.record({ kind: fc.constant('member'), is: fc.constantFrom('member', 'anonymous') }),
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not'), of: tie('condition') }),
  ),
}))

/** The definitions on which every evaluator must agree, as a client would send them: JSON, not yet read. */
export const caseDefinition: fc.Arbitrary<unknown> = condition.map((where) =>
  JSON.parse(JSON.stringify({ format: 1, where })),
)
