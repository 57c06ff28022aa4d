import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type {
  GivenAnswers,
  OfferedSeason,
} from '../../../server/src/campaigns/playbooks/answers.ts'
import type { PlaybookCard } from '../../../server/src/campaigns/playbooks/card.ts'
import { families } from '../../../server/src/campaigns/playbooks/playbook.ts'
import { createCampaign, listPlaybooks } from '../api/campaigns.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, Bones, Failure } from '../design/states.tsx'
import { FlowPicture } from './flow-picture.tsx'
import { ForChosen } from './for-chosen.tsx'
import style from './gallery.module.css'
import { PlaybookQuestions } from './playbook-questions.tsx'
import { StateTag } from './state.tsx'

const text = words({
  title: { ko: '시나리오', en: 'Playbooks' },
  purpose: {
    ko: '검증해 볼 만한 캠페인을 미리 써 두었어요. 고르면 바로 고칠 수 있는 초안이 돼요.',
    en: 'Campaigns worth trying, written for you. Choose one and it becomes a draft you can change.',
  },
  journey: { ko: '주문까지 가는 길', en: 'On the way to an order' },
  promotion: { ko: '프로모션', en: 'Promotions' },
  care: { ko: '돌보기', en: 'Care' },
  flow: { ko: (name: string) => `${name}의 흐름`, en: (name: string) => `The flow of ${name}` },
  enters: { ko: '들어오는 고객', en: 'Who enters' },
  today: { ko: '오늘 들어올 고객', en: 'Would enter today' },
  uncounted: { ko: '아직 세지 못했어요', en: 'not counted yet' },
  result: { ko: '우리 상점 결과', en: 'In this shop' },
  noResult: {
    ko: '아직 없어요. 켜면 대조군과 비교해 알려드려요.',
    en: 'none yet; once live it is compared with its hold-out',
  },
  report: { ko: '보고서 보기', en: 'See the report' },
  goOn: { ko: '이어서 쓰기', en: 'Continue' },
  begin: { ko: '이 시나리오로 초안 만들기', en: 'Make a draft of this' },
  beginNamed: {
    ko: (name: string) => `이 시나리오로 초안 만들기: ${name}`,
    en: (name: string) => `Make a draft of this: ${name}`,
  },
})

/** Ready-made campaigns by family, each with its flow drawn small. */
export function Gallery() {
  const said = useWords(text)
  const playbooks = useQuery({
    queryKey: ['playbooks', 'plain'],
    queryFn: ({ signal }) => listPlaybooks(signal, { count: 'false' }),
    staleTime: 300_000,
  })
  // Counting takes a look at the day's history: the cards do not wait for it.
  const counted = useQuery({
    queryKey: ['playbooks'],
    queryFn: ({ signal }) => listPlaybooks(signal),
    staleTime: 60_000,
    retry: false,
  })
  const counts = new Map(counted.data?.items.map((one) => [one.id, one.wouldEnterToday]))
  const countOf = (id: string) => (counted.isLoading ? undefined : (counts.get(id) ?? null))
  const { items = [], seasons = [] } = playbooks.data ?? {}
  return (
    <Page title={said.title} purpose={said.purpose} width="wide">
      {playbooks.error && <Failure error={playbooks.error} retry={() => playbooks.refetch()} />}
      {playbooks.isLoading && (
        <Card flush>
          <Bones lines={7} />
        </Card>
      )}
      {playbooks.data &&
        families.map((family) => (
          <section key={family} aria-labelledby={`family-${family}`}>
            <h2 className={style.family} id={`family-${family}`}>
              {said[family]}
            </h2>
            <ul className={style.gallery}>
              {items
                .filter((one) => one.family === family)
                .map((one) => (
                  <li key={one.id}>
                    <Tile playbook={one} seasons={seasons} today={countOf(one.id)} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </Page>
  )
}

type TileProps = {
  readonly playbook: PlaybookCard
  readonly seasons: readonly OfferedSeason[]
  /** Undefined while it is counted, null when it could not be. */
  readonly today: number | null | undefined
}

function Tile({ playbook, seasons, today }: TileProps) {
  const said = useWords(text)
  const language = useLanguage()
  const name = playbook.name[language]
  return (
    <Card>
      <div className={style.play}>
        <h3 className={style.name}>{name}</h3>
        <p className={style.about}>{playbook.about[language]}</p>
        <FlowPicture steps={playbook.picture[language]} label={said.flow(name)} />
        <dl className={style.facts}>
          <dt>{said.enters}</dt>
          <dd>{playbook.enters[language]}</dd>
          <dt>{said.today}</dt>
          <dd>
            {today === undefined ? (
              <Bone width={48} />
            ) : today === null ? (
              said.uncounted
            ) : (
              people(today, language)
            )}
          </dd>
          <dt>{said.result}</dt>
          <dd>
            <Result playbook={playbook} />
          </dd>
        </dl>
        <div className={style.grow} />
        <Begin playbook={playbook} seasons={seasons} />
      </div>
    </Card>
  )
}

/** What the shop has of it already: the campaign with its report, the draft to go on with, or nothing yet. */
function Result({ playbook: { campaign, chosen } }: Pick<TileProps, 'playbook'>) {
  const said = useWords(text)
  const forChosen = <ForChosen count={chosen} look={style.link} />
  if (!campaign) {
    return (
      <>
        {said.noResult} {forChosen}
      </>
    )
  }
  const { id, name, state } = campaign
  const isDraft = state === 'draft'
  return (
    <span className={style.result}>
      <StateTag state={state} />
      <Link
        href={isDraft ? `/campaigns/${id}` : `/campaigns/${id}/report`}
        className={style.link ?? ''}
        aria-label={`${isDraft ? said.goOn : said.report}: ${name}`}
      >
        {isDraft ? said.goOn : said.report}
      </Link>
      {forChosen}
    </span>
  )
}

/** One click makes the draft, or opens what has to be asked first. */
function Begin({ playbook, seasons }: Omit<TileProps, 'today'>) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [isAsking, setAsking] = useState(false)
  const [, go] = useLocation()
  const queries = useQueryClient()
  const name = playbook.name[language]
  const making = useMutation({
    mutationFn: (answers: GivenAnswers) => createCampaign({ playbook: playbook.id, name, answers }),
    onSuccess: async (made) => {
      await Promise.all(
        ['campaigns', 'playbooks', 'segments', 'coupons'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      )
      go(`/campaigns/${made.id}`)
    },
  })
  if (!may) return null
  const asks = playbook.asks.length > 0
  return (
    <>
      {!asks && making.error && <Failure error={making.error} />}
      <Button
        fullWidth
        loading={making.isPending}
        aria-label={said.beginNamed(name)}
        onClick={() => (asks ? setAsking(true) : making.mutate({}))}
      >
        {said.begin}
      </Button>
      {isAsking && (
        <PlaybookQuestions
          playbook={playbook}
          seasons={seasons}
          making={making}
          close={() => setAsking(false)}
        />
      )}
    </>
  )
}
