import { dayMs } from '../../lib/duration.ts'
import type { inventedYear } from '../platform/invented-year.contract.ts'
import type { WooShop } from './woo-shop.contract.ts'

/** Lives an invented year in a shop; its owner has an account, too, and one product has variations. No webhook is left of it. */
export function liveInWoo(shop: WooShop, year: ReturnType<typeof inventedYear>): void {
  const products = year.products.map(({ name, price }, no) =>
    shop.sell({
      ...{
        name,
        regular: price,
        sale: no === 1 ? price - 1_000 : null,
        stock: no === 2 ? 5 : null,
      },
      variations: no === 0 ? ground : [],
    }),
  )
  const members = year.members.map(({ name, email, phone, sms, mail, joinedAt }) =>
    shop.join({
      ...{ last: name[0], first: name[1], email, phone, role: 'customer', at: joinedAt },
      meta: { agree_sms: sms ? 'yes' : 'no', ...(mail ? { agree_mail: '1' } : {}) },
    }),
  )
  const owner = { first: '사장', last: '김', email: 'owner@shop.example', phone: '' }
  shop.join({ ...owner, role: 'administrator', meta: {}, at: (members[0]?.at ?? 0) - dayMs })
  for (const told of year.orders) {
    const lines = told.buys.map(({ product, quantity }, no) => {
      const sold = products[product]
      const [variation] = sold?.variations ?? []
      return {
        ...{
          product: sold?.id ?? 0,
          variation: variation?.id ?? 0,
          name: sold?.name ?? '',
          quantity,
        },
        price: variation?.regular ?? sold?.regular ?? 0,
        off: no === 0 ? told.off : 0,
      }
    })
    const goods = lines.reduce((sum, line) => sum + line.price * line.quantity - line.off, 0)
    const { name, email, phone } = told.buyer
    const order = shop.order({
      ...{
        at: told.at,
        paidAt: told.paidAt,
        status: told.paidAt === null ? 'on-hold' : 'completed',
      },
      customer: told.member === null ? 0 : (members[told.member]?.id ?? 0),
      buyer: { last: name[0], first: name[1], email, phone },
      ...{ lines, fee: told.fee, total: goods + told.fee, codes: told.off > 0 ? ['WELCOME'] : [] },
    })
    const [line] = lines
    if (told.fate === 'cancelled') shop.cancel(order.id)
    else if (told.fate === 'returned' && told.paidAt !== null && line) {
      const amount = line.price * line.quantity - line.off
      const back = [{ line: 0, quantity: line.quantity }]
      shop.refund(order.id, { amount, lines: back, at: told.paidAt + dayMs })
    }
  }
  shop.deliveries.length = 0
}

const ground = [
  { id: 9_001, regular: 12_000, sale: 9_900, stock: 4 },
  { id: 9_002, regular: 15_000, sale: null, stock: 3 },
]
