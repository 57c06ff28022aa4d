import { maskName } from '../customers/mask-name.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { localTime } from '../lib/zone.ts'
import { byteOrderMark, csvLine, phoneCell } from '../web/csv-cell.ts'
import { type FileLanguage, headsIn } from '../web/csv-heads.ts'
import type { Actor } from '../web/route.ts'
import { type ExportRow, exportPage } from './export.store.ts'
import { timeZoneOf } from './membership.store.ts'
import type { Segment } from './segment.ts'

/** Members read and held at once. */
export const exportPageRows = 1_000

const columns = ['id', 'name', 'email', 'phone', 'entered_at'] as const

type Needs = {
  readonly db: Database
  readonly get: (shop: ShopId, id: number) => Promise<Segment>
  /** Opens sealed addresses; without it they are masked for everybody. */
  readonly vault?: { readonly open: (sealed: string) => string }
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}

/** A person as a file names one. */
export type AddressRow = Omit<ExportRow, 'entered_at'>
/** What a file may show of a person. */
export type Shown = { readonly name: string; readonly email: string; readonly phone: string }

/** People who leave the house as a file: who they are, and what the audit log says of it. */
export type PeopleFile<Row extends AddressRow> = {
  readonly columns: readonly string[]
  readonly cells: (row: Row, shown: Shown) => readonly string[]
  /** In order of the customers' ids. */
  readonly page: (after: number, limit: number) => Promise<readonly Row[]>
  readonly act: string
  readonly object: string
  readonly detail: JsonObject
}

/** Takes members out of the house, as a file. */
export function exporting(needs: Needs) {
  /**
   * A CSV file of people, a page at a time as it is read: UTF-8 with a byte order mark. Names and addresses are in the clear
   * for those who write to customers only. Each export is in the audit log.
   */
  async function exportPeople<Row extends AddressRow>(
    actor: Actor,
    { act, object, detail, ...file }: PeopleFile<Row>,
  ): Promise<ReadableStream<Uint8Array>> {
    const clear = needs.vault !== undefined && (actor.role === 'owner' || actor.role === 'marketer')
    await needs.audit(actor, act, { object, detail: { ...detail, masked: !clear } })
    const open = clear ? needs.vault?.open : undefined
    return pages(file, (row) => csvLine(file.cells(row, shownOf(row, open))))
  }
  return {
    exportPeople,
    /** The file of a segment's members; times by the shop's clocks. */
    exportMembers: async (
      actor: Actor,
      { id, language }: { readonly id: number; readonly language: FileLanguage },
    ) => {
      const { shop } = actor
      const segment = await needs.get(shop, id)
      const zone = await timeZoneOf(needs.db, shop)
      const body = await exportPeople<ExportRow>(actor, {
        columns: headsIn(language, columns),
        cells: (row, { name, email, phone }) => [
          ...[String(row.customer), name, email, phone],
          new Date(localTime(row.entered_at, zone)).toISOString().slice(0, 19).replace('T', ' '),
        ],
        page: (after, limit) => exportPage(needs.db, shop, { segment: id, after, limit }),
        act: 'segment.exported',
        object: `segment:${id}`,
        detail: { name: segment.name, members: segment.members },
      })
      return { name: segment.name, body }
    },
  }
}

function pages<Row extends AddressRow>(
  { columns, page }: Pick<PeopleFile<Row>, 'columns' | 'page'>,
  line: (row: Row) => string,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  let after = 0
  return new ReadableStream<Uint8Array>(
    {
      start: (file) => file.enqueue(utf8.encode(byteOrderMark + csvLine(columns))),
      // Asked for the next page only when the one before has been taken: a slow reader costs no memory.
      pull: async (file) => {
        const rows = await page(after, exportPageRows)
        if (rows.length > 0) file.enqueue(utf8.encode(rows.map(line).join('')))
        after = rows.at(-1)?.customer ?? after
        if (rows.length < exportPageRows) file.close()
      },
    },
    { highWaterMark: 1 },
  )
}

function shownOf(row: AddressRow, open: ((sealed: string) => string) | undefined): Shown {
  const address = (sealed: string | null, masked: string | null) =>
    (open && sealed !== null ? open(sealed) : masked) ?? ''
  const phone = address(row.phone, row.phone_masked)
  return {
    name: (open ? row.name : maskName(row.name)) ?? '',
    email: address(row.email, row.email_masked),
    phone: open ? phoneCell(phone) : phone,
  }
}
