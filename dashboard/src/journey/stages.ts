import { useQuery } from '@tanstack/react-query'
import { getJourney, type Stage } from '../api/journey.ts'
import { words } from '../app/language.ts'

/** What the five stages are called, in their order. */
export const stageNames = words({
  visited: { ko: '방문·미가입', en: 'Visited' },
  searched: { ko: '검색', en: 'Searched' },
  considered: { ko: '상세·장바구니', en: 'Product and cart' },
  checkout: { ko: '결제 이탈', en: 'Left at payment' },
  bought: { ko: '재구매', en: 'Repurchase' },
})

/** Who stands in each stage, in a sentence. */
export const stageMeanings = words({
  visited: {
    ko: '방문만 하고 아직 검색하거나 상품을 보지 않았어요. 산 적도 없어요.',
    en: 'They came, and have not searched or looked at a product. They never ordered.',
  },
  searched: {
    ko: '마지막 주문 뒤로 상품을 검색했지만 아직 열어보지 않았어요.',
    en: 'Since their last order they searched, and opened no product yet.',
  },
  considered: {
    ko: '마지막 주문 뒤로 상품을 보거나 장바구니에 담았어요.',
    en: 'Since their last order they looked at a product or put one in the cart.',
  },
  checkout: {
    ko: '마지막 주문 뒤로 주문서를 쓰기 시작했지만 결제를 마치지 않았어요.',
    en: 'Since their last order they began to pay and did not finish.',
  },
  bought: {
    ko: '산 뒤로 아직 다시 찾아보지 않았어요. 다음 주문을 기다리는 고객이에요.',
    en: 'They bought and have not looked for anything since: the next order is awaited.',
  },
})

/** The five stages in the order of the journey. */
export const stageOrder = Object.keys(stageNames) as readonly Stage[]

/** Whether a text of the address is a stage. */
export function isStage(text: string | null): text is Stage {
  return text !== null && Object.hasOwn(stageNames, text)
}

/** The journey as it stands, looked at again every half minute. */
export function useJourney() {
  return useQuery({
    queryKey: ['journey'],
    queryFn: ({ signal }) => getJourney(signal),
    refetchInterval: 30_000,
  })
}
