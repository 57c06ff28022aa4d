import { z } from 'zod'
import { written } from '../platform/person-words.ts'
import type { PlatformOrder, PlatformRefund } from '../platform/rows.ts'
import { Amount, Gid, Text, Time } from './rows.ts'

const Money = z.object({ shopMoney: z.object({ amount: Amount }) }).nullish()

/** A line of an order, as far as it is read; prices in ten-thousandths, before discounts. */
export const ShopifyLine = z.object({
  id: Gid,
  title: Text,
  variantTitle: Text,
  quantity: z.number(),
  originalUnitPriceSet: Money,
  product: z.object({ id: Gid }).nullish(),
})
export type ShopifyLine = z.output<typeof ShopifyLine>

/** An order as `queries.ts` asks for it: times UTC ms, amounts of the shop's own currency in ten-thousandths. */
export const ShopifyOrder = z.object({
  id: Gid,
  name: z.string(),
  createdAt: Time,
  processedAt: Time,
  updatedAt: Time,
  cancelledAt: Time,
  test: z.boolean().nullish(),
  sourceName: Text,
  displayFinancialStatus: Text,
  currencyCode: z.string(),
  taxesIncluded: z.boolean().nullish(),
  discountCodes: z.array(z.string()).nullish(),
  email: Text,
  phone: Text,
  customer: z.object({ id: Gid }).nullish(),
  billingAddress: z.object({ name: Text, phone: Text }).nullish(),
  totalPriceSet: Money,
  totalShippingPriceSet: Money,
  totalTaxSet: Money,
  transactions: z.array(z.object({ kind: Text, status: Text, processedAt: Time })).nullish(),
  lineItems: z.object({
    nodes: z.array(ShopifyLine),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
  refunds: z.array(z.object({ id: Gid })).nullish(),
})
export type ShopifyOrder = z.output<typeof ShopifyOrder>

/** A refund: what was paid back, in ten-thousandths. */
export const ShopifyRefund = z.object({ id: Gid, createdAt: Time, totalRefundedSet: Money })
/** How many pieces of which line came back. */
export const ShopifyRefundLine = z.object({
  quantity: z.number(),
  lineItem: z.object({ id: Gid }).nullish(),
})
export type ShopifyRefund = z.output<typeof ShopifyRefund> & {
  readonly lines: readonly z.output<typeof ShopifyRefundLine>[]
}

const amountOf = (money: z.output<typeof Money>): number => money?.shopMoney.amount ?? 0
const paidStates = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'])

/** An order with its refunds; everything between the goods with delivery and what was paid is a discount. Test orders are none. */
export function orderOf(
  read: ShopifyOrder,
  more: { readonly lines: readonly ShopifyLine[]; readonly refunds: readonly ShopifyRefund[] },
): PlatformOrder | undefined | 'none' {
  if (read.test) return 'none'
  const orderedAt = read.processedAt ?? read.createdAt
  if (orderedAt === null) return undefined
  const told = [...read.lineItems.nodes, ...more.lines].filter(({ quantity }) => quantity > 0)
  const lines = told.map(lineOf)
  const itemsAmount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  // Where prices come without tax it stands beside the goods, as delivery does.
  const tax = read.taxesIncluded ? 0 : amountOf(read.totalTaxSet)
  const fees = amountOf(read.totalShippingPriceSet) + tax
  const paidAmount = amountOf(read.totalPriceSet)
  const rest = itemsAmount + fees - paidAmount
  return {
    resource: 'orders',
    id: read.id,
    number: read.name,
    orderedAt,
    updatedAt: read.updatedAt,
    paidAt: paidAt(read, orderedAt),
    cancelledAt: read.cancelledAt,
    memberId: read.customer?.id ?? null,
    buyer: {
      name: written(read.billingAddress?.name),
      email: written(read.email),
      phone: written(read.phone) ?? written(read.billingAddress?.phone),
    },
    lines,
    itemsAmount,
    orderDiscount: Math.max(0, rest),
    deliveryFee: fees + Math.max(0, -rest),
    paidAmount,
    refunds: more.refunds.flatMap((refund) => refundOf(refund, told)),
    currency: read.currencyCode,
    couponCodes: read.discountCodes ?? [],
    channel: read.sourceName === 'pos' ? 'pos' : null,
  }
}

const lineOf = (line: ShopifyLine) => ({
  // A product that was deleted, or never was one.
  productId: line.product?.id ?? `line-${line.id}`,
  variant: written(line.variantTitle),
  name: written(line.title) ?? line.id,
  quantity: line.quantity,
  unitPrice: amountOf(line.originalUnitPriceSet),
  discount: 0,
})

/** When the last payment that was taken was taken; an order that costs nothing is paid when it is made. */
function paidAt(read: ShopifyOrder, orderedAt: number): number | null {
  if (!paidStates.has(read.displayFinancialStatus ?? '')) return null
  const taken = (read.transactions ?? []).flatMap(({ kind, status, processedAt }) =>
    (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS' && processedAt !== null
      ? [processedAt]
      : [],
  )
  return taken.length === 0 ? orderedAt : Math.max(...taken)
}

/** Only where money went back: goods that were merely taken off or put back are none. */
function refundOf(refund: ShopifyRefund, lines: readonly ShopifyLine[]): readonly PlatformRefund[] {
  const amount = amountOf(refund.totalRefundedSet)
  if (refund.createdAt === null || amount === 0) return []
  const back = refund.lines.flatMap(({ quantity, lineItem }) => {
    const line = lines.find(({ id }) => id === lineItem?.id)
    if (!line || quantity === 0) return []
    const { productId, variant } = lineOf(line)
    return [{ productId, variant, quantity }]
  })
  return [{ id: refund.id, at: refund.createdAt, amount, lines: back }]
}
