import { z } from 'zod'
import type { PlatformCoupon } from '../platform/offers.ts'
import type { PlatformMember, PlatformOrder, PlatformProduct } from '../platform/rows.ts'
import { cafe24Amount, cafe24Time, isOurs, orNull } from './values.ts'

const Text = z.string().nullish()
const Amount = z.union([z.string(), z.number()]).nullish()
const Id = z.union([z.string(), z.number()]).transform(String)

/** `GET /admin/customersprivacy`, as far as it is read. */
export const Cafe24Member = z.object({
  member_id: z.string().min(1),
  name: Text,
  cellphone: Text,
  email: Text,
  sms: Text,
  news_mail: Text,
  birthday: Text,
  gender: Text,
  group_no: z.union([z.string(), z.number()]).nullish(),
  available_points: Amount,
  created_date: z.string(),
  last_login_date: Text,
  account_reactivation_date: Text,
})

/** `GET /products` with its variants, as far as it is read; prices as Cafe24 writes them. */
export const Cafe24Product = z.object({
  product_no: Id,
  product_name: z.string(),
  price: Amount,
  display: Text,
  selling: Text,
  sold_out: Text,
  updated_date: Text,
  detail_image: Text,
  list_image: Text,
  category: z.array(z.object({ category_no: z.coerce.number() })).nullish(),
  discountprice: z.object({ pc_discount_price: Amount }).nullish(),
  variants: z
    .array(z.object({ use_inventory: Text, quantity: z.coerce.number().nullish() }))
    .nullish(),
})

const Item = z.object({
  order_item_code: z.string(),
  product_no: Id,
  variant_code: Text,
  product_name: Text,
  option_value: Text,
  product_price: Amount,
  option_price: Amount,
  quantity: z.coerce.number(),
  status_code: Text,
  shipped_date: Text,
  delivered_date: Text,
  claim_quantity: z.coerce.number().nullish(),
  gift: Text,
})

const Amounts = z.object({
  shipping_fee: Amount,
  payment_amount: Amount,
  total_amount_due: Amount,
  coupon_discount_price: Amount,
})

/** `GET /admin/orders?embed=items,buyer`, as far as it is read. */
export const Cafe24Order = z.object({
  order_id: z.string().min(1),
  currency: Text,
  member_id: Text,
  market_id: Text,
  order_place_id: Text,
  order_date: z.string(),
  paid: Text,
  payment_date: Text,
  canceled: Text,
  cancel_date: Text,
  initial_order_amount: Amounts.nullish(),
  actual_order_amount: Amounts.nullish(),
  items: z.array(Item).nullish(),
  buyer: z.object({ name: Text, email: Text, phone: Text, cellphone: Text }).nullish(),
})
export type Cafe24Order = z.infer<typeof Cafe24Order>

/** `GET /admin/refunds`. */
export const Cafe24Refund = z.object({
  order_id: z.string(),
  refund_code: z.string(),
  refund_date: Text,
  status: Text,
  order_item_code: z.array(z.string()).nullish(),
  quantity: z.coerce.number().nullish(),
  actual_refund_amount: Amount,
})
export type Cafe24Refund = z.infer<typeof Cafe24Refund>

const isTrue = (text: string | null | undefined): boolean => text === 'T'

/** A member with the two choices that Cafe24 keeps: texts and mail. When they were made it does not say. */
export function memberOf(read: z.infer<typeof Cafe24Member>): PlatformMember | undefined {
  const joinedAt = cafe24Time(read.created_date)
  if (joinedAt === null) return undefined
  const birthday = orNull(read.birthday)
  const gender = orNull(read.gender)
  const group = read.group_no ?? null
  const signedInAt = cafe24Time(read.last_login_date ?? undefined)
  const releasedAt = cafe24Time(read.account_reactivation_date ?? undefined)
  return {
    resource: 'members',
    id: read.member_id,
    name: orNull(read.name),
    email: orNull(read.email),
    phone: orNull(read.cellphone),
    joinedAt,
    ...(signedInAt === null ? {} : { signedInAt }),
    ...(releasedAt === null ? {} : { releasedAt }),
    updatedAt: null,
    consents: [
      ...(read.sms ? [{ channel: 'sms', granted: isTrue(read.sms), at: null } as const] : []),
      ...(read.news_mail
        ? [{ channel: 'email', granted: isTrue(read.news_mail), at: null } as const]
        : []),
    ],
    traits: {
      ...(group === null ? {} : { cafe24_group: String(group) }),
      ...(birthday === null ? {} : { birthday }),
      ...(gender === null ? {} : { gender }),
      ...(read.available_points === null || read.available_points === undefined
        ? {}
        : { points: cafe24Amount(read.available_points) / 10_000 }),
    },
  }
}

/** A product; `categories`: the paths of the mall's, by number. Its first category counts. */
export function productOf(
  read: z.infer<typeof Cafe24Product>,
  mall: string,
  categories: ReadonlyMap<number, string>,
): PlatformProduct {
  const price = cafe24Amount(read.price)
  const reduced = cafe24Amount(read.discountprice?.pc_discount_price)
  return {
    resource: 'products',
    id: read.product_no,
    updatedAt: cafe24Time(read.updated_date),
    name: read.product_name,
    price,
    salePrice: reduced > 0 && reduced < price ? reduced : null,
    category: read.category?.flatMap((one) => categories.get(one.category_no) ?? [])[0] ?? null,
    brand: null,
    url: `https://${mall}.cafe24.com/product/detail.html?product_no=${read.product_no}`,
    imageUrl: orNull(read.detail_image) ?? orNull(read.list_image),
    stock: stockOf(read.variants ?? []),
    sellable: isTrue(read.selling) && read.display !== 'F' && read.sold_out !== 'T',
  }
}

/** Pieces of all variants; null where one of them is not counted. */
function stockOf(variants: NonNullable<z.infer<typeof Cafe24Product>['variants']>): number | null {
  if (variants.length === 0 || variants.some((one) => !isTrue(one.use_inventory))) return null
  return variants.reduce((sum, { quantity }) => sum + Math.max(0, quantity ?? 0), 0)
}

/** When the last of what was not cancelled left, and arrived; nothing while one piece has not. */
function delivered(
  items: readonly z.infer<typeof Item>[],
): Pick<PlatformOrder, 'shippedAt' | 'deliveredAt'> {
  const wanted = items.filter(({ status_code }) => !status_code?.startsWith('C'))
  const last = (dates: readonly (string | null | undefined)[]) => {
    const times = dates.map((date) => cafe24Time(date ?? undefined))
    const known = times.filter((time) => time !== null)
    return known.length > 0 && known.length === times.length ? Math.max(...known) : undefined
  }
  const shippedAt = last(wanted.map((item) => item.shipped_date ?? item.delivered_date))
  const deliveredAt = last(wanted.map((item) => item.delivered_date))
  return {
    ...(shippedAt === undefined ? {} : { shippedAt }),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
  }
}

/** Places of a Cafe24 order that are the shop itself; `NCHECKOUT` is Naver Pay, others are marketplaces. */
const ownPlaces: ReadonlySet<string> = new Set(['', 'self', 'cafe24', 'mobile', 'mobile_d', 'app'])

/**
 * An order with its refunds. `initial_order_amount` is what was ordered: what came back later is in the refunds. Everything between the
 * goods with delivery and what was paid is a discount, points and deposits spent included.
 */
export function orderOf(
  read: Cafe24Order,
  refunds: readonly Cafe24Refund[],
  coupons: readonly PlatformCoupon[] = [],
): PlatformOrder | undefined {
  const orderedAt = cafe24Time(read.order_date)
  if (orderedAt === null) return undefined
  const items = (read.items ?? []).filter((item) => item.quantity > 0)
  const lines = items.map((item) => ({
    productId: item.product_no,
    variant: orNull(item.option_value) ?? orNull(item.variant_code),
    name: orNull(item.product_name) ?? item.product_no,
    quantity: item.quantity,
    unitPrice: cafe24Amount(item.product_price) + cafe24Amount(item.option_price),
    discount: 0,
  }))
  const amounts = read.initial_order_amount ?? read.actual_order_amount
  const itemsAmount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0)
  const paidAmount = cafe24Amount(amounts?.payment_amount) + cafe24Amount(amounts?.total_amount_due)
  const fee = cafe24Amount(amounts?.shipping_fee)
  // Surcharges that Cafe24 counts beside the delivery fee are fees too.
  const deliveryFee = Math.max(fee, paidAmount - itemsAmount)
  const place = read.order_place_id ?? ''
  const shopCoupons = coupons.filter(({ name }) => !isOurs(name))
  const channel = place === 'NCHECKOUT' ? 'naver_pay' : ownPlaces.has(place) ? null : place
  return {
    resource: 'orders',
    id: read.order_id,
    number: read.order_id,
    orderedAt,
    updatedAt: null,
    paidAt: isTrue(read.paid) ? cafe24Time(read.payment_date) : null,
    cancelledAt: isTrue(read.canceled) ? (cafe24Time(read.cancel_date) ?? orderedAt) : null,
    ...delivered(items),
    memberId: orNull(read.member_id),
    buyer: buyerOf(read, channel),
    lines,
    itemsAmount,
    orderDiscount: itemsAmount + deliveryFee - paidAmount,
    deliveryFee,
    paidAmount,
    refunds: refunds.flatMap((refund) => refundOf(refund, items)),
    currency: orNull(read.currency) ?? 'KRW',
    couponCodes: coupons.map(({ id }) => id).sort(),
    ...(shopCoupons.length === 0 ? {} : { shopCoupons }),
    channel,
  }
}

/** Who bought at a marketplace gave their address to the marketplace, for delivery: it is not taken over. */
function buyerOf({ buyer }: Cafe24Order, channel: string | null): PlatformOrder['buyer'] {
  if (!buyer || (channel !== null && channel !== 'naver_pay'))
    return { name: null, email: null, phone: null }
  return {
    name: orNull(buyer.name),
    email: orNull(buyer.email),
    phone: orNull(buyer.cellphone) ?? orNull(buyer.phone),
  }
}

/** Only what was really given back; a refund that waits is none yet. */
function refundOf(
  refund: Cafe24Refund,
  items: readonly z.infer<typeof Item>[],
): PlatformOrder['refunds'] {
  const at = cafe24Time(refund.refund_date)
  if (refund.status !== 'T' || at === null) return []
  const codes = new Set(refund.order_item_code ?? [])
  const own = items.filter((item) => codes.has(item.order_item_code))
  const whole = own.reduce((sum, item) => sum + item.quantity, 0)
  const quantityOf = (item: z.infer<typeof Item>): number => {
    if (refund.quantity === whole) return item.quantity
    if (own.length === 1) return Math.min(refund.quantity ?? item.quantity, item.quantity)
    return Math.min(item.claim_quantity ?? item.quantity, item.quantity)
  }
  return [
    {
      id: refund.refund_code,
      at,
      amount: cafe24Amount(refund.actual_refund_amount),
      lines: own.map((item) => ({
        productId: item.product_no,
        variant: orNull(item.option_value) ?? orNull(item.variant_code),
        quantity: quantityOf(item),
      })),
    },
  ]
}

/** Whether a coupon took something off: only then it is asked which. */
export function mayHaveUsedCoupon(read: Cafe24Order): boolean {
  return (
    cafe24Amount((read.initial_order_amount ?? read.actual_order_amount)?.coupon_discount_price) > 0
  )
}

/** Whether money may have gone back of an order: only then its refunds are asked for. */
export function mayBeRefunded(read: Cafe24Order): boolean {
  const claimed = new Set(['C2', 'C3', 'E1'])
  return (
    (read.canceled ?? 'F') !== 'F' ||
    (read.items ?? []).some((item) => claimed.has(item.status_code ?? ''))
  )
}
