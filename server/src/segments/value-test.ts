import { z } from 'zod'
import type { Flat } from '../events/flatten.ts'
import { unreachable } from '../lib/assert.ts'
import { AnniversaryTest, anniversaryFlips, anniversaryHolds } from './anniversary.ts'
import {
  Amount,
  decimalOf,
  InstantComparison,
  NowComparison,
  NumberComparison,
  numberHolds,
  timeFlips,
  timeHolds,
} from './comparison.ts'

/** Longest text a condition may compare with. */
export const testTextLimit = 500
/** Most values of one "any of". */
export const anyOfLimit = 100

/** A text of a condition, in NFC as all stored text; a broken half of a surrogate pair becomes U+FFFD as it does in storage. */
export const Text = z
  .string()
  .min(1)
  .max(testTextLimit)
  .transform((text) => text.toWellFormed().normalize('NFC'))
/** The path of a property or trait as events/flatten.ts writes it: `utm.source`; a dot in a key is escaped by a backslash. */
export const Path = Text.describe('as flatten writes it: utm.source')

const fold = z.boolean().optional()
const text = { type: z.literal('text') }
const number = { type: z.literal('number') }

/** A test of one text value. `fold` ignores case. */
export const TextTest = z.discriminatedUnion('op', [
  z.strictObject({ ...text, op: z.enum(['equals', 'contains', 'starts-with']), value: Text, fold }),
  z.strictObject({
    ...text,
    op: z.literal('any-of'),
    values: z.array(Text).min(1).max(anyOfLimit).readonly(),
    fold,
  }),
  z.strictObject({ ...text, op: z.literal('exists') }),
])
/** A test of one number value. */
export const NumberTest = z.discriminatedUnion('op', [
  z.strictObject({ ...number, op: z.literal('is'), than: NumberComparison }),
  z.strictObject({
    ...number,
    op: z.literal('any-of'),
    values: z.array(Amount).min(1).max(anyOfLimit).readonly(),
  }),
  z.strictObject({ ...number, op: z.literal('exists') }),
])
/** A test of one yes/no value. */
export const FlagTest = z.discriminatedUnion('op', [
  z.strictObject({ type: z.literal('boolean'), op: z.literal('is'), value: z.boolean() }),
  z.strictObject({ type: z.literal('boolean'), op: z.literal('exists') }),
])
const anyExists = z.strictObject({ type: z.literal('any'), op: z.literal('exists') })
/** A test of a list of texts, such as the products in a cart: any, all or none of the values are in it. */
export const ListTest = z.discriminatedUnion('op', [
  z.strictObject({
    type: z.literal('list'),
    op: z.enum(['has-any', 'has-all', 'has-none']),
    values: z.array(Text).min(1).max(anyOfLimit).readonly(),
  }),
  z.strictObject({ type: z.literal('list'), op: z.literal('exists') }),
])
export type ListTest = z.infer<typeof ListTest>
const dateExists = z.strictObject({ type: z.literal('date'), op: z.literal('exists') })
/** A test of one time value against fixed instants. */
export const InstantTest = z.discriminatedUnion('op', [
  z.strictObject({ type: z.literal('date'), op: z.literal('is'), than: InstantComparison }),
  dateExists,
])
/** A test of one time value; may speak of now. */
export const DateTest = z.discriminatedUnion('op', [
  z.strictObject({
    type: z.literal('date'),
    op: z.literal('is'),
    than: z.union([InstantComparison, NowComparison]),
  }),
  AnniversaryTest,
  dateExists,
])

/** A test of an event property: judged when the event arrives, so it never speaks of now. The type is part of the test. */
export const PropertyTest = z.discriminatedUnion('type', [
  TextTest,
  NumberTest,
  FlagTest,
  InstantTest,
  anyExists,
])
export type PropertyTest = z.infer<typeof PropertyTest>
/** A test of a trait or a fact. */
export const TraitTest = z.discriminatedUnion('type', [
  TextTest,
  NumberTest,
  FlagTest,
  DateTest,
  ListTest,
  anyExists,
])
export type TraitTest = z.infer<typeof TraitTest>

export type TextTest = z.infer<typeof TextTest>
export type NumberTest = z.infer<typeof NumberTest>

/** Where a test looks, and when. */
export type Seen = { readonly flat: Flat; readonly path: string; readonly now: number }

/** Whether the value at the path passes: false when it is missing or of another type. */
export function holds({ flat, path, now }: Seen, test: TraitTest): boolean {
  switch (test.type) {
    case 'text':
      return textHolds(
        'fold' in test && test.fold ? flat.folded.get(path) : flat.texts.get(path),
        test,
      )
    case 'number':
      return numberTestHolds(flat.numbers.get(path), test)
    case 'boolean': {
      const flag = flat.flags.get(path)
      return test.op === 'exists' ? flag !== undefined : flag === test.value
    }
    case 'date': {
      const at = flat.times.get(path)
      if (at === undefined) return false
      if (test.op === 'exists') return true
      return test.op === 'anniversary'
        ? anniversaryHolds(at, test, now)
        : timeHolds(at, test.than, now)
    }
    case 'list':
      return listHolds(flat.lists.get(path), test)
    case 'any':
      return flat.texts.has(path) || flat.numbers.has(path) || flat.flags.has(path)
    default:
      return unreachable(test)
  }
}

/** The next time after `now` at which `holds` may change by time alone; Infinity for never. */
export function testFlips({ flat, path, now }: Seen, test: TraitTest): number {
  if (test.type !== 'date' || test.op === 'exists') return Infinity
  const at = flat.times.get(path)
  if (at === undefined) return Infinity
  return test.op === 'anniversary' ? anniversaryFlips(at, test, now) : timeFlips(at, test.than, now)
}

function listHolds(list: readonly string[] | undefined, test: ListTest): boolean {
  if (list === undefined) return false
  switch (test.op) {
    case 'has-any':
      return test.values.some((one) => list.includes(one))
    case 'has-all':
      return test.values.every((one) => list.includes(one))
    case 'has-none':
      return !test.values.some((one) => list.includes(one))
    case 'exists':
      return true
    default:
      return unreachable(test)
  }
}

/** Whether a text passes; the text is already lower-cased when the test folds. */
export function textHolds(value: string | undefined, test: TextTest): boolean {
  if (value === undefined) return false
  switch (test.op) {
    case 'equals':
      return value === comparable(test.value, test.fold)
    case 'contains':
      return value.includes(comparable(test.value, test.fold))
    case 'starts-with':
      return value.startsWith(comparable(test.value, test.fold))
    case 'any-of':
      return test.fold
        ? test.values.some((one) => value === comparable(one, true))
        : test.values.includes(value)
    case 'exists':
      return true
    default:
      return unreachable(test)
  }
}

/** Whether a number (ten-thousandths) passes. */
export function numberTestHolds(value: bigint | undefined, test: NumberTest): boolean {
  if (value === undefined) return false
  switch (test.op) {
    case 'is':
      return numberHolds(value, test.than)
    case 'any-of':
      return test.values.some((one) => value === decimalOf(one))
    case 'exists':
      return true
    default:
      return unreachable(test)
  }
}

/** A condition's text as it is compared: lower-cased by the same function as the stored side when it folds. */
export function comparable(text: string, folds: boolean | undefined): string {
  return folds ? text.toLowerCase() : text
}
