import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { wellFormed } from '../lib/text.ts'
import type { ContactKey } from './identity.ts'

/** Longest address that may be delivered to (RFC 5321, with erratum 1690), and its longest local part. */
const emailLimit = 254
const localPartLimit = 64

/** What a phone number can be used for: only a `mobile` may get advertising texts; `safe` is a 050x relay that expires. */
type PhoneKind = 'mobile' | 'safe' | 'landline' | 'other'

// What may stand in an address without quoting (RFC 5322 dot-atom, and the letters of RFC 6531). No comma, bracket, quote or
// line break: an address must not be able to become two.
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u
const domainLabel = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u

/**
 * An e-mail address as it is kept: trimmed, NFC, the domain in lower case (the local part belongs to its host and stays).
 * undefined when it can't be delivered to: no or two addresses, no dot in the domain, too long.
 */
export function normaliseEmail(text: string): string | undefined {
  const address = wellFormed(text.trim())
  if (address.length > emailLimit) return undefined
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  const domain = address.slice(at + 1).toLowerCase()
  if (local.length === 0 || local.length > localPartLimit || !localPart.test(local))
    return undefined
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined
  const labels = domain.split('.')
  if (labels.length < 2 || /^\d*$/.test(labels.at(-1) ?? '')) return undefined
  if (labels.some((label) => label.length > 63 || !domainLabel.test(label))) return undefined
  return `${local}@${domain}`
}

/** A phone number in E.164 (`+821012345678`) and what it can be used for. */
export type Phone = { readonly e164: string; readonly kind: PhoneKind }

/**
 * Reads a phone number as Korean shops write it: any spacing and dashes, full-width digits, `+82 010`, `8210`, the leading
 * zero that Excel drops, `="010-1234-5678"`, `tel:`, an extension. undefined when the numbering plans (Google's
 * libphonenumber data) don't know it, or when it holds letters or two numbers. Numbers without a country are Korean.
 */
export function normalisePhone(text: string): Phone | undefined {
  const plain = /^(?:\+82|0)10-?(\d{4})-?(\d{4})$/.exec(text)
  if (plain) return { e164: `+8210${plain[1]}${plain[2]}`, kind: 'mobile' }
  if (text.length > 60) return undefined
  const cleaned = text
    .normalize('NFKC')
    .replace(/[\p{Cf}"'“”‘’]/gu, '')
    .replace(/^=/, '')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/\s*(?:;ext=|ext\.?|내선)\s*\d{1,6}$/iu, '')
  if (/\p{L}/u.test(cleaned)) return undefined
  const number = parsePhoneNumberFromString(cleaned, { defaultCountry: 'KR', extract: false })
  if (!number?.isValid()) return undefined
  return { e164: number.number, kind: phoneKind(number.number, number.getType()) }
}

function phoneKind(e164: string, type: string | undefined): PhoneKind {
  if (e164.startsWith('+82')) {
    if (/^\+821(?:0\d{8}|[16789]\d{7,8})$/.test(e164)) return 'mobile'
    if (type === 'PERSONAL_NUMBER') return 'safe'
    return type === 'FIXED_LINE' ? 'landline' : 'other'
  }
  if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return 'mobile'
  return type === 'FIXED_LINE' ? 'landline' : 'other'
}

/** Whether a normalised number is only lent (050): it names nobody and is never written to, for the next to have it is somebody else. */
export const isLent = (e164: string): boolean => normalisePhone(e164)?.kind === 'safe'

/**
 * The address by which equal ones are found: two spellings of an e-mail address that differ only in case are one mailbox
 * at every provider, and an opt-out must hold for both.
 */
export function contactIdentity(kind: 'email' | 'phone', normalised: string): string {
  return kind === 'email' ? normalised.toLowerCase() : normalised
}

/** `k***@example.com`, `010-****-5678`: what roles without a need to know see. Takes a normalised address. */
export function maskContact(kind: 'email' | 'phone', normalised: string): string {
  if (kind === 'email') {
    const at = normalised.lastIndexOf('@')
    return `${[...normalised.slice(0, at)][0] ?? ''}***${normalised.slice(at)}`
  }
  const last = normalised.slice(-4)
  const mobile = /^\+82(1\d)\d{7,8}$/.exec(normalised)
  return mobile ? `0${mobile[1]}-****-${last}` : `${normalised.slice(0, 3)}-****-${last}`
}

/** A contact as happenings carry it: hashed to be found, sealed to be used, masked to be shown. */
export function contactKey(
  vault: {
    readonly hash: (kind: string, value: string) => string
    readonly seal: (text: string) => string
  },
  kind: 'email' | 'phone',
  normalised: string,
): ContactKey {
  return {
    hash: vault.hash(kind, contactIdentity(kind, normalised)),
    sealed: vault.seal(normalised),
    masked: maskContact(kind, normalised),
  }
}
