import { isJsonObject, type Json } from '../lib/json.ts'
import type { Problem } from './compose.ts'
import type { Nature } from './content.ts'
import type { MessageContent } from './message-content.ts'

/** How a message is published: its nature, and whether a coupon goes with it. */
export type Publishing = Nature & { readonly carriesCoupon?: boolean | undefined }

/**
 * What stands between a message and its coupon: one that speaks of a coupon needs to carry one (promising what nobody gets would be a
 * lie), unless it speaks of it only `{% if coupon %}`; one that carries it has to say so; and an offer is advertising.
 */
export function couponProblems(content: MessageContent, as: Publishing): readonly Problem[] {
  const spoken = written(content as unknown as Json, '').filter(([, text]) => speaks.test(text))
  if (!as.carriesCoupon) {
    const [first] = spoken.filter(([, text]) => !asks.test(text))
    return first ? [missing(first[0])] : []
  }
  const isAlimtalk = content.channel === 'kakao' && content.kind === 'alimtalk'
  return [
    ...(spoken.length === 0 && !hasCouponPart(content) ? [unsaid] : []),
    // What Alimtalk may say of a coupon the reader asked for is judged with its template.
    ...(as.purpose === 'informational' && !isAlimtalk ? [offer] : []),
  ]
}

/** The part itself says the offer. */
function hasCouponPart(content: MessageContent): boolean {
  return content.channel === 'onsite' && content.parts.some(({ kind }) => kind === 'coupon')
}

// Neither brace within: a long row of opening ones would be gone through again from each of them.
const speaks = /\{[{%][^{}]*\bcoupon\s*[.[]/
const asks = /\{%-?\s*(?:if|unless)\s[^%]*\bcoupon\b/

/** Whether a message cannot do without a coupon, shows one where there is one, or never speaks of it. */
export function couponWord(content: MessageContent): CouponWord {
  const known = wordsKnown.get(content)
  if (known) return known
  const word = wordIn(content)
  wordsKnown.set(content, word)
  return word
}

type CouponWord = 'needed' | 'shown' | 'none'
/** Published contents never change, and are asked for with every message. */
const wordsKnown = new WeakMap<MessageContent, CouponWord>()

function wordIn(content: MessageContent): CouponWord {
  const spoken = written(content as unknown as Json, '').filter(([, text]) => speaks.test(text))
  if (spoken.length === 0) return 'none'
  return spoken.every(([, text]) => asks.test(text)) ? 'shown' : 'needed'
}

/** The texts of a message with the fields they stand in. */
function written(value: Json, at: string): readonly (readonly [field: string, text: string])[] {
  if (typeof value === 'string') return [[at, value]]
  const inside = Array.isArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  return inside.flatMap(([name, one]) =>
    one === undefined ? [] : written(one, at === '' ? String(name) : `${at}.${name}`),
  )
}

function missing(field: string): Problem {
  return {
    code: 'coupon_missing',
    ko: '이 메시지에 붙은 쿠폰이 없어요. 보낼 쿠폰을 고르거나, {{ coupon.code }} 대신 모두에게 같은 쿠폰 번호를 적어 주세요.',
    en: 'No coupon goes with this message. Choose one, or write one code for everybody in place of {{ coupon.code }}.',
    field,
  }
}

const unsaid: Problem = {
  code: 'coupon_unsaid',
  ko: '쿠폰을 붙였는데 메시지에 쿠폰 번호가 없어요. {{ coupon.code }}를 넣어 주세요.',
  en: 'A coupon goes with this message, but it does not say the code. Put {{ coupon.code }} into it.',
  field: 'coupon',
}

const offer: Problem = {
  code: 'looks_like_advertising',
  ko: '쿠폰을 주는 메시지는 광고예요. 쿠폰을 빼거나 광고성 메시지로 바꿔 주세요.',
  en: 'A message that gives a coupon is an advertisement. Take the coupon out or make the message advertising.',
  field: 'coupon',
}
