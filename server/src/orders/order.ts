import type { Decimal } from '../lib/decimal.ts'
import { spread } from './spread.ts'

/** created: not yet paid (bank transfer); refunded: everything went back. */
export type OrderStatus = 'created' | 'paid' | 'cancelled' | 'refunded'

/** server and import are the shop's own word; browser is a page's, and gives way to the others (domain: "server wins"). */
export type OrderSource = 'server' | 'browser' | 'import'

export type OrderLine = {
  readonly product: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  /** The option chosen: size, colour. */
  readonly variant: string | null
  readonly quantity: number
  readonly refundedQuantity: number
  /** Price of one, ten-thousandths of the currency unit. */
  readonly price: Decimal
  /** What the line brought after discounts and refunds, ten-thousandths. */
  readonly net: Decimal
  /** False for shipping, fees, samples: such a line is no purchase of a product. */
  readonly isGoods: boolean
}

export type Order = {
  readonly id: string
  readonly status: OrderStatus
  /** UTC ms of the earliest happening that told of it. */
  readonly createdAt: number
  readonly paidAt: number | null
  /** Natural order among orders of the same time, such as the invoice number; 0 where there is none. */
  readonly sequence: number
  readonly currency: string
  /** Paid for goods and fees before refunds, ten-thousandths. */
  readonly gross: Decimal
  readonly refunded: Decimal
  /** The codes used, as they were told; several are separated by commas. */
  readonly coupon: string | null
  /** A subscription renewed itself: nobody came to the shop to buy. */
  readonly renewal: boolean
  readonly source: OrderSource
  readonly lines: readonly OrderLine[]
}

/** What a happening says about an order; made by orderWord from the properties of Segment's e-commerce spec v2. */
export type OrderWord = {
  readonly id: string
  readonly act: 'created' | 'paid' | 'updated' | 'cancelled' | 'refunded'
  readonly at: number
  readonly source: OrderSource
  readonly currency: string
  readonly sequence: number
  readonly coupon: string | null
  readonly renewal: boolean
  readonly lines: readonly OrderLine[]
  /** Discount on the whole order, spread over the lines by amount. */
  readonly discount: Decimal
  /** Refunded amount where the happening names one. */
  readonly total: Decimal | undefined
  /** What was given back, to the last unit, beside what came back: a platform's own figure. */
  readonly back: Decimal | undefined
  /** A platform's last word: the order is made anew from it. */
  readonly whole: WholeWord | undefined
}

/** What a platform says of an order beside its lines; times in UTC ms. */
export type WholeWord = {
  readonly createdAt: number
  readonly paidAt: number | null
  readonly isCancelled: boolean
  readonly refunds: readonly { readonly lines: readonly OrderLine[]; readonly back: Decimal }[]
}

/**
 * The order after what a happening said, or the same order when it changes nothing. Pure; the same word twice gives the
 * same order. A refund or cancellation of an order nobody told of makes a cancelled or refunded order without lines.
 */
export function foldOrder(order: Order | undefined, word: OrderWord): Order {
  if (order && order.source !== 'browser' && word.source === 'browser') return order
  if (word.whole) return restatedWhole(word, word.whole)
  const told =
    order && !(order.source === 'browser' && word.source !== 'browser' && word.lines.length > 0)
      ? order
      : undefined
  switch (word.act) {
    case 'created':
      return (
        told ??
        placed(word, { status: 'created', paidAt: null, createdAt: order?.createdAt ?? word.at })
      )
    case 'paid':
      return paid(told, word, order?.createdAt)
    case 'updated':
      return updated(told, word)
    case 'cancelled':
      return {
        ...(told ?? placed(word, { status: 'cancelled', paidAt: null, createdAt: word.at })),
        status: 'cancelled',
      }
    case 'refunded':
      return refund(
        told ??
          placed({ ...word, lines: [] }, { status: 'refunded', paidAt: null, createdAt: word.at }),
        word,
      )
  }
}

/** Was less paid than the lines' prices say, or a coupon used? Refunds do not matter. */
export function isDiscounted(order: Order): boolean {
  const prices = order.lines.reduce((sum, line) => sum + line.price * BigInt(line.quantity), 0n)
  return order.coupon !== null || order.gross < prices
}

/** A purchase that counts: paid, not cancelled, at least one line of goods still with the customer. */
export function isEffective(order: Order): boolean {
  return (
    order.status === 'paid' &&
    order.paidAt !== null &&
    order.lines.some((line) => line.isGoods && line.quantity > line.refundedQuantity)
  )
}

function paid(told: Order | undefined, word: OrderWord, createdAt: number | undefined): Order {
  if (!told) {
    const earliest = Math.min(createdAt ?? word.at, word.at)
    return placed(word, { status: 'paid', paidAt: word.at, createdAt: earliest })
  }
  if (told.status !== 'created') return told
  const lined = word.lines.length > 0 ? restated(told, word) : told
  return { ...lined, status: 'paid', paidAt: word.at, coupon: word.coupon ?? told.coupon }
}

function updated(told: Order | undefined, word: OrderWord): Order {
  if (!told) return placed(word, { status: 'created', paidAt: null, createdAt: word.at })
  const closed = told.status === 'cancelled' || told.status === 'refunded'
  return word.lines.length === 0 || closed ? told : restated(told, word)
}

function restatedWhole(word: OrderWord, whole: WholeWord): Order {
  const { createdAt, paidAt, isCancelled } = whole
  const state = { status: paidAt === null ? 'created' : 'paid', paidAt, createdAt } as const
  const refunded = whole.refunds.reduce(
    (order, { lines, back }) => refundExactly(order, lines, back),
    placed(word, state),
  )
  return isCancelled ? { ...refunded, status: 'cancelled' } : refunded
}

// The lines are told anew; what was sent back by line stays sent back, amounts refunded without a line are told anew too.
function restated(told: Order, word: OrderWord): Order {
  const backBefore = new Map<string, number>()
  for (const { product, refundedQuantity } of told.lines)
    backBefore.set(product, (backBefore.get(product) ?? 0) + refundedQuantity)
  const whole = spreadDiscount(word.lines, word.discount)
  const lines = whole.map((line) => {
    const back = Math.min(line.quantity, backBefore.get(line.product) ?? 0)
    backBefore.set(line.product, (backBefore.get(line.product) ?? 0) - back)
    const net = line.net - (line.net * BigInt(back)) / BigInt(line.quantity)
    return { ...line, refundedQuantity: back, net }
  })
  const gross = grossOf(whole)
  return { ...told, lines, gross, refunded: gross - grossOf(lines) }
}

function placed(word: OrderWord, state: Pick<Order, 'status' | 'paidAt' | 'createdAt'>): Order {
  const lines = spreadDiscount(word.lines, word.discount)
  const gross =
    lines.length > 0 ? grossOf(lines) : word.act === 'refunded' ? 0n : (word.total ?? 0n)
  const { id, sequence, currency, coupon, renewal, source } = word
  const { status, paidAt, createdAt } = state
  return {
    ...{ id, status, paidAt, createdAt, sequence, currency, coupon, renewal, source },
    ...{ gross, refunded: 0n, lines },
  }
}

function refund(order: Order, word: OrderWord): Order {
  // Money often goes back after the cancellation; a platform's figure counts then, too.
  if (word.back !== undefined && order.status !== 'refunded')
    return refundExactly(order, word.lines, word.back)
  if (order.status === 'cancelled' || order.status === 'refunded')
    return { ...order, status: order.status }
  const paidFor = order.gross - order.refunded
  if (word.lines.length > 0) return closedWhenEmpty(refundLines(order, word.lines))
  const back = word.total === undefined || word.total >= paidFor ? paidFor : word.total
  if (back >= paidFor) {
    const lines = order.lines.map((line) => ({ ...line, refundedQuantity: line.quantity, net: 0n }))
    return { ...order, status: 'refunded', refunded: order.gross, lines }
  }
  const shares = spread(
    back,
    order.lines.map((line) => line.net),
  )
  const lines = order.lines.map((line, index) => ({
    ...line,
    net: line.net - (shares[index] ?? 0n),
  }))
  return { ...order, refunded: order.refunded + back, lines }
}

function refundLines(order: Order, returned: readonly OrderLine[]): Order {
  const left = new Map<string, number>()
  for (const line of returned) left.set(line.product, (left.get(line.product) ?? 0) + line.quantity)
  let refunded = order.refunded
  const lines = order.lines.map((line) => {
    const kept = line.quantity - line.refundedQuantity
    const back = Math.min(kept, left.get(line.product) ?? 0)
    if (back === 0) return line
    left.set(line.product, (left.get(line.product) ?? 0) - back)
    const amountBack = (line.net * BigInt(back)) / BigInt(kept)
    refunded += amountBack
    return { ...line, refundedQuantity: line.refundedQuantity + back, net: line.net - amountBack }
  })
  return { ...order, refunded, lines }
}

/** The pieces that came back, and the amount the platform gave back, whatever the pieces had cost. */
function refundExactly(order: Order, returned: readonly OrderLine[], back: Decimal): Order {
  const left = order.gross - order.refunded
  const amount = back > left ? left : back
  const isAll = amount === left && order.gross > 0n
  const pieces = isAll && returned.length === 0 ? order.lines : returned
  const { lines } = refundLines(order, pieces)
  const nets = exactNets(order.lines, lines, left - amount)
  const told = {
    ...order,
    lines: lines.map((line, index) => ({ ...line, net: nets[index] ?? 0n })),
    refunded: order.refunded + amount,
  }
  if (order.status === 'cancelled') return told
  // A delivery fee that the shop kept keeps no order open.
  const goods = told.lines.filter(({ isGoods }) => isGoods)
  const isOver = isAll || goods.every((line) => line.refundedQuantity >= line.quantity)
  return isOver && goods.length > 0 ? { ...told, status: 'refunded' } : told
}

/** What of an amount stays with each line: more than the pieces left are worth stays with those that came back. */
function exactNets(
  before: readonly OrderLine[],
  after: readonly OrderLine[],
  kept: Decimal,
): readonly Decimal[] {
  const nets = after.map((line) => line.net)
  const worth = grossOf(after)
  if (kept <= worth) return spread(kept, nets)
  const more = spread(
    kept - worth,
    before.map((line, index) => line.net - (nets[index] ?? 0n)),
  )
  return nets.map((net, index) => net + (more[index] ?? 0n))
}

function closedWhenEmpty(order: Order): Order {
  const gone =
    order.lines.length > 0 && order.lines.every((line) => line.refundedQuantity >= line.quantity)
  return gone ? { ...order, status: 'refunded' } : order
}

const grossOf = (lines: readonly OrderLine[]): Decimal =>
  lines.reduce((sum, line) => sum + line.net, 0n)

function spreadDiscount(lines: readonly OrderLine[], discount: Decimal): readonly OrderLine[] {
  if (discount <= 0n) return lines
  const shares = spread(
    discount,
    lines.map((line) => line.net),
  )
  return lines.map((line, index) => ({ ...line, net: line.net - (shares[index] ?? 0n) }))
}
