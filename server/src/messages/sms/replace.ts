import type { Json, JsonObject } from '../../lib/json.ts'
import { isJsonObject } from '../../lib/json.ts'
import { eucKrBytes, isSendable, sendable, type Unsendable, unsendable } from './euc-kr.ts'

/**
 * What is written in place of a character that a text message cannot carry.
 * - same     reads the same (– becomes -, é becomes e, ₩ becomes 원)
 * - unseen   nobody sees the difference (a joiner, a space of another width)
 * - spelled  a syllable that few phones know, spelled out in its letters (믜 becomes ㅁㅢ): a name does not survive it
 * - left_out nothing reads like it (an emoji): it is left out, and the marketer is told before sending
 * - gap      a letter of a script that cannot be sent: □ stands in its place, so that nobody reads on unaware
 */
export type Replacement = {
  readonly kind: 'same' | 'unseen' | 'spelled' | 'left_out' | 'gap'
  readonly by: string
}

const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '-': '‐‑‒–—−﹣',
    '·': '•‧∙⋅・●⦁',
    ' ': '\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2028\u2029',
    "'": '‚‛`´′',
    '"': '„‟″',
    '《': '«',
    '》': '»',
    '〈': '‹',
    '〉': '›',
    '~': '〜∼˜',
    원: '₩',
    '♥': '❤💖💗💕💓🧡💛💚💙💜',
    '★': '⭐🌟',
    '☎': '📞☏✆',
    '→': '➡➔➜⇨',
    '▶': '►▸⏵',
    '※': '⁕✳',
    '√': '✓✔☑',
    '(c)': '©',
    '/': '⁄∕',
    '…': '⋯',
  }).flatMap(([by, ones]) => [...ones].map((one) => [one, by] as const)),
)

// What no reader sees (joiners, direction marks, variation selectors, byte order marks) and the box around a keycap.
const unseen = /\p{Default_Ignorable_Code_Point}|\u20e3/u
const marks = /\p{M}/gu
const letters = /[\p{L}\p{N}]/u

const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const vowels = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ']
const finals = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']

/** What stands in for one character (a code point) that cannot be sent; sendable ones stand for themselves. */
export function replacementOf(character: string): Replacement {
  const travels = sendable(character)
  if (travels === 'ascii' || travels === 'standard') return { kind: 'same', by: character }
  if (travels === 'extended') return { kind: 'spelled', by: spelled(character) }
  const sign = signs.get(character)
  if (sign !== undefined) return { kind: sign === ' ' ? 'unseen' : 'same', by: sign }
  if (unseen.test(character)) return { kind: 'unseen', by: '' }
  // ⑳ is 20, é is e, 𝐀 is A, ﬁ is fi.
  const plain = character.normalize('NFKD').replace(marks, '').normalize('NFC')
  const bare = [...plain].map((one) => signs.get(one) ?? one).join('')
  if (bare !== '' && isSendable(bare)) return { kind: 'same', by: bare }
  return letters.test(character) ? { kind: 'gap', by: '□' } : { kind: 'left_out', by: '' }
}

function spelled(syllable: string): string {
  const at = (syllable.codePointAt(0) ?? 0) - 0xac00
  const parts = [
    initials[Math.floor(at / 588)],
    vowels[Math.floor((at % 588) / 28)],
    finals[at % 28],
  ]
  return parts.join('')
}

/**
 * A text in which everything can be sent: decomposed Hangul is composed (a phone made by Apple types it so), `₩12,000`
 * becomes `12,000원`, and every other character that cannot be sent gives way to its replacement.
 */
export function replaced(text: string): string {
  if (isSendable(text)) return text
  const composed = wonBehind(text.normalize('NFC'))
  if (isSendable(composed)) return composed
  const put = [...composed].map((character) => replacementOf(character).by).join('')
  // An emoji between two words leaves one space, not two; at either end of a line none.
  return put.replace(/ {2,}/g, ' ').replace(/^ | $/gm, '')
}

/** `₩12,000` as a Korean text says it: `12,000원`. */
export function wonBehind(text: string): string {
  return text.replace(/₩\s?(\d[\d,.]*\d|\d)/g, '$1원')
}

/** The name as a text message can say it; null when what remains is not that name (`고객님` is politer than a torso). */
export function sendableName(name: string | null): string | null {
  if (name === null) return null
  if (isSendable(name)) return name.trim() === '' ? null : name.trim()
  const isWhole = [...name.normalize('NFC')].every((one) => {
    const { kind } = replacementOf(one)
    return kind !== 'spelled' && kind !== 'gap'
  })
  const put = isWhole ? replaced(name).trim() : ''
  return put === '' ? null : put
}

/** Every text in a value replaced, so that filters count the bytes that will be sent; addresses are percent-encoded. */
export function replacedValues(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deep(one)]))
}

const isAddress = /^https?:\/\/\S+$/i

/** An address in ASCII, so that Hangul behind it in a text is not taken for a part of it. */
function encoded(address: string): string {
  return address.replace(/[^\x20-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
}

function deep(value: Json): Json {
  if (typeof value === 'string') return isAddress.test(value) ? encoded(value) : replaced(value)
  if (Array.isArray(value)) return value.map(deep)
  return isJsonObject(value) ? replacedValues(value) : value
}

/** What nobody sees put right: Hangul typed in parts composed, joiners taken out, spaces made plain. */
export function tidied(text: string): string {
  return [...text.normalize('NFC')]
    .map((one) => {
      const { kind, by } = replacementOf(one)
      return kind === 'unseen' ? by : one
    })
    .join('')
}

/** A character the marketer wrote that cannot be sent, with what to write instead. */
export type Suggestion = Unsendable & Replacement

/** What to write instead of each unsendable character of a text that was tidied; places are those of the tidied text. */
export function suggestions(text: string): readonly Suggestion[] {
  return unsendable(text).map((one) => ({ ...one, ...replacementOf(one.character) }))
}

/** Cuts at the end until the text has at most so many bytes; no character is cut in half. */
export function cutToBytes(text: string, limit: number): string {
  if (eucKrBytes(text) <= limit) return text
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += eucKrBytes(character)
    if (bytes > limit) break
    kept += character
  }
  return kept.trimEnd()
}
