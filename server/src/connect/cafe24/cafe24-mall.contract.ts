import type { Clock } from '../../lib/clock.ts'
import { mallGifts } from './cafe24-gifts.contract.ts'
import { cafe24Text } from './values.ts'

type Row = Record<string, unknown>
type Item = { code: string; product: number; price: number; quantity: number; status: string }
export type MallOrder = {
  readonly id: string
  readonly at: number
  readonly member: string | null
  readonly buyer: { readonly name: string; readonly email: string; readonly cellphone: string }
  readonly place: string
  items: Item[]
  readonly fee: number
  /** Taken off the whole order. */
  readonly off: number
  /** Number of the coupon that was used. */
  readonly coupon: string | null
  paidAt: number | null
  cancelledAt: number | null
  shippedAt?: number
  deliveredAt?: number
}
export type MallRefund = {
  readonly code: string
  readonly order: string
  readonly at: number
  readonly items: readonly string[]
  readonly quantity: number
  readonly amount: number
}
/** As the API shows it. */
export type MallCoupon = Row & { readonly coupon_no: string; readonly coupon_name: string }
export type MallIssue = {
  readonly coupon: string
  readonly no: string
  readonly member: string
  readonly at: number
}
export type MallProduct = {
  readonly name: string
  readonly price: number
  readonly selling: boolean
  readonly at: number
  /** With Cafe24's own discount taken off. */
  readonly reduced?: number
  /** Absent: not counted. */
  readonly stock?: number
  readonly category?: number
}
type Priced = Pick<MallProduct, 'price'> & Partial<MallProduct>
const priced = (of: number | Priced): Priced => (typeof of === 'number' ? { price: of } : of)
export type MallMember = {
  readonly id: string
  name: string
  email: string
  cellphone: string
  sms: boolean
  newsMail: boolean
  readonly joinedAt: number
  readonly group?: number
  readonly signedInAt?: number
  /** Kept apart: no longer shown by the API until they are released. */
  readonly isDormant?: boolean
  readonly releasedAt?: number
  readonly points?: number
}

type MallCart = { member: string; product: number; quantity: number; at: number }

/** A webhook as Cafe24 would post it; whoever holds it may lose it, repeat it, or bring it late. */
export type MallNotice = { readonly event_no: number } & Row

/**
 * A mall at Cafe24, as far as its Admin API and webhooks show it: what happens in it changes its rows and leaves webhooks to be delivered.
 * Used by the contract server in tests, and by developers without an account.
 */
export function cafe24Mall(mall: string, clock: Pick<Clock, 'now'>) {
  const members = new Map<string, MallMember>()
  const orders = new Map<string, MallOrder>()
  const refunds: MallRefund[] = []
  const products = new Map<number, MallProduct>()
  const carts: MallCart[] = []
  const scripts: Row[] = []
  const promotion = { coupons: [] as MallCoupon[], issues: [] as MallIssue[] }
  const notices: MallNotice[] = []
  let made = 0

  const tell = (event_no: number, resource: Row, beside: Row = {}): void => {
    notices.push({
      event_no,
      resource: { mall_id: mall, event_shop_no: '1', ...resource },
      ...beside,
    })
  }
  const flat = (event_no: number, body: Row): void => {
    notices.push({ event_no, mall_id: mall, event_shop_no: String(event_no), ...body })
  }

  function order(what: Ordered): MallOrder {
    const row = ordered(what, { members, products, number: ++made, now: clock.now() })
    orders.set(row.id, row)
    const paid = row.paidAt === null ? 'F' : 'T'
    tell(90023, { order_id: row.id, member_id: row.member, paid })
    return row
  }

  function refund(id: string, items: readonly string[], amount: number): void {
    const own = orders.get(id)
    if (!own) return
    const back = own.items.filter(({ code }) => items.includes(code))
    for (const item of back) item.status = 'C3'
    refunds.push({
      code: `R${id}-${refunds.length + 1}`,
      ...{ order: id, at: clock.now(), items, amount },
      quantity: back.reduce((sum, { quantity }) => sum + quantity, 0),
    })
    tell(90027, { order_id: id })
  }

  return {
    ...{ mall, members, orders, refunds, products, carts, scripts, ...promotion, notices },
    ...mallMembers(clock, members, { tell, flat }),
    ...mallGifts(clock, { members, ...promotion }, tell),
    sell: (no: number, name: string, of: number | Priced): void => {
      products.set(no, { name, selling: true, at: clock.now(), ...priced(of) })
      tell(90001, { product_no: no })
    },
    order,
    pay: (id: string): void => {
      const own = orders.get(id)
      if (!own) return
      own.paidAt = clock.now()
      tell(90025, { order_id: id })
    },
    /** It leaves, and when it has left already it arrives. */
    ship: (id: string): void => {
      const own = orders.get(id)
      if (!own) return
      if (own.shippedAt === undefined) own.shippedAt = clock.now()
      else own.deliveredAt = clock.now()
      tell(90024, { order_id: id })
    },
    refund,
    /** Cancelled as a whole; what was paid goes back. */
    cancel: (id: string): void => {
      const own = orders.get(id)
      if (!own) return
      own.cancelledAt = clock.now()
      for (const item of own.items) item.status = own.paidAt === null ? 'C1' : 'C2'
      if (own.paidAt !== null)
        refund(
          id,
          own.items.map(({ code }) => code),
          amountOf(own),
        )
      tell(90026, { order_id: id })
    },
    ...mallCarts(clock, carts, tell),
  }
}
export type Cafe24Mall = ReturnType<typeof cafe24Mall>

type Tell = (event_no: number, resource: Row) => void

function mallMembers(
  clock: Pick<Clock, 'now'>,
  members: Map<string, MallMember>,
  { tell, flat }: { readonly tell: Tell; readonly flat: Tell },
) {
  const set = (id: string, change: Partial<MallMember>): void => {
    const before = members.get(id)
    if (before) members.set(id, { ...before, ...change })
  }
  return {
    join: (member: Omit<MallMember, 'joinedAt'> & { readonly joinedAt?: number }): void => {
      members.set(member.id, { ...member, joinedAt: member.joinedAt ?? clock.now() })
      tell(90032, { member_id: member.id })
    },
    change: (id: string, change: Partial<Omit<MallMember, 'id' | 'joinedAt'>>): void => {
      set(id, change)
      flat(90080, { member_id: id, diff_key: Object.keys(change) })
    },
    signIn: (id: string): void => {
      set(id, { signedInAt: clock.now() })
      tell(90143, { member_id: id, group_name: '일반회원', inflow_name: 'Mobile' })
    },
    grade: (id: string, group: number): void => {
      set(id, { group })
      tell(90144, { member_id: id, after_member_group_name: `등급 ${group}` })
    },
    /** Nobody who did not come for a year is shown among the members. */
    rest: (id: string): void => {
      set(id, { isDormant: true })
      tell(90145, { member_id: id })
    },
    release: (id: string): void => {
      set(id, { isDormant: false, releasedAt: clock.now() })
      tell(90146, { member_id: id })
    },
    withdraw: (id: string): void => {
      members.delete(id)
      flat(90147, { member_id: id })
    },
  }
}

function mallCarts(clock: Pick<Clock, 'now'>, carts: MallCart[], tell: Tell) {
  return {
    put: (member: string, product: number, quantity: number): void => {
      carts.push({ member, product, quantity, at: clock.now() })
      tell(90084, { member_id: member, product_no: product, quantity })
    },
    /** Nothing is told of what is taken out. */
    takeOut: (member: string, product: number): void => {
      const at = carts.findIndex((one) => one.member === member && one.product === product)
      if (at >= 0) carts.splice(at, 1)
    },
  }
}

type Ordered = Partial<MallOrder> & {
  readonly buys: readonly { readonly product: number; readonly quantity: number }[]
}

function ordered(
  what: Ordered,
  {
    members,
    products,
    number,
    now,
  }: {
    readonly members: ReadonlyMap<string, MallMember>
    readonly products: ReadonlyMap<number, { readonly price: number }>
    readonly number: number
    readonly now: number
  },
): MallOrder {
  const at = what.at ?? now
  const day = cafe24Text(at).slice(0, 10).replaceAll('-', '')
  const id = `${day}-${String(number).padStart(7, '0')}`
  const member = what.member ?? null
  const known = member === null ? undefined : members.get(member)
  const fallback = {
    name: known?.name ?? '비회원',
    email: known?.email ?? '',
    cellphone: known?.cellphone ?? '',
  }
  return {
    ...{ id, at, member, place: what.place ?? 'cafe24' },
    buyer: what.buyer ?? fallback,
    items: what.buys.map(({ product, quantity }, index) => ({
      code: `${id}-${String(index + 1).padStart(2, '0')}`,
      ...{ product, quantity, status: 'N1' },
      price: products.get(product)?.price ?? 10_000,
    })),
    ...{ fee: what.fee ?? 3_000, off: what.off ?? 0, coupon: what.coupon ?? null },
    paidAt: what.paidAt === undefined ? at : what.paidAt,
    cancelledAt: null,
  }
}

/** What the customer pays, in won. */
export function amountOf(order: Pick<MallOrder, 'items' | 'fee' | 'off'>): number {
  const goods = order.items.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
  return goods + order.fee - order.off
}
