import type { Coupons, WantAtPlatform } from '../../coupons/coupons.service.ts'
import type { Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { secondMs } from '../../lib/duration.ts'
import {
  readErrands,
  readMembers,
  type Wanted,
  wantErrands,
  workingConnections,
} from './errands.store.ts'
import {
  cartKey,
  cartWord,
  couponKey,
  couponWord,
  type ErrandAsk,
  type ErrandWord,
} from './errands.ts'
import type { Platform } from './platform.ts'

const ready: ErrandWord = { kind: 'ready' }

/**
 * What messages about to leave ask of the shop's platform, in the transaction that would lease them: nothing is called here. What is not
 * known yet is wanted, and the message waits outside its lane until the errand is done. Without its coupon a message never leaves; a
 * cart that nobody answers for is taken as events told it.
 */
export function errands(needs: {
  readonly clock: Clock
  readonly coupons: Pick<Coupons, 'platform'>
  readonly platforms: (kind: string) => Platform | undefined
}) {
  return async (
    tx: Tx,
    shop: ShopId,
    asks: readonly ErrandAsk[],
  ): Promise<ReadonlyMap<number, ErrandWord>> => {
    const about = { shop, now: needs.clock.now() }
    const carts = await wordsOf(tx, about, await cartsWanted(needs, tx, { shop, asks }))
    // Nobody is given a coupon whose message may yet stay for its cart.
    const passed = asks.filter(({ message }) => (carts.get(message) ?? ready).kind === 'ready')
    const wanted = await couponsWanted(needs, tx, { shop, asks: passed })
    return new Map([...carts, ...(await wordsOf(tx, about, wanted))])
  }
}
export type Errands = ReturnType<typeof errands>

/** What was just asked for is looked at this much later at the latest. */
const lookMs = 15 * secondMs

/** What is known of these errands, by message; what is not is asked for. */
async function wordsOf(
  tx: Tx,
  { shop, now }: { readonly shop: ShopId; readonly now: number },
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<number, ErrandWord>> {
  const known = await readErrands(
    tx,
    shop,
    wanted.map(({ key }) => key),
  )
  const words = wanted.map((one) => {
    const errand = known.get(one.key)
    return { one, word: one.kind === 'coupon' ? couponWord(errand, now) : cartWord(errand, now) }
  })
  const fresh = words.flatMap(({ one, word }) => (word === undefined ? [one] : []))
  await wantErrands(tx, shop, { wanted: fresh, now })
  return new Map(
    words.map(({ one, word }) => {
      const reason = one.kind === 'coupon' ? 'platform_coupon' : 'cart_asked'
      return [one.message ?? 0, word ?? { kind: 'waits', reason, until: now + lookMs }]
    }),
  )
}

type About = { readonly shop: ShopId; readonly asks: readonly ErrandAsk[] }

async function couponsWanted(
  { coupons }: { readonly coupons: Pick<Coupons, 'platform'> },
  tx: Tx,
  { shop, asks }: About,
): Promise<readonly Wanted[]> {
  const ids = asks.flatMap(({ coupon }) => coupon ?? [])
  const elsewhere = new Map(
    (await coupons.platform.find(tx, shop, ids)).map((one) => [one.id, one]),
  )
  return asks.flatMap(({ message, coupon }): readonly Wanted[] => {
    const own = elsewhere.get(coupon ?? 0)
    if (!own) return []
    const { id: subject, connection } = own
    return [
      { key: couponKey(subject), kind: 'coupon', subject, message, connection, products: null },
    ]
  })
}

async function cartsWanted(
  { platforms }: { readonly platforms: (kind: string) => Platform | undefined },
  tx: Tx,
  { shop, asks }: About,
): Promise<readonly Wanted[]> {
  const reminders = asks.filter(({ cart }) => cart !== null && cart.length > 0)
  if (reminders.length === 0) return []
  const connection = (await workingConnections(tx, shop)).find(
    ({ kind }) => platforms(kind)?.cart !== undefined,
  )?.id
  if (connection === undefined) return []
  const customers = reminders.map(({ customer }) => customer)
  const members = await readMembers(tx, shop, { connection, customers })
  // Whom the platform does not know has a cart in their browser alone.
  return reminders.flatMap(({ message, customer, cart }): readonly Wanted[] =>
    members.has(customer)
      ? [
          {
            key: cartKey(message),
            kind: 'cart',
            subject: message,
            message,
            connection,
            products: cart,
          },
        ]
      : [],
  )
}

/** Coupons that somebody got on a page or by a step of a campaign are given at the platform as soon as it can be. */
export const wantCoupons: WantAtPlatform = async (tx, shop, { coupons, now }) => {
  const wanted = coupons.map(({ id: subject, connection }): Wanted => {
    return {
      key: couponKey(subject),
      kind: 'coupon',
      subject,
      message: null,
      connection,
      products: null,
    }
  })
  await wantErrands(tx, shop, { wanted, now })
}
