import sax from 'sax'
import { Refusal } from '../../lib/refusal.ts'
import type { SheetRow } from './workbook.driver.ts'

/** Columns that are read of a line; what stands further right is left out. */
const columnsLimit = 300
const cellCharsLimit = 32_767

type Attributes = Readonly<Record<string, string>>
type Walk = {
  rows: SheetRow[]
  line: number
  cells: string[] | undefined
  /** The cell that is open, and where the next one stands. */
  at: number
  next: number
  isText: boolean
  /** Lines that a cell above still holds a column for. */
  readonly held: number[]
}

/**
 * The lines of the tables of a web page, or of a workbook as XML (SpreadsheetML 2003): what shops' admins write and call .xls. Merged
 * cells keep their text in their first place and are empty in the others, as in a workbook.
 */
export async function* markupRows(chunks: () => Generator<string>): AsyncGenerator<SheetRow> {
  const parser = sax.parser(false, { lowercase: true, position: false })
  const walk: Walk = {
    ...{ rows: [], line: 0, cells: undefined, at: 0, next: 0, isText: false },
    held: [],
  }
  parser.onopentag = (tag) => opened(walk, local(tag.name), tag.attributes as Attributes)
  parser.onclosetag = (name) => closed(walk, local(name))
  parser.ontext = (text) => said(walk, text)
  parser.oncdata = (text) => said(walk, text)
  parser.onerror = () => {
    // A page need not be well made.
    parser.resume()
  }
  let isTable = false
  for (const chunk of chunks()) {
    parser.write(chunk)
    const { rows } = walk
    walk.rows = []
    isTable ||= rows.length > 0
    yield* rows
  }
  parser.close()
  endRow(walk)
  yield* walk.rows
  if (!isTable && walk.rows.length === 0)
    throw new Refusal(
      'invalid',
      'The file is a web page without a table. Open it in Excel and save it as .xlsx or CSV.',
      'file',
    )
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)
const isRow = (name: string): boolean => name === 'tr' || name === 'row'
const isCell = (name: string): boolean => name === 'td' || name === 'th' || name === 'cell'

function opened(walk: Walk, name: string, attributes: Attributes): void {
  if (isRow(name)) {
    endRow(walk)
    walk.line = numberOf(attributes['ss:index']) ?? walk.line + 1
    walk.cells = []
    walk.next = 0
  }
  if (isCell(name)) beginCell(walk, attributes)
  if (name === 'br') said(walk, ' ')
  if (name === 'script' || name === 'style') walk.isText = false
}

function beginCell(walk: Walk, attributes: Attributes): void {
  const { cells, held } = walk
  if (!cells) return
  let at = walk.next
  while ((held[at] ?? 0) > 0) at++
  const place = numberOf(attributes['ss:index'])
  if (place !== undefined) at = place - 1
  const across = 1 + (numberOf(attributes['ss:mergeacross']) ?? 0)
  const to = at + Math.max(across, numberOf(attributes.colspan) ?? 1)
  const down = 1 + (numberOf(attributes['ss:mergedown']) ?? 0)
  const lines = Math.max(down, numberOf(attributes.rowspan) ?? 1)
  walk.at = at
  walk.next = Math.min(to, columnsLimit)
  walk.isText = at < columnsLimit
  while (cells.length < walk.next) cells.push('')
  // This line is counted off with the others, when it ends.
  for (let column = at; column < walk.next && lines > 1; column++) held[column] = lines
}

function closed(walk: Walk, name: string): void {
  if (isCell(name)) walk.isText = false
  if (isRow(name) || name === 'table') endRow(walk)
  if (name === 'table') walk.held.length = 0
}

function said(walk: Walk, text: string): void {
  const before = walk.cells?.[walk.at]
  if (walk.cells && walk.isText && before !== undefined && before.length < cellCharsLimit)
    walk.cells[walk.at] = before + text
}

function endRow(walk: Walk): void {
  const { cells, line, held } = walk
  walk.cells = undefined
  walk.isText = false
  if (!cells) return
  for (const [column, lines] of held.entries()) if (lines > 0) held[column] = lines - 1
  const clean = cells.map((cell) => cell.replace(/[\s\u00a0]+/g, ' ').trim())
  if (clean.some((cell) => cell !== '')) walk.rows.push({ line, cells: clean })
}

/** What an attribute counts; undefined where it counts nothing. */
function numberOf(text: string | undefined): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number < 1_000_000 ? number : undefined
}
