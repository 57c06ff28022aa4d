/** Capital letters and digits that nobody reads as one another: no I, O, 0 or 1. */
export const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
/** Of 32 letters so many make 10^12 codes: with 100,000 issued one guess in ten million hits. */
export const codeLength = 8
/** The longest code, characters. */
export const codeCharsLimit = 40
/** Our mark of a pool at a platform, the same for ever. */
export const poolMark = (shop: number, pool: number): string => `DG${shop}-${pool}`

/** Whether a platform's number of a pool is only our mark: then each person is given a code of their own to type. */
export const isMarkOnly = (number: string | null): boolean => /^DG\d+-\d+$/.test(number ?? '')

/** What stands where a code would: a coupon at the shop's platform needs none, it lies in the member's coupon box. */
export const boxWords = { ko: '내 쿠폰함', en: 'in your coupon box' } as const
/** Codes of one upload. */
export const uploadLimit = 100_000

/** A code from as many random bytes as it has letters; each byte gives one of 32 letters, so all are equally likely. */
export function readableCode(prefix: string, bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, codeLength)].map((byte) => codeLetters[byte % 32] ?? '')
  return prefix + letters.join('')
}

/** The same code however it was typed: letters' case, spaces around it and composed or decomposed Korean do not matter. */
export function codeKey(code: string): string {
  return code.normalize('NFC').trim().toUpperCase()
}

/** Stands for a code that is not chosen yet: of the same length, and of letters as wide. */
export function placeholderCode(length: number): string {
  return 'X'.repeat(length)
}

/** What a code may be: letters, digits, dash and underscore, in Latin letters, so that every one is as wide in every channel. */
const uploadShape = /^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/
const headings =
  /^(code|codes|coupon|coupon[_ ]?code|쿠폰|쿠폰\s?번호|쿠폰\s?코드|코드|시리얼\s?번호|번호)$/i

export type UploadedCodes = {
  readonly codes: readonly string[]
  /** Lines, from 1, that hold no code or one that stood before. */
  readonly refused: readonly {
    readonly line: number
    readonly value: string
    readonly reason: 'not_a_code' | 'twice'
  }[]
}

/** Codes of a pasted or uploaded list: one a line, the first cell where a line has several. A heading is passed over. */
export function codesInText(text: string): UploadedCodes {
  const codes = new Map<string, string>()
  const refused: UploadedCodes['refused'][number][] = []
  for (const [at, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const value = (written.split(/[,;\t]/)[0] ?? '').replace(/^\s*"?|"?\s*$/g, '')
    if (value === '' || (at === 0 && headings.test(value))) continue
    const line = at + 1
    if (!uploadShape.test(value))
      refused.push({ line, value: value.slice(0, 60), reason: 'not_a_code' })
    else if (codes.has(codeKey(value))) refused.push({ line, value, reason: 'twice' })
    else codes.set(codeKey(value), value)
  }
  return { codes: [...codes.values()], refused }
}

/** Codes that an order names at most. */
const codesOfOrderLimit = 20

/** The codes in an order's coupon, which names one or several (`A, B`); as keys, each once. */
export function codeKeysIn(coupon: string): readonly string[] {
  const keys = coupon.split(/[,;|\n]/).map(codeKey)
  return [...new Set(keys.filter((key) => key !== '' && key.length <= codeCharsLimit))].slice(
    0,
    codesOfOrderLimit,
  )
}

/** A code as those see it who may not use it: `AB••••YZ`. */
export function maskedCode(code: string): string {
  return code.length < 6 ? '••••' : `${code.slice(0, 2)}••••${code.slice(-2)}`
}
