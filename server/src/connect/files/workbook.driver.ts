import { StringDecoder } from 'node:string_decoder'
import sax from 'sax'
import { Refusal } from '../../lib/refusal.ts'
import { cellText, isDateFormat } from './excel-cell.ts'
import { type ZipParts, zipParts } from './zip-parts.driver.ts'

/** What the parts of a workbook may unpack to. An honest sheet of 200,000 lines and 60 columns has some 400 MB. */
const smallPartBytes = 16 * 1024 * 1024
const stringsBytes = 256 * 1024 * 1024
const sheetBytes = 768 * 1024 * 1024
const stringsLimit = 3_000_000
/** Sheets that are looked at for the one that is meant. */
const sheetsLimit = 20
const headRows = 15
/** Columns that are read of a line; what stands further right is left out. */
const columnsLimit = 300
/** Longest text of a cell, as Excel has it. */
const cellCharsLimit = 32_767

/** A line of a sheet with its number, from 1. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * The lines of an Excel workbook (.xlsx, ECMA-376), one after another: only its texts are held in memory. Days and times come as
 * `2026-11-22 09:00:00`, numbers as Excel keeps them, formulas as what they came to last. Read is the first visible sheet whose first
 * lines `isMeant`, else the first visible one: shops put a page of notes before their orders.
 */
export function workbook(
  bytes: Buffer,
  isMeant: (head: readonly (readonly string[])[]) => boolean = () => true,
) {
  const parts = zipParts(bytes)
  async function* rowsOf(path: string, book: Kept): AsyncGenerator<SheetRow> {
    yield* sheetRows(parts, path, book)
  }
  async function headOf(path: string, book: Kept, count: number): Promise<readonly SheetRow[]> {
    const head: SheetRow[] = []
    for await (const row of rowsOf(path, book)) {
      head.push(row)
      if (head.length === count) break
    }
    return head
  }
  async function opened() {
    const { paths, is1904 } = await visibleSheets(parts)
    const book = { strings: await sharedStrings(parts), dates: await dateStyles(parts), is1904 }
    let path = paths[0] ?? ''
    if (paths.length > 1)
      for (const one of [...paths].reverse()) {
        const head = await headOf(one, book, headRows)
        if (isMeant(head.map(({ cells }) => cells))) path = one
      }
    return { book, path, paths }
  }
  return {
    rows: async function* (): AsyncGenerator<SheetRow> {
      const { book, path } = await opened()
      yield* rowsOf(path, book)
    },
    /** Other visible sheets that have lines. */
    unread: async (): Promise<number> => {
      const { book, path, paths } = await opened()
      let count = 0
      for (const one of paths) if (one !== path && (await headOf(one, book, 2)).length > 1) count++
      return count
    },
  }
}

type Handlers = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

/** Walks a part; after each chunk the caller may take what it has gathered. */
async function* walk(parts: ZipParts, name: string, how: Handlers & { readonly limit: number }) {
  const parser = sax.parser(true, { position: false })
  let fault: Error | undefined
  parser.onerror = (error) => {
    fault = error
    parser.resume()
  }
  parser.onopentag = (tag) => how.open?.(local(tag.name), tag.attributes as Record<string, string>)
  parser.onclosetag = (tag) => how.close?.(local(tag))
  parser.ontext = (text) => how.text?.(text)
  parser.oncdata = (text) => how.text?.(text)
  const decoder = new StringDecoder('utf8')
  for await (const chunk of parts.read(name, how.limit)) {
    parser.write(decoder.write(chunk))
    if (fault) throw new Refusal('invalid', 'The workbook cannot be read: it is damaged.', 'file')
    yield
  }
}

async function through(parts: ZipParts, name: string, how: Handlers & { readonly limit: number }) {
  for await (const _ of walk(parts, name, how));
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

async function visibleSheets(parts: ZipParts) {
  if (!parts.has('xl/workbook.xml'))
    throw new Refusal('invalid', 'This is no Excel workbook (.xlsx).', 'file')
  const sheets: { readonly id: string; readonly isHidden: boolean }[] = []
  let is1904 = false
  await through(parts, 'xl/workbook.xml', {
    limit: smallPartBytes,
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      const id = Object.entries(attributes).find(([key]) => local(key) === 'id')?.[1]
      if (name === 'sheet' && id !== undefined)
        sheets.push({ id, isHidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  const targets = new Map<string, string>()
  await through(parts, 'xl/_rels/workbook.xml.rels', {
    limit: smallPartBytes,
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target)
    },
  })
  const visible = sheets.filter((one) => !one.isHidden)
  const paths = (visible.length > 0 ? visible : sheets)
    .slice(0, sheetsLimit)
    .flatMap(({ id }) => targets.get(id) ?? [])
    .map((target) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`))
    // Sheets of charts alone have no cells.
    .filter((path) => parts.has(path) && !/chartsheets/.test(path))
  if (paths.length === 0)
    throw new Refusal('invalid', 'The workbook has no sheet with lines.', 'file')
  return { paths, is1904 }
}

/** Texts that cells name by their number. Readings of ideographs (rPh) are no part of the text. */
async function sharedStrings(parts: ZipParts): Promise<readonly string[]> {
  const strings: string[] = []
  if (!parts.has('xl/sharedStrings.xml')) return strings
  let text = ''
  let isText = false
  let reading = 0
  await through(parts, 'xl/sharedStrings.xml', {
    limit: stringsBytes,
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') reading++
      isText = name === 't' && reading === 0
    },
    text: (part) => {
      if (isText && text.length < cellCharsLimit) text += part
    },
    close: (name) => {
      isText = false
      if (name === 'rPh') reading--
      if (name === 'si') strings.push(text)
      if (strings.length > stringsLimit)
        throw new Refusal('too-large', 'The workbook unpacks to too much; split it.', 'file')
    },
  })
  return strings
}

/** Which styles of cells show a day or a time. */
async function dateStyles(parts: ZipParts): Promise<readonly boolean[]> {
  const styles: boolean[] = []
  if (!parts.has('xl/styles.xml')) return styles
  const own = new Map<number, string>()
  let inCells = false
  await through(parts, 'xl/styles.xml', {
    limit: smallPartBytes,
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      const id = Number(attributes.numFmtId ?? 0)
      styles.push(isDateFormat(id, own.get(id)))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

type Kept = {
  readonly strings: readonly string[]
  readonly dates: readonly boolean[]
  readonly is1904: boolean
}

async function* sheetRows(parts: ZipParts, path: string, kept: Kept): AsyncGenerator<SheetRow> {
  const sheet = sheetReader(kept)
  for await (const _ of walk(parts, path, { ...sheet.handlers, limit: sheetBytes }))
    yield* sheet.take()
  yield* sheet.take()
}

/** Gathers lines out of the tags of a sheet. */
function sheetReader(kept: Kept) {
  let rows: SheetRow[] = []
  let line = 0
  let cells: string[] = []
  let cell = { column: -1, type: '', style: 0, value: '', formula: '' }
  let inside = ''
  const open = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name === 'row') {
      line = Number(attributes.r ?? line + 1)
      cells = []
      cell = { ...cell, column: -1, value: '', formula: '' }
    }
    if (name === 'c') {
      const column = columnOf(attributes.r) ?? cell.column + 1
      const { t: type = '', s: style = 0 } = attributes
      cell = { column, type, style: Number(style), value: '', formula: '' }
    }
    inside = name
  }
  const close = (name: string) => {
    inside = ''
    if (name === 'c' && cell.column < columnsLimit) {
      while (cells.length < cell.column) cells.push('')
      const isDate = kept.dates[cell.style] === true
      const value = cell.type === 's' ? (kept.strings[Number(cell.value)] ?? '') : cell.value
      const text = cellText({ type: cell.type, value, isDate, is1904: kept.is1904 })
      // A formula that no program has worked out yet is no empty cell: who reads it says that it cannot.
      cells[cell.column] = text === '' && cell.formula !== '' ? `=${cell.formula}` : text
    }
    if (name === 'row' && cells.some((one) => one !== '')) rows.push({ line, cells })
  }
  const text = (part: string) => {
    if ((inside === 'v' || inside === 't') && cell.value.length < cellCharsLimit) cell.value += part
    if (inside === 'f' && cell.formula.length < cellCharsLimit) cell.formula += part
  }
  return {
    handlers: { open, close, text },
    take: (): readonly SheetRow[] => {
      const taken = rows
      rows = []
      return taken
    },
  }
}

/** `AB12` stands in column 27, from 0. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
