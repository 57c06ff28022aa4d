import { wooText } from './values.ts'

export type ShopCustomer = {
  readonly id: number
  readonly at: number
  readonly modifiedAt: number
  readonly first: string
  readonly last: string
  readonly email: string
  readonly phone: string
  readonly role: string
  readonly meta: Readonly<Record<string, string>>
}
export type ShopVariation = {
  readonly id: number
  readonly regular: number
  readonly sale: number | null
  readonly stock: number | null
}
export type ShopProduct = {
  readonly id: number
  readonly modifiedAt: number
  readonly name: string
  readonly regular: number
  readonly sale: number | null
  readonly stock: number | null
  readonly variations: readonly ShopVariation[]
}
export type ShopRefund = {
  readonly id: number
  readonly at: number
  readonly amount: number
  /** Index of the order's line, and how many came back. */
  readonly lines: readonly { readonly line: number; readonly quantity: number }[]
}
export type ShopOrder = {
  readonly id: number
  readonly at: number
  modifiedAt: number
  paidAt: number | null
  status: string
  customer: number
  readonly buyer: {
    readonly first: string
    readonly last: string
    readonly email: string
    readonly phone: string
  }
  readonly lines: readonly {
    readonly product: number
    readonly variation: number
    readonly name: string
    readonly quantity: number
    readonly price: number
    /** Taken off by coupons. */
    readonly off: number
  }[]
  readonly fee: number
  readonly total: number
  readonly codes: readonly string[]
  readonly refunds: ShopRefund[]
}

const money = (amount: number): string => amount.toFixed(2)
const time = (at: number | null): string | null => (at === null ? null : wooText(at))

/** What of a price stands without its tax of a tenth, and the tax. */
function taxed(amount: number): readonly [net: string, tax: string] {
  const tax = Math.round(amount / 11)
  return [money(amount - tax), money(tax)]
}

export function customerRow(customer: ShopCustomer) {
  const { id, at, modifiedAt, first, last, email, phone, role, meta } = customer
  return {
    ...{ id, email, first_name: first, last_name: last, role, username: `user${id}` },
    ...{ date_created_gmt: time(at), date_modified_gmt: time(modifiedAt) },
    billing: { first_name: first, last_name: last, email, phone },
    meta_data: Object.entries(meta).map(([key, value], no) => ({ id: no + 1, key, value })),
  }
}

const stocked = (stock: number | null) => ({
  manage_stock: stock !== null,
  stock_quantity: stock,
  stock_status: stock === 0 ? 'outofstock' : 'instock',
})

export function productRow(product: ShopProduct) {
  const { id, name, regular, sale, stock, variations, modifiedAt } = product
  const isVariable = variations.length > 0
  const prices = variations.map((one) => one.sale ?? one.regular)
  return {
    ...{ id, name, type: isVariable ? 'variable' : 'simple', status: 'publish', parent_id: 0 },
    permalink: `https://shop.example/product/${id}`,
    date_modified_gmt: time(modifiedAt),
    price: String(isVariable ? Math.min(...prices) : (sale ?? regular)),
    regular_price: isVariable ? '' : String(regular),
    sale_price: isVariable || sale === null ? '' : String(sale),
    purchasable: true,
    ...stocked(isVariable ? null : stock),
    categories: [{ id: 1, name: '원두', slug: 'beans' }],
    images: [{ id: 1, src: `https://shop.example/images/${id}.jpg` }],
  }
}

export function variationRow(variation: ShopVariation) {
  const { id, regular, sale, stock } = variation
  return {
    ...{ id, status: 'publish', purchasable: true },
    ...{ price: String(sale ?? regular), regular_price: String(regular) },
    sale_price: sale === null ? '' : String(sale),
    ...stocked(stock),
  }
}

export function orderRow(order: ShopOrder) {
  const [shipping, shippingTax] = taxed(order.fee)
  const { first, last, email, phone } = order.buyer
  return {
    ...{ id: order.id, number: String(order.id), status: order.status, currency: 'KRW' },
    ...{ date_created_gmt: time(order.at), date_modified_gmt: time(order.modifiedAt) },
    ...{ date_paid_gmt: time(order.paidAt), customer_id: order.customer, prices_include_tax: true },
    ...{ shipping_total: shipping, shipping_tax: shippingTax, total: money(order.total) },
    billing: { first_name: first, last_name: last, email, phone },
    line_items: order.lines.map((line, no) => {
      const [subtotal, subtotalTax] = taxed(line.price * line.quantity)
      const [total, totalTax] = taxed(line.price * line.quantity - line.off)
      return {
        ...{ id: lineId(order, no), name: line.name, product_id: line.product },
        ...{ variation_id: line.variation, quantity: line.quantity },
        ...{ subtotal, subtotal_tax: subtotalTax, total, total_tax: totalTax },
        meta_data:
          line.variation === 0
            ? []
            : [{ id: 1, key: 'pa_grind', value: 'drip', display_value: '드립용' }],
      }
    }),
    fee_lines: [],
    coupon_lines: order.codes.map((code, no) => ({ id: no + 1, code: code.toLowerCase() })),
    refunds: order.refunds.map(({ id, amount }) => ({ id, reason: '', total: money(-amount) })),
  }
}

export function refundRow(order: ShopOrder, refund: ShopRefund) {
  return {
    ...{ id: refund.id, amount: money(refund.amount), date_created_gmt: time(refund.at) },
    line_items: refund.lines.map(({ line, quantity }, no) => ({
      id: no + 1,
      product_id: order.lines[line]?.product ?? 0,
      variation_id: order.lines[line]?.variation ?? 0,
      quantity: -quantity,
      meta_data: [{ id: 1, key: '_refunded_item_id', value: String(lineId(order, line)) }],
    })),
  }
}

const lineId = (order: ShopOrder, line: number): number => order.id * 100 + line
