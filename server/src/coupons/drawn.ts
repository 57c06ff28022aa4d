import type { JsonObject } from '../lib/json.ts'
import { boxWords, codeLength, isMarkOnly, placeholderCode } from './code.ts'
import { expiryOf, type Pool } from './coupon.ts'
import { benefitWords, conditionWords, type Wording } from './sentence.ts'

/** A code that one person is given at a platform: `DG` and what is drawn. */
const personalCodeLength = 2 + codeLength

/**
 * What a template sees as `coupon`: amounts in currency units, the time in UTC ms. `amount` is null for a percentage, `percent` for an
 * amount; `benefit` says either in words, `conditions` which orders it is for ('' for any).
 */
export function couponScope(
  pool: Pick<
    Pool,
    'codes' | 'sharedCode' | 'name' | 'discount' | 'minOrder' | 'firstOrderOnly' | 'scope'
  >,
  own: { readonly code: string; readonly expiresAt: number | null },
  wording: Pick<Wording, 'language' | 'currency'>,
): JsonObject {
  const { discount } = pool
  return {
    code: hasCode(pool, own.code) ? own.code : boxWords[wording.language],
    name: pool.name,
    kind: discount.kind,
    benefit: benefitWords(discount, wording),
    amount: discount.kind === 'amount' ? discount.amount / 10_000 : null,
    percent: discount.kind === 'percent' ? discount.percent : null,
    most: discount.kind === 'percent' ? discount.most / 10_000 : null,
    min_order: pool.minOrder / 10_000,
    conditions: conditionWords(pool, wording),
    expires_at: own.expiresAt,
  }
}

/** At a platform a coupon lies in the member's box, unless they were given a code of their own. */
function hasCode({ codes, sharedCode }: Pick<Pool, 'codes' | 'sharedCode'>, code: string): boolean {
  return codes !== 'platform' || (isMarkOnly(sharedCode) && code !== sharedCode)
}

/**
 * The same of a coupon that is not issued yet: a made-up code as long as the real one, so that what is counted now is what will be
 * sent, and the end it would have if it were issued `at` (UTC ms). For decisions, previews and test sends.
 */
export function sampleCoupon(
  pool: Pool,
  at: number,
  wording: Pick<Wording, 'language' | 'currency'>,
): JsonObject {
  const isOwn = pool.codes === 'platform' && isMarkOnly(pool.sharedCode)
  const code = isOwn
    ? placeholderCode(personalCodeLength)
    : (pool.sharedCode ?? placeholderCode(pool.codeChars))
  return couponScope(pool, { code, expiresAt: expiryOf(pool, at) }, wording)
}
