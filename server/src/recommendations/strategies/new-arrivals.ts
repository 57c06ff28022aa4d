import { dayMs } from '../../lib/duration.ts'
import type { Way } from '../way.ts'

/** How long a product is new. */
const newForMs = 30 * dayMs

/** What came into the shop in the last 30 days, the newest first. */
export const newArrivals: Way = {
  name: { ko: '새로 들어온 상품', en: 'New arrivals' },
  about: {
    ko: '최근 30일 안에 새로 들어온 상품이에요. 상점 기록의 첫 주에 있던 상품은 새 상품으로 보지 않아요.',
    en: 'What came in within 30 days. What was there in the first week of the shop’s history is not new.',
  },
  offer: ({ tables, now }) =>
    tables.newest
      .filter(({ at }) => at > now - newForMs && at <= now)
      .map(({ product, at }) => {
        const days = Math.floor((now - at) / dayMs)
        return {
          product,
          score: at,
          say: () => ({
            line: { ko: '새로 들어왔어요', en: 'New' },
            why: {
              ko: days === 0 ? '오늘 새로 들어왔어요.' : `${days}일 전에 새로 들어왔어요.`,
              en: days === 0 ? 'New today.' : `New ${days} days ago.`,
            },
          }),
        }
      }),
}
