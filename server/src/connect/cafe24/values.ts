import { parseDecimal } from '../../lib/decimal.ts'
import { hourMs } from '../../lib/duration.ts'

const seoulMs = 9 * hourMs

/**
 * A time as Cafe24 writes it, UTC ms: `2026-03-02T10:00:00+09:00`; without a zone (keys, histories) it is Seoul's. null where there is
 * none: empty, `0000-00-00`.
 */
export function cafe24Time(text: string | null | undefined): number | null {
  const trimmed = text?.trim().replace(' ', 'T') ?? ''
  if (trimmed === '' || trimmed.startsWith('0000')) return null
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(trimmed)
  const read = Date.parse(
    hasZone ? trimmed : `${trimmed.length === 10 ? `${trimmed}T00:00:00` : trimmed}Z`,
  )
  if (Number.isNaN(read)) return null
  return hasZone ? read : read - seoulMs
}

/** `2026-03-02T10:00:00+09:00` of UTC ms. */
export function cafe24Text(at: number): string {
  return `${new Date(at + seoulMs).toISOString().slice(0, 19)}+09:00`
}

/** An amount (`"12000.00"`) in ten-thousandths; 0 where there is none. */
export function cafe24Amount(text: string | number | null | undefined): number {
  return Number(parseDecimal(String(text ?? '0')) ?? 0n)
}

/** What is written, or null where nothing is. */
export function orNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

/** Whether a coupon of this name was made by us: our mark ends it (coupons/code.ts). */
export const isOurs = (name: string): boolean => / DG\d+-\d+$/.test(name)
