import type { PlayedAct } from './played-page.contract.ts'

type Choice = { readonly value: string; readonly label: string }
type Field = PlayedAct['fields'][number]

const newest = 30

/** What is chosen from on the page: the newest first. */
export const newestOf = <T>(rows: Iterable<T>): readonly T[] => [...rows].slice(-newest).reverse()

export const numbered = {
  quantity: { name: 'quantity', kind: 'number', value: '1', ko: '수량', en: 'Quantity' },
  grade: { name: 'group', kind: 'number', value: '2', ko: '등급 번호', en: 'Grade' },
} as const satisfies Record<string, Field>

const texts: Field = { name: 'sms', kind: 'check', ko: '문자 수신 동의', en: 'Agrees to texts' }
const mails: Field = { name: 'mail', kind: 'check', ko: '메일 수신 동의', en: 'Agrees to mail' }
/** Two choices about advertising. */
export const agreed: readonly Field[] = [texts, mails]

/** What every played shop can let happen; what is chosen from is asked when the page is drawn. */
export type PlayedShop = {
  readonly members: () => readonly Choice[]
  readonly products: () => readonly Choice[]
  readonly orders: () => readonly Choice[]
  readonly join: (who: {
    readonly name: string
    readonly sms: boolean
    readonly mail: boolean
  }) => void
  readonly order: (what: {
    readonly member: string
    readonly product: number
    readonly quantity: number
    readonly isPaid: boolean
  }) => void
  readonly pay: (order: string) => void
  /** The first line of it. */
  readonly refund: (order: string) => void
  readonly cancel: (order: string) => void
}

export const fieldsOf = (shop: Pick<PlayedShop, 'members' | 'products' | 'orders'>) =>
  ({
    member: { name: 'member', kind: 'choose', choices: shop.members, ko: '회원', en: 'Member' },
    product: { name: 'product', kind: 'choose', choices: shop.products, ko: '상품', en: 'Product' },
    order: { name: 'order', kind: 'choose', choices: shop.orders, ko: '주문', en: 'Order' },
  }) as const satisfies Record<string, Field>

export function usualActs(shop: PlayedShop): readonly PlayedAct[] {
  const { member, product, order } = fieldsOf(shop)
  const paid: Field = {
    name: 'paid',
    kind: 'check',
    value: 'yes',
    ko: '결제까지',
    en: 'Paid at once',
  }
  return [
    {
      ...{ key: 'join', ko: '회원 가입', en: 'Somebody joins' },
      fields: [
        { name: 'name', kind: 'text', value: '단비', ko: '이름', en: 'Name' },
        ...agreed.map((one) => ({ ...one, value: 'yes' })),
      ],
      run: ({ name = '단비', sms, mail }) =>
        shop.join({ name, sms: sms === 'yes', mail: mail === 'yes' }),
    },
    {
      ...{ key: 'order', ko: '주문', en: 'Order' },
      fields: [member, product, numbered.quantity, paid],
      run: (said) =>
        shop.order({
          ...{ member: said.member ?? '', product: Number(said.product) },
          ...{ quantity: countOf(said.quantity), isPaid: said.paid === 'yes' },
        }),
    },
    {
      ...{ key: 'pay', ko: '결제 완료', en: 'The order is paid' },
      ...{ fields: [order], run: (said) => shop.pay(said.order ?? '') },
    },
    {
      ...{ key: 'refund', ko: '반품과 환불', en: 'Return and refund' },
      ...{ fields: [order], run: (said) => shop.refund(said.order ?? '') },
    },
    {
      ...{ key: 'cancel', ko: '주문 취소', en: 'Cancel the order' },
      ...{ fields: [order], run: (said) => shop.cancel(said.order ?? '') },
    },
  ]
}

/** The platform itself: it is away for a while, or takes our keys no more. */
export function troubles(turn: {
  readonly away: (is: boolean) => void
  readonly revoked: (is: boolean) => void
}): readonly PlayedAct[] {
  return [
    {
      ...{ key: 'away', ko: '서버 멈추기, 다시 켜기', en: 'Server away, and back' },
      fields: [{ name: 'isOut', kind: 'check', ko: '응답하지 않음', en: 'Does not answer' }],
      run: (said) => turn.away(said.isOut === 'yes'),
    },
    {
      ...{ key: 'revoke', ko: '키 거두기', en: 'Take the keys back' },
      fields: [{ name: 'isRevoked', kind: 'check', ko: '키를 받지 않음', en: 'Takes no key' }],
      run: (said) => turn.revoked(said.isRevoked === 'yes'),
    },
  ]
}

/** A form for the address to which webhooks go that are set up by hand. */
export const addressed = (
  called: { readonly ko: string; readonly en: string },
  keep: (url: string | null) => void,
): PlayedAct => {
  let kept = ''
  return {
    ...{ key: 'webhooks', ...called },
    fields: [{ name: 'url', kind: 'text', kept: () => kept, ko: '주소', en: 'Address' }],
    run: (said) => {
      kept = said.url?.trim() ?? ''
      keep(kept || null)
    },
  }
}

/** A whole number that was typed, at least 1. */
export const countOf = (text: string | undefined): number =>
  Math.max(1, Math.trunc(Number(text ?? '1')) || 1)

/** A phone and an address that nobody has. */
export const reachedAt = (no: number) => ({
  email: `new${no}@customer.example`,
  phone: `010-9000-${String(no % 10_000).padStart(4, '0')}`,
})
