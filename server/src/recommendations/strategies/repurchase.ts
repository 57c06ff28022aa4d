import { dayMs } from '../../lib/duration.ts'
import type { Ranked } from '../tables.ts'
import type { Looking, Way } from '../way.ts'

/** Products are bought again between a week and half a year after; nobody waits for less or more. */
const daysRange = { least: 7, most: 180 } as const
/** From this share of the usual time on, and until so many times it, a product is due. */
const due = { from: 0.8, to: 3 } as const

/** What somebody bought and would usually buy again about now. */
export const repurchase: Way = {
  name: { ko: '다시 살 때가 된 상품', en: 'Due again' },
  about: {
    ko: '산 지 보통의 재구매 간격이 지난 상품이에요. 상품의 간격을 30번 이상 본 적이 없으면 분류, 그다음 상점 전체의 간격으로 계산해요.',
    en: 'Bought about as long ago as it usually takes to buy it again: by the product where 30 intervals were seen, else by its category, else by the shop.',
  },
  offer: (looking) =>
    looking.person.bought.flatMap(({ product, at }) => {
      const usual = usualDays(looking, product)
      if (!usual) return []
      const days = Math.min(Math.max(usual.score, daysRange.least), daysRange.most)
      const since = (looking.now - at) / dayMs
      const share = since / days
      if (share < due.from || share > due.to) return []
      return [
        {
          product,
          // The nearer to its usual day the better; a day late is better than a day early.
          score: share >= 1 ? 1 / share : share - due.from,
          say: () => ({
            line: { ko: '다시 살 때가 됐어요', en: 'Time for a new one' },
            why: {
              ko: `보통 ${Math.round(days)}일 뒤에 다시 사요(간격 ${usual.count}번). 산 지 ${Math.floor(since)}일 됐어요.`,
              en: `Usually bought again after ${Math.round(days)} days (${usual.count} intervals seen); bought ${Math.floor(since)} days ago.`,
            },
          }),
        },
      ]
    }),
}

function usualDays({ tables }: Looking, product: string): Ranked | undefined {
  const category = tables.product(product)?.category
  const [usual] = [
    ...tables.list('again', product),
    ...(category ? tables.list('again_category', category) : []),
    ...tables.list('again_category', ''),
  ]
  return usual
}
