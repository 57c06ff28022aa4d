// Writes server/src/messages/sms/ks-x-1001.ts: which characters of Unicode KS X 1001 holds, asked of the EUC-KR decoder that
// Node carries (ICU's). The test of the table asks another encoder (iconv-lite's). Run with Node 24 when the form changes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const decoder = new TextDecoder('euc-kr', { fatal: true })
// ICU knows the standard of 1992; these two came in 1998.
const known = new Set(['€', '®'].map((character) => character.codePointAt(0)))
for (let lead = 0xa1; lead <= 0xfe; lead++) {
  for (let trail = 0xa1; trail <= 0xfe; trail++) {
    const code = decoded(lead, trail)
    // ICU gives the two rows kept for users a private meaning; nobody else has it.
    if (code !== undefined && !(code >= 0xe000 && code < 0xf900)) known.add(code)
  }
}

function decoded(lead, trail) {
  try {
    return decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0)
  } catch {
    return undefined
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Six code points a letter, the first in the lowest bit. */
function bits(first, last) {
  let text = ''
  for (let start = first; start <= last; start += 6) {
    let six = 0
    for (let bit = 0; bit < 6; bit++) if (known.has(start + bit)) six |= 1 << bit
    text += alphabet[six]
  }
  return text
}

const hangul = [0xac00, 0xd7a3]
const hanja = [0x4e00, 0x9fff]
const within = ([first, last], code) => code >= first && code <= last
const runs = []
for (const code of [...known].sort((one, other) => one - other)) {
  if (within(hangul, code) || within(hanja, code)) continue
  const run = runs.at(-1)
  if (run && run[1] === code - 1) run[1] = code
  else runs.push([code, code])
}
const ranges = runs.map(([first, last]) =>
  first === last ? first.toString(16) : `${first.toString(16)}-${last.toString(16)}`,
)

function folded(words) {
  const lines = ['']
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== '' && line.length + word.length + 1 > 98) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line) => `  ${line}\n`).join('')
}
const pieces = (text) => text.match(/.{1,98}/g)

writeFileSync(
  join(import.meta.dirname, '../server/src/messages/sms/ks-x-1001.ts'),
  `// Written by scripts/ks-x-1001.mjs; not to be edited.

/** The ${known.size} characters of KS X 1001: a bit a code point from \`first\` on, six a letter of base 64, the lowest first. */
export const ksX1001 = {
  hangul: { first: 0x${hangul[0].toString(16)}, bits: \`
${folded(pieces(bits(...hangul)))}\` },
  hanja: { first: 0x${hanja[0].toString(16)}, bits: \`
${folded(pieces(bits(...hanja)))}\` },
  /** Everything else: code points and ranges of them in base 16. */
  others: \`
${folded(ranges)}\`,
} as const // biome-ignore format: a table
`,
)
