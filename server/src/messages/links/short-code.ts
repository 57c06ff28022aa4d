/**
 * Seven letters that name one link of one message. Without the pairs that are read for one another (0 O, 1 l I) there
 * are 57, so about 2 * 10^12 codes: with ten million alive a guess hits one in 200,000, and finds only a page of the shop.
 */
export const codeLength = 7
/** A code to look at. */
export const sampleCode = 'Ab3dE7x'
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Bytes a short link may take of a text message; what remains for the host with seven letters and a slash. */
export const linkBytes = 22
export const hostBytes = linkBytes - codeLength - 1

const shape = new RegExp(`^[${letters}]{${codeLength}}$`)

/** Whether a text can be a code at all. */
export function isCode(text: string): boolean {
  return shape.test(text)
}

/** Random bytes to a code, every code equally likely; undefined when too few of the bytes could be used (take new ones). */
export function codeOf(bytes: Uint8Array): string | undefined {
  let code = ''
  // Bytes from 228 on would favour the first letters.
  const fair = letters.length * Math.floor(256 / letters.length)
  for (const byte of bytes) {
    if (byte < fair) code += letters[byte % letters.length]
    if (code.length === codeLength) return code
  }
  return undefined
}

/**
 * How short links of a shop begin: `onsh.kr/` on its own short host; otherwise the server's own address and `/s/`, with its
 * scheme, for a phone takes a name without one for a link only where it looks like one.
 */
export function shortPrefix(host: string, publicUrl: string): string {
  return host === '' ? `${publicUrl.replace(/\/+$/, '')}/s/` : `${host}/`
}
