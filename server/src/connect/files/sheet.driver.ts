import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { Refusal } from '../../lib/refusal.ts'
import { type SheetRow, workbookRows } from './workbook.driver.ts'

/** How a dropped file is written. */
export type SheetKind = 'xlsx' | 'csv'
/** So much of a text tells in which letters it is written. */
const headBytes = 256 * 1024

/**
 * The lines of an Excel workbook or a CSV file (UTF-8, CP949, UTF-16; commas, semicolons or tabs), headings or not. Refuses what is
 * neither, in words that say what to do about it.
 */
export function sheet(bytes: Buffer): {
  readonly kind: SheetKind
  readonly rows: () => AsyncGenerator<SheetRow>
} {
  const head = bytes.subarray(0, 8)
  if (head.readUInt32BE(0) === 0xd0cf11e0)
    throw new Refusal(
      'invalid',
      'The file has a password or is an old .xls. Open it in Excel, take the password off and save it as .xlsx or CSV.',
      'file',
    )
  if (head.readUInt32BE(0) === 0x504b0304) return { kind: 'xlsx', rows: () => workbookRows(bytes) }
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(bytes.subarray(0, 200).toString('latin1')))
    throw new Refusal(
      'invalid',
      'The file is a web page that is only called .xls. Open it in Excel and save it as .xlsx or CSV.',
      'file',
    )
  return { kind: 'csv', rows: () => textRows(bytes) }
}

async function* textRows(bytes: Buffer): AsyncGenerator<SheetRow> {
  const encoding = encodingOf(bytes)
  const sign = signOf(iconv.decode(bytes.subarray(0, headBytes), encoding))
  const parser = parse({
    bom: true,
    delimiter: sign,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1024 * 1024,
  })
  Readable.from(decoded(bytes, encoding)).pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }>)
      if (record.some((cell) => cell !== '')) yield { line: info.lines, cells: record }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it is broken'
    throw new Refusal('invalid', `The file cannot be read: ${why}`, 'file')
  }
}

function* decoded(bytes: Buffer, encoding: string): Generator<string> {
  const decoder = iconv.getDecoder(encoding)
  for (let at = 0; at < bytes.length; at += headBytes) {
    const text = decoder.write(bytes.subarray(at, at + headBytes))
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

function signOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  const counts = [',', '\t', ';'].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
