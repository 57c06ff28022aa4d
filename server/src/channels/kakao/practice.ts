import type { KakaoTemplate } from '../carrier.ts'

/** The channel of a shop that has no account at a provider yet: what it sends goes to the test inbox only. */
export const practiceProfile = { id: 'practice', name: '@연습용' } as const

const common = { profile: practiceProfile.id, status: 'approved', buttons: [] } as const

/** Templates to try Alimtalk with before there is an account; no provider knows them. */
export const practiceTemplates: readonly KakaoTemplate[] = [
  {
    ...common,
    code: 'practice_order',
    name: '[연습] 주문 완료',
    content:
      '#{상점}\n#{이름}님, 주문이 완료됐어요.\n\n▶ 주문번호: #{주문번호}\n▶ 상품: #{상품}\n▶ 결제 금액: #{금액}\n\n배송이 시작되면 다시 알려 드릴게요.',
    buttons: [{ type: 'WL', name: '주문 내역 보기', mobileUrl: 'https://shop.example/orders' }],
  },
  {
    ...common,
    code: 'practice_shipping',
    name: '[연습] 배송 출발',
    content:
      '#{이름}님, 주문하신 #{상품} 상품이 출발했어요.\n\n▶ 택배사: #{택배사}\n▶ 송장번호: #{송장번호}',
    around: { title: '배송이 시작됐어요', subtitle: '#{상점}' },
    buttons: [{ type: 'DS', name: '배송 조회' }],
  },
  {
    ...common,
    code: 'practice_restock',
    name: '[연습] 재입고 알림',
    content:
      '#{이름}님, 알림을 신청하신 #{상품} 상품이 다시 들어왔어요.\n\n※ 고객님이 재입고 알림을 신청하신 상품만 알려 드려요.',
    buttons: [{ type: 'WL', name: '상품 보기', mobileUrl: 'https://shop.example/p/#{상품코드}' }],
  },
]
