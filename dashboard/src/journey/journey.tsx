import { Button } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import type { Journey as JourneyNow } from '../api/journey.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, EmptyState, Failure } from '../design/states.tsx'
import { Column } from './column.tsx'
import { Flow } from './flow.tsx'
import style from './journey.module.css'
import { StagePeople } from './people.tsx'
import { isStage, stageNames, stageOrder, useJourney } from './stages.ts'

const text = words({
  title: { ko: '여정', en: 'Journey' },
  purpose: {
    ko: '고객은 늘 다섯 단계 중 한 곳에 있어요. 어디에서 멈추는지 보고, 그 단계를 돕는 캠페인을 켜요.',
    en: 'Everybody stands in one of five stages. See where people stop, and switch on what helps them there.',
  },
  coming: { ko: '단계를 세고 있어요', en: 'Counting the stages' },
  emptyTitle: { ko: '아직 고객이 없어요', en: 'Nobody is here yet' },
  empty: {
    ko: '상점에 코드를 붙이면 고객이 다섯 단계로 나뉘어 보여요. 어느 단계에서 가장 많이 떠나는지 알면 어떤 캠페인을 먼저 켤지 정할 수 있어요.',
    en: 'Once the snippet is in your shop, people appear in five stages. Knowing where most of them stop tells which campaign to switch on first.',
  },
  connect: { ko: '코드 받기', en: 'Get the snippet' },
  example: {
    ko: '예: “상세·장바구니에 1,240명, 7일 동안 +86명, 장바구니 알림이 켜져 있음”',
    en: 'For example: “1,240 people at product and cart, +86 in 7 days, the cart reminder is live”',
  },
})

/** `/journey`: the five stages side by side; `?stage=checkout` opens the people of one. */
export function Journey() {
  const said = useWords(text)
  const language = useLanguage()
  const journey = useJourney()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('stage')
  const total = journey.data?.columns.reduce((sum, one) => sum + one.people, 0)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="visits"
      width="wide"
      beside={
        total !== undefined &&
        total > 0 && <span className={style.total}>{people(total, language)}</span>
      }
    >
      {journey.error && <Failure error={journey.error} retry={() => journey.refetch()} />}
      {journey.isLoading && <Coming />}
      {journey.data && (total === 0 ? <Nobody /> : <Stages journey={journey.data} />)}
      {isStage(asked) && (
        <StagePeople stage={asked} close={() => setSearch({}, { replace: true })} />
      )}
    </Page>
  )
}

function Stages({ journey }: { readonly journey: JourneyNow }) {
  return (
    <>
      <Flow flows={journey.flows} />
      <div className={style.columns}>
        {journey.columns.map((column) => (
          <Column key={column.stage} column={column} />
        ))}
      </div>
    </>
  )
}

function Nobody() {
  const said = useWords(text)
  return (
    <Card>
      <EmptyState
        title={said.emptyTitle}
        example={said.example}
        action={
          <Button component={Link} href="/setup">
            {said.connect}
          </Button>
        }
      >
        {said.empty}
      </EmptyState>
    </Card>
  )
}

/** The five columns at once, before their numbers. */
function Coming() {
  const said = useWords(text)
  const names = useWords(stageNames)
  return (
    <div className={style.columns} role="status" aria-label={said.coming} aria-busy="true">
      {stageOrder.map((stage) => (
        <div key={stage} className={style.column}>
          <div className={style.name}>{names[stage]}</div>
          <Bone width={110} height={34} />
          <Bone width={90} />
          <Bone height={72} />
          <Bone height={96} />
        </div>
      ))}
    </div>
  )
}
