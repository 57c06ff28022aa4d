import {
  newestOf,
  type PlayedShop,
  reachedAt,
  troubles,
  usualActs,
} from '../platform/played-fields.contract.ts'
import type { PlayedAct } from '../platform/played-page.contract.ts'
import type { PlayedLetter } from '../platform/played-post.contract.ts'
import type { WooShop } from './woo-shop.contract.ts'

/**
 * What a person can let happen in a played shop with WooCommerce, and the webhooks that leave of it: signed, to the addresses that were
 * set up by its API. Each is posted once; after more than five failures in a row the shop switches the webhook off.
 */
export function wooActs(
  shop: WooShop,
  how: {
    readonly state: { isOut: boolean; isRevoked: boolean }
    readonly now: () => number
  },
) {
  const acts: readonly PlayedAct[] = [
    ...usualActs(playedShop(shop, how.now)),
    ...troubles({
      away: (is) => {
        how.state.isOut = is
      },
      revoked: (is) => {
        how.state.isRevoked = is
      },
    }),
  ]
  return { acts, letters: () => shop.deliveries.splice(0).map((one) => letterOf(shop, one)) }
}

function playedShop(shop: WooShop, now: () => number): PlayedShop {
  const customers = () => [...shop.customers.values()].filter(({ role }) => role === 'customer')
  return {
    members: () =>
      newestOf(customers()).map(({ id, first, last }) => ({
        value: String(id),
        label: `${last}${first} (${id})`,
      })),
    products: () =>
      [...shop.products.values()].map(({ id, name }) => ({ value: String(id), label: name })),
    orders: () =>
      newestOf(shop.orders.values()).map(({ id, total, status }) => ({
        value: String(id),
        label: `#${id} · ${total}원 · ${status}`,
      })),
    join: ({ name, sms, mail }) => {
      const who = { last: name.slice(0, 1), first: name.slice(1), ...reachedAt(shop.nextId()) }
      const meta = { agree_sms: sms ? 'yes' : 'no', agree_mail: mail ? '1' : '0' }
      shop.join({ ...who, role: 'customer', meta })
    },
    order: ({ member, product, quantity, isPaid }) => {
      const at = now()
      const sold = shop.products.get(product)
      const who = shop.customers.get(Number(member))
      const [variation] = sold?.variations ?? []
      const price = variation?.regular ?? sold?.regular ?? 0
      const { first = '', last = '', email = '', phone = '' } = who ?? {}
      const line = { product, variation: variation?.id ?? 0, name: sold?.name ?? '', off: 0 }
      shop.order({
        ...{ at, paidAt: isPaid ? at : null, status: isPaid ? 'processing' : 'on-hold' },
        ...{ customer: who?.id ?? 0, buyer: { first, last, email, phone } },
        lines: [{ ...line, quantity, price }],
        ...{ fee: 3_000, total: price * quantity + 3_000, codes: [] },
      })
    },
    pay: (id) => shop.pay(Number(id)),
    refund: (id) => {
      const [line] = shop.orders.get(Number(id))?.lines ?? []
      if (!line) return
      const amount = line.price * line.quantity - line.off
      shop.refund(Number(id), { amount, lines: [{ line: 0, quantity: line.quantity }] })
    },
    cancel: (id) => shop.cancel(Number(id)),
  }
}

function letterOf(shop: WooShop, delivery: WooShop['deliveries'][number]): PlayedLetter {
  const { headers, body } = delivery
  const url = shop.webhooks.find(({ id }) => id === delivery.webhook)?.delivery_url ?? null
  const heard = (status: number): void => shop.answered(delivery, status === 0 ? 500 : status)
  return { url, topic: headers['x-wc-webhook-topic'] ?? '', headers, body, tries: 1, heard }
}
