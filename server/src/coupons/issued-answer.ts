import { z } from 'zod'
import { localTime } from '../lib/zone.ts'
import { csvLine } from '../web/csv-cell.ts'
import { type FileLanguage, headsIn, inFile } from '../web/csv-heads.ts'
import { maskedCode } from './code.ts'
import { type CouponRow, couponStates, stateAt } from './coupon.ts'

const When = z.number().nullable()

/** A coupon that was given, as the API answers it: the amount in currency units, times in UTC ms. */
export const IssuedCoupon = z.object({
  id: z.number(),
  pool: z.number(),
  poolName: z.string(),
  customer: z.number().nullable(),
  /** Masked for viewers and developers. */
  customerName: z.string().nullable(),
  campaign: z.number().nullable(),
  /** Masked for viewers and developers; null before the message leaves. */
  code: z.string().nullable(),
  state: z.enum(couponStates),
  reservedAt: z.number(),
  issuedAt: When,
  expiresAt: When,
  redeemedAt: When,
  orderId: z.string().nullable(),
  takenOff: z.number().nullable(),
  /** Why the order that used it should not have: it was no first order, or none of its goods are meant. */
  against: z.enum(['not_first', 'not_in_scope']).nullable(),
})
export type IssuedCoupon = z.infer<typeof IssuedCoupon>

type Row = Omit<IssuedCoupon, 'state'> & Pick<CouponRow, 'state'>

/** What of a coupon somebody sees: `maskName` hides names and codes from those who need not know them; `now`: UTC ms. */
export function issuedAnswer(
  row: Row,
  seen: {
    readonly maskName: ((name: string | null) => string | null) | undefined
    readonly now: number
  },
): IssuedCoupon {
  const { customerName, code, takenOff, ...same } = row
  const { maskName } = seen
  return {
    ...same,
    state: stateAt(row, seen.now),
    customerName: maskName ? maskName(customerName) : customerName,
    code: maskName && code !== null ? maskedCode(code) : code,
    takenOff: takenOff === null ? null : takenOff / 10_000,
  }
}

/** Columns of the file of coupons. */
const columns = [
  'id',
  'coupon',
  'customer',
  'name',
  'code',
  'state',
  'issued_at',
  'expires_at',
  'redeemed_at',
  'order_id',
  'taken_off',
  'against',
]

/** First line of the file of coupons. */
export const issuedHead = (language: FileLanguage): string =>
  csvLine(headsIn(language, columns, { id: '발급 번호' }))

/** A coupon as a line of the file; times by the shop's clocks. */
export function issuedLine(
  coupon: IssuedCoupon,
  { zone, language }: { readonly zone: string; readonly language: FileLanguage },
): string {
  const time = (at: number | null) =>
    at === null ? '' : new Date(localTime(at, zone)).toISOString().slice(0, 19).replace('T', ' ')
  const { id, poolName, customer, customerName, code, state, orderId, takenOff } = coupon
  return csvLine([
    String(id),
    poolName,
    customer === null ? '' : String(customer),
    customerName ?? '',
    code ?? '',
    inFile(language, state),
    time(coupon.issuedAt),
    time(coupon.expiresAt),
    time(coupon.redeemedAt),
    orderId ?? '',
    takenOff === null ? '' : String(takenOff),
    coupon.against === null ? '' : inFile(language, coupon.against),
  ])
}
