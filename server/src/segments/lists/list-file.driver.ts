import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { Refusal } from '../../lib/refusal.ts'
import { boundedBytes } from '../../web/bounded-body.ts'
import { fileBytesLimit, fileRowsLimit } from './list.ts'

/** A line of a file with its number, from 1. */
export type FileRow = { readonly line: number; readonly cells: readonly string[] }

/** Reads an upload to its end; refuses one that is too large before it is held. */
export async function readUpload(request: Request): Promise<Buffer> {
  const bytes = await boundedBytes(request, fileBytesLimit)
  if (!bytes)
    throw new Refusal(
      'too-large',
      `A file may have ${fileBytesLimit / 1024 / 1024} MiB at most.`,
      'file',
    )
  return Buffer.from(bytes)
}

/** The rows of a CSV file: UTF-8 with or without its mark, else CP949; commas, semicolons or tabs. Empty lines are left out. */
export function readRows(bytes: Buffer): readonly FileRow[] {
  const text = textOf(bytes)
  const delimiter = delimiterOf(text)
  const rows: FileRow[] = []
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: fileRowsLimit + 2,
    }) as unknown as readonly {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
    for (const { record, info } of parsed) rows.push({ line: info.lines, cells: record })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read'
    throw new Refusal('invalid', `The file is broken (${why}).`, 'file')
  }
  if (rows.length === 0) throw new Refusal('invalid', 'The file is empty.', 'file')
  return rows
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return iconv.decode(bytes, 'cp949')
  }
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
