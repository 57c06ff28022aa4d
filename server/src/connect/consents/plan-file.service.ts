import { setImmediate } from 'node:timers/promises'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Language } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { byteOrderMark, csvLine } from '../../web/csv-cell.ts'
import { csvRows } from '../file.driver.ts'
import { type Columns, columnsOf } from './columns.ts'
import { faultWords } from './fault-words.ts'
import { knownOf } from './known.service.ts'
import { type Plan, planRows } from './plan.ts'
import { type ImportKind, type ReadRow, readConsentRow } from './row.ts'

/** Lines a file may have; more is split by its owner. */
const rowsLimit = 100_000
/** Lines read before the process does something else. */
const readBatch = 500
/** Of the time a file takes, what reading its lines is; the rest is looking people up. */
const readingShare = 0.3

/** Refuses a file that says of nobody who they are, by its first lines. */
export function refuseNameless(bytes: Buffer): void {
  columnsIn(csvRows(bytes, 50))
}

function columnsIn(rows: ReturnType<typeof csvRows>): Columns {
  const columns = columnsOf(rows.map(({ cells }) => cells))
  if (columns) return columns
  throw new Refusal(
    'invalid',
    'No column says who: name one "email", "phone" or "member id" in the first row.',
    'file',
  )
}

export type PlanNeeds = Parameters<typeof knownOf>[0] & {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
}

/** A plan, with the file's own first row (empty without one) and the language of whoever reads it. */
export type FilePlan = Plan & {
  readonly heading: readonly string[]
  readonly language: Language
}

/** What a file does to the shop as it is now. */
export async function planFile(
  needs: PlanNeeds,
  shop: ShopId,
  file: {
    readonly bytes: Buffer
    readonly kind: ImportKind
    readonly from: string
    /** Hears how much of it is done, 0 to 1. */
    readonly tell: (share: number) => Promise<void>
  },
): Promise<FilePlan> {
  const { kind, from, tell } = file
  const all = csvRows(file.bytes, rowsLimit + 1)
  const columns = columnsIn(all)
  const rows = columns.header ? all.slice(1) : all
  if (rows.length > rowsLimit)
    throw new Refusal('too-large', `A file may have ${rowsLimit} lines at most.`, 'file')
  const { timeZone, language } = await needs.shops.shop(shop)
  const reading = { kind, columns, zone: timeZone, now: needs.clock.now(), from }
  const read: ReadRow[] = []
  for (let at = 0; at < rows.length; at += readBatch) {
    for (const row of rows.slice(at, at + readBatch)) read.push(readConsentRow(row, reading))
    await setImmediate()
  }
  await tell(readingShare)
  const known = await knownOf(needs, shop, {
    rows: read,
    tell: (share) => tell(readingShare + share * (1 - readingShare)),
  })
  const heading = columns.header ? (all[0]?.cells ?? []) : []
  return { ...planRows(read, known), heading, language }
}

const firstColumns = { ko: ['줄', '까닭'], en: ['line', 'reason'] } as const

/** The lines that do nothing, as a CSV file with the reason of each: mended, it can be brought again. */
export function refusedCsv({ refused, heading, language }: FilePlan): string {
  const lines = refused.map(({ line, fault, cells }) =>
    csvLine([`${line}`, faultWords[fault][language], ...cells]),
  )
  // The mark makes spreadsheets read it as UTF-8.
  return `${byteOrderMark}${csvLine([...firstColumns[language], ...heading])}${lines.join('')}`
}
