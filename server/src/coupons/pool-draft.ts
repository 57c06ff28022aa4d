import { z } from 'zod'
import { hourMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import { codeCharsLimit } from './code.ts'
import { type Discount, type Pool, perPersonDaysLimit } from './coupon.ts'

const tenThousand = 10_000
/** Nothing smaller can be written: amounts are kept in ten-thousandths. */
const Money = z
  .number()
  .min(1 / tenThousand)
  .max(10_000_000_000)
/** Two years: what runs longer has no end. */
const hoursLimit = 2 * 366 * 24

const Name = z.string().trim().min(1).max(80)
const Notes = z.string().trim().max(1_000)
const Total = z.number().int().min(1).max(10_000_000).nullable()
const PerPerson = z
  .strictObject({
    count: z.number().int().min(1).max(100),
    days: z.number().int().min(1).max(perPersonDaysLimit),
  })
  .nullable()
const ValidHours = z.number().int().min(1).max(hoursLimit).nullable()
const Names = z.array(z.string().trim().min(1).max(200)).max(100).default([])
const Scope = z
  .strictObject({ categories: Names, products: Names })
  .refine(({ categories, products }) => categories.length + products.length > 0, {
    message: 'name a category or a product, or leave it out for everything',
  })
  .nullable()
const EndsAt = z.number().int().positive().nullable()

/** A pool as it is asked for: amounts in currency units, times in UTC ms. */
export const PoolDraft = z.strictObject({
  name: Name,
  discount: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('amount'), amount: Money }),
    z.strictObject({
      kind: z.literal('percent'),
      percent: z.number().int().min(1).max(100),
      /** The most it may take off; without it nobody could say what it may cost. */
      most: Money.optional(),
    }),
    /** `worth`: what delivery costs the shop. */
    z.strictObject({ kind: z.literal('shipping'), worth: Money }),
  ]),
  minOrder: z.number().min(0).max(10_000_000_000).default(0),
  validHours: ValidHours.default(null),
  endsAt: EndsAt.default(null),
  total: Total.default(null),
  perPerson: PerPerson.default(null),
  firstOrderOnly: z.boolean().default(false).describe('Given only to who has not ordered yet.'),
  scope: Scope.default(null).describe(
    'What of an order it takes off from; everything unless given.',
  ),
  codes: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('generated'),
      prefix: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-HJ-NP-Z2-9]{0,10}$/, 'letters and digits without I, O, 0 and 1, 10 at most')
        .default(''),
    }),
    z.strictObject({
      kind: z.literal('shared'),
      code: z
        .string()
        .trim()
        .min(3)
        .max(codeCharsLimit)
        .regex(/^[\p{L}\p{N}_-]+$/u, 'letters, digits, - and _, without spaces'),
    }),
    z.strictObject({ kind: z.literal('uploaded') }),
    /** It lies at the shop's platform and needs no code. */
    z.strictObject({ kind: z.literal('platform'), connection: z.number().int().positive() }),
  ]),
  givesBack: z.boolean().default(true),
  notes: Notes.default(''),
})
export type PoolDraft = z.infer<typeof PoolDraft>

/** What may be changed of a pool: what it takes off is promised to those who have one, so that stays. */
export const PoolChange = z
  .strictObject({
    name: Name,
    notes: Notes,
    total: Total,
    perPerson: PerPerson,
    validHours: ValidHours,
    endsAt: EndsAt,
    givesBack: z.boolean(),
    state: z.enum(['open', 'archived']),
  })
  .partial()
export type PoolChange = z.infer<typeof PoolChange>

/** A pool as it is written. */
export type NewPool = Omit<Pool, 'id' | 'codeChars' | 'state'> & { readonly notes: string }

/** Checks a draft against the time it is made (UTC ms). Throws Refusal `invalid` with the field at fault. */
export function newPool(draft: PoolDraft, now: number): NewPool {
  const { discount, codes, minOrder, ...same } = draft
  checkEnd(draft.endsAt, now)
  if (discount.kind === 'percent' && discount.most === undefined) {
    throw new Refusal(
      'invalid',
      'A percentage needs the most it may take off, so that what it can cost is known.',
      'discount.most',
    )
  }
  if (codes.kind === 'platform') checkForPlatform(draft)
  return {
    ...same,
    connection: codes.kind === 'platform' ? codes.connection : null,
    discount: discountOf(discount),
    minOrder: tenThousandths(minOrder),
    codes: codes.kind,
    prefix: codes.kind === 'generated' ? codes.prefix : '',
    sharedCode: codes.kind === 'shared' ? codes.code : null,
  }
}

/** Platforms count whole days, or until a day, and know no free delivery of ours; their categories have other names. */
function checkForPlatform({ discount, validHours, endsAt, scope }: PoolDraft): void {
  if (discount.kind === 'shipping')
    throw new Refusal('invalid', 'A platform gives an amount or a share.', 'discount.kind')
  if ((validHours === null) === (endsAt === null))
    throw new Refusal(
      'invalid',
      'Either days from issue or an end: a platform takes one.',
      'validHours',
    )
  if (validHours !== null && validHours % 24 !== 0)
    throw new Refusal('invalid', 'A platform counts whole days.', 'validHours')
  if (scope !== null && scope.categories.length > 0)
    throw new Refusal('invalid', 'At a platform a coupon is for products.', 'scope')
}

/** An end lies ahead. Throws Refusal `invalid`. */
export function checkEnd(endsAt: number | null | undefined, now: number): void {
  if (endsAt === null || endsAt === undefined || endsAt > now + hourMs / 2) return
  throw new Refusal('invalid', 'The coupons would end before anybody could use one.', 'endsAt')
}

function discountOf(discount: PoolDraft['discount']): Discount {
  switch (discount.kind) {
    case 'amount':
      return { kind: 'amount', amount: tenThousandths(discount.amount) }
    case 'percent':
      return {
        kind: 'percent',
        percent: discount.percent,
        most: tenThousandths(discount.most ?? 0),
      }
    case 'shipping':
      return { kind: 'shipping', worth: tenThousandths(discount.worth) }
  }
}

function tenThousandths(units: number): number {
  return Math.round(units * tenThousand)
}
