import { isLent, normalisePhone } from '../../customers/contact.ts'
import type { PlatformRow } from '../platform/rows.ts'
import { isRounded, isSumLine } from './cells.ts'
import type { DayOrder } from './day-order.ts'
import type { FileFault } from './fault.ts'
import { type FileKind, type FileMapping, fieldsOf, heading } from './headings.ts'
import { orderBook, type Reading } from './read-orders.ts'
import { readMember, readProduct } from './read-rows.ts'

/** What somebody should know before the file is brought. */
export const fileNotes = [
  'analytics_only',
  'no_buyers',
  'no_paid_column',
  'no_status_column',
  'no_member_ids',
  'no_join_dates',
  'no_refund_dates',
  'zeros_restored',
  'safe_numbers',
  'other_sheets',
] as const
export type FileNote = (typeof fileNotes)[number]

/** What was understood of a file. Amounts are ten-thousandths of the currency unit, times UTC ms. */
export type Understood = {
  /** Lines below the headings. */
  readonly rows: number
  /** Orders, members or products of it. */
  readonly objects: number
  readonly faults: Readonly<Partial<Record<FileFault, number>>>
  readonly notes: readonly FileNote[]
  readonly orders: {
    readonly paid: number
    readonly unpaid: number
    readonly cancelled: number
    readonly refunds: number
    readonly refundAmount: number
    readonly amount: number
    /** People behind them: members and guests of one phone or address. */
    readonly buyers: number
    readonly guests: number
    readonly naverPay: number
  } | null
  readonly members: { readonly withPhone: number; readonly withEmail: number } | null
  readonly from: number | null
  readonly to: number | null
  /** A day that could be read both ways, and how it is read; null where none is in doubt. */
  readonly doubtfulDay: { readonly cell: string; readonly order: DayOrder } | null
}

/** A line that was left out. */
export type LeftOut = {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: FileFault
}
export type FileRead = {
  readonly rows: readonly PlatformRow[]
  readonly leftOut: readonly LeftOut[]
  readonly understood: Understood
}

/** Whether the columns suffice for what the file is said to be. */
export function isReadable(kind: FileKind, mapping: FileMapping): boolean {
  switch (kind) {
    case 'orders':
      return (
        mapping.order !== undefined &&
        (mapping.orderedAt ?? mapping.paidAt) !== undefined &&
        (mapping.productId ?? mapping.productName) !== undefined
      )
    case 'members':
      return (mapping.memberId ?? mapping.phone ?? mapping.email) !== undefined
    case 'products':
      return [mapping.productId, mapping.name, mapping.price].every((one) => one !== undefined)
    case 'consents':
      return true
  }
}

/** Reads a file line by line; `end` says what it is. */
export function fileReader(kind: FileKind, reading: Reading) {
  const { days } = reading
  const leftOut: LeftOut[] = []
  const rows: PlatformRow[] = []
  const seen = new Set<string>()
  const book = orderBook(reading)
  const phones = { restored: 0, safe: 0 }
  const phoneAt = kind === 'orders' ? reading.mapping.buyerPhone : reading.mapping.phone
  let count = 0

  function one(line: number, cells: readonly string[]): FileFault | undefined {
    const none = noLine(cells, reading)
    if (none !== undefined) return none
    if (kind === 'orders') return book.take(line, cells)
    if (kind === 'consents') return undefined
    const row = kind === 'members' ? readMember(cells, reading) : readProduct(cells, reading)
    if (typeof row === 'string') return row
    if (seen.has(row.id)) return 'doubled'
    seen.add(row.id)
    rows.push(row)
    return undefined
  }

  return {
    take: (line: number, cells: readonly string[]): void => {
      count++
      notePhone(cells[phoneAt ?? -1] ?? '', phones)
      const fault = one(line, cells)
      if (fault !== undefined) leftOut.push({ line, cells, fault })
    },
    /** `more`: what was noticed of the file beside its lines. */
    end: (more: readonly FileNote[] = []): FileRead => {
      const made = kind === 'orders' ? book.orders() : { orders: [], refused: [] }
      leftOut.push(...made.refused)
      rows.push(...made.orders)
      const doubtful = days.unsettled
      const doubtfulDay = doubtful === undefined ? null : { cell: doubtful, order: days.of(-1) }
      const notes = [...notesOf(kind, reading, { rows, phones }), ...more]
      return { rows, leftOut, understood: summary({ rows, leftOut, count, notes, doubtfulDay }) }
    },
  }
}

/** Why a line is none, whatever the file is about; undefined: it is read. */
function noLine(
  cells: readonly string[],
  { mapping, headings }: Pick<Reading, 'mapping' | 'headings'>,
): FileFault | undefined {
  if (isSumLine(cells)) return 'sum'
  const said = Object.values(mapping).filter((at) => (cells[at] ?? '') !== '')
  // Of headings in two lines the lower ones stand here.
  const again = said.filter((at) => heading(headings[at] ?? '').endsWith(heading(cells[at] ?? '')))
  if (again.length > 1 && again.length * 2 > said.length) return 'heading'
  const ids = [mapping.order, mapping.item, mapping.memberId, mapping.productId]
  return ids.some((at) => isRounded(cells[at ?? -1] ?? '')) ? 'rounded' : undefined
}

/** `1012345678` is what a spreadsheet leaves of 010-1234-5678. */
function notePhone(cell: string, phones: { restored: number; safe: number }): void {
  const bare = cell.replace(/\D/g, '')
  if (/^1[016789]\d{7,8}$/.test(bare) && normalisePhone(cell) !== undefined) phones.restored++
  if (/^050/.test(bare) && normalisePhone(cell)?.kind === 'safe') phones.safe++
}

function notesOf(
  kind: FileKind,
  { layout, mapping, now }: Reading,
  found: {
    readonly rows: readonly PlatformRow[]
    readonly phones: { readonly restored: number; readonly safe: number }
  },
): readonly FileNote[] {
  const has = (...fields: readonly (keyof FileMapping)[]) =>
    fields.some((field) => mapping[field] !== undefined)
  const isOrders = kind === 'orders'
  const refunds = found.rows.some((row) => row.resource === 'orders' && row.refunds.length > 0)
  const smart = found.rows.some((row) => row.resource === 'orders' && row.channel === 'smartstore')
  const said: Readonly<Record<FileNote, boolean>> = {
    analytics_only: smart || layout === 'smartstore',
    no_buyers: isOrders && !has('memberId', 'buyerPhone', 'buyerEmail'),
    no_paid_column: isOrders && !has('paidAmount', 'lineNet', 'lineGross', 'unitPrice'),
    no_status_column: isOrders && !has('status', 'claim', 'paidAt'),
    no_member_ids: kind === 'members' && !has('memberId'),
    no_join_dates:
      kind === 'members' &&
      found.rows.some((row) => row.resource === 'members' && row.joinedAt === now),
    no_refund_dates: refunds && !has('refundedAt'),
    zeros_restored: found.phones.restored > 0,
    safe_numbers: found.phones.safe > 0,
    other_sheets: false,
  }
  return fileNotes.filter((note) => said[note])
}

function summary(found: {
  readonly rows: readonly PlatformRow[]
  readonly leftOut: readonly LeftOut[]
  readonly count: number
  readonly notes: readonly FileNote[]
  readonly doubtfulDay: Understood['doubtfulDay']
}): Understood {
  const faults: Partial<Record<FileFault, number>> = {}
  for (const { fault } of found.leftOut) faults[fault] = (faults[fault] ?? 0) + 1
  const times = found.rows.flatMap((row) =>
    row.resource === 'orders' ? [row.orderedAt] : row.resource === 'members' ? [row.joinedAt] : [],
  )
  return {
    rows: found.count,
    objects: found.rows.length,
    faults,
    notes: found.notes,
    doubtfulDay: found.doubtfulDay,
    orders: ordersOf(found.rows),
    members: membersOf(found.rows),
    from: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    to: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
  }
}

function ordersOf(rows: readonly PlatformRow[]): Understood['orders'] {
  const orders = rows.filter((row) => row.resource === 'orders')
  if (orders.length === 0) return null
  const counts = (test: (order: (typeof orders)[number]) => boolean) => orders.filter(test).length
  const paid = orders.filter((one) => one.paidAt !== null && one.cancelledAt === null)
  const refunds = orders.flatMap((one) => one.refunds)
  const buyers = new Set(
    paid.flatMap(({ memberId, buyer: { phone, email } }) => {
      // A lent number is nobody.
      return memberId ?? (phone !== null && isLent(phone) ? null : phone) ?? email ?? []
    }),
  )
  return {
    paid: paid.length,
    unpaid: counts((one) => one.paidAt === null && one.cancelledAt === null),
    cancelled: counts((one) => one.cancelledAt !== null),
    refunds: refunds.length,
    refundAmount: refunds.reduce((sum, { amount }) => sum + amount, 0),
    amount: paid.reduce((sum, { paidAmount }) => sum + paidAmount, 0),
    buyers: buyers.size,
    guests: counts((one) => one.memberId === null),
    naverPay: counts((one) => one.channel === 'naver_pay'),
  }
}

function membersOf(rows: readonly PlatformRow[]): Understood['members'] {
  const members = rows.filter((row) => row.resource === 'members')
  if (members.length === 0) return null
  return {
    withPhone: members.filter(({ phone }) => phone !== null).length,
    withEmail: members.filter(({ email }) => email !== null).length,
  }
}

/** A choice of kind and columns, as it is kept for files with the same headings. */
export type Chosen = {
  readonly kind: FileKind
  readonly mapping: FileMapping
  /** Where days could be read both ways. */
  readonly days?: DayOrder | undefined
}

/** Only fields of the kind, and columns that are there. */
export function asChosen(chosen: Chosen, columns: number): Chosen {
  const fields = new Set<string>(fieldsOf[chosen.kind])
  const entries = Object.entries(chosen.mapping).filter(
    ([field, column]) =>
      fields.has(field) && column !== undefined && column >= 0 && column < columns,
  )
  const { kind, days } = chosen
  return { kind, mapping: Object.fromEntries(entries), ...(days === undefined ? {} : { days }) }
}
