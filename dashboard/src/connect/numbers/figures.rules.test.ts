import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { figureGroups } from './figure-groups.ts'

/** The names under which pages show figures, as they stand in them. Whoever renames one is led here to say what it counts. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'home/home.tsx': ['주문', '매출', '보낸 메시지', '늘어난 매출'],
  'insight/funnel.tsx': ['단계마다 남은 수'],
  'insight/funnel-drops.tsx': ['떠난 비율'],
  'insight/funnel-groups.tsx': ['주문 비율'],
  'insight/cohort.tsx': ['첫 구매', '가입', '방문', '고객 한 명의 누적 매출'],
  'insight/rfm-tables.tsx': ['고객', '매출'],
  'insight/value.tsx': ['1년'],
  'insight/value-people.tsx': ['아직 고객일 가능성', '90일 주문', '1년 매출 추정'],
  'insight/timing.tsx': ['재구매 간격', '다시 살 때'],
  'insight/pairs.tsx': ['함께 살 비율', '우연의 몇 배'],
  'insight/answers.tsx': ['보내기로 한', '대조군', '차이'],
  'insight/coupon-use.tsx': ['발급', '사용', '사용률', '할인한 금액', '쓴 주문의 매출', '쓰기까지'],
  'first-purchase/table.tsx': [
    ...['첫 구매자', '추가 구매', '1인당', '재구매율', '보정 전', '추가 매출', '두 번째까지'],
  ],
  'campaigns/metric-words.ts': [
    ...['가입', '다시 방문', '구매', '구매 완료율', '1인당 주문 수', '매출', '이익'],
  ],
  'campaigns/report-numbers.tsx': [
    '늘어난 매출',
    '보낸 메시지',
    '누른 사람',
    '보여주기로 한 횟수',
    '대조군',
  ],
  'campaigns/outcomes.tsx': ['보내기로 한 고객', '대조군'],
  'campaigns/effect-table.tsx': ['대조군', '차이와 구간'],
  'campaigns/guards.tsx': ['수신거부', '불만 신고', '환불한 고객'],
  'campaigns/credit.tsx': ['기여'],
  'campaigns/seen-on-pages.tsx': ['본 고객'],
  'campaigns/funnel.tsx': ['접수', '주문', '미발송 확인 필요'],
}

const figures = Object.values(figureGroups).flatMap((group): readonly { readonly ko: string }[] =>
  group.flatMap(({ name, says }) => [{ ko: `${name.ko}\n${says.ko}` }]),
)

test('every figure that a page names is defined on the one page', () => {
  const all = figures.map(({ ko }) => ko).join('\n')
  expect(figures.length).toBeGreaterThan(40)
  const undefinedOnes = Object.values(shown)
    .flat()
    .filter((label) => !all.includes(label))
  expect(undefinedOnes).toEqual([])
})

test('the pages name their figures so', () => {
  for (const [file, labels] of Object.entries(shown)) {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(
      labels.filter((label) => !source.includes(label)),
      file,
    ).toEqual([])
  }
})
