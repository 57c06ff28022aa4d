import { dayMs } from '../../lib/duration.ts'
import type { inventedYear } from '../platform/invented-year.contract.ts'
import type { ShopifyShop } from './shopify-shop.contract.ts'

/** Lives an invented year in a shop; one order has more lines than a page of them. No webhook is left of it. */
export function liveInShopify(shop: ShopifyShop, year: ReturnType<typeof inventedYear>): void {
  const products = year.products.map(({ name, price }, no) =>
    shop.sell({
      ...{ title: name, price, before: no === 1 ? price + 1_000 : null },
      stock: no === 2 ? 5 : null,
    }),
  )
  const members = year.members.map(({ name, email, phone, sms, mail, joinedAt: at }) =>
    shop.join({
      ...{
        last: name[0],
        first: name[1],
        email,
        phone: `+82${phone.slice(1).replaceAll('-', '')}`,
        at,
      },
      mail: { state: mail ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED', at: mail ? at + dayMs : null },
      sms: { state: sms ? 'SUBSCRIBED' : 'UNSUBSCRIBED', at: at + dayMs },
    }),
  )
  for (const [no, told] of year.orders.entries()) {
    const bought =
      no === 0
        ? Array.from({ length: 13 }, (_, one) => ({ product: one % 12, quantity: 1 }))
        : told.buys
    const lines = bought.map(({ product, quantity }, one) => ({
      ...{ product: products[product]?.id ?? 0, title: products[product]?.title ?? '', quantity },
      ...{ price: products[product]?.price ?? 0, variant: one === 12 ? '분쇄' : null },
    }))
    const goods = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
    const { name, email, phone } = told.buyer
    const order = shop.order({
      ...{ at: told.at, paidAt: told.paidAt, buyer: { name: name.join(''), email, phone }, lines },
      customer: told.member === null ? null : (members[told.member]?.id ?? null),
      ...{ fee: told.fee, total: goods + told.fee - told.off },
      codes: told.off > 0 ? ['WELCOME'] : [],
    })
    const [line] = lines
    if (told.fate === 'cancelled') shop.cancel(order.id)
    else if (told.fate === 'returned' && told.paidAt !== null && line) {
      const back = [{ line: 0, quantity: line.quantity }]
      shop.refund(order.id, {
        amount: Math.min(line.price, order.total),
        lines: back,
        at: told.paidAt + dayMs,
      })
    }
  }
  shop.deliveries.length = 0
}
