import { maskName } from '../customers/mask-name.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { localTime } from '../lib/zone.ts'
import { byteOrderMark, csvLine, phoneCell } from '../web/csv-cell.ts'
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

/** Takes members out of the house, as a file. */
export function exporting(needs: Needs) {
  return {
    /**
     * A CSV file of a segment's members, a page at a time as it is read: UTF-8 with a byte order mark, times by the shop's
     * clocks. Names and addresses are in the clear for those who write to customers only. Each export is in the audit log.
     */
    exportMembers: async (actor: Actor, id: number) => {
      const segment = await needs.get(actor.shop, id)
      const clear =
        needs.vault !== undefined && (actor.role === 'owner' || actor.role === 'marketer')
      await needs.audit(actor, 'segment.exported', {
        object: `segment:${id}`,
        detail: { name: segment.name, members: segment.members, masked: !clear },
      })
      const zone = await timeZoneOf(needs.db, actor.shop)
      const open = clear ? needs.vault?.open : undefined
      return {
        name: segment.name,
        body: pages(needs.db, actor.shop, {
          segment: id,
          line: (row) => line(row, { open, zone }),
        }),
      }
    },
  }
}

function pages(
  db: Database,
  shop: ShopId,
  what: { readonly segment: number; readonly line: (row: ExportRow) => string },
): ReadableStream<Uint8Array> {
  const { segment, line: lineOf } = what
  const utf8 = new TextEncoder()
  let after = 0
  return new ReadableStream<Uint8Array>(
    {
      start: (file) => file.enqueue(utf8.encode(byteOrderMark + csvLine(columns))),
      // Asked for the next page only when the one before has been taken: a slow reader costs no memory.
      pull: async (file) => {
        const rows = await exportPage(db, shop, { segment, after, limit: exportPageRows })
        if (rows.length > 0) file.enqueue(utf8.encode(rows.map(lineOf).join('')))
        after = rows.at(-1)?.customer ?? after
        if (rows.length < exportPageRows) file.close()
      },
    },
    { highWaterMark: 1 },
  )
}

type Showing = {
  readonly open: ((sealed: string) => string) | undefined
  readonly zone: string
}

function line(row: ExportRow, { open, zone }: Showing): string {
  const address = (sealed: string | null, masked: string | null) =>
    (open && sealed !== null ? open(sealed) : masked) ?? ''
  const phone = address(row.phone, row.phone_masked)
  return csvLine([
    String(row.customer),
    (open ? row.name : maskName(row.name)) ?? '',
    address(row.email, row.email_masked),
    open ? phoneCell(phone) : phone,
    new Date(localTime(row.entered_at, zone)).toISOString().slice(0, 19).replace('T', ' '),
  ])
}
