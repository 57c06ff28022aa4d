import {
  addressed,
  agreed,
  countOf,
  fieldsOf,
  newestOf,
  numbered,
  type PlayedShop,
  reachedAt,
  troubles,
  usualActs,
} from '../platform/played-fields.contract.ts'
import type { PlayedAct } from '../platform/played-page.contract.ts'
import type { PlayedLetter } from '../platform/played-post.contract.ts'
import { amountOf, type Cafe24Mall, type MallOrder } from './cafe24-mall.contract.ts'

/**
 * What a person can let happen in a played mall, and the webhooks that leave of it: unsigned, as Cafe24's do, to the one address that
 * is written into the app. What one attempt does not bring is lost.
 */
export function cafe24Acts(mall: Cafe24Mall, state: { isOut: boolean; isRevoked: boolean }) {
  let url: string | null = null
  const shop = playedMall(mall)
  const centre = { ko: '웹훅 주소 (개발자센터)', en: 'Webhook address (developer centre)' }
  const acts: readonly PlayedAct[] = [
    addressed(centre, (said) => {
      url = said
    }),
    ...usualActs(shop),
    {
      ...{
        key: 'ship',
        ko: '배송 시작, 다시 누르면 배송 완료',
        en: 'Shipped; once more: delivered',
      },
      ...{ fields: [fieldsOf(shop).order], run: (said) => mall.ship(said.order ?? '') },
    },
    ...inCarts(mall, shop),
    ...ofMembers(mall, shop),
    ...ofGifts(mall, shop),
    ...troubles({
      away: (is) => {
        state.isOut = is
      },
      revoked: (is) => {
        state.isRevoked = is
      },
    }),
  ]
  return { acts, letters: () => mall.notices.splice(0).map((one) => letterOf(one, url)) }
}

function playedMall(mall: Cafe24Mall): PlayedShop {
  return {
    members: () =>
      newestOf(mall.members.values()).map(({ id, name }) => ({
        value: id,
        label: `${name} (${id})`,
      })),
    products: () => [...mall.products].map(([no, { name }]) => ({ value: `${no}`, label: name })),
    orders: () =>
      newestOf(mall.orders.values()).map((one) => ({ value: one.id, label: told(one) })),
    join: ({ name, sms, mail }) => {
      const no = mall.members.size + 1
      const { email, phone } = reachedAt(no)
      const id = `new${String(no).padStart(4, '0')}`
      mall.join({ id, name, email, cellphone: phone, sms, newsMail: mail })
    },
    order: ({ member, product, quantity, isPaid }) => {
      const buys = [{ product, quantity }]
      mall.order({ member, buys, ...(isPaid ? {} : { paidAt: null }) })
    },
    pay: mall.pay,
    refund: (id) => {
      const [item] = mall.orders.get(id)?.items ?? []
      if (item) mall.refund(id, [item.code], item.price * item.quantity)
    },
    cancel: mall.cancel,
  }
}

function inCarts(mall: Cafe24Mall, shop: PlayedShop): readonly PlayedAct[] {
  const { member, product } = fieldsOf(shop)
  return [
    {
      ...{ key: 'cart', ko: '장바구니에 담기', en: 'Put into the cart' },
      fields: [member, product, numbered.quantity],
      run: (said) => mall.put(said.member ?? '', Number(said.product), countOf(said.quantity)),
    },
    {
      ...{ key: 'uncart', ko: '장바구니에서 빼기', en: 'Take out of the cart' },
      fields: [member, product],
      run: (said) => mall.takeOut(said.member ?? '', Number(said.product)),
    },
  ]
}

function ofMembers(mall: Cafe24Mall, shop: PlayedShop): readonly PlayedAct[] {
  const { member } = fieldsOf(shop)
  const one = (called: Pick<PlayedAct, 'key' | 'ko' | 'en'>, run: (id: string) => void) => ({
    ...called,
    ...{ fields: [member], run: (said: { readonly member?: string }) => run(said.member ?? '') },
  })
  return [
    {
      ...{ key: 'consent', ko: '수신 동의 바꾸기', en: 'Change what is agreed to' },
      fields: [member, ...agreed],
      run: (said) =>
        mall.change(said.member ?? '', { sms: said.sms === 'yes', newsMail: said.mail === 'yes' }),
    },
    {
      ...{ key: 'grade', ko: '등급 변경', en: 'Change the grade' },
      fields: [member, numbered.grade],
      run: (said) => mall.grade(said.member ?? '', countOf(said.group)),
    },
    one({ key: 'sign-in', ko: '로그인', en: 'Sign in' }, mall.signIn),
    one({ key: 'rest', ko: '휴면 전환', en: 'Becomes dormant' }, mall.rest),
    one({ key: 'release', ko: '휴면 해제', en: 'Is released' }, mall.release),
    one({ key: 'withdraw', ko: '회원 탈퇴', en: 'Withdraw' }, mall.withdraw),
  ]
}

/** What the mall gives of its own: points, and coupons of which no webhook says who got one. */
function ofGifts(mall: Cafe24Mall, shop: PlayedShop): readonly PlayedAct[] {
  const { member, product } = fieldsOf(shop)
  const coupon = {
    name: 'coupon',
    kind: 'choose' as const,
    ...{ ko: '쿠폰', en: 'Coupon' },
    choices: () =>
      newestOf(mall.coupons).map((one) => ({ value: one.coupon_no, label: one.coupon_name })),
  }
  return [
    {
      ...{ key: 'points', ko: '적립금 주기, 빼면 음수로', en: 'Points; fewer with a minus' },
      fields: [
        member,
        { name: 'change', kind: 'number', value: '1000', ko: '적립금', en: 'Points' },
      ],
      run: (said) => mall.point(said.member ?? '', Math.trunc(Number(said.change)) || 0),
    },
    {
      ...{ key: 'new-coupon', ko: '쿠폰 만들기', en: 'Make a coupon' },
      fields: [{ name: 'name', kind: 'text', value: '깜짝 쿠폰', ko: '이름', en: 'Name' }],
      run: (said) => void mall.makeCoupon(said.name?.trim() || '깜짝 쿠폰', 'M'),
    },
    {
      ...{ key: 'give', ko: '쿠폰 주기 (웹훅 없음)', en: 'Give a coupon (no webhook)' },
      ...{ fields: [member, coupon] },
      run: (said) => mall.give(said.coupon ?? '', said.member ?? ''),
    },
    {
      ...{ key: 'use-coupon', ko: '쿠폰 쓴 주문', en: 'Order with a coupon' },
      fields: [member, product, coupon],
      run: (said) => {
        const buys = [{ product: Number(said.product), quantity: 1 }]
        const used = { coupon: said.coupon ?? null, off: 1_000 }
        mall.order({ member: said.member ?? '', buys, ...used })
      },
    },
  ]
}

function letterOf(notice: Cafe24Mall['notices'][number], url: string | null): PlayedLetter {
  const body = JSON.stringify(notice)
  return { url, topic: String(notice.event_no), headers: {}, body, tries: 1 }
}

function told(order: MallOrder): string {
  const paid = order.paidAt === null ? '입금 전' : '결제 완료'
  return `${order.id} · ${amountOf(order)}원 · ${order.cancelledAt === null ? paid : '취소'}`
}
