import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { byteOrderMark, csvLine } from '../web/csv-cell.ts'
import { type CsvFile, csvFile } from './file.driver.ts'
import { beginImport, noteProgress } from './imports.store.ts'
import { onlineRetail } from './online-retail.ts'
import { orderHappenings, type Totals } from './order-happenings.ts'
import type { KnownPerson, OrderLayout, OrderRow } from './order-row.ts'

const orderLayouts: readonly OrderLayout[] = [onlineRetail]
/** Lines of one file held in memory at once, to set returns against purchases. */
export const maxRows = 5_000_000
const batchHappenings = 500
const busyWaitMs = 500

export type Progress = { readonly phase: 'reading' | 'writing'; readonly share: number }
export type Imported = {
  readonly layout: string
  readonly currency: string
  readonly rows: number
  readonly refused: number
  readonly refusedFile: string
  readonly totals: Totals
  /** Happenings of this file in the log, this time and before. */
  readonly happenings: number
  readonly wasDone: boolean
}

/**
 * Files of orders become the same happenings that a shop's server would send, through the same door. What the user sees:
 * a bar while the file is read and written, then counts, totals and a file of refused lines with reasons. A run that was
 * killed goes on where it stopped: the file's hash names the import, message ids are made from it, and the row in `imports`
 * says how far it came; what was written twice at the seam counts once.
 */
export function imports(needs: {
  readonly db: Database
  readonly accept: Accept
  readonly clock: Clock
  /** Where files of refused lines go. */
  readonly folder: string
  /** Waits in real time while the line catches up. */
  readonly wait: (ms: number) => Promise<void>
}) {
  async function orders(
    shop: ShopId,
    path: string,
    tell: (progress: Progress) => void,
  ): Promise<Imported> {
    const file = await csvFile(path)
    await mkdir(needs.folder, { recursive: true })
    const importId = file.hash.slice(0, 32)
    const refusedFile = join(needs.folder, `${importId}.refused.csv`)
    const read = await readOrders(file, refusedFile, tell)
    const made = orderHappenings(read, {
      layout: read.layout,
      importId,
      receivedAt: needs.clock.now(),
    })
    const begun = await beginImport(needs.db, shop, {
      id: importId,
      kind: 'orders',
      fileName: basename(path),
      total: made.happenings.length,
      totals: JSON.stringify(made.totals),
      now: needs.clock.now(),
    })
    if (begun.state === 'running')
      await write(shop, { importId, happenings: made.happenings, from: begun.done }, tell)
    return {
      layout: read.layout.name,
      currency: read.layout.currency,
      rows: read.rows.length + read.refused,
      refused: read.refused,
      refusedFile,
      totals: made.totals,
      happenings: made.happenings.length,
      wasDone: begun.state === 'done',
    }
  }

  async function write(
    shop: ShopId,
    work: {
      readonly importId: string
      readonly happenings: readonly Happening[]
      readonly from: number
    },
    tell: (progress: Progress) => void,
  ): Promise<void> {
    const { happenings, importId } = work
    for (let done = work.from; done < happenings.length; ) {
      await acceptPatiently(shop, happenings.slice(done, done + batchHappenings))
      done = Math.min(done + batchHappenings, happenings.length)
      const isDone = done === happenings.length
      await noteProgress(needs.db, shop, { id: importId, done, isDone, now: needs.clock.now() })
      tell({ phase: 'writing', share: done / happenings.length })
    }
  }

  async function acceptPatiently(shop: ShopId, batch: readonly Happening[]): Promise<void> {
    for (;;) {
      try {
        const { refused } = await needs.accept.accept(shop, batch)
        if (refused[0])
          throw new Refusal('invalid', `The database refused an order: ${refused[0].reason}`)
        return
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'busy') throw error
        await needs.wait(busyWaitMs)
      }
    }
  }

  return { orders }
}

async function readOrders(file: CsvFile, refusedFile: string, tell: (progress: Progress) => void) {
  const rows: OrderRow[] = []
  const others: KnownPerson[] = []
  let layout: OrderLayout | undefined
  let refused = 0
  let out: WriteStream | undefined
  let told = 0
  for await (const { record, line, share } of file.records()) {
    layout ??= layoutOf(Object.keys(record))
    const row = layout.read(record)
    if ('refused' in row) {
      refused++
      if (row.person) others.push(row.person)
      out ??= refusedLines(refusedFile, Object.keys(record))
      if (!out.write(csvLine([`${line}`, row.refused, ...Object.values(record)])))
        await once(out, 'drain')
    } else if (rows.push(row) > maxRows) {
      throw new Refusal(
        'too-large',
        `More than ${maxRows} lines in one file; split it by year.`,
        'file',
      )
    }
    if (share - told >= 0.01) tell({ phase: 'reading', share })
    if (share - told >= 0.01) told = share
  }
  if (out) {
    out.end()
    await once(out, 'finish')
  }
  if (!layout) throw new Refusal('invalid', 'The file has no lines below its header.', 'file')
  return { rows, others, layout, refused }
}

function layoutOf(header: readonly string[]): OrderLayout {
  const found = orderLayouts.find((layout) => layout.recognises(header))
  if (found) return found
  const known = orderLayouts.map((layout) => layout.name).join(', ')
  throw new Refusal(
    'invalid',
    `The columns (${header.slice(0, 12).join(', ')}) are of no layout known here: ${known}.`,
    'file',
  )
}

function refusedLines(path: string, header: readonly string[]): WriteStream {
  const out = createWriteStream(path)
  // The mark makes spreadsheets read it as UTF-8.
  out.write(`${byteOrderMark}${csvLine(['line', 'reason', ...header])}`)
  return out
}
