import { readRowDate } from '../consents/row-date.ts'
import { type DayOrder, yearFirst } from './day-order.ts'
import { serialText } from './excel-cell.ts'

/** Amounts up to here are exact as ten-thousandths in a double. */
const amountLimit = 900_000_000_000

/**
 * An amount as shops write it, in ten-thousandths of the currency unit: `12,345원`, `₩ 12,345`, `12.50`, `(1,000)` and `-1,000` below
 * nothing. undefined when the cell is empty or says something else.
 */
export function amountOf(cell: string): number | undefined {
  const clean = cell
    .normalize('NFKC')
    .replace(/[\s,원₩￦\\$"'=]/g, '')
    .replace(/^(krw|usd)|(krw|usd)$/gi, '')
  const match = /^(\()?([+-]?)(\d+)(?:\.(\d{1,4})\d*)?(\))?$/.exec(clean)
  if (!match) return undefined
  const [, open, sign, whole = '0', fraction = ''] = match
  if (Number(whole) > amountLimit) return undefined
  const amount = Number(whole) * 10_000 + Number(fraction.padEnd(4, '0') || 0)
  return (open !== undefined || sign === '-') && amount !== 0 ? -amount : amount
}

/** A whole number of pieces; undefined for anything else. */
export function piecesOf(cell: string): number | undefined {
  const amount = amountOf(cell.replace(/개$/, ''))
  if (amount === undefined || amount % 10_000 !== 0) return undefined
  return amount / 10_000
}

/**
 * A moment in UTC ms, in the shop's zone where none is written: `2026-11-22 09:00:00`, `2026.11.22`, `26-11-22`, `2026/11/22 오후 2:05`,
 * `20261122`, `11/22/2026` or by `order` `22/11/2026`, a spreadsheet's day number. A day without a time is its first instant. undefined
 * where it is no moment.
 */
export function momentOf(
  cell: string,
  zone: string,
  order: DayOrder = 'month',
): number | undefined {
  const plain = cell
    .normalize('NFKC')
    .trim()
    .replace(/\s*\([월화수목금토일]\)\s*/, ' ')
    .trim()
  const text = yearFirst(plain, order)
  if (/^\d{5}(\.\d+)?$/.test(text)) return readRowDate(serialText(Number(text), false), zone)?.at
  const short = /^(\d{2})([-./])(\d{1,2})\2(\d{1,2})(.*)$/.exec(text)
  if (short) return readRowDate(`20${short[1]}-${short[3]}-${short[4]}${short[5]}`, zone)?.at
  return readRowDate(text, zone)?.at
}

const nobody = /^(-+|\.+|x+|미입력|없음|비회원|비회원구매|guest|null|n\/a|test)$/i

/** A name without what is no part of it: `김하늘님` is 김하늘, `-` nobody. */
export function nameOf(cell: string): string | undefined {
  const name = cell
    .normalize('NFC')
    .trim()
    .replace(/\s*(고객)?님$/, '')
    .trim()
  return name === '' || nobody.test(name) ? undefined : name.slice(0, 100)
}

/** The id of a member; undefined for guests and what stands for nothing. */
export function memberIdOf(cell: string): string | undefined {
  const id = cell
    .normalize('NFC')
    .replace(/^=?"(.*)"$/, '$1')
    .trim()
  return id === '' || nobody.test(id) ? undefined : id.slice(0, 255)
}

/** Text of a cell, cut to what a field holds; undefined when empty. */
export function textOf(cell: string, limit: number): string | undefined {
  const text = cell
    .normalize('NFC')
    .replace(/^=?"(.*)"$/, '$1')
    .trim()
  return text === '' || text === '-' ? undefined : text.slice(0, limit)
}

/** A long number as Excel shows it in a narrow column and saves it to CSV, `2.02611E+15`: its last digits are gone for good. */
export const isRounded = (cell: string): boolean => /^\d(\.\d+)?E\+\d{1,3}$/i.test(cell.trim())

/** A line of sums below or between the others: it begins with the word, and holds nothing but numbers beside it. */
export function isSumLine(cells: readonly string[]): boolean {
  const said = cells.map((cell) => cell.replace(/[\s:*]/g, '')).filter((cell) => cell !== '')
  const [first = '', ...others] = said
  return (
    /^(합계|총계|소계|누계|총합|총합계|전체합계|total|subtotal|grandtotal)(\(.*\))?$/i.test(
      first,
    ) &&
    others.every((cell) => amountOf(cell) !== undefined || /^(총)?\d+(건|개|명|원)?$/.test(cell))
  )
}
