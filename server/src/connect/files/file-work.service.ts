import { randomUUID } from 'node:crypto'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { byteOrderMark, csvLine } from '../../web/csv-cell.ts'
import type { PlatformRow } from '../platform/rows.ts'
import { type Came, type FileRows, fileContactId } from './bring-rows.service.ts'
import { faultWords } from './fault.ts'
import {
  endFileLook,
  type FileImportRow,
  failFile,
  finishFile,
  type Lease,
  noteFile,
  readMapping,
  readSealedFile,
  takeFile,
} from './file-imports.store.ts'
import { type OpenedFile, openFile } from './open-file.service.ts'
import type { Chosen, LeftOut } from './understood.ts'

/** Objects brought in one turn. */
const sliceRows = 200
/** How long a file stays with a worker of which nothing more is heard. */
const leaseMs = 120 * secondMs
/** Lines left out that are kept to be downloaded. */
const refusedLimit = 10_000

export type FileWorkNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  readonly shops: Pick<Shops, 'shop'>
  /** What bringing them would come to, and bringing them. */
  readonly compare: (shop: ShopId, of: FileRows) => Promise<Came>
  readonly bring: (shop: ShopId, of: FileRows) => Promise<Came>
}
type Job = {
  readonly row: FileImportRow
  readonly rows: readonly PlatformRow[]
  at: number
  came: Came
}

const nothing: Came = { fresh: 0, changed: 0, same: 0 }
const plus = (a: Came, b: Came): Came => ({
  fresh: a.fresh + b.fresh,
  changed: a.changed + b.changed,
  same: a.same + b.same,
})

/** Looks at files and brings those that somebody let in, some objects a turn. A run that was killed goes on behind what it had noted. */
export function fileWork(needs: FileWorkNeeds) {
  const { db, clock } = needs
  const worker = randomUUID()
  let job: Job | undefined
  const lease = (): Lease => {
    const now = clock.now()
    return { by: worker, now, until: now + leaseMs }
  }

  async function look(row: FileImportRow): Promise<void> {
    const { shop } = row
    const opened = await opening(needs, row)
    const { recognised, headingsHash, shown, read } = opened
    const rows = read?.rows ?? []
    const of = (some: readonly PlatformRow[]) => ({ rows: some, undatedAt: row.madeAt })
    let would = nothing
    for (let at = 0; at < rows.length; at += 1_000) {
      would = plus(would, await needs.compare(shop, of(rows.slice(at, at + 1_000))))
      await noteFile(db, row, { ...lease(), done: at, total: rows.length })
    }
    const { kind, layout, mapping, hasConsents } = recognised
    const answer = { ...read?.understood, would, hasConsents, isReadable: read !== undefined }
    await endFileLook(db, row, {
      ...{ kind, layout },
      answer: JSON.stringify(answer),
      sealedShown: needs.vault.seal(JSON.stringify({ ...shown, headingsHash, mapping })),
      sealedRefused: sealedRefused(needs, opened),
      total: rows.length,
    })
  }

  async function bring(row: FileImportRow): Promise<void> {
    job = job?.row.id === row.id && job.row.shop === row.shop ? job : await begin(needs, row)
    const held = job
    const slice = held.rows.slice(held.at, held.at + sliceRows)
    if (slice.length > 0)
      held.came = plus(
        held.came,
        await needs.bring(row.shop, { rows: slice, undatedAt: row.madeAt }),
      )
    held.at += slice.length
    const total = held.rows.length
    const answer = JSON.stringify({ ...JSON.parse(row.answer), came: held.came })
    const isMine = await noteFile(db, row, { ...lease(), done: held.at, total, answer })
    if (isMine && held.at < total) return
    if (isMine) await finishFile(db, row, clock.now())
    job = undefined
  }

  return {
    /** One step; whether there was anything to do. */
    turn: async (): Promise<boolean> => {
      const row = await takeFile(db, lease())
      if (!row) return false
      try {
        await (row.state === 'looking' ? look(row) : bring(row))
      } catch (error) {
        job = undefined
        if (!(error instanceof Refusal)) throw error
        await failFile(db, row, { problem: error.message, at: clock.now() })
      }
      return true
    },
  }
}

async function begin(needs: FileWorkNeeds, row: FileImportRow): Promise<Job> {
  const { read } = await opening(needs, row)
  const { came } = JSON.parse(row.answer) as { readonly came?: Came }
  // What was brought and not noted is known by then and changes nothing.
  return {
    row,
    rows: read?.rows ?? [],
    at: row.done,
    came: row.done === 0 ? nothing : (came ?? nothing),
  }
}

async function opening(needs: FileWorkNeeds, row: FileImportRow): Promise<OpenedFile> {
  const { db, vault } = needs
  const sealed = await readSealedFile(db, row)
  if (!sealed?.file) throw new Refusal('not-found', 'The file was forgotten; drop it again.')
  const { timeZone, currency } = await needs.shops.shop(row.shop)
  const reading = {
    zone: timeZone,
    currency,
    // A day that no file writes is the day it was dropped, however often it is read.
    now: row.madeAt,
    pseudonym: (text: string) => vault.hash('smartstore-buyer', `${row.shop}:${text}`).slice(0, 22),
    contactId: fileContactId(vault),
  }
  return openFile(Buffer.from(vault.open(sealed.file), 'base64'), reading, async (headings) => {
    const chosen = row.chosen ?? (await readMapping(db, row.shop, headings))
    return chosen === undefined ? undefined : (JSON.parse(chosen) as Chosen)
  })
}

function sealedRefused({ vault }: Pick<FileWorkNeeds, 'vault'>, opened: OpenedFile): string | null {
  const leftOut = opened.read?.leftOut ?? []
  if (leftOut.length === 0) return null
  const lines = leftOut.slice(0, refusedLimit).map(lineOf)
  const head = csvLine(['줄 line', '이유', 'reason', ...opened.shown.headings])
  return vault.seal(`${byteOrderMark}${head}${lines.join('')}`)
}

const lineOf = ({ line, fault, cells }: LeftOut): string =>
  csvLine([`${line}`, faultWords[fault].ko, faultWords[fault].en, ...cells])
