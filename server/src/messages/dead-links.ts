import type { Problem } from './compose.ts'
import type { MessageContent } from './message-content.ts'

/** `{{ cart.url }}` is a path of the shop: while the shop (`shopUrl`) has no address, the link would lead nowhere. */
export function deadLinks(content: MessageContent, shopUrl: string): readonly Problem[] {
  if (shopUrl !== '' || !JSON.stringify(content).includes('cart.url')) return []
  return [
    {
      code: 'shop_address_missing',
      ko: '상점 주소가 비어 있어서 장바구니 링크가 열리지 않아요. 설정의 상점에 주소를 적어 주세요.',
      en: 'The shop has no address yet, so the link to the cart would lead nowhere. Enter it in the settings of the shop.',
      field: 'shop.url',
    },
  ]
}
