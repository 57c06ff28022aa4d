import { formatDecimal } from '../../lib/decimal.ts'
import { localTime } from '../../lib/zone.ts'
import { csvLine } from '../../web/csv-cell.ts'

/** A product as it is taken away; amounts are ten-thousandths of the currency unit. */
export type OutProduct = {
  readonly id: string
  readonly name: string
  readonly price: number | null
  readonly salePrice: number | null
  readonly category: string | null
  readonly brand: string | null
  readonly stock: number | null
  readonly url: string | null
  readonly imageUrl: string | null
  readonly sellable: boolean
}

/** A customer as they are taken away; `traits` is JSON, addresses are sealed, times UTC ms. */
export type OutCustomer = {
  readonly id: number
  readonly userId: string | null
  readonly name: string | null
  /** JSON. */
  readonly traits: string
  readonly createdAt: number
  /** Sealed addresses. */
  readonly email: string | null
  readonly phone: string | null
  readonly lists: string | null
}

/** An order as it is taken away; `lines` is JSON, amounts are ten-thousandths as text. */
export type OutOrder = {
  readonly id: string
  readonly status: string
  readonly createdAt: number
  readonly paidAt: number | null
  readonly currency: string
  readonly gross: string
  readonly refunded: string
  readonly coupon: string | null
  readonly userId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  /** JSON: [{product, name, variant, quantity, refunded, price, net, isGoods}], amounts as text. */
  readonly lines: string
}

/** What stands of a person's consent on one channel. */
export type OutConsent = {
  readonly customer: number
  readonly channel: string
  readonly adDay: boolean
  readonly adNight: boolean
  readonly personal: boolean
  readonly grantedAt: number | null
  readonly refusedAt: number | null
  readonly userId: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** How sealed addresses are opened, and in whose zone times are written. */
export type Opened = { readonly open: (sealed: string | null) => string; readonly zone: string }

const amount = (value: number | string | null): string =>
  value === null ? '' : formatDecimal(BigInt(value))

function time(at: number | null, zone: string): string {
  if (at === null) return ''
  return new Date(localTime(at, zone)).toISOString().slice(0, 19).replace('T', ' ')
}

/** Headings of the tables, which the door for files knows by their names. */
export const productHeadings = [
  '상품코드',
  '상품명',
  '판매가',
  '할인가',
  '카테고리',
  '브랜드',
  '재고수량',
  '상품URL',
  '대표이미지',
  '판매상태',
]

/** A product as a line of `products.csv`. */
export function productLine(row: OutProduct): string {
  return csvLine([
    row.id,
    row.name,
    amount(row.price ?? 0),
    amount(row.salePrice),
    row.category ?? '',
    row.brand ?? '',
    row.stock === null ? '' : `${row.stock}`,
    row.url ?? '',
    row.imageUrl ?? '',
    row.sellable ? '판매중' : '판매중지',
  ])
}

/** Headings of `members.csv`. */
export const peopleHeadings = [
  '회원아이디',
  '이름',
  '이메일',
  '휴대전화',
  '가입일시',
  '명단',
  '속성(JSON)',
]

/** A person as a line of `members.csv`; guests have no member id. */
export function personLine(row: OutCustomer, { open, zone }: Opened): string {
  return csvLine([
    row.userId ?? '',
    row.name ?? '',
    open(row.email),
    open(row.phone),
    time(row.createdAt, zone),
    row.lists ?? '',
    row.traits,
  ])
}

/** Headings of `orders.csv`. */
export const orderHeadings = [
  '주문번호',
  '품목주문번호',
  '주문일시',
  '결제일시',
  '주문상태',
  '회원아이디',
  '주문자이름',
  '주문자이메일',
  '주문자휴대전화',
  '상품번호',
  '상품명',
  '옵션',
  '수량',
  '판매가',
  '배송비',
  '총결제금액',
  '환불금액',
  '쿠폰코드',
  '통화',
]

type Line = {
  readonly product: string
  readonly name: string
  readonly variant: string | null
  readonly quantity: number
  readonly refunded: number
  readonly price: string
  readonly net: string
  readonly isGoods: boolean
}

/** An order as lines of `orders.csv`, one a product; delivery and fees stand in a column of their own. */
export function orderLines(order: OutOrder, { open, zone }: Opened): string {
  const lines = JSON.parse(order.lines) as readonly Line[]
  const fees = lines.filter(({ isGoods }) => !isGoods)
  const goods = lines.filter(({ isGoods }) => isGoods)
  // What of it was given back stands in the refund.
  const fee = fees.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n)
  return (goods.length > 0 ? goods : lines)
    .map((line, index) =>
      csvLine([
        order.id,
        `${order.id}-${index + 1}`,
        time(order.createdAt, zone),
        time(order.paidAt, zone),
        stateOf(order, line),
        order.userId ?? '',
        order.name ?? '',
        open(order.email),
        open(order.phone),
        line.product,
        line.name,
        line.variant ?? '',
        `${line.quantity}`,
        amount(line.price),
        goods.length > 0 ? formatDecimal(fee) : '0',
        amount(order.gross),
        amount(order.refunded),
        order.coupon ?? '',
        order.currency,
      ]),
    )
    .join('')
}

function stateOf(order: OutOrder, line: Line): string {
  if (order.status === 'cancelled') return '취소완료'
  if (order.status === 'created') return '입금전'
  if (order.status === 'refunded' || line.refunded >= line.quantity) return '반품완료'
  return '결제완료'
}

/** Headings of `consents.csv`. */
export const consentHeadings = [
  '회원아이디',
  '이메일',
  '휴대폰번호',
  '채널',
  '동의여부',
  '동의일시',
  '야간수신동의',
  '개인정보마케팅동의',
]

/** What stands of somebody's consent on a channel as a line of `consents.csv`. */
export function consentLine(row: OutConsent, { open, zone }: Opened): string {
  return csvLine([
    row.userId ?? '',
    open(row.email),
    open(row.phone),
    row.channel,
    row.adDay ? 'Y' : 'N',
    time(row.adDay ? row.grantedAt : (row.refusedAt ?? row.grantedAt), zone),
    row.adNight ? 'Y' : 'N',
    row.personal ? 'Y' : 'N',
  ])
}
