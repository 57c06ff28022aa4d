import { ksX1001 } from './ks-x-1001.ts'

/**
 * How a character travels in a Korean text message.
 * - ascii     one byte
 * - standard  two bytes, KS X 1001 (EUC-KR)
 * - extended  a Hangul syllable that only Microsoft's code page 949 added (뷁, 똠, 믜): not every carrier and phone has it
 * - none      cannot be written at all
 */
export type Sendable = 'ascii' | 'standard' | 'extended' | 'none'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const hangul = { first: 0xac00, last: 0xd7a3 } as const

/** One bit for each code point below 65,536; unpacked when first asked, in well under a millisecond. */
let unpacked: Uint8Array | undefined

function table(): Uint8Array {
  if (unpacked) return unpacked
  const known = new Uint8Array(0x1_0000)
  for (const { first, bits } of [ksX1001.hangul, ksX1001.hanja]) {
    let at: number = first
    for (const letter of bits.replace(/\s/g, '')) {
      const six = alphabet.indexOf(letter)
      for (let bit = 0; bit < 6; bit++, at++) if ((six >> bit) & 1) known[at] = 1
    }
  }
  for (const range of ksX1001.others.trim().split(/\s+/)) {
    const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16))
    known.fill(1, first, last + 1)
  }
  unpacked = known
  return known
}

/** How one character (a code point) travels; an empty text is `none`. */
export function sendable(character: string): Sendable {
  const code = character.codePointAt(0)
  if (code === undefined) return 'none'
  if (code < 0x80) return 'ascii'
  if (table()[code] === 1) return 'standard'
  return code >= hangul.first && code <= hangul.last ? 'extended' : 'none'
}

/**
 * Bytes of a text in EUC-KR, as Korean carriers count: ASCII 1, everything else 2. What cannot be sent counts 2 as well,
 * though it never leaves: `replaced` (replace.ts) has put something else in its place by then.
 */
export function eucKrBytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    bytes += code < 0x80 ? 1 : 2
    if (code > 0xffff) at++
  }
  return bytes
}

/** A character of a text that cannot be sent; `at` counts UTF-16 units from 0, as text fields do. */
export type Unsendable = {
  readonly character: string
  readonly at: number
}

/** The characters of a text that are not surely sendable, in order. */
export function unsendable(text: string): readonly Unsendable[] {
  const found: Unsendable[] = []
  let at = 0
  for (const character of text) {
    const travels = sendable(character)
    if (travels === 'none' || travels === 'extended') found.push({ character, at })
    at += character.length
  }
  return found
}

/** Whether every character of the text is in ASCII or KS X 1001; asked of every value of every message. */
export function isSendable(text: string): boolean {
  const known = table()
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // Halves of characters beyond the basic plane are in no table, so they answer no as well.
    if (unit >= 0x80 && known[unit] !== 1) return false
  }
  return true
}
