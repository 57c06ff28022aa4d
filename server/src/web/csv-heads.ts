import { z } from 'zod'

/** In which language a file that a person downloads names its columns; the API's own names where nobody asks. */
export const InFile = z.object({
  language: z.enum(['ko', 'en']).default('en').describe('In which the columns are named.'),
})
export type FileLanguage = z.infer<typeof InFile>['language']

/** Korean for the columns of files, and for cells that are one of a few words. */
const korean: Readonly<Record<string, string>> = {
  // People
  id: '당골 번호',
  customer: '당골 번호',
  member_id: '회원 ID',
  name: '이름',
  email: '이메일',
  phone: '휴대전화',
  entered_at: '들어온 때',
  people: '고객 수',
  // Funnel
  period: '기간',
  from: '시작',
  to: '끝',
  source: '유입',
  visit: '방문',
  search: '검색',
  view: '상품 보기',
  cart: '장바구니',
  checkout: '주문서',
  order: '주문',
  ordered_off_path: '방문 기록 없이 주문',
  open: '아직 진행 중',
  now: '이번 기간',
  before: '직전 기간',
  '(other)': '(그 밖)',
  // Cohorts
  cohort_from: '묶음 시작',
  period_days: '기간 길이 (일)',
  followed: '지켜본 고객',
  is_whole: '기간을 다 채움',
  returned: '돌아온 고객',
  rate: '돌아온 비율',
  ever_rate: '한 번이라도 돌아온 비율',
  spent: '쓴 금액',
  // RFM
  as_of: '기준 시각',
  r: 'R (최근)',
  f: 'F (횟수)',
  group: '그룹',
  orders: '주문',
  revenue: '매출',
  average_m: 'M (금액) 평균',
  average_days_since_order: '마지막 주문 뒤 평균 (일)',
  champions: '최우수 단골',
  loyal: '단골',
  potential: '단골 후보',
  new: '새 구매 고객',
  attention: '챙겨야 할 고객',
  cooling: '식어가는 첫 구매',
  at_risk: '놓치면 아까운 단골',
  hibernating: '잠든 고객',
  lost: '떠난 고객',
  // Value
  tenth: '상위 (열로 나눔)',
  expected_order_days: '주문할 날 추정',
  expected_revenue: '매출 추정',
  expected_revenue_low: '매출 구간 아래',
  expected_revenue_high: '매출 구간 위',
  least: '이 칸의 가장 작은 값',
  order_days: '주문한 날',
  last_order: '마지막 주문일',
  p_alive: '아직 고객일 가능성',
  orders_90: '90일 주문 추정',
  orders_90_low: '90일 주문 구간 아래',
  orders_90_high: '90일 주문 구간 위',
  revenue_365: '1년 매출 추정',
  revenue_365_low: '1년 매출 구간 아래',
  revenue_365_high: '1년 매출 구간 위',
  // Answers to messages
  by: '나눈 기준',
  way: '방법',
  stage: '고객 단계',
  answered: '받고 주문한 고객',
  held_out: '대조군 고객',
  held_out_answered: '대조군에서 주문한 고객',
  difference: '차이',
  low: '구간 아래',
  high: '구간 위',
  channel: '채널',
  offer: '혜택',
  campaign: '캠페인',
  none: '산 적 없음',
  once: '한 번 삼',
  regular: '두 번 이상, 최근 90일에 삼',
  resting: '두 번 이상, 90일 넘게 쉼',
  offer_none: '혜택 없음',
  offer_amount: '금액 쿠폰',
  offer_percent: '% 쿠폰',
  offer_shipping: '무료배송',
  // Intervals between orders
  key: '번호',
  intervals: '다시 산 간격 수',
  lower: '빠른 쪽 (일)',
  median: '가운데 (일)',
  upper: '느린 쪽 (일)',
  again_30: '30일 안에 다시 산 비율',
  again_90: '90일 안에 다시 산 비율',
  again_180: '180일 안에 다시 산 비율',
  due_days: '다시 살 때까지 (일)',
  due_from: '그 기준',
  shop: '상점',
  category: '분류',
  product: '상품',
  // Pairs
  one: '상품 번호',
  one_name: '상품',
  other: '함께 산 상품 번호',
  other_name: '함께 산 상품',
  support: '함께 산 주문의 비율',
  after_one: '앞 상품을 산 주문 중 함께 산 비율',
  after_other: '뒤 상품을 산 주문 중 함께 산 비율',
  lift: '우연보다 (배)',
  lift_low: '우연보다 구간 아래 (배)',
  lift_high: '우연보다 구간 위 (배)',
  // Coupons
  coupon: '쿠폰',
  code: '쿠폰 코드',
  state: '상태',
  issued_at: '발급한 때',
  expires_at: '끝나는 때',
  redeemed_at: '쓴 때',
  order_id: '주문 번호',
  taken_off: '깎은 금액',
  against: '조건과 다름',
  reserved: '맡아 둠',
  issued: '발급함',
  redeemed: '씀',
  expired: '기간 지남',
  released: '거둠',
  not_first: '첫 주문이 아님',
  not_in_scope: '대상 상품이 아님',
  // Refused lines
  line: '줄',
  reason: '이유',
}

/** A column's name, or a word of a fixed few, in the language of the file; `spent_krw` is "쓴 금액 (KRW)". */
export function inFile(language: FileLanguage, word: string): string {
  if (language !== 'ko') return word
  const own = korean[word]
  if (own !== undefined) return own
  const [, of = '', currency = ''] = /^(.+)_([a-z]{3})$/.exec(word) ?? []
  return korean[of] === undefined ? word : `${korean[of]} (${currency.toUpperCase()})`
}

/** The first line of a file; `own`: Korean names that mean something else here. */
export const headsIn = (
  language: FileLanguage,
  names: readonly string[],
  own: Readonly<Record<string, string>> = {},
): readonly string[] =>
  names.map((name) => (language === 'ko' ? own[name] : undefined) ?? inFile(language, name))
