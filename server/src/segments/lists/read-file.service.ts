import { normaliseEmail, normalisePhone } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'
import { fileRowsLimit, type RefusedLine, type RefusedReason } from './list.ts'
import { type FileRow, readRows } from './list-file.driver.ts'
import { type ColumnKind, type Columns, recogniseColumns } from './list-file.ts'

/** Lines looked up at once. */
const lookupBatch = 500
/** Most people whom one line may mean: a family may share a phone, a whole shop does not. */
const sharedLimit = 10

/** A column of a file that says who: where it stands, from 0, and what came of its cells. */
export type ReadColumn = {
  readonly kind: ColumnKind
  readonly at: number
  /** As the first row calls it; null without a header. */
  readonly name: string | null
  /** Lines that say something in it. */
  readonly filled: number
  /** Lines whose people were found by it. */
  readonly led: number
}

/** What a file says: its lines, its columns, and how many people they lead to. */
export type Read = {
  /** Lines that are data. */
  readonly rows: number
  /** Lines that led to somebody, and lines that did not. */
  readonly matched: number
  readonly unmatched: number
  /** People behind the lines that led to somebody, each once. */
  readonly people: number
  readonly columns: readonly ReadColumn[]
  readonly header: boolean
}

/** A file as it was uploaded, taken apart. */
export type OpenedFile = ReturnType<typeof openFile>

/** The people of some lines of a file, and what came of each line. `to` is where the next lines begin. */
export async function linesFrom(
  needs: { readonly customers: Pick<Customers, 'behindKeys'> },
  shop: ShopId,
  { file, from }: { readonly file: OpenedFile; readonly from: number },
) {
  const rows = file.rows.slice(from, from + lookupBatch)
  const found = await find(needs.customers, shop, { rows, columns: file.columns })
  const people = new Set<number>()
  for (const { customers, reason } of found)
    if (reason === undefined) for (const one of customers) people.add(one)
  return { found, people: [...people], to: from + rows.length }
}
export type Lines = Awaited<ReturnType<typeof linesFrom>>

/** Adds up what the lines of a file say. */
export function tally({ rows, columns, names }: OpenedFile) {
  const refused: RefusedLine[] = []
  const everybody = new Set<number>()
  const counts = new Map([...columns.at.keys()].map((kind) => [kind, { filled: 0, led: 0 }]))
  let matched = 0
  return {
    take: ({ found, people }: Lines): void => {
      for (const { row, filled, by, reason } of found) {
        for (const [kind, count] of counts) {
          if (filled.has(kind)) count.filled++
          if (by === kind && reason === undefined) count.led++
        }
        if (reason === undefined) matched++
        else refused.push({ line: row.line, value: saidBy(row), reason })
      }
      for (const one of people) everybody.add(one)
    },
    refused: refused as readonly RefusedLine[],
    read: (): Read => ({
      rows: rows.length,
      matched,
      unmatched: rows.length - matched,
      people: everybody.size,
      columns: [...columns.at].map(([kind, at]) => ({
        kind,
        at,
        name: names[at] ?? null,
        filled: counts.get(kind)?.filled ?? 0,
        led: counts.get(kind)?.led ?? 0,
      })),
      header: columns.header,
    }),
  }
}

/** The lines of a file that are data, and which of its columns say who. */
export function openFile(bytes: Buffer) {
  const all = readRows(bytes)
  const columns = recogniseColumns(all.map(({ cells }) => cells))
  if (!columns)
    throw new Refusal(
      'invalid',
      'No column says who: name one "email", "phone" or "member id" in the first row.',
      'file',
    )
  const rows = columns.header ? all.slice(1) : all
  if (rows.length > fileRowsLimit)
    throw new Refusal('too-large', `A file may have ${fileRowsLimit} lines at most.`, 'file')
  return { rows, columns, names: columns.header ? (all[0]?.cells ?? []) : [] }
}

type FoundRow = {
  readonly row: FileRow
  /** Columns in which the row says something. */
  readonly filled: ReadonlySet<ColumnKind>
  /** The column that led to its people. */
  readonly by: ColumnKind | undefined
  readonly customers: readonly number[]
  readonly reason: RefusedReason | undefined
}

/** Whom each row means: by the first of its cells, ids before addresses, that leads to somebody. */
async function find(
  customers: Pick<Customers, 'behindKeys'>,
  shop: ShopId,
  { rows, columns }: { readonly rows: readonly FileRow[]; readonly columns: Columns },
): Promise<readonly FoundRow[]> {
  const asked = rows.flatMap((row, index) =>
    [...columns.at].flatMap(([kind, at]) => {
      const value = (row.cells[at] ?? '').trim()
      return value === '' ? [] : [{ index, kind, value }]
    }),
  )
  const answers = await customers.behindKeys(shop, asked)
  const led = rows.map(() => new Map<ColumnKind, readonly number[]>())
  for (const [at, { index, kind }] of asked.entries()) led[index]?.set(kind, answers[at] ?? [])
  return rows.map((row, index): FoundRow => {
    const kinds = led[index] ?? new Map<ColumnKind, readonly number[]>()
    const by = leadingKinds.find((kind) => (kinds.get(kind) ?? []).length > 0)
    const found = (by && kinds.get(by)) ?? []
    const said = [...kinds.keys()].map(
      (kind) => [kind, row.cells[columns.at.get(kind) ?? 0]] as const,
    )
    const reason =
      kinds.size === 0
        ? 'empty'
        : said.every(([kind, cell = '']) => !isReadable(kind, cell))
          ? 'unreadable'
          : found.length === 0
            ? 'not_found'
            : found.length > sharedLimit
              ? 'too_many'
              : undefined
    return { row, filled: new Set(kinds.keys()), by, customers: found, reason }
  })
}

/** What a refused line says, empty cells left out. */
function saidBy({ cells }: FileRow): string {
  return cells
    .filter((cell) => cell !== '')
    .join(', ')
    .slice(0, 200)
}

/** The order in which the cells of a row are asked: ids before addresses. */
const leadingKinds = ['customer', 'user', 'email', 'phone'] as const

/** Whether a cell can be what its column says: every id can. */
function isReadable(kind: ColumnKind, cell: string): boolean {
  if (kind === 'email') return normaliseEmail(cell) !== undefined
  return kind === 'phone' ? normalisePhone(cell) !== undefined : true
}
