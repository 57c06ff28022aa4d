import { normaliseEmail, normalisePhone } from '../../customers/contact.ts'
import type { PlatformOrder } from '../platform/rows.ts'
import { amountOf, memberIdOf, momentOf, nameOf, piecesOf, textOf } from './cells.ts'
import type { DaysRead } from './day-order.ts'
import type { FileFault } from './fault.ts'
import type { dayFields, FileMapping, OrderField } from './headings.ts'
import type { FileLayout } from './layout.ts'
import {
  type AmountField,
  type DraftLine,
  moneyOf,
  orderAmounts,
  refundsOf,
} from './order-money.ts'
import { channelOf, lineState } from './order-state.ts'

/** What reading a file needs to know beside its lines. */
export type Reading = {
  readonly layout: FileLayout
  readonly mapping: FileMapping
  readonly headings: readonly string[]
  /** The shop's own: of times and amounts without one. */
  readonly zone: string
  readonly currency: string
  /** Whether days begin with the day or the month, by column. */
  readonly days: DaysRead
  /** UTC ms; nothing of a file lies after it. */
  readonly now: number
  /**
   * Names a buyer of SmartStore without saying who it is: Naver's terms leave the buyers' data to the order itself, so they are told
   * apart and never written to. Not to be turned back.
   */
  readonly pseudonym: (text: string) => string
  /** Names who has no id by an address, normalised. */
  readonly contactId: (kind: 'email' | 'phone', normalised: string) => string
}

/** The moment that a field of a line says, UTC ms. */
export function dayIn(
  cells: readonly string[],
  field: (typeof dayFields)[number],
  { mapping, zone, days }: Reading,
): number | undefined {
  const column = mapping[field]
  if (column === undefined) return undefined
  return momentOf(cells[column]?.trim() ?? '', zone, days.of(column))
}

type Draft = {
  readonly id: string
  readonly line: number
  readonly cells: readonly string[]
  orderedAt: number | undefined
  paidAt: number | undefined
  readonly person: Pick<PlatformOrder, 'memberId' | 'buyer' | 'channel'>
  readonly currency: string
  readonly coupons: Set<string>
  readonly amounts: Map<AmountField, number>
  readonly lines: DraftLine[]
  readonly items: Set<string>
  /** Shopify writes its own number of an order beside the one that customers read: by it the connection knows the order. */
  platformId: string | undefined
}

/** Gathers the lines of a file to orders: lines of an order need not stand together. */
export function orderBook(reading: Reading) {
  const drafts = new Map<string, Draft>()
  let last: Draft | undefined
  const cellOf = (cells: readonly string[]) => (field: OrderField) =>
    cells[reading.mapping[field] ?? -1]?.trim() ?? ''

  return {
    /** Takes a line in, or says why it says no order. */
    take: (line: number, cells: readonly string[]): FileFault | undefined => {
      const cell = cellOf(cells)
      const named = textOf(cell('order'), 200)
      const id = named ?? (isBelow(cell) ? last?.id : undefined)
      if (id === undefined) return 'no_order'
      const read = readLine(cell, drafts.get(id)?.lines[0])
      if (typeof read === 'string') return read
      const draft = drafts.get(id) ?? newDraft(id, { line, cells, cell, reading })
      if (reading.layout === 'shopify')
        draft.platformId ??= /^\d{6,}$/.exec(cell('platformId'))?.[0]
      if (read.item !== '' && draft.items.has(read.item)) return 'doubled'
      drafts.set(id, draft)
      last = draft
      draft.items.add(read.item)
      note(draft, { cell, cells }, reading)
      draft.lines.push({
        ...read,
        refundedAt: dayIn(cells, 'refundedAt', reading),
      })
      return undefined
    },
    /** The orders, and lines whose order cannot be made one. */
    orders: (): {
      readonly orders: readonly PlatformOrder[]
      readonly refused: readonly {
        readonly line: number
        readonly cells: readonly string[]
        readonly fault: FileFault
      }[]
    } => {
      const refused: { line: number; cells: readonly string[]; fault: FileFault }[] = []
      const orders: PlatformOrder[] = []
      for (const draft of drafts.values()) {
        const order = orderOf(draft, reading)
        if (typeof order === 'string')
          refused.push({ line: draft.line, cells: draft.cells, fault: order })
        else orders.push(order)
      }
      return { orders: orders.sort((a, b) => a.orderedAt - b.orderedAt), refused }
    },
  }
}

type Cell = (field: OrderField) => string

/** Merged cells leave all that is the whole order's out below its first line; a line that says some of it has lost its number. */
function isBelow(cell: Cell): boolean {
  const whole = [
    'orderedAt',
    'paidAt',
    'memberId',
    'buyerName',
    'buyerPhone',
    'paidAmount',
  ] as const
  const isGoods = cell('productId') !== '' || cell('productName') !== ''
  return isGoods && whole.every((field) => cell(field) === '')
}

/** What a line says; `first`: the order's first one, which speaks for lines that say no state. */
function readLine(
  cell: Cell,
  first: DraftLine | undefined,
): Omit<DraftLine, 'refundedAt'> | FileFault {
  const name = textOf(cell('productName'), 300)
  const productId = textOf(cell('productId'), 200) ?? name
  if (productId === undefined) return 'no_product'
  const quantity = cell('quantity') === '' ? 1 : piecesOf(cell('quantity'))
  if (quantity === undefined || quantity <= 0 || quantity > 1_000_000) return 'bad_quantity'
  const price = priceOf(cell, quantity)
  if (price === undefined) return 'bad_amount'
  const said = lineState(cell('claim'))
  const state = said === undefined || said === 'paid' ? lineState(cell('status')) : said
  return {
    item: textOf(cell('item'), 200) ?? '',
    state: state ?? first?.state ?? 'paid',
    productId,
    variant: textOf(cell('variant'), 300) ?? null,
    name: name ?? productId,
    quantity,
    ...price,
  }
}

/** What a line cost. Files say it in three ways: one piece's price, the line before discounts, the line after them. */
function priceOf(
  cell: Cell,
  quantity: number,
): Pick<DraftLine, 'unitPrice' | 'discount' | 'net'> | undefined {
  const [unit, option, gross, net, less] = (
    ['unitPrice', 'optionPrice', 'lineGross', 'lineNet', 'lineDiscount'] as const
  ).map((field) => (cell(field) === '' ? undefined : (amountOf(cell(field)) ?? Number.NaN)))
  if ([unit, option, gross, net, less].some((one) => Number.isNaN(one))) return undefined
  const discount = Math.max(0, less ?? 0)
  const one = unit === undefined ? undefined : unit + (option ?? 0)
  const full = gross ?? (one === undefined ? undefined : one * quantity)
  // A total that equals price times quantity beside a discount was written before it.
  const isBefore = net !== undefined && net === full && discount > 0
  const paid = net === undefined || isBefore ? (full ?? 0) - discount : net
  if (full === undefined && net === undefined) return { unitPrice: 0, discount: 0, net: 0 }
  if (paid < 0) return undefined
  const unitPrice = Math.max(
    Math.ceil(paid / quantity),
    one ?? Math.ceil((full ?? paid) / quantity),
  )
  return { unitPrice, discount: unitPrice * quantity - paid, net: paid }
}

function newDraft(
  id: string,
  row: {
    readonly line: number
    readonly cells: readonly string[]
    readonly cell: Cell
    readonly reading: Reading
  },
): Draft {
  const { line, cells, cell, reading } = row
  return {
    ...{ id, line, cells },
    orderedAt: undefined,
    paidAt: undefined,
    person: personOf(cell, reading),
    currency: /^[a-z]{3}$/i.test(cell('currency'))
      ? cell('currency').toUpperCase()
      : reading.currency,
    coupons: new Set(),
    amounts: new Map(),
    lines: [],
    items: new Set(),
    platformId: undefined,
  }
}

function personOf(cell: Cell, reading: Reading): Draft['person'] {
  const isSmartStore = reading.layout === 'smartstore'
  const channel = channelOf(
    `${cell('channel')} ${cell('payment')}`.trim() && (cell('channel') || ''),
    isSmartStore,
  )
  const phone = normalisePhone(cell('buyerPhone'))?.e164 ?? null
  const memberId = memberIdOf(cell('memberId')) ?? null
  if (channel === 'smartstore') {
    const known = phone ?? memberId ?? nameOf(cell('buyerName'))
    return {
      memberId: known === undefined ? null : `smartstore:${reading.pseudonym(known)}`,
      buyer: { name: null, email: null, phone: null },
      channel,
    }
  }
  const buyer = {
    name: nameOf(cell('buyerName')) ?? null,
    email: normaliseEmail(cell('buyerEmail')) ?? null,
    phone,
  }
  return { memberId, buyer, channel: channel ?? payChannel(cell('payment')) }
}

const payChannel = (payment: string): string | null =>
  channelOf(payment, false) === 'naver_pay' ? 'naver_pay' : null

function note(
  draft: Draft,
  { cell, cells }: { readonly cell: Cell; readonly cells: readonly string[] },
  reading: Reading,
): void {
  for (const field of orderAmounts) {
    const amount = amountOf(cell(field))
    if (amount === undefined) continue
    draft.amounts.set(field, Math.max(draft.amounts.get(field) ?? 0, amount))
  }
  draft.orderedAt ??= dayIn(cells, 'orderedAt', reading)
  draft.paidAt ??= dayIn(cells, 'paidAt', reading)
  for (const code of cell('coupon').split(/[,|]/)) {
    const coupon = textOf(code, 100)
    if (coupon !== undefined) draft.coupons.add(coupon)
  }
}

function orderOf(draft: Draft, reading: Reading): PlatformOrder | FileFault {
  const orderedAt = draft.orderedAt ?? draft.paidAt
  if (orderedAt === undefined) return 'no_date'
  if (orderedAt > reading.now) return 'future_date'
  const { lines } = draft
  const money = moneyOf(draft)
  const isPaid =
    draft.paidAt !== undefined ||
    lines.some(({ state }) => state === 'paid' || state === 'returned')
  const paidAt = isPaid ? Math.min(draft.paidAt ?? orderedAt, reading.now) : null
  const isCancelled = lines.every(({ state }) => state === 'cancelled')
  const goneAt = lines.find((line) => line.refundedAt !== undefined)?.refundedAt
  return {
    resource: 'orders',
    id: draft.platformId ?? draft.id,
    number: draft.id,
    orderedAt,
    updatedAt: null,
    paidAt,
    cancelledAt: isCancelled ? Math.min(goneAt ?? paidAt ?? orderedAt, reading.now) : null,
    ...draft.person,
    lines: lines.map(({ productId, variant, name, quantity, unitPrice, discount }) => ({
      ...{ productId, variant, name, quantity, unitPrice, discount },
    })),
    ...money,
    refunds: isCancelled || paidAt === null ? [] : refundsOf(draft, money, paidAt),
    currency: draft.currency,
    couponCodes: [...draft.coupons],
  }
}
