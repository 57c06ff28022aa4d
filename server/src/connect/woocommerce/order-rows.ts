import { z } from 'zod'
import { personName, written } from '../platform/person-words.ts'
import type { PlatformOrder, PlatformRefund } from '../platform/rows.ts'
import { Amount, Id, Meta, Text } from './rows.ts'
import { wooAmount, wooTime } from './values.ts'

const Line = z.object({
  id: Id,
  name: Text,
  product_id: Id,
  variation_id: Id.nullish(),
  quantity: z.coerce.number(),
  subtotal: Amount,
  subtotal_tax: Amount,
  total: Amount,
  total_tax: Amount,
  meta_data: z
    .array(z.object({ key: z.string(), value: z.unknown(), display_value: z.unknown().optional() }))
    .nullish(),
})

/** `GET /orders`, as far as it is read. */
export const WooOrder = z.object({
  id: Id,
  number: Text,
  status: z.string(),
  currency: z.string(),
  date_created_gmt: Text,
  date_modified_gmt: Text,
  date_paid_gmt: Text,
  shipping_total: Amount,
  shipping_tax: Amount,
  total: Amount,
  customer_id: Id,
  billing: z.object({ first_name: Text, last_name: Text, email: Text, phone: Text }).nullish(),
  line_items: z.array(Line),
  fee_lines: z.array(z.object({ total: Amount, total_tax: Amount })).nullish(),
  coupon_lines: z.array(z.object({ code: z.string() })).nullish(),
  refunds: z.array(z.object({ id: Id })).nullish(),
})
export type WooOrder = z.infer<typeof WooOrder>

/** `GET /orders/<id>/refunds`, as far as it is read. */
export const WooRefund = z.object({
  id: Id,
  date_created_gmt: Text,
  amount: Amount,
  line_items: z
    .array(
      z.object({
        product_id: Id,
        variation_id: Id.nullish(),
        quantity: z.coerce.number(),
        meta_data: Meta,
      }),
    )
    .nullish(),
})
export type WooRefund = z.infer<typeof WooRefund>

/** Baskets that a checkout page keeps as orders; nobody ordered. */
const drafts = new Set(['checkout-draft', 'auto-draft', 'draft', 'new'])
/** Nothing comes of them: taken back, not paid for, thrown away by the shop. */
const over = new Set(['cancelled', 'failed', 'trash'])

/**
 * An order with its refunds. Amounts of lines come with tax, as customers pay them; what coupons take off stands in the lines. When an
 * order was cancelled is not kept there: it is when it changed last.
 */
export function orderOf(
  read: WooOrder,
  refunds: readonly WooRefund[],
): PlatformOrder | undefined | 'none' {
  if (drafts.has(read.status)) return 'none'
  const orderedAt = wooTime(read.date_created_gmt)
  if (orderedAt === null) return undefined
  const updatedAt = wooTime(read.date_modified_gmt)
  const lines = read.line_items.filter(({ quantity }) => quantity > 0).map(lineOf)
  const { itemsAmount, ...amounts } = amountsOf(read, lines)
  return {
    resource: 'orders',
    id: read.id,
    number: written(read.number) ?? read.id,
    orderedAt,
    updatedAt,
    paidAt: wooTime(read.date_paid_gmt),
    cancelledAt: over.has(read.status) ? (updatedAt ?? orderedAt) : null,
    memberId: read.customer_id === '0' ? null : read.customer_id,
    buyer: {
      name: personName(read.billing?.first_name, read.billing?.last_name),
      email: written(read.billing?.email),
      phone: written(read.billing?.phone),
    },
    lines: lines.map(({ id: _, ...line }) => line),
    itemsAmount,
    ...amounts,
    refunds: refunds.flatMap((refund) => refundOf(refund, read.line_items)),
    currency: read.currency,
    couponCodes: (read.coupon_lines ?? []).map(({ code }) => code),
    channel: null,
  }
}

function lineOf(line: z.infer<typeof Line>) {
  const full = wooAmount(line.subtotal) + wooAmount(line.subtotal_tax)
  const paid = wooAmount(line.total) + wooAmount(line.total_tax)
  // Rounded up, so that the discount, which takes the rest, is never below nothing.
  const unitPrice = Math.ceil(full / line.quantity)
  return {
    id: line.id,
    productId: line.product_id,
    variant: variantOf(line),
    name: written(line.name) ?? line.product_id,
    quantity: line.quantity,
    unitPrice,
    discount: unitPrice * line.quantity - paid,
  }
}

/** What was chosen of a product, as the order shows it (`Blue, L`). */
function variantOf({ variation_id: variation, meta_data: meta }: z.infer<typeof Line>) {
  if (!variation || variation === '0') return null
  const chosen = (meta ?? []).flatMap(({ key, value, display_value: shown }) =>
    key.startsWith('_') ? [] : [String(shown ?? value)],
  )
  return chosen.length === 0 ? variation : chosen.join(', ').slice(0, 200)
}

function amountsOf(read: WooOrder, lines: readonly ReturnType<typeof lineOf>[]) {
  const itemsAmount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  const onLines = lines.reduce((sum, { discount }) => sum + discount, 0)
  const fees = (read.fee_lines ?? []).map((fee) => wooAmount(fee.total) + wooAmount(fee.total_tax))
  const delivery = wooAmount(read.shipping_total) + wooAmount(read.shipping_tax)
  const surcharges = fees.reduce((sum, fee) => sum + Math.max(0, fee), 0)
  const paidAmount = wooAmount(read.total)
  const rest = itemsAmount - onLines + delivery + surcharges - paidAmount
  return {
    itemsAmount,
    // Fees below nothing (points, a grade's discount) take off the whole order.
    orderDiscount: Math.max(0, rest),
    deliveryFee: delivery + surcharges + Math.max(0, -rest),
    paidAmount,
  }
}

function refundOf(
  refund: WooRefund,
  lines: readonly z.infer<typeof Line>[],
): readonly PlatformRefund[] {
  const at = wooTime(refund.date_created_gmt)
  if (at === null) return []
  const back = (refund.line_items ?? []).filter(({ quantity }) => quantity !== 0)
  return [
    {
      id: refund.id,
      at,
      amount: Math.abs(wooAmount(refund.amount)),
      lines: back.map((item) => {
        const own = item.meta_data?.find(({ key }) => key === '_refunded_item_id')?.value
        const line = lines.find(
          (one) =>
            one.id === String(own) ||
            (own === undefined &&
              one.product_id === item.product_id &&
              one.variation_id === item.variation_id),
        )
        return {
          productId: line?.product_id ?? item.product_id,
          variant: line ? variantOf(line) : null,
          quantity: Math.abs(item.quantity),
        }
      }),
    },
  ]
}
