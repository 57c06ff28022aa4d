import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { isDrawing, listSplits, type Split } from '../api/outside-splits.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { metricNames } from '../campaigns/metric-words.ts'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { day, people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState, Tag } from '../design/states.tsx'
import { splitWords } from './split-words.ts'
import style from './splits.module.css'

const text = words({
  purpose: {
    ko: '세그먼트를 무작위로 두 명단으로 나눠요. 한 명단에만 다른 도구로 보내면, 보내서 생긴 차이를 여기서 재요.',
    en: 'A segment becomes two lists at random. Send to one of them with any tool; what that caused is measured here.',
  },
  make: { ko: '세그먼트 나누기', en: 'Split a segment' },
  name: { ko: '이름', en: 'Name' },
  metric: { ko: '무엇으로 재나요', en: 'Judged by' },
  treatment: { ko: '보낼 사람', en: 'To send to' },
  holdout: { ko: '대조군', en: 'Held out' },
  ends: { ko: '결과 나오는 날', en: 'Result on' },
  state: { ko: '상태', en: 'State' },
  sides: {
    ko: (sent: string, held: string) => `보낼 사람 ${sent} · 대조군 ${held}`,
    en: (sent: string, held: string) => `${sent} to send to · ${held} held out`,
  },
  emptyTitle: { ko: '아직 나눈 세그먼트가 없어요', en: 'Nothing is split yet' },
  empty: {
    ko: '카카오톡 채널, 문자 사이트, 광고처럼 당골 밖에서 보낼 때 써요. 보낼 사람과 보내지 않을 사람을 무작위로 나눠야 보내서 산 것과 어차피 산 것을 가릴 수 있어요.',
    en: 'For what is sent outside Danggol: another mailer, a text site, ads. Only a random split tells what sending caused from what would have been bought anyway.',
  },
  example: {
    ko: '예: “휴면 고객 2,000명 중 1,000명에게만 문자를 보냈어요. 14일 동안 산 비율이 보낸 쪽 6.1 %, 대조군 4.0 %예요”',
    en: 'For example: “Of 2,000 dormant people 1,000 got a text. 6.1 % of them bought in 14 days, and 4.0 % of those held out”',
  },
})

/** `/insight/splits`: segments split for other tools, and how far they are. */
export function SplitsPage() {
  const shared = useWords(splitWords)
  const said = useWords(text)
  const may = useMay('marketer')
  const list = useQuery({
    queryKey: ['splits', 'list'],
    queryFn: ({ signal }) => listSplits(signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isDrawing) ? 1_000 : false),
  })
  const make = may && (
    <Button component={Link} href="/insight/splits/new">
      {said.make}
    </Button>
  )
  return (
    <Page title={shared.title} purpose={said.purpose} action={make}>
      <Card flush>
        <DataTable
          label={shared.title}
          columns={useColumns()}
          keyOf={(row) => row.id}
          to={(row) => `/insight/splits/${row.id}`}
          rows={list.data?.items}
          error={list.error}
          retry={() => list.refetch()}
          empty={
            <EmptyState title={said.emptyTitle} example={said.example} action={make}>
              {said.empty}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  )
}

function useColumns(): readonly Column<Split>[] {
  const said = useWords(text)
  const language = useLanguage()
  const metrics = useWords(metricNames)
  const { timeZone } = useSession().shop
  return [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <>
          {row.name}
          <div className={style.note}>{row.segmentName}</div>
          <div className={style.brief}>
            {said.sides(
              people(row.treatment.people, language),
              people(row.holdout.people, language),
            )}
          </div>
        </>
      ),
    },
    { key: 'metric', head: said.metric, cell: ({ metric }) => metrics[metric], leaves: 'md' },
    {
      key: 'treatment',
      head: said.treatment,
      align: 'right',
      leaves: 'sm',
      cell: ({ treatment }) => people(treatment.people, language),
    },
    {
      key: 'holdout',
      head: said.holdout,
      align: 'right',
      leaves: 'sm',
      cell: ({ holdout }) => people(holdout.people, language),
    },
    {
      key: 'ends',
      head: said.ends,
      leaves: 'sm',
      cell: ({ endsAt }) => (endsAt === null ? '–' : day(endsAt, { timeZone, language })),
    },
    { key: 'state', head: said.state, cell: (row) => <SplitState split={row} /> },
  ]
}

/** How far a split is, in a word. */
export function SplitState({ split }: { readonly split: Split }) {
  const said = useWords(splitWords)
  if (split.state === 'drawing') return <Tag>{said.drawing}</Tag>
  if (split.state === 'failed') return <Tag meaning="broken">{said.failed}</Tag>
  const isOver = split.endsAt !== null && split.endsAt <= Date.now()
  return isOver ? <Tag meaning="accent">{said.over}</Tag> : <Tag>{said.counting}</Tag>
}
