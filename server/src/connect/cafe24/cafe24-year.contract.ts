import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { seededRandom } from '../../lib/random.ts'
import type { Cafe24Mall } from './cafe24-mall.contract.ts'

const surnames = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임']
const given = ['하늘', '민준', '서연', '지우', '도윤', '수아', '예준', '하은', '시우', '다은']
const goods = [
  '순면 티셔츠',
  '린넨 셔츠',
  '와이드 슬랙스',
  '니트 가디건',
  '데님 팬츠',
  '캔버스 토트백',
]

/** A year of an invented shop: people, goods, orders, refunds. The same seed lives the same year. */
export function liveAYear(
  mall: Cafe24Mall,
  how: {
    readonly members: number
    readonly orders: number
    readonly seed: string
    readonly now: number
  },
): void {
  const random = seededRandom(how.seed)
  const pick = (below: number): number => Math.floor(random.next() * below)
  const span = 360 * dayMs
  for (let no = 1; no <= 24; no++)
    mall.sell(no, `${goods[no % goods.length]} ${no}`, 9_900 + pick(40) * 1_000)
  for (let no = 1; no <= how.members; no++) {
    mall.join({
      id: `member${String(no).padStart(4, '0')}`,
      name: `${surnames[pick(10)]}${given[pick(10)]}`,
      email: `member${no}@customer.example`,
      cellphone: `010-${String(1_000 + pick(9_000))}-${String(no).padStart(4, '0')}`,
      sms: random.next() < 0.6,
      newsMail: random.next() < 0.5,
      joinedAt: how.now - span + Math.floor((span * no) / how.members) - hourMs,
    })
  }
  for (let no = 1; no <= how.orders; no++) {
    const at = how.now - span + Math.floor((span * no) / how.orders) - 30 * minuteMs
    const known = Math.max(1, Math.floor((how.members * no) / how.orders))
    const isGuest = random.next() < 0.15
    const order = mall.order({
      at,
      member: isGuest ? null : `member${String(1 + pick(known)).padStart(4, '0')}`,
      ...(isGuest
        ? {
            buyer: {
              name: `${surnames[pick(10)]}${given[pick(10)]}`,
              email: `guest${no}@customer.example`,
              cellphone: `010-7${String(pick(1_000)).padStart(3, '0')}-${String(no).padStart(4, '0')}`,
            },
          }
        : {}),
      buys: Array.from({ length: 1 + pick(3) }, () => ({
        product: 1 + pick(24),
        quantity: 1 + pick(2),
      })),
      fee: random.next() < 0.5 ? 0 : 3_000,
      off: random.next() < 0.2 ? 2_000 : 0,
      place: random.next() < 0.1 ? 'NCHECKOUT' : 'cafe24',
      paidAt: random.next() < 0.05 ? null : at + minuteMs,
    })
    const luck = random.next()
    const [first] = order.items
    if (luck < 0.05) mall.cancel(order.id)
    else if (luck < 0.1 && order.paidAt !== null && first)
      mall.refund(order.id, [first.code], first.price * first.quantity)
  }
  mall.notices.length = 0
}
