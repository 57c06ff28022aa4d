import { randomBytes } from 'node:crypto'
import { type Joining, memberBook } from './members.service.ts'
import { goodsOf, linesOf } from './pages/buying.ts'
import type { Cart, Member, Order } from './session.ts'
import { joinCarts, shippingOf, withQuantity } from './session.ts'

export type Session = {
  readonly id: string
  readonly member: string | undefined
  readonly cart: Cart
}

type Entered = { readonly session: Session; readonly member: Member }

const most = { sessions: 5_000, ordersOfOne: 50 }

/** The shop's own books: sessions, carts, members and orders. In memory: a demo forgets when it is stopped. */
export function shopBooks(now: () => number) {
  const sessions = new Map<string, Session>()
  const carts = new Map<string, Cart>()
  const orders = new Map<string, readonly Order[]>()
  const members = memberBook(now)
  const start = now().toString(36)
  let ordersMade = 0

  const keep = (session: Session): Session => {
    sessions.delete(session.id)
    sessions.set(session.id, session)
    const oldest = sessions.keys().next().value
    if (sessions.size > most.sessions && oldest) sessions.delete(oldest)
    return session
  }
  const fresh = (member?: string): Session =>
    keep({ id: randomBytes(18).toString('base64url'), member, cart: [] })
  const cartOf = (session: Session): Cart =>
    session.member ? (carts.get(session.member) ?? []) : session.cart
  const keepCart = (session: Session, cart: Cart): Session => {
    if (session.member) carts.set(session.member, cart)
    return keep(session.member ? session : { ...session, cart })
  }
  // A new session id at sign-in: one planted before is worth nothing.
  const enter = (session: Session, member: Member): Entered => {
    carts.set(member.id, joinCarts(carts.get(member.id) ?? [], session.cart))
    sessions.delete(session.id)
    return { session: fresh(member.id), member }
  }

  return {
    session: (id: string | undefined): Session => (id && sessions.get(id)) || fresh(),
    memberOf: (session: Session) => (session.member ? members.get(session.member) : undefined),
    cartOf,
    setQuantity: (session: Session, product: string, quantity: number) =>
      keepCart(session, withQuantity(cartOf(session), product, quantity)),
    join: (session: Session, given: Joining): Entered | 'taken' | 'full' => {
      const member = members.add(given)
      return typeof member === 'string' ? member : enter(session, member)
    },
    signIn: (session: Session, email: string, password: string): Entered | undefined => {
      const member = members.withPassword(email, password)
      return member && enter(session, member)
    },
    signOut: (session: Session) => sessions.delete(session.id),
    setConsents: members.setConsents,
    /** Turns the cart into an order; undefined when there is nothing in it. */
    order: (session: Session, payment: string): Order | undefined => {
      const lines = cartOf(session)
      const goods = goodsOf(linesOf(lines))
      if (!goods) return undefined
      const id = `${start}-${++ordersMade}`.toUpperCase()
      const order = { id, at: now(), lines, goods, shipping: shippingOf(goods), payment }
      const owner = session.member ?? session.id
      orders.set(owner, [order, ...(orders.get(owner) ?? [])].slice(0, most.ordersOfOne))
      keepCart(session, [])
      return order
    },
    ordersOf: (session: Session) => orders.get(session.member ?? session.id) ?? [],
  }
}
export type ShopBooks = ReturnType<typeof shopBooks>
