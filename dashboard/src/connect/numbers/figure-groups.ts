import { words } from '../../app/language.ts'
import { couponFigures, messageFigures } from './figure-words-messages.ts'
import { firstFigures, peopleFigures } from './figure-words-people.ts'
import { shopFigures, visitFigures } from './figure-words-shop.ts'

export const groupTitles = words({
  orders: { ko: '주문과 매출', en: 'Orders and revenue' },
  visits: { ko: '방문과 여정', en: 'Visits and the way to an order' },
  first: { ko: '첫 구매와 재구매', en: 'First and later purchases' },
  people: { ko: '고객을 오래 본 숫자', en: 'People over time' },
  messages: { ko: '메시지와 효과', en: 'Messages and what they caused' },
  coupons: { ko: '쿠폰', en: 'Coupons' },
})

/** Every figure that a page shows, in the order of a marketer's questions: what it is called, and what it counts. */
export const figureGroups = {
  orders: shopFigures,
  visits: visitFigures,
  first: firstFigures,
  people: peopleFigures,
  messages: messageFigures,
  coupons: couponFigures,
} as const
export type FigureGroup = keyof typeof figureGroups
