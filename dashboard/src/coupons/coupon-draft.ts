import type { CodeKind, Discount } from '../../../server/src/coupons/coupon.ts'
import type { poolSentence } from '../../../server/src/coupons/sentence.ts'
import { dayMs } from '../../../server/src/lib/duration.ts'
import { utcOfLocal } from '../../../server/src/lib/zone.ts'
import type { PoolDraft } from '../api/coupons.ts'

/** What stands in the form; undefined is an empty field. Amounts in currency units. */
export type CouponForm = {
  readonly name: string
  readonly kind: Discount['kind']
  readonly amount: number | undefined
  readonly percent: number | undefined
  readonly most: number | undefined
  readonly worth: number | undefined
  readonly minOrder: number | undefined
  readonly validHours: number | undefined
  /** Last day, as `2026-12-24`; '' for none. */
  readonly lastDay: string
  readonly total: number | undefined
  readonly firstOrderOnly: boolean
  /** What it is for; everything while both are empty. */
  readonly categories: readonly string[]
  readonly products: readonly string[]
  readonly count: number | undefined
  readonly days: number | undefined
  readonly codes: CodeKind
  /** The platform at which it lies, where it is `platform`. */
  readonly connection: number | undefined
  readonly prefix: string
  readonly sharedCode: string
  /** Codes to upload, one a line. */
  readonly list: string
  readonly givesBack: boolean
  readonly notes: string
}

/** What most shops begin with: a fixed amount, two days, once in 90 days. */
export const firstForm: CouponForm = {
  name: '',
  kind: 'amount',
  amount: 5_000,
  percent: 10,
  most: undefined,
  worth: 3_000,
  minOrder: 30_000,
  validHours: 48,
  lastDay: '',
  total: undefined,
  firstOrderOnly: false,
  categories: [],
  products: [],
  count: 1,
  days: 90,
  codes: 'generated',
  connection: undefined,
  prefix: '',
  sharedCode: '',
  list: '',
  givesBack: true,
  notes: '',
}

/** Fields that keep the form from being sent, in the order they stand; `cap` is the most a percentage may take off. */
export type CouponFault =
  | 'name'
  | 'amount'
  | 'percent'
  | 'cap'
  | 'worth'
  | 'lastDay'
  | 'code'
  | 'prefix'
  | 'list'

/** What is missing or wrong, by field; `now`: UTC ms. */
export function faultsOf(form: CouponForm, zone: string, now: number): readonly CouponFault[] {
  const { kind, codes } = form
  const end = endOf(form, zone)
  const wrong: readonly (readonly [CouponFault, boolean])[] = [
    ['name', form.name.trim() === ''],
    ['amount', kind === 'amount' && !isSome(form.amount)],
    ['percent', kind === 'percent' && (!isSome(form.percent) || form.percent > 100)],
    ['cap', kind === 'percent' && !isSome(form.most)],
    ['worth', kind === 'shipping' && !isSome(form.worth)],
    ['lastDay', end !== null && end <= now],
    ['code', codes === 'shared' && !/^[\p{L}\p{N}_-]{3,40}$/u.test(form.sharedCode.trim())],
    ['prefix', codes === 'generated' && !/^[A-HJ-NP-Z2-9]{0,10}$/i.test(form.prefix.trim())],
    ['list', codes === 'uploaded' && form.list.trim() === ''],
  ]
  return wrong.flatMap(([field, is]) => (is ? [field] : []))
}

function isSome(value: number | undefined): value is number {
  return value !== undefined && value > 0
}

/** The end of the last day by the shop's clocks, to the minute (UTC ms); null for none. */
function endOf({ lastDay }: CouponForm, zone: string): number | null {
  const day = Date.parse(`${lastDay}T00:00:00Z`)
  return Number.isNaN(day) ? null : utcOfLocal(day + dayMs - 60_000, zone)
}

function discountOf(form: CouponForm): PoolDraft['discount'] {
  switch (form.kind) {
    case 'amount':
      return { kind: 'amount', amount: form.amount ?? 0 }
    case 'percent':
      return { kind: 'percent', percent: form.percent ?? 0, most: form.most ?? 0 }
    case 'shipping':
      return { kind: 'shipping', worth: form.worth ?? 0 }
  }
}

function codesOf({ codes, prefix, sharedCode, connection }: CouponForm): PoolDraft['codes'] {
  switch (codes) {
    case 'generated':
      return { kind: 'generated', prefix: prefix.trim().toUpperCase() }
    case 'shared':
      return { kind: 'shared', code: sharedCode.trim() }
    case 'uploaded':
      return { kind: 'uploaded' }
    case 'platform':
      return { kind: 'platform', connection: connection ?? 0 }
  }
}

/** The form as it is sent. */
export function draftOf(form: CouponForm, zone: string): PoolDraft {
  const { count, days } = form
  return {
    name: form.name.trim(),
    discount: discountOf(form),
    minOrder: form.minOrder ?? 0,
    validHours: form.validHours ?? null,
    endsAt: endOf(form, zone),
    total: form.codes === 'uploaded' ? null : (form.total ?? null),
    perPerson: isSome(count) && isSome(days) ? { count, days } : null,
    firstOrderOnly: form.firstOrderOnly,
    scope: scopeOf(form),
    codes: codesOf(form),
    givesBack: form.givesBack,
    notes: form.notes.trim(),
  }
}

function scopeOf({ categories, products }: CouponForm): PoolDraft['scope'] {
  return categories.length + products.length === 0
    ? null
    : { categories: [...categories], products: [...products] }
}

/** The form as rules see it, for its sentence and its cost; amounts in ten-thousandths. */
export function shapeOf(form: CouponForm, zone: string): Parameters<typeof poolSentence>[0] {
  const { minOrder, validHours, endsAt, total, perPerson, firstOrderOnly, scope } = draftOf(
    form,
    zone,
  )
  return {
    firstOrderOnly,
    scope,
    discount: discountIn(discountOf(form)),
    minOrder: minOrder * 10_000,
    validHours,
    endsAt,
    total,
    perPerson,
  }
}

/** A discount in currency units as rules see it. */
export function discountIn(discount: PoolDraft['discount']): Discount {
  switch (discount.kind) {
    case 'amount':
      return { kind: 'amount', amount: discount.amount * 10_000 }
    case 'percent':
      return { kind: 'percent', percent: discount.percent, most: (discount.most ?? 0) * 10_000 }
    case 'shipping':
      return { kind: 'shipping', worth: discount.worth * 10_000 }
  }
}
