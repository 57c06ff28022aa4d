import { randomBytes } from 'node:crypto'
import { codeLength, readableCode } from '../../coupons/code.ts'
import { dayMs } from '../../lib/duration.ts'
import { PlatformTrouble } from './call.driver.ts'
import type { PlatformOffer } from './offers.ts'

/** A code that nobody else has, as far as anybody can guess. */
export const personalCode = (): string => readableCode('DG', randomBytes(codeLength))

/** By it what a member was given is found at the platform. */
export const markOf = (to: { readonly coupon: string; readonly member: string }): string =>
  `${to.coupon}-${to.member}`

/** When a coupon that is given now ends, UTC ms; null: never. */
export const endOf = ({ validDays, endsAt }: PlatformOffer, now: number): number | null =>
  validDays === null ? endsAt : now + validDays * dayMs

/** The amount it takes off. These platforms cannot say that a share takes off at most so much, so that nobody could say what it costs. */
export function amountIn({ discount }: PlatformOffer): number {
  if (discount.kind === 'amount') return discount.amount
  throw new PlatformTrouble(
    'refused',
    'This platform cannot limit what a share takes off: offer an amount.',
  )
}
