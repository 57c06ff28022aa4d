import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { formatDecimal, parseDecimal } from '../lib/decimal.ts'
import { type Facts, isTypedNumber, isTypedText, numberAt } from './filter.ts'

/** Longest key that is kept as it is; of longer ones a hash is kept, of this many hexadecimal digits. */
const keyLimit = 24

/** What tells the value at a path of a happening from all others, as property-sql.ts writes it; undefined without one. */
export function keyAt(path: string, facts: Facts): string | undefined {
  const text = isTypedText(path)
    ? facts.typed()[path] || undefined
    : isTypedNumber(path)
      ? undefined
      : facts.flat().texts.get(path)
  if (text !== undefined) return tagOf(`t${text}`)
  if (isTypedText(path)) return undefined
  const number = numberAt(path, facts)
  return number === undefined ? undefined : tagOf(`n${formatDecimal(number)}`)
}

/** A key as a person's state holds it: short. ClickHouse may write a number with other digits than we do. */
export function tagOf(key: string): string {
  const number = key.startsWith('n') ? parseDecimal(key.slice(1)) : undefined
  const plain = number === undefined ? key : `n${formatDecimal(number)}`
  if (plain.length <= keyLimit) return plain
  return `h${bytesToHex(sha256(utf8ToBytes(plain))).slice(0, keyLimit)}`
}
