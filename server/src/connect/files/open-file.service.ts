import { createHash } from 'node:crypto'
import { Refusal } from '../../lib/refusal.ts'
import { type DaysRead, dayWatch } from './day-order.ts'
import { dayFields, type FileKind, heading } from './headings.ts'
import { headingLines, type Recognised, recognise, recogniseHeadings } from './layout.ts'
import type { Reading } from './read-orders.ts'
import { sheet } from './sheet.driver.ts'
import { asChosen, type Chosen, type FileRead, fileReader, isReadable } from './understood.ts'
import type { SheetRow } from './workbook.driver.ts'

/** Lines of one file; 200,000 order lines are some years of a small shop. */
const fileRowsLimit = 200_000
const shownRows = 8
const shownChars = 60

/** What of a file is shown while somebody looks at what was understood. */
export type Shown = {
  readonly headings: readonly string[]
  readonly first: readonly (readonly string[])[]
}
export type OpenedFile = {
  readonly recognised: Omit<Recognised, 'headingsAt'>
  /** SHA-256 of the headings: files of the same export have the same. */
  readonly headingsHash: string
  readonly shown: Shown
  /** undefined where the columns do not suffice. */
  readonly read: FileRead | undefined
}

/** Reads a dropped file whole: what it is, and what it says. `choiceFor` answers what somebody chose for such headings. */
export async function openFile(
  bytes: Buffer,
  reading: Omit<Reading, 'layout' | 'mapping' | 'headings' | 'days'>,
  choiceFor: (headingsHash: string) => Promise<Chosen | undefined>,
): Promise<OpenedFile> {
  const file = sheet(bytes)
  const rows = file.rows()
  const first = await firstOf(rows)
  const found = recognise(first.map(({ cells }) => cells))
  const headingsAt = found?.headingsAt ?? 0
  const headings = found?.headings ?? first[headingsAt]?.cells ?? []
  const headingsHash = createHash('sha256')
    .update(JSON.stringify(headings.map(heading)))
    .digest('hex')
  const chosen = await choiceFor(headingsHash)
  const recognised = recognisedAs(headings, found, chosen)
  const shown = {
    headings,
    first: first
      .slice(headingsAt + 1, headingsAt + 1 + shownRows)
      .map(({ cells }) => headings.map((_, at) => (cells[at] ?? '').slice(0, shownChars))),
  }
  const { kind, layout, mapping } = recognised
  const isEnough = kind !== 'consents' && isReadable(kind, mapping)
  const watch = dayWatch(dayFields.flatMap((field) => mapping[field] ?? []))
  const readerBy = (days: DaysRead) =>
    fileReader(kind, { ...reading, layout, mapping, headings, days })
  let reader = readerBy(watch.read(chosen?.days))
  for await (const { line, cells } of counted(rest(first.slice(headingsAt + 1), rows))) {
    if (!isEnough) continue
    watch.note(cells)
    reader.take(line, cells)
  }
  if (watch.hasSeen()) {
    // Only now it is known how the file writes its days.
    reader = readerBy(watch.read(chosen?.days))
    let at = 0
    for await (const { line, cells } of file.rows()) if (at++ > headingsAt) reader.take(line, cells)
  }
  const notes = (await file.unread()) > 0 ? (['other_sheets'] as const) : []
  const read = isEnough ? reader.end(notes) : undefined
  return { recognised, headingsHash, shown, read }
}

async function* counted(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  let count = 0
  for await (const row of rows) {
    if (++count > fileRowsLimit)
      throw new Refusal('too-large', `A file may have ${fileRowsLimit} lines; split it.`, 'file')
    yield row
  }
}

/** The lines of a file as they stand, headings included: for another reader. */
export async function rowsOf(bytes: Buffer, limit: number): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const row of sheet(bytes).rows()) {
    rows.push(row)
    if (rows.length > limit)
      throw new Refusal('too-large', `A file may have ${limit} lines; split it.`, 'file')
  }
  const found = recognise(rows.slice(0, headingLines).map(({ cells }) => cells))
  if (!found) return rows
  const at = found.headingsAt
  return [{ line: rows[at]?.line ?? 1, cells: found.headings }, ...rows.slice(at + 1)]
}

function recognisedAs(
  headings: readonly string[],
  found: Recognised | undefined,
  chosen: Chosen | undefined,
): OpenedFile['recognised'] {
  if (chosen) {
    const own = recogniseHeadings(headings, chosen.kind)
    const { kind, mapping } = asChosen(chosen, headings.length)
    return {
      ...{ kind, mapping, headings },
      layout: own?.layout ?? 'own',
      hasConsents: own?.hasConsents ?? false,
    }
  }
  if (found) return found
  // Nobody knows: whoever brought it says what it is.
  const kind: FileKind = 'orders'
  return { kind, mapping: {}, headings, layout: 'own', hasConsents: false }
}

async function firstOf(rows: AsyncGenerator<SheetRow>): Promise<readonly SheetRow[]> {
  const first: SheetRow[] = []
  while (first.length < headingLines + shownRows) {
    const next = await rows.next()
    if (next.done) break
    first.push(next.value)
  }
  if (first.length === 0) throw new Refusal('invalid', 'The file is empty.', 'file')
  if (first.length === 1)
    throw new Refusal('invalid', 'The file has no lines below its headings.', 'file')
  return first
}

async function* rest(
  first: readonly SheetRow[],
  rows: AsyncGenerator<SheetRow>,
): AsyncGenerator<SheetRow> {
  yield* first
  yield* rows
}
