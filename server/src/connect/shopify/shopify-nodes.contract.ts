import type {
  Consented,
  ShopCoupon,
  ShopCustomer,
  ShopifyShop,
  ShopOrder,
  ShopProduct,
} from './shopify-shop.contract.ts'

const time = (at: number | null): string | null =>
  at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`
const money = (amount: number) => ({ shopMoney: { amount: amount.toFixed(2) } })
const gid = (kind: string, id: number): string => `gid://shopify/${kind}/${id}`

export function customerNode(customer: ShopCustomer) {
  const said = ({ state, at }: Consented) => ({
    marketingState: state,
    marketingUpdatedAt: time(at),
  })
  return {
    ...{ id: gid('Customer', customer.id), firstName: customer.first, lastName: customer.last },
    ...{ createdAt: time(customer.at), updatedAt: time(customer.updatedAt), state: 'DISABLED' },
    defaultEmailAddress: { emailAddress: customer.email, ...said(customer.mail) },
    defaultPhoneNumber: { phoneNumber: customer.phone, ...said(customer.sms) },
  }
}

export function productNode(product: ShopProduct) {
  const { id, title, price, before, stock, updatedAt } = product
  return {
    ...{ id: gid('Product', id), title, status: 'ACTIVE', vendor: '온샵', productType: '원두' },
    ...{ updatedAt: time(updatedAt), onlineStoreUrl: `https://shop.example/products/${id}` },
    ...{ totalInventory: stock ?? 0, tracksInventory: stock !== null },
    featuredMedia: { preview: { image: { url: `https://cdn.shop.example/${id}.jpg` } } },
    variants: {
      nodes: [
        {
          ...{ price: price.toFixed(2), compareAtPrice: before?.toFixed(2) ?? null },
          availableForSale: stock !== 0,
        },
      ],
    },
  }
}

export function orderNode(order: ShopOrder) {
  const back = order.refunds.reduce((sum, { amount }) => sum + amount, 0)
  const paid = back === 0 ? 'PAID' : back >= order.total ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  return {
    ...{ id: gid('Order', order.id), name: `#${order.id}`, test: false, sourceName: 'web' },
    ...{ createdAt: time(order.at), processedAt: time(order.at), updatedAt: time(order.updatedAt) },
    cancelledAt: time(order.cancelledAt),
    displayFinancialStatus: order.paidAt === null ? 'PENDING' : paid,
    ...{ currencyCode: 'KRW', taxesIncluded: true, discountCodes: order.codes },
    ...{ email: order.buyer.email, phone: null },
    customer: order.customer === null ? null : { id: gid('Customer', order.customer) },
    billingAddress: { name: order.buyer.name, phone: order.buyer.phone },
    totalPriceSet: money(order.total),
    totalShippingPriceSet: money(order.fee),
    totalTaxSet: money(Math.round(order.total / 11)),
    transactions:
      order.paidAt === null
        ? []
        : [{ kind: 'SALE', status: 'SUCCESS', processedAt: time(order.paidAt) }],
    lineItems: order.lines.map((line, no) => ({
      ...{ id: gid('LineItem', order.id * 100 + no), title: line.title },
      ...{ variantTitle: line.variant, quantity: line.quantity },
      originalUnitPriceSet: money(line.price),
      product: { id: gid('Product', line.product) },
    })),
    refunds: order.refunds.map((refund) => ({
      ...{ id: gid('Refund', refund.id), createdAt: time(refund.at) },
      totalRefundedSet: money(refund.amount),
      refundLineItems: refund.lines.map(({ line, quantity }) => ({
        quantity,
        lineItem: { id: gid('LineItem', order.id * 100 + line) },
      })),
    })),
  }
}

export const webhookNode = ({ id, topic, uri }: ShopifyShop['webhooks'][number]) => ({
  ...{ id: gid('WebhookSubscription', id), topic, uri },
})

export const couponNode = (coupon: ShopCoupon) => ({
  id: gid('DiscountCodeNode', coupon.id),
  codeDiscount: {
    ...{ title: coupon.title, createdAt: time(coupon.at), endsAt: coupon.endsAt },
    codes: { nodes: [{ code: coupon.code }] },
  },
})
