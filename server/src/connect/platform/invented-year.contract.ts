import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { seededRandom } from '../../lib/random.ts'

export type InventedMember = {
  readonly name: readonly [family: string, given: string]
  readonly email: string
  readonly phone: string
  readonly sms: boolean
  readonly mail: boolean
  readonly joinedAt: number
}
export type InventedOrder = {
  readonly at: number
  readonly paidAt: number | null
  /** Index of the member; null: a guest. */
  readonly member: number | null
  readonly buyer: Pick<InventedMember, 'name' | 'email' | 'phone'>
  /** By index of the product. */
  readonly buys: readonly { readonly product: number; readonly quantity: number }[]
  readonly fee: number
  readonly off: number
  readonly fate: 'kept' | 'cancelled' | 'returned'
}

const families = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임']
const given = ['하늘', '민준', '서연', '지우', '도윤', '수아', '예준', '하은', '시우', '다은']
const goods = ['원두 200g', '드립백 10개', '핸드밀', '머그컵', '콜드브루', '필터 100매']

/** A year of an invented shop in won: the same seed lives the same year, on whatever platform it is played. */
export function inventedYear(how: {
  readonly members: number
  readonly orders: number
  readonly seed: string
  readonly now: number
}) {
  const random = seededRandom(how.seed)
  const pick = (below: number): number => Math.floor(random.next() * below)
  const name = () => [families[pick(10)] ?? '김', given[pick(10)] ?? '하늘'] as const
  const span = 360 * dayMs
  const products = Array.from({ length: 12 }, (_, no) => ({
    name: `${goods[no % goods.length]} ${no + 1}`,
    price: 9_900 + pick(40) * 1_000,
  }))
  const members = Array.from(
    { length: how.members },
    (_, no): InventedMember => ({
      name: name(),
      email: `member${no + 1}@customer.example`,
      phone: `010-${String(1_000 + pick(9_000))}-${String(no).padStart(4, '0')}`,
      sms: random.next() < 0.6,
      mail: random.next() < 0.5,
      joinedAt: how.now - span + Math.floor((span * no) / how.members) - hourMs,
    }),
  )
  const orders = Array.from({ length: how.orders }, (_, no): InventedOrder => {
    const at = how.now - span + Math.floor((span * no) / how.orders) + hourMs
    const joined = members.filter(({ joinedAt }) => joinedAt < at).length
    const member = random.next() < 0.15 || joined === 0 ? null : pick(joined)
    const guest = {
      name: name(),
      email: `guest${no}@customer.example`,
      phone: `010-7${String(pick(1_000)).padStart(3, '0')}-${String(no).padStart(4, '0')}`,
    }
    const luck = random.next()
    return {
      at,
      paidAt: random.next() < 0.05 ? null : at + minuteMs,
      member,
      buyer: (member === null ? undefined : members[member]) ?? guest,
      buys: Array.from({ length: 1 + pick(2) }, (_, line) => ({
        product: (pick(6) + line * 6) % 12,
        quantity: 1 + pick(2),
      })),
      fee: random.next() < 0.5 ? 0 : 3_000,
      off: random.next() < 0.2 ? 2_000 : 0,
      fate: luck < 0.05 ? 'cancelled' : luck < 0.12 ? 'returned' : 'kept',
    }
  })
  return { products, members, orders }
}
