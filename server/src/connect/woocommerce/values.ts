import { parseDecimal } from '../../lib/decimal.ts'

/** A time of a `_gmt` field (`2026-03-02T01:00:00`, no zone: it is UTC), UTC ms; null where there is none. */
export function wooTime(text: string | null | undefined): number | null {
  if (!text || text.startsWith('0000')) return null
  const read = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(read) ? null : read
}

/** `2026-03-02T01:00:00` of UTC ms, as searches with `dates_are_gmt` take it. */
export const wooText = (at: number): string => new Date(at).toISOString().slice(0, 19)

/** An amount (`"12000.00"`) in ten-thousandths; 0 where there is none. */
export function wooAmount(text: string | number | null | undefined): number {
  return Number(parseDecimal(String(text ?? '0')) ?? 0n)
}

/** `12000` or `12.5` of ten-thousandths, as amounts are written there. */
export const wooMoney = (amount: number): string => String(amount / 10_000)
