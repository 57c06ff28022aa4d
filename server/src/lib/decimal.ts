import { numberText } from './json.ts'

/**
 * Decimal(18,4) held as a bigint of ten-thousandths: the number that conditions compare and the unit all money is kept in.
 * Never a float: sums of floats depend on their order (docs/decisions/0005-amounts.md).
 */
export type Decimal = bigint

/** Largest absolute value, exclusive: 10^14 whole units, as ClickHouse Decimal(18,4) holds. */
export const decimalLimit: Decimal = 10n ** 18n

const shape = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/**
 * Parses a JSON number's text; half away from zero at the fifth decimal.
 * Returns undefined for what is not a number or lies outside the range: such a value counts as missing.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = shape.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponentText] = match
  const exponent = Number(exponentText ?? 0)
  const digits = whole + fraction
  // Power of ten that turns `digits` into ten-thousandths.
  const shift = exponent - fraction.length + 4
  if (shift > 40 || digits.length > 400) return /^0*$/.test(digits) ? 0n : undefined
  const scaled = shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : roundedDown(digits, -shift)
  if (scaled >= decimalLimit) return undefined
  return sign === '-' ? -scaled : scaled
}

/** Whole numbers up to here are exact as a double of ten-thousandths too. */
const wholeLimit = 900_000_000_000

/**
 * A JSON number, held as a double or raw (`rawNumber`), as parseDecimal reads its text. Undefined for everything else.
 * Whole numbers, which most are, take no way through text.
 */
export function readDecimal(value: unknown): Decimal | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= wholeLimit) {
    return BigInt(value * 10_000)
  }
  const text = numberText(value)
  return text === undefined ? undefined : parseDecimal(text)
}

function roundedDown(digits: string, dropped: number): bigint {
  if (dropped > digits.length) return 0n
  const kept = BigInt(digits.slice(0, digits.length - dropped) || '0')
  const next = digits.charCodeAt(digits.length - dropped) - 48
  return next >= 5 ? kept + 1n : kept
}

/** The shortest text that `parseDecimal` reads back to the same value: `-12.5`, `3000`. */
export function formatDecimal(value: Decimal): string {
  const absolute = value < 0n ? -value : value
  const whole = absolute / 10_000n
  const fraction = (absolute % 10_000n).toString().padStart(4, '0').replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}
