import { z } from 'zod'
import { flatten, traitPaths } from '../events/flatten.ts'
import { cartValue } from '../facts/cart.ts'
import { unreachable } from '../lib/assert.ts'
import { isJsonObject } from '../lib/json.ts'
import { Filter, factsOf, passes } from '../segments/filter.ts'
import { holds, NumberTest, numberTestHolds, Path, PropertyTest } from '../segments/value-test.ts'
import type { Notes } from './enrolment.ts'
import type { Facts } from './facts.ts'
import { SegmentRef } from './trigger.ts'

/**
 * A question about a person under way, answered at one moment.
 *
 * - segment  are they a member now?
 * - trait    one of their traits
 * - trigger  the event that let them in: its properties and products
 * - answer   what a webhook step was answered (JSON), by path
 * - cart     the value of the cart the enrolment is about, in currency units
 */
export type PersonTest =
  | { readonly kind: 'all' | 'any'; readonly of: readonly PersonTest[] }
  | { readonly kind: 'not'; readonly of: PersonTest }
  | { readonly kind: 'segment'; readonly segment: number }
  | { readonly kind: 'trait'; readonly path: string; readonly is: PropertyTest }
  | { readonly kind: 'trigger'; readonly filter: Filter }
  | {
      readonly kind: 'answer'
      readonly step: number
      readonly path: string
      readonly is: PropertyTest
    }
  | { readonly kind: 'cart'; readonly value: NumberTest }

export const PersonTest: z.ZodType<PersonTest> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all'), of: z.array(PersonTest).min(1).max(20) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(PersonTest).min(1).max(20) }),
    z.strictObject({ kind: z.literal('not'), of: PersonTest }),
    z.strictObject({ kind: z.literal('segment'), segment: SegmentRef }),
    z.strictObject({ kind: z.literal('trait'), path: Path, is: PropertyTest }),
    z.strictObject({ kind: z.literal('trigger'), filter: Filter }),
    z.strictObject({
      kind: z.literal('answer'),
      step: z.number().int().positive(),
      path: Path,
      is: PropertyTest,
    }),
    z.strictObject({ kind: z.literal('cart'), value: NumberTest }),
  ]),
)

/** What is asked about: the person's facts, what the enrolment keeps, and the moment (UTC ms). */
export type Asked = { readonly facts: Facts; readonly notes: Notes; readonly now: number }

/** Whether the test holds for the person at this moment. */
export function personPasses(test: PersonTest, asked: Asked): boolean {
  const { facts, notes, now } = asked
  switch (test.kind) {
    case 'all':
      return test.of.every((one) => personPasses(one, asked))
    case 'any':
      return test.of.some((one) => personPasses(one, asked))
    case 'not':
      return !personPasses(test.of, asked)
    case 'segment':
      return facts.isMember(test.segment)
    case 'trait':
      return holds({ flat: flatten(facts.traits, traitPaths), path: test.path, now }, test.is)
    case 'trigger':
      return passes(test.filter, factsOf({ body: { properties: notes.trigger ?? {} } }))
    case 'answer': {
      const answer = notes.answers?.[String(test.step)]
      const flat = flatten(isJsonObject(answer) ? answer : {})
      return holds({ flat, path: test.path, now }, test.is)
    }
    case 'cart':
      return numberTestHolds(facts.cart && BigInt(cartValue(facts.cart)), test.value)
    default:
      return unreachable(test)
  }
}

/** Ids of the segments a test asks for. */
export function segmentsOfTest(test: PersonTest): readonly number[] {
  switch (test.kind) {
    case 'all':
    case 'any':
      return test.of.flatMap(segmentsOfTest)
    case 'not':
      return segmentsOfTest(test.of)
    case 'segment':
      return [test.segment]
    default:
      return []
  }
}
