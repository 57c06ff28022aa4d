import type { Said } from './backtest.ts'

/** Everything a backtest takes for granted, by code. */
export const assumptions = {
  delivered: {
    ko: '보낸 메시지는 모두 도착한다고 봤어요.',
    en: 'Every message that is sent arrives.',
  },
  nobody_reacts: {
    ko: '메시지를 받고 달라지는 행동은 없다고 봤어요. 고객은 그때 실제로 한 행동만 해요.',
    en: 'Nobody reacts to the messages: people do what they really did.',
  },
  contacts_today: {
    ko: '연락처는 오늘 기준이에요. 동의와 수신거부는 그때 기준이에요.',
    en: 'Addresses are those of today; consents and refusals are those of the time.',
  },
  products: {
    ko: '품절과 판매 상태는 기록된 변경을 따랐고, 기록이 없는 상품은 오늘 상태로 봤어요.',
    en: 'Stock and sale follow the changes on record; of products without any, as today.',
  },
  others_counted: {
    ko: '다른 캠페인이 실제로 보낸 메시지는 발송 한도와 우선순위에 셌어요.',
    en: 'What other campaigns really sent counts against limits and precedence.',
  },
  own_left_out: {
    ko: '이 캠페인이 그때 실제로 보낸 것은 빼고 다시 살아 봤어요.',
    en: 'What this campaign itself really sent is left out.',
  },
  nobody_inside: {
    ko: '기간이 시작될 때 캠페인 안에 아무도 없었다고 봤어요.',
    en: 'Nobody was in the campaign when the period began.',
  },
  imported: {
    ko: '파일로 가져온 기록은 일어난 시각의 순서로 되살렸어요. 늦게 도착한 사건까지는 알 수 없어요.',
    en: 'Imported history is replayed in the order of its own times; what would have reached us late is not known.',
  },
  segments_today: {
    ko: '기간이 시작된 뒤에 만든 세그먼트가 있어요. 들고 난 기록이 없는 고객은 오늘 소속으로 봤어요.',
    en: 'A segment is younger than the period: of people who never crossed it, membership is that of today.',
  },
  recommendations_today: {
    ko: '추천 상품은 오늘 기준이에요.',
    en: 'Recommendations are those of today.',
  },
  coupon_stock: {
    ko: '쿠폰 수량은 그때 남아 있던 수에서 시간 순서로 나눠 준 것으로 셌어요.',
    en: 'Coupons are counted, in order of time, against what was left then.',
  },
  even_splits: {
    ko: '잘되는 쪽으로 자동 배분하는 나눔은 고르게 나눈 것으로 봤어요.',
    en: 'Splits that learn are shared out evenly.',
  },
  no_answers: {
    ko: '웹훅은 대답 없이 성공한 것으로 봤어요.',
    en: 'Webhooks succeed and answer nothing.',
  },
  steps_change_no_segments: {
    ko: '이 캠페인이 바꾸는 고객 속성이나 목록은 세그먼트 소속을 바꾸지 않아요.',
    en: 'Traits and lists that the campaign changes move nobody between segments.',
  },
} as const satisfies { readonly [code: string]: Said }
export type Assumption = keyof typeof assumptions

/** The sentences of these codes. */
export function assumptionsOf(codes: readonly Assumption[]): readonly (Said & { code: string })[] {
  return codes.map((code) => ({ code, ...assumptions[code] }))
}
