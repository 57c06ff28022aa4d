import {
  addressed,
  fieldsOf,
  newestOf,
  type PlayedShop,
  reachedAt,
  troubles,
  usualActs,
} from '../platform/played-fields.contract.ts'
import type { PlayedAct } from '../platform/played-page.contract.ts'
import type { PlayedLetter } from '../platform/played-post.contract.ts'
import type { ShopifyShop, ShopOrder } from './shopify-shop.contract.ts'

/** Shopify tries a webhook again so often before it deletes the subscription. */
const tries = 8

/**
 * What a person can let happen in a played shop at Shopify, and the webhooks that leave of it: signed with the app's secret, to the
 * addresses that were subscribed, privacy's to the one that is written into the app.
 */
export function shopifyActs(
  shop: ShopifyShop,
  how: {
    readonly state: { isOut: boolean; isInstalled: boolean }
    readonly now: () => number
  },
) {
  let privacyUrl: string | null = null
  const played = playedShop(shop, how.now)
  const setup = { ko: '개인정보 웹훅 주소 (앱 설정)', en: 'Privacy webhooks (app setup)' }
  const acts: readonly PlayedAct[] = [
    addressed(setup, (said) => {
      privacyUrl = said
    }),
    ...usualActs(played),
    ...ofCustomers(shop, played, how.now),
    ...troubles({
      away: (is) => {
        how.state.isOut = is
      },
      revoked: (is) => {
        how.state.isInstalled = !is
      },
    }),
  ]
  return { acts, letters: () => shop.deliveries.splice(0).map((one) => letterOf(one, privacyUrl)) }
}

function playedShop(shop: ShopifyShop, now: () => number): PlayedShop {
  return {
    members: () =>
      newestOf(shop.customers.values()).map(({ id, first, last }) => ({
        value: String(id),
        label: `${last}${first} (${id})`,
      })),
    products: () =>
      [...shop.products.values()].map(({ id, title }) => ({ value: String(id), label: title })),
    orders: () =>
      newestOf(shop.orders.values()).map((one) => ({ value: String(one.id), label: told(one) })),
    join: ({ name, sms, mail }) => {
      const { email, phone } = reachedAt(shop.nextId())
      const choice = (is: boolean) =>
        is ? { state: 'SUBSCRIBED', at: now() } : { state: 'NOT_SUBSCRIBED', at: null }
      shop.join({
        ...{ last: name.slice(0, 1), first: name.slice(1), email },
        phone: `+82${phone.slice(1).replaceAll('-', '')}`,
        ...{ mail: choice(mail), sms: choice(sms) },
      })
    },
    order: ({ member, product, quantity, isPaid }) => {
      const at = now()
      const sold = shop.products.get(product)
      const who = shop.customers.get(Number(member))
      const price = sold?.price ?? 0
      const { first = '', last = '', email = '', phone = '' } = who ?? {}
      shop.order({
        ...{ at, paidAt: isPaid ? at : null, customer: who?.id ?? null },
        buyer: { name: `${last}${first}`, email, phone },
        lines: [{ product, title: sold?.title ?? '', variant: null, quantity, price }],
        ...{ fee: 3_000, total: price * quantity + 3_000, codes: [] },
      })
    },
    pay: (id) => shop.pay(Number(id)),
    refund: (id) => {
      const [line] = shop.orders.get(Number(id))?.lines ?? []
      if (!line) return
      const lines = [{ line: 0, quantity: line.quantity }]
      shop.refund(Number(id), { amount: line.price * line.quantity, lines })
    },
    cancel: (id) => shop.cancel(Number(id)),
  }
}

function ofCustomers(
  shop: ShopifyShop,
  played: PlayedShop,
  now: () => number,
): readonly PlayedAct[] {
  const { member } = fieldsOf(played)
  return [
    {
      ...{ key: 'refuse', ko: '문자 수신 거부', en: 'Refuses texts' },
      fields: [member],
      run: (said) =>
        shop.chooses(Number(said.member), { sms: { state: 'UNSUBSCRIBED', at: now() } }),
    },
    {
      ...{ key: 'redact', ko: '개인정보 삭제 요청', en: 'Asks to be forgotten' },
      fields: [member],
      run: (said) =>
        shop.tell('customers/redact', {
          shop_domain: 'testshop.myshopify.com',
          customer: { id: Number(said.member) },
          orders_to_redact: [],
        }),
    },
  ]
}

function letterOf(
  { url, headers, body }: ShopifyShop['deliveries'][number],
  privacyUrl: string | null,
): PlayedLetter {
  return { url: url ?? privacyUrl, topic: headers['x-shopify-topic'] ?? '', headers, body, tries }
}

function told({ id, total, paidAt, cancelledAt }: ShopOrder): string {
  const paid = paidAt === null ? '결제 전' : '결제 완료'
  return `#${id} · ${total}원 · ${cancelledAt === null ? paid : '취소'}`
}
