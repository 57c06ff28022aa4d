/** First line bytes that let Excel read UTF-8. */
export const byteOrderMark = '\uFEFF'

/**
 * One line of a CSV file (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP,
 * "CSV Injection"): what customers call themselves must not act on the computer of whoever opens the file.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  // A number is no formula, a negative one neither.
  if (/^-?\d+(\.\d+)?$/.test(text)) return text
  // Tabs and line breaks before the sign are skipped by some readers; full-width signs are read as signs by others.
  const safe = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A phone number that a spreadsheet keeps as text: `+821012345678` as 010-1234-5678; others as they are. */
export function phoneCell(e164: string): string {
  const korean = /^\+82(\d{8,10})$/.exec(e164)?.[1]
  if (!korean) return e164
  const parts = /^(2|\d{2})(\d{3,4})(\d{4})$/.exec(korean)
  return parts ? `0${parts[1]}-${parts[2]}-${parts[3]}` : `0${korean}`
}
