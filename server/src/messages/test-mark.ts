import type { AnyParcel } from '../channels/carrier.ts'
import { advertisingLabel } from './compose.ts'
import { brandLimits } from './kakao/limits.ts'
import { lmsBytes, smsBytes } from './sms/assemble.ts'
import { eucKrBytes } from './sms/euc-kr.ts'

/** How a test says that it is one, by the shop's language. */
export const testWords = { ko: '[테스트]', en: '[Test]' } as const

/**
 * The parcel with the mark where its reader looks first, behind `(광고)`, which the law wants at the very beginning (Network Act
 * article 50(4)). A text that is full and an approved Kakao template, which has to match what was approved letter by letter, go as
 * they are: `marked` says so.
 */
export function testMarked<P extends AnyParcel>(
  parcel: P,
  word: string,
): { readonly parcel: P; readonly marked: boolean } {
  switch (parcel.channel) {
    case 'email':
      return { parcel: { ...parcel, subject: behindLabel(parcel.subject, word) }, marked: true }
    case 'web_push':
      return { parcel: { ...parcel, title: behindLabel(parcel.title, word) }, marked: true }
    case 'sms': {
      const text = behindLabel(parcel.text, word)
      const fits = eucKrBytes(text) <= (parcel.form === 'SMS' ? smsBytes : lmsBytes)
      return fits ? { parcel: { ...parcel, text }, marked: true } : { parcel, marked: false }
    }
    case 'kakao': {
      if (parcel.kind === 'alimtalk') return { parcel, marked: false }
      const text = behindLabel(parcel.text, word)
      const fits = text.length <= brandLimits[parcel.bubble].chars
      return fits ? { parcel: { ...parcel, text }, marked: true } : { parcel, marked: false }
    }
    case 'webhook':
      return { parcel, marked: false }
  }
}

function behindLabel(text: string, word: string): string {
  if (!text.startsWith(advertisingLabel)) return `${word} ${text}`
  const rest = text.slice(advertisingLabel.length)
  return `${advertisingLabel}${rest.startsWith(' ') ? ' ' : ''}${word}${rest}`
}
