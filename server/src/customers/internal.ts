import { z } from 'zod'
import { normaliseEmail } from './contact.ts'

/**
 * What a happening says of whether its person is one of the shop's own: `internal` and `customer` by hand, `auto` takes such a
 * word back so that the shop's addresses decide, `office` is a visit from one of its networks.
 */
export const InternalWord = z.enum(['internal', 'customer', 'auto', 'office'])
export type InternalWord = z.infer<typeof InternalWord>

/** What is kept of those words: the last one by hand, else that the office was seen. */
export type InternalSaid = Exclude<InternalWord, 'auto'>

/** What is kept after one more word. A visit from the office says nothing against a person's word. */
export function saidAfter(before: InternalSaid | null, word: InternalWord): InternalSaid | null {
  if (word === 'auto') return null
  return word === 'office' ? (before ?? 'office') : word
}

/** What is kept of two people who are one: staff before a customer, a person's word before the office's. */
export function saidByBoth(a: InternalSaid | null, b: InternalSaid | null): InternalSaid | null {
  const weight = ['office', 'customer', 'internal'] as const
  if (a === null || b === null) return a ?? b
  return weight.indexOf(a) >= weight.indexOf(b) ? a : b
}

/** Whether the person is one of the shop's own, where `matches` says that one of its addresses is theirs. */
export function isInternal(said: InternalSaid | null, matches: boolean): boolean {
  return said === null ? matches : said !== 'customer'
}

/** Anybody has an address there: as a staff domain it would take the shop its customers. */
const everybodysDomains: ReadonlySet<string> = new Set([
  'naver.com',
  'gmail.com',
  'googlemail.com',
  'daum.net',
  'hanmail.net',
  'kakao.com',
  'nate.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'yahoo.co.kr',
  'icloud.com',
  'me.com',
  'mac.com',
  'proton.me',
  'protonmail.com',
])

/** A domain as addresses keep it (`oursh.op.kr`), of what somebody typed; a leading @ is no harm. */
export function staffDomain(
  text: string,
):
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'wrong' | 'everybodys' } {
  const address = normaliseEmail(`x@${text.trim().replace(/^@/, '')}`)
  const domain = address?.slice(2)
  if (domain === undefined || domain.includes('@')) return { kind: 'wrong' }
  return everybodysDomains.has(domain) ? { kind: 'everybodys' } : { kind: 'domain', domain }
}
