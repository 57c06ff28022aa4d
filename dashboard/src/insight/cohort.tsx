import { cohortBases, cohortReturns, cohortUnits } from '../../../server/src/insight/cohort.ts'
import { type CohortAnswer, type CohortQuestion, cohortCsv, getCohort } from '../api/insight.ts'
import { useKept } from '../api/kept.ts'
import { useWords, words } from '../app/language.ts'
import { BeginHere } from '../design/begin-here.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { Either, Filters, OneOf } from '../design/filters.tsx'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bone } from '../design/states.tsx'
import { CohortHeat, type Shown, showns } from './cohort-heat.tsx'
import { usePut } from './use-put.ts'

const text = words({
  title: { ko: '코호트', en: 'Cohorts' },
  purpose: {
    ko: '같은 때 시작한 고객끼리 묶어, 시간이 지나며 몇 명이 다시 오고 얼마를 쓰는지 봐요.',
    en: 'People who began at the same time, and how many of them came back and what they spent.',
  },
  base: { ko: '시작', en: 'Began with' },
  purchase: { ko: '첫 구매', en: 'First order' },
  signup: { ko: '가입', en: 'Joining' },
  visitBase: { ko: '첫 방문', en: 'First visit' },
  returns: { ko: '다시 온 것', en: 'Came back with' },
  order: { ko: '구매', en: 'An order' },
  visit: { ko: '방문', en: 'A visit' },
  unit: { ko: '묶는 단위', en: 'Grouped by' },
  month: { ko: '월', en: 'Month' },
  week: { ko: '주', en: 'Week' },
  shown: { ko: '보는 값', en: 'Shown' },
  rate: { ko: '그 기간에 다시 온 비율', en: 'Came back in the period' },
  ever: { ko: '그때까지 다시 온 비율', en: 'Came back until then' },
  spent: { ko: '고객 한 명의 누적 매출', en: 'Revenue a customer so far' },
  periodHint: {
    ko: '기간은 고객마다 자기 시작일부터 세요. 월은 30일, 주는 7일이에요. 그 기간이 다 지난 고객만 세기 때문에 늦게 시작한 고객이 손해 보지 않아요.',
    en: 'Periods count from each person’s own start: 30 days for months, 7 for weeks. Only people whose period is over count, so late starters are not held against a cohort.',
  },
  emptyTitle: { ko: '아직 묶을 고객이 없어요', en: 'Nobody to group yet' },
  empty: {
    ko: '주문이 들어오거나 지난 주문을 가져오면, 몇 월에 처음 산 고객이 얼마나 다시 사는지 여기서 비교할 수 있어요.',
    en: 'Once orders arrive or past ones are imported, compare here how many of each month’s first buyers come back.',
  },
  emptyExample: {
    ko: '예: “9월에 처음 산 312명 중 18.3 %가 첫 30일 안에 다시 샀어요”',
    en: 'For example: “Of 312 who first bought in September, 18.3 % bought again within 30 days”',
  },
  begin: { ko: '지난 주문 가져오기', en: 'Bring past orders' },
})

/** `/insight/cohort`: all of its filters are in the address. */
export function CohortPage() {
  const said = useWords(text)
  const [params, put] = usePut()
  const one = <T extends string>(key: string, among: readonly [T, ...T[]]): T =>
    among.find((value) => value === params.get(key)) ?? among[0]
  const question: CohortQuestion = {
    base: one('base', cohortBases),
    returns: one('returns', cohortReturns),
    unit: one('unit', cohortUnits),
  }
  const offered: readonly [Shown, ...Shown[]] =
    question.returns === 'order' ? showns : ['rate', 'ever']
  const shown = one('shown', offered)
  const query = useKept<CohortAnswer>(['insight', 'cohort', question], (fresh, signal) =>
    getCohort({ ...question, ...fresh }, signal),
  )
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="people"
      width="wide"
      action={query.data?.state === 'ready' && <CsvButton href={cohortCsv} question={question} />}
    >
      <Filters>
        <OneOf
          label={said.base}
          width={120}
          value={question.base}
          change={(value) => put('base', value === 'purchase' ? null : value)}
          offered={cohortBases.map((one) => [one, one === 'visit' ? said.visitBase : said[one]])}
        />
        <OneOf
          label={said.returns}
          width={110}
          value={question.returns}
          change={(value) => put('returns', value === 'order' ? null : value)}
          offered={cohortReturns.map((one) => [one, said[one]])}
        />
        <Either
          label={said.unit}
          hint={said.periodHint}
          value={question.unit}
          change={(value) => put('unit', value === 'month' ? null : value)}
          offered={cohortUnits.map((one) => [one, said[one]])}
        />
        <OneOf
          label={said.shown}
          width={220}
          value={shown}
          change={(value) => put('shown', value === 'rate' ? null : value)}
          offered={offered.map((one) => [one, said[one]])}
        />
      </Filters>
      <KeptReport
        query={query}
        bones={
          <Card>
            <Bone height={420} />
          </Card>
        }
      >
        {(answer) =>
          answer.all.people === 0 ? (
            <BeginHere
              title={said.emptyTitle}
              example={said.emptyExample}
              to="/connect/files"
              go={said.begin}
            >
              {said.empty}
            </BeginHere>
          ) : (
            <CohortHeat answer={answer} question={question} shown={shown} />
          )
        }
      </KeptReport>
    </Page>
  )
}
