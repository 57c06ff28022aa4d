import type { EventCondition } from '../../segments/event-condition.ts'
import { days, did, every, factNumber, factYes, some } from '../../segments/ready/conditions.ts'
import { dayOfText, dayText } from '../day.ts'
import type { SeasonDays } from '../seasons.ts'
import type { PlaybookSegment } from './playbook.ts'

/** Members who never bought. */
export const memberWithoutOrder: PlaybookSegment = {
  key: 'member_without_order',
  name: { ko: '가입하고 아직 사지 않은 회원', en: 'Members who never bought' },
  purpose: {
    ko: '가입은 했지만 결제한 주문이 하나도 없는 회원이에요.',
    en: 'They joined and have no paid order yet.',
  },
  definition: () => every({ kind: 'member', is: 'member' }, factNumber('orders.count', '=', 0)),
}

/** Looked at one product twice within a week. */
export const viewedTwice: PlaybookSegment = {
  key: 'viewed_twice',
  name: { ko: '같은 상품을 두 번 본 고객', en: 'Viewed one product twice' },
  purpose: {
    ko: '7일 안에 같은 상품을 두 번 이상 봤어요.',
    en: 'Looked at the same product twice or more within 7 days.',
  },
  definition: () =>
    every({
      kind: 'sequence',
      steps: [{ event: 'Product Viewed' }, { event: 'Product Viewed', within: days(7) }],
      sameProduct: true,
      window: { kind: 'rolling', span: days(7) },
    }),
}

/** Can be advertised to by KakaoTalk already. */
export const kakaoReachable: PlaybookSegment = {
  key: 'kakao_reachable',
  name: { ko: '카카오톡으로 닿는 고객', en: 'Reachable by KakaoTalk' },
  purpose: {
    ko: '카카오톡 광고에 동의했고 보낼 수 있는 고객이에요.',
    en: 'They agreed to advertising by KakaoTalk and can be reached.',
  },
  definition: () => every(factYes('reach.kakao')),
}

/** Members who came lately. */
export const active: PlaybookSegment = { key: 'active', ready: 'active' }
/** Bought once. */
export const oneTimeBuyer: PlaybookSegment = { key: 'one_time_buyer', ready: 'one_time_buyer' }
/** Three orders or more. */
export const regular: PlaybookSegment = { key: 'regular', ready: 'regular' }

/** Who bought in the same season a year ago, and who came in the last 30 days. */
export const seasonPeople: PlaybookSegment = {
  key: 'season',
  name: { ko: '시즌 고객', en: 'Customers of the season' },
  nameFor: ({ season }) =>
    season && {
      ko: `${season.days.from.slice(0, 4)}년 ${season.name.ko} 고객`,
      en: `Customers of ${season.name.en} ${season.days.from.slice(0, 4)}`,
    },
  purpose: {
    ko: '지난해 같은 시즌에 샀거나, 최근 30일 안에 상품을 보거나 산 고객이에요.',
    en: 'Bought in the same season last year, or looked at a product or bought in the last 30 days.',
  },
  definition: ({ season }) =>
    every(
      some(
        did('Product Viewed', 1, { last: days(30) }),
        did('Order Completed', 1, { last: days(30) }),
        ...(season?.lastYear ? [boughtWithin(season.lastYear)] : []),
      ),
    ),
}

/** Between two days of Seoul, both included. */
function boughtWithin({ from, to }: SeasonDays): EventCondition {
  const after = dayText((dayOfText(to) ?? 0) + 1)
  return {
    kind: 'event',
    event: 'Order Completed',
    window: { kind: 'between', from: `${from}T00:00:00+09:00`, to: `${after}T00:00:00+09:00` },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  }
}
