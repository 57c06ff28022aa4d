import { type Fact, factOf, words } from './fact.ts'

const inflow = factOf('inflow')
const visits = factOf('visits')
const search = factOf('search')
const scores = factOf('scores')

const touches = [
  ['first', '첫 유입', 'First touch', '처음 방문', 'the first visit'],
  ['last', '마지막 유입', 'Last touch', '마지막 방문', 'the last visit'],
] as const
const inflowFacts: readonly Fact[] = touches.flatMap(([touch, ko, en, koWhen, enWhen]) => {
  const one = (part: string, said: readonly [string, string], more: Partial<Fact> = {}) =>
    inflow(`inflow.${touch}.${part}`, part === 'at' ? 'date' : 'text', {
      label: words(`${ko}: ${said[0]}`, `${en}: ${said[1]}`),
      note: words(`${koWhen}이 어디에서 왔는지예요.`, `Where ${enWhen} came from.`),
      ...more,
    })
  return [
    one('source', ['출처', 'source'], { examples: ['naver', 'kakao', 'instagram', 'direct'] }),
    one('medium', ['매체', 'medium'], {
      examples: ['organic', 'cpc', 'social', 'referral', 'none'],
    }),
    one('campaign', ['캠페인', 'campaign'], { examples: ['autumn-sale'] }),
    one('referrer', ['이전 페이지', 'referrer'], { examples: ['search.naver.com/search.naver'] }),
    one('landing', ['첫 화면', 'landing page'], { examples: ['/', '/products/p1'] }),
    one('at', ['때', 'time']),
  ]
})

const visitFacts: readonly Fact[] = [
  visits('visits.count', 'number', {
    label: words('방문 수', 'Visits'),
    note: words('30분 넘게 쉬면 새 방문이에요.', 'A visit ends after 30 minutes without an event.'),
    always: true,
    examples: [1, 2, 5],
  }),
  visits('visits.last_at', 'date', {
    label: words('마지막 방문', 'Last visit'),
    note: words('마지막 방문이 시작된 때예요.', 'When the last visit began.'),
  }),
]

const searchFacts: readonly Fact[] = [
  search('search.last', 'text', {
    label: words('마지막 검색어', 'Last search'),
    note: words('앞뒤 빈칸을 빼고 소문자로 적어요.', 'Trimmed, lower case.'),
    examples: ['겨울 코트'],
  }),
  search('search.last_at', 'date', {
    label: words('마지막으로 검색한 때', 'Last searched'),
    note: words('마지막 검색의 시각이에요.', 'When that was.'),
  }),
]

const nightNote = words(
  '최근(R)·횟수(F)·금액(M)을 밤마다 다른 구매자와 견주어 1~5점으로 매겨요. 5점이 가장 좋아요.',
  'How recently (R), often (F) and for how much (M), scored every night against the other buyers; 5 is the best.',
)
const scoreFacts: readonly Fact[] = [
  scores('rfm.cell', 'text', {
    label: words('RFM 칸', 'RFM cell'),
    note: nightNote,
    fresh: 'night',
    examples: ['5-5-5', '1-3-2'],
  }),
  scores('rfm.at', 'date', {
    label: words('지금 RFM 칸이 된 때', 'In this RFM cell since'),
    note: words('이 칸으로 옮겨 온 밤이에요.', 'The night in which they came into it.'),
    fresh: 'night',
  }),
  scores('value.percentile', 'number', {
    label: words('구매 금액 백분위', 'Value percentile'),
    note: words(
      '구매 금액이 고객 중 어디쯤인지예요. 100이 가장 높아요.',
      'Where revenue stands among customers; 100 is the highest.',
    ),
    fresh: 'night',
    examples: [90],
  }),
  scores('value.at', 'date', {
    label: words('지금 백분위가 된 때', 'At this percentile since'),
    note: words('이 백분위가 된 밤이에요.', 'The night in which they came to it.'),
    fresh: 'night',
  }),
]

/** Where people come from, how often, what they look for; and what is worked out at night. */
export const visitingFacts: readonly Fact[] = [
  ...inflowFacts,
  ...visitFacts,
  ...searchFacts,
  ...scoreFacts,
]
