import type { Ids } from '../../customers/identity.ts'
import { canonicalJson, type JsonObject } from '../../lib/json.ts'
import type { PlatformOrder, PlatformRefund } from './rows.ts'
import type { Told } from './told.ts'

type How = {
  readonly ids: Ids
  readonly version: number
  readonly now: number
  /** A file, or the shop's own server, told of this order before the platform did. */
  readonly isToldElsewhere?: boolean | undefined
  /** Instead of its id. */
  readonly toldAs?: string | null | undefined
}

/** What the order is called in what is told of it. */
const nameOf = ({ id }: PlatformOrder, { toldAs }: How): string => toldAs ?? id

/**
 * What is news of an order. What happens to every order is told as shops' servers tell it: ordered, paid, shipped, delivered, money back, cancelled.
 * Whatever else changed (a line taken out, another amount, a refund undone, unpaid again) is told whole, as the platform's last
 * word: `Order Updated` with `restated`, from which the order is made anew.
 */
export function orderChanges(
  before: PlatformOrder | undefined,
  after: PlatformOrder,
  how: How,
): readonly Told[] {
  if (before === undefined) return how.isToldElsewhere ? anew(after, how) : afresh(after, how)
  const onItsWay = [...couponsUsed(before, after, how), ...delivered(before, after, how)]
  if (canonicalJson(factsOf(before)) === canonicalJson(factsOf(after))) return onItsWay
  if (!isContinued(before, after))
    return [
      told(after, how, { name: 'Order Updated', at: how.now, key: `restated:${how.version}` }),
      ...onItsWay,
    ]
  const paid = before.paidAt === null && after.paidAt !== null ? [completed(after, how)] : []
  const known = new Set(before.refunds.map(({ id }) => id))
  const refunds = after.refunds.filter(({ id }) => !known.has(id))
  const cancelled =
    before.cancelledAt === null && after.cancelledAt !== null ? [cancelledOf(after, how)] : []
  const back = refunds.map((refund) => refunded(after, how, refund))
  return [...paid, ...onItsWay, ...back, ...cancelled]
}

/** Coupons of the shop's own that a paid order used; ours are told of by the order itself (orders/coupon-use.service.ts). */
function couponsUsed(
  before: PlatformOrder | undefined,
  after: PlatformOrder,
  how: How,
): readonly Told[] {
  const { ids } = how
  const { paidAt: at, shopCoupons = [] } = after
  if (at === null) return []
  const earlier = before?.paidAt === null ? [] : (before?.shopCoupons ?? [])
  const known = new Set(earlier.map((coupon) => coupon.id))
  return shopCoupons
    .filter((coupon) => !known.has(coupon.id))
    .map((coupon) => {
      const properties = {
        coupon_id: coupon.id,
        coupon_name: coupon.name,
        order_id: nameOf(after, how),
      }
      return { name: 'Coupon Used', at, ids, body: { properties }, key: `coupon:${coupon.id}` }
    })
}

/** That all of it left, or arrived: told once of an order, whatever becomes of it. */
function delivered(
  before: PlatformOrder | undefined,
  after: PlatformOrder,
  how: How,
): readonly Told[] {
  const { ids } = how
  const { shippedAt, deliveredAt } = after
  const body = { properties: goodsSaid(after, how) }
  const isLeft = shippedAt !== undefined && before?.shippedAt === undefined
  const isThere = deliveredAt !== undefined && before?.deliveredAt === undefined
  return [
    ...(isLeft ? [{ name: 'Order Shipped', at: shippedAt, ids, body, key: 'shipped' }] : []),
    ...(isThere ? [{ name: 'Order Delivered', at: deliveredAt, ids, body, key: 'delivered' }] : []),
  ]
}

const goodsSaid = (order: PlatformOrder, how: How): JsonObject => ({
  order_id: nameOf(order, how),
  products: order.lines.map(({ productId, name, quantity }) => ({
    ...{ product_id: productId, name, quantity },
  })),
})

function afresh(order: PlatformOrder, how: How): readonly Told[] {
  return [
    told(order, how, { name: 'Order Created', at: order.orderedAt, key: 'created' }),
    ...(order.paidAt === null ? [] : [completed(order, how)]),
    ...couponsUsed(undefined, order, how),
    ...delivered(undefined, order, how),
    ...order.refunds.map((refund) => refunded(order, how, refund)),
    ...(order.cancelledAt === null ? [] : [cancelledOf(order, how)]),
  ]
}

/**
 * An order that somebody else told of may have its refunds already, under another name, and its goods by names instead of numbers: it is
 * told as it stands, whole, and nothing of it as happening again.
 */
function anew(order: PlatformOrder, how: How): readonly Told[] {
  const steps = afresh({ ...order, refunds: [] }, how)
  return [...steps, told(order, how, { name: 'Order Updated', at: how.now, key: 'whole' })]
}

/** Whether the order only went on: the same goods and amounts, and nothing of what had happened taken back. */
function isContinued(before: PlatformOrder, after: PlatformOrder): boolean {
  const same = canonicalJson(goodsOf(before)) === canonicalJson(goodsOf(after))
  const stillPaid = before.paidAt === null || before.paidAt === after.paidAt
  const stillGone = before.cancelledAt === null || after.cancelledAt !== null
  const stillBack = before.refunds.every((refund) =>
    after.refunds.some((one) => canonicalJson(one) === canonicalJson(refund)),
  )
  return same && stillPaid && stillGone && stillBack
}

const goodsOf = (order: PlatformOrder) => {
  const { lines, orderDiscount, deliveryFee, paidAmount, currency, couponCodes, memberId } = order
  return { lines, orderDiscount, deliveryFee, paidAmount, currency, couponCodes, memberId }
}
const factsOf = (order: PlatformOrder) => {
  const { paidAt, cancelledAt, refunds } = order
  return { ...goodsOf(order), paidAt, cancelledAt, refunds }
}

const inUnits = (amount: number): number => amount / 10_000

/** The delivery fee as a line that is no goods, so that the lines add up to what was paid. */
function productsOf(order: PlatformOrder): readonly JsonObject[] {
  const goods = order.lines.map((line) => ({
    product_id: line.productId,
    name: line.name,
    quantity: line.quantity,
    price: inUnits(line.unitPrice),
    ...(line.variant === null ? {} : { variant: line.variant }),
    ...(line.discount === 0 ? {} : { discount: inUnits(line.discount) }),
  }))
  if (order.deliveryFee === 0) return goods
  const fee = { product_id: 'delivery', name: '배송비', quantity: 1, is_goods: false }
  return [...goods, { ...fee, price: inUnits(order.deliveryFee) }]
}

function propertiesOf(order: PlatformOrder, how: How): JsonObject {
  return {
    order_id: nameOf(order, how),
    ...(order.number === nameOf(order, how) ? {} : { order_number: order.number }),
    currency: order.currency,
    revenue: inUnits(order.paidAmount),
    shipping: inUnits(order.deliveryFee),
    ...(order.orderDiscount === 0 ? {} : { discount: inUnits(order.orderDiscount) }),
    ...(order.couponCodes.length === 0 ? {} : { coupon: [...order.couponCodes] }),
    ...(order.channel === null ? {} : { channel: order.channel }),
    products: [...productsOf(order)],
  }
}

function told(
  order: PlatformOrder,
  how: How,
  one: { readonly name: string; readonly at: number; readonly key: string },
): Told {
  const isRestated = one.name === 'Order Updated'
  const state = {
    restated: true,
    ordered_at: order.orderedAt,
    paid_at: order.paidAt,
    cancelled_at: order.cancelledAt,
    refunds: order.refunds.map(refundOf),
  }
  const properties = { ...propertiesOf(order, how), ...(isRestated ? state : {}) }
  return { ...one, ids: how.ids, body: { properties } }
}

function completed(order: PlatformOrder, how: How): Told {
  return told(order, how, { name: 'Order Completed', at: order.paidAt ?? how.now, key: 'paid' })
}

function cancelledOf(order: PlatformOrder, how: How): Told {
  const { ids, now } = how
  const properties = { order_id: nameOf(order, how), currency: order.currency }
  const at = order.cancelledAt ?? now
  return { name: 'Order Cancelled', at, ids, body: { properties }, key: 'cancelled' }
}

/** `refund_amount` is what was given back, whatever the lines were worth. */
function refundOf(refund: PlatformRefund): JsonObject {
  return {
    refund_amount: inUnits(refund.amount),
    return_id: refund.id,
    refunded_at: refund.at,
    products: refund.lines.map(({ productId, variant, quantity }) => ({
      product_id: productId,
      quantity,
      ...(variant === null ? {} : { variant }),
    })),
  }
}

function refunded(order: PlatformOrder, how: How, refund: PlatformRefund): Told {
  const { ids } = how
  const properties = { order_id: nameOf(order, how), currency: order.currency, ...refundOf(refund) }
  const { at } = refund
  return { name: 'Order Refunded', at, ids, body: { properties }, key: `refund:${refund.id}` }
}
