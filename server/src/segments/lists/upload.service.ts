import type { Customers } from '../../customers/customers.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'
import { fileRowsLimit, type RefusedLine, refusedLimit } from './list.ts'
import { type FileRow, readRows } from './list-file.driver.ts'
import { type ColumnKind, type Columns, recogniseColumns } from './list-file.ts'

/** Lines looked up at once. */
const lookupBatch = 500
/** Most people whom one line may mean: a family may share a phone, a whole shop does not. */
const sharedLimit = 10

/** What a file did to a list. */
export type Uploaded = {
  /** Lines that are data. */
  readonly rows: number
  /** Lines that led to somebody, and lines that did not. */
  readonly matched: number
  readonly unmatched: number
  /** People put on the list or taken off it; the others were so already. */
  readonly changed: number
  /** Which column of the file said what, from 0. */
  readonly columns: Readonly<Partial<Record<ColumnKind, number>>>
  readonly header: boolean
  /** The first of the lines that did nothing. */
  readonly refused: readonly RefusedLine[]
}

/** Finds the people of a file and hands them on, some at a time. */
export async function takeFile(
  needs: { readonly customers: Pick<Customers, 'behindKeys'> },
  shop: ShopId,
  file: {
    readonly bytes: Buffer
    readonly write: (customers: readonly number[]) => Promise<{ readonly changed: number }>
  },
): Promise<Uploaded> {
  const all = readRows(file.bytes)
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
  const refused: RefusedLine[] = []
  let matched = 0
  let changed = 0
  for (let from = 0; from < rows.length; from += lookupBatch) {
    const found = await find(needs.customers, shop, {
      rows: rows.slice(from, from + lookupBatch),
      columns,
    })
    for (const { row, customers, reason } of found) {
      if (reason === undefined) matched++
      else if (refused.length < refusedLimit)
        refused.push({ line: row.line, value: row.cells.join(', ').slice(0, 200), reason })
      if (reason !== undefined) customers.clear()
    }
    const people = new Set(found.flatMap(({ customers }) => [...customers]))
    changed += (await file.write([...people])).changed
  }
  return {
    rows: rows.length,
    matched,
    unmatched: rows.length - matched,
    changed,
    columns: Object.fromEntries(columns.at),
    header: columns.header,
    refused,
  }
}

type FoundRow = {
  readonly row: FileRow
  readonly customers: Set<number>
  readonly reason: RefusedLine['reason'] | undefined
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
    const order = ['customer', 'user', 'email', 'phone'] as const
    const first = order.map((kind) => kinds.get(kind) ?? []).find((ids) => ids.length > 0) ?? []
    const reason =
      kinds.size === 0
        ? 'empty'
        : first.length === 0
          ? 'not_found'
          : first.length > sharedLimit
            ? 'too_many'
            : undefined
    return { row, customers: new Set(first), reason }
  })
}
