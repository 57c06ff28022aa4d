import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { Refusal } from '../../lib/refusal.ts'
import { recognise } from './layout.ts'
import { markupRows } from './markup-rows.driver.ts'
import { type SheetRow, workbook } from './workbook.driver.ts'

/** What is decoded at once, and looked at for the sign between cells. */
const chunkBytes = 256 * 1024
const headLines = 20

/** A dropped file as lines of cells. */
export type Sheet = {
  readonly rows: () => AsyncGenerator<SheetRow>
  /** Further sheets of a workbook that have lines and are not read. */
  readonly unread: () => Promise<number>
}
const alone = async () => 0

/**
 * The lines of an Excel workbook, of a CSV file (UTF-8, CP949, UTF-16; commas, semicolons or tabs), or of a table of a web page that is
 * called .xls, as many shops' admins write it; headings or not. Refuses what is none of them, in words that say what to do about it.
 */
export function sheet(bytes: Buffer): Sheet {
  const head = bytes.subarray(0, 8)
  if (head.readUInt32BE(0) === 0xd0cf11e0) throw ofOldExcel(bytes)
  if (head.readUInt32BE(0) === 0x504b0304) return workbook(bytes, (rows) => !!recognise(rows))
  const start = bytes
    .subarray(0, 300)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  if (/^\s*mime-version:/i.test(start))
    throw new Refusal(
      'invalid',
      'The file is a web archive that is only called .xls. Open it in Excel and save it as .xlsx or CSV.',
      'file',
    )
  const isMarkup = /^\s*<(!doctype|!--|html|head|meta|style|body|table|div|\?xml)\b/i.test(start)
  const how = isMarkup ? markupRows : tableRows
  return { rows: () => how(() => decoded(bytes)), unread: alone }
}

/** An old container holds an .xlsx under a password, or a workbook of Excel before 2007; the names of its parts are in UTF-16. */
function ofOldExcel(bytes: Buffer): Refusal {
  const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return new Refusal(
    'invalid',
    isLocked
      ? 'The file has a password. Open it in Excel, take the password off and save it again.'
      : 'The file is an old .xls. Open it in Excel and save it as .xlsx or CSV.',
    'file',
  )
}

async function* tableRows(chunks: () => Generator<string>): AsyncGenerator<SheetRow> {
  const [first = ''] = chunks()
  const parser = parse({
    bom: true,
    delimiter: signOf(first),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1024 * 1024,
  })
  Readable.from(chunks()).pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }>)
      if (record.some((cell) => cell !== '')) yield { line: info.lines, cells: record }
  } catch (error) {
    throw brokenText(error)
  }
}

/** What follows a quotation mark that is never closed is one cell to the end: it opens behind the last record. */
function brokenText(error: unknown): Refusal {
  const told = error as { readonly code?: string; readonly records?: number; empty_lines?: number }
  if (!/QUOTE_NOT_CLOSED|MAX_RECORD_SIZE/.test(told.code ?? ''))
    return new Refusal('invalid', 'The file cannot be read: its text is broken.', 'file')
  const line = (told.records ?? 0) + (told.empty_lines ?? 0) + 1
  return new Refusal(
    'invalid',
    `A quotation mark is opened and not closed again, near line ${line}.`,
    'file',
  )
}

function* decoded(bytes: Buffer): Generator<string> {
  const decoder = iconv.getDecoder(encodingOf(bytes))
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const text = decoder.write(bytes.subarray(at, at + chunkBytes))
    if (text !== '') yield text
  }
  const rest = decoder.end()
  if (rest !== undefined && rest !== '') yield rest
}

function encodingOf(bytes: Buffer): 'utf8' | 'cp949' | 'utf16le' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  try {
    // A file that is mostly Latin shows its Korean letters late: all of it is looked at.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf8'
  } catch {
    return 'cp949'
  }
}

/** What stands between cells: a notice above the headings has none of it, so the line with most of them says. */
function signOf(text: string): string {
  const lines = text.split(/\r?\n/, headLines)
  const counts = [',', '\t', ';'].map(
    (sign) => [sign, Math.max(...lines.map((line) => line.split(sign).length))] as const,
  )
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
