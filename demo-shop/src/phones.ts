import { chance } from './chance.ts'
import { consentScopes } from './news.ts'
import type { Consents } from './session.ts'
import { truth } from './truth.ts'

/** A made-up person's mobile number, and the scopes they ticked for texts. */
export type Texts = { readonly phone: string; readonly scopes: readonly string[] }

/** The numbers below can't be written for more people. */
const numbers = 10_000_000

/**
 * What the shop knows of the phone of its `person`-th customer; undefined for those who gave none. The numbers are nobody's:
 * the digit after 010 begins an exchange, and no exchange begins with 0 (Korea's numbering plan, 전기통신번호관리세칙), so that
 * `010-0000-0001` rings nowhere even when a real provider is connected. The draws are a stream of their own: who buys what
 * does not hang on them.
 */
export function textsOf(person: number, consents: Consents): Texts | undefined {
  const random = chance(`phone/${person}`)
  if (person >= numbers || !random.happens(truth.phones.given)) return undefined
  const digits = `0${person.toString().padStart(7, '0')}`
  const ads = random.happens(truth.phones.adsByText)
  return {
    phone: `010-${digits.slice(0, 4)}-${digits.slice(4)}`,
    scopes: [
      ...(consents.personalData ? [consentScopes.personalData] : []),
      ...(ads ? [consentScopes.emailAds] : []),
      ...(ads && consents.nightAds ? [consentScopes.nightAds] : []),
    ],
  }
}
