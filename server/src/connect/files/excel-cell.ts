/** Formats that every Excel knows and that show a day or a time (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are East Asian). */
const builtInDates = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const

/** Whether a number format shows a day or a time; `code` where the workbook has its own. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.some(([from, to]) => id >= from && id <= to)
  // Quoted words, colours, currencies and escaped letters are no part of the pattern.
  const pattern = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').split(';')[0] ?? ''
  return /[ymdhs]/i.test(pattern) && !/general|0|#/i.test(pattern.replace(/[.,]0+/g, ''))
}

/** The text of a cell. `type` is the cell's `t` of ECMA-376, `value` what stands in it; texts by number have been looked up. */
export function cellText(cell: {
  readonly type: string
  readonly value: string
  readonly isDate: boolean
  readonly is1904: boolean
}): string {
  const { type, value } = cell
  if (type === 'e') return ''
  if (type === 'b') return value === '1' ? 'Y' : 'N'
  if (type === 's' || type === 'str' || type === 'inlineStr') return value.trim()
  if (type === 'd') return value.replace('T', ' ')
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value.trim()
  if (cell.isDate) return serialText(number, cell.is1904)
  return plainNumber(number)
}

/** A number without exponent: order numbers and phones are kept as numbers by spreadsheets. */
function plainNumber(number: number): string {
  if (Number.isSafeInteger(number)) return `${number}`
  if (Math.abs(number) >= 1e15) return BigInt(Math.round(number)).toString()
  // Fifteen digits are what a spreadsheet shows: 0.1 + 0.2 is 0.3 there.
  return `${Number(number.toPrecision(15))}`
}

const dayMs = 86_400_000
/** Excel counts days from 1899-12-30 (and from 1904-01-01 on old Macs). */
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)

/** What a sheet shows for a day's number, `2026-11-22 09:00:00` or, of a whole day, `2026-11-22`. */
export function serialText(serial: number, is1904: boolean): string {
  const seconds = Math.round((serial * dayMs) / 1000) * 1000
  const at = (is1904 ? epoch1904 : epoch1900) + seconds
  if (!Number.isFinite(at) || Math.abs(at) > 8e15) return ''
  const text = new Date(at).toISOString()
  return at % dayMs === 0 ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}
