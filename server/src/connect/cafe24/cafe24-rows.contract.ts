import {
  amountOf,
  type Cafe24Mall,
  type MallMember,
  type MallOrder,
  type MallProduct,
  type MallRefund,
} from './cafe24-mall.contract.ts'
import { cafe24Text } from './values.ts'

const flag = (is: boolean): string => (is ? 'T' : 'F')
const won = (amount: number): string => amount.toFixed(2)
const text = (at: number | null): string | null => (at === null ? null : cafe24Text(at))

export function memberRow(member: MallMember) {
  return {
    shop_no: 1,
    member_id: member.id,
    ...{ name: member.name, email: member.email, cellphone: member.cellphone, phone: '' },
    ...{ sms: flag(member.sms), news_mail: flag(member.newsMail) },
    ...{ last_login_date: text(member.signedInAt ?? null) },
    ...{ account_reactivation_date: text(member.releasedAt ?? null) },
    ...{
      group_no: member.group ?? 1,
      birthday: '',
      gender: '',
      available_points: won(member.points ?? 0),
    },
    created_date: cafe24Text(member.joinedAt),
  }
}

export function productRow([no, product]: readonly [number, MallProduct]) {
  return {
    shop_no: 1,
    product_no: no,
    ...{ product_name: product.name, price: won(product.price) },
    ...{ display: 'T', selling: flag(product.selling), sold_out: 'F' },
    category: product.category === undefined ? [] : [{ category_no: product.category }],
    discountprice: { pc_discount_price: won(product.reduced ?? product.price) },
    variants: [{ use_inventory: flag(product.stock !== undefined), quantity: product.stock ?? 0 }],
    ...{ detail_image: '', updated_date: cafe24Text(product.at) },
  }
}

export function orderRow(mall: Cafe24Mall, order: MallOrder) {
  const isPaid = order.paidAt !== null
  const amounts = {
    order_price_amount: won(amountOf({ ...order, fee: 0, off: 0 })),
    shipping_fee: won(order.fee),
    coupon_discount_price: won(order.off),
    payment_amount: won(isPaid ? amountOf(order) : 0),
    total_amount_due: won(isPaid ? 0 : amountOf(order)),
  }
  return {
    shop_no: 1,
    currency: 'KRW',
    ...{ order_id: order.id, member_id: order.member ?? '', market_id: 'self' },
    order_place_id: order.place,
    ...{ order_date: text(order.at), paid: flag(isPaid), payment_date: text(order.paidAt) },
    ...{ canceled: flag(order.cancelledAt !== null), cancel_date: text(order.cancelledAt) },
    ...{ initial_order_amount: amounts, actual_order_amount: amounts },
    items: order.items.map((item) => ({
      order_item_code: item.code,
      product_no: item.product,
      variant_code: null,
      product_name: mall.products.get(item.product)?.name ?? '',
      ...{ option_value: '', product_price: won(item.price), option_price: won(0) },
      ...{ quantity: item.quantity, status_code: item.status, claim_quantity: 0, gift: 'F' },
      ...{ shipped_date: text(order.shippedAt ?? null) },
      ...{ delivered_date: text(order.deliveredAt ?? null) },
    })),
    buyer: { ...order.buyer, phone: '' },
  }
}

export function refundRow(refund: MallRefund) {
  return {
    shop_no: 1,
    ...{ order_id: refund.order, refund_code: refund.code, status: 'T' },
    refund_date: cafe24Text(refund.at),
    ...{ order_item_code: refund.items, quantity: refund.quantity },
    actual_refund_amount: won(refund.amount),
  }
}

export function cartRow(cart: {
  readonly member: string
  readonly product: number
  readonly quantity: number
  readonly at: number
}) {
  return {
    member_id: cart.member,
    product_no: cart.product,
    quantity: cart.quantity,
    created_date: cafe24Text(cart.at),
  }
}
