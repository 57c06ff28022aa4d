import { words } from '../app/language.ts'

/** What is said of products on more than one page. */
export const productText = words({
  untracked: { ko: '세지 않음', en: 'Not counted' },
  soldOut: { ko: '품절', en: 'Sold out' },
  offSale: { ko: '판매 중지', en: 'Off sale' },
  sensitive: { ko: '민감', en: 'Sensitive' },
  left: { ko: (count: string) => `${count}개`, en: (count: string) => count },
  fromEvents: { ko: '이벤트', en: 'Events' },
  fromShop: { ko: '서버 이벤트', en: 'Server events' },
  fromApi: { ko: 'API', en: 'API' },
  fromVariants: { ko: '옵션 묶음', en: 'Variants' },
  fromFeed: { ko: (id: string) => `피드 ${id}`, en: (id: string) => `Feed ${id}` },
})

type Said = {
  readonly fromEvents: string
  readonly fromShop: string
  readonly fromApi: string
  readonly fromVariants: string
  readonly fromFeed: (id: string) => string
}

/** Where a product came from, in a word; `feeds` are their names by id. */
export function sourceWords(
  source: string,
  said: Said,
  feeds: ReadonlyMap<string, string> = new Map(),
): string {
  switch (source) {
    case 'events':
      return said.fromEvents
    case 'shop':
      return said.fromShop
    case 'api':
      return said.fromApi
    case 'variants':
      return said.fromVariants
    default: {
      const id = source.replace(/^feed:/, '')
      return feeds.get(id) ?? said.fromFeed(id)
    }
  }
}
