import type { PlatformRefund } from '../platform/rows.ts'
import type { LineState } from './order-state.ts'

/** Amounts of the whole order stand on its first line or on each: the largest is the order's. */
export const orderAmounts = ['orderDiscount', 'deliveryFee', 'paidAmount', 'refundAmount'] as const
export type AmountField = (typeof orderAmounts)[number]

/** A line of an order as a file writes it. */
export type DraftLine = {
  readonly item: string
  readonly state: LineState
  readonly productId: string
  readonly variant: string | null
  readonly name: string
  readonly quantity: number
  readonly unitPrice: number
  readonly discount: number
  readonly net: number
  readonly refundedAt: number | undefined
}
/** What a file says of an order's money; amounts are ten-thousandths of the currency unit. */
type DraftMoney = {
  readonly lines: readonly DraftLine[]
  readonly amounts: ReadonlyMap<AmountField, number>
  readonly currency: string
}

/**
 * What was paid is the order's own word where it says one; what its lines come to beyond that was taken off the whole order
 * (coupons, grade, points). Where the lines come to less and no delivery fee is written, the rest is the delivery fee.
 */
export function moneyOf({ lines, amounts }: DraftMoney) {
  const itemsAmount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  const net = lines.reduce((sum, line) => sum + line.net, 0)
  const said = amounts.get('paidAmount') ?? 0
  const fee = amounts.get('deliveryFee')
  const deliveryFee = fee ?? Math.max(0, said - net)
  const whole = net + deliveryFee
  const orderDiscount =
    said > 0 ? Math.max(0, whole - said) : Math.min(whole, amounts.get('orderDiscount') ?? 0)
  return {
    itemsAmount,
    orderDiscount,
    deliveryFee,
    paidAmount: said > 0 ? said : whole - orderDiscount,
  }
}

/** Lines that came back give back their share of what was paid for goods, or what the file says was given back. */
export function refundsOf(
  { lines, amounts, currency }: DraftMoney,
  { orderDiscount, deliveryFee, paidAmount }: ReturnType<typeof moneyOf>,
  paidAt: number,
): readonly PlatformRefund[] {
  const unit = unitOf(currency)
  const said = Math.min(amounts.get('refundAmount') ?? 0, paidAmount)
  const gone = lines.filter(({ state }) => state !== 'paid')
  if (gone.length === 0)
    return said === 0 ? [] : [{ id: 'amount', at: paidAt, amount: said, lines: [] }]
  const off = dealt(
    orderDiscount,
    lines.map(({ net }) => net),
    unit,
  )
  const shares = lines.map(({ net }, index) => net - (off[index] ?? 0))
  const back = gone.map((line) => shares[lines.indexOf(line)] ?? 0)
  const isWhole = gone.length === lines.length
  const total = said || back.reduce((sum, one) => sum + one, isWhole ? deliveryFee : 0)
  const parts = dealt(total, back, unit)
  return gone.map((line, index) => ({
    id: line.item || `${line.productId}:${line.variant ?? ''}:${lines.indexOf(line)}`,
    at: line.refundedAt ?? paidAt,
    amount: parts[index] ?? 0,
    lines: [{ productId: line.productId, variant: line.variant, quantity: line.quantity }],
  }))
}

/** A total dealt by weights, whatever it is beside their sum, in whole `unit`s; the last part takes what rounding leaves. */
function dealt(total: number, weights: readonly number[], unit: number): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  let left = total
  return weights.map((weight, index) => {
    if (index === weights.length - 1) return left
    const exact = sum === 0 ? 0n : (BigInt(total) * BigInt(weight)) / BigInt(sum)
    const part = Math.floor(Number(exact) / unit) * unit
    left -= part
    return part
  })
}

/** Nobody gives back parts of a won. */
const unitOf = (currency: string): number => (/^(KRW|JPY)$/.test(currency) ? 10_000 : 100)
