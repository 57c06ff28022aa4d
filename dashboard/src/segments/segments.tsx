import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { listSegments, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { day, people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState } from '../design/states.tsx'
import { Deleted } from './deleted.tsx'
import { useCampaignNames } from './load-sources.ts'
import { ReadySegments } from './ready.tsx'
import { definitionSentence } from './say.ts'
import { State } from './segment-state.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '세그먼트', en: 'Segments' },
  purpose: {
    ko: '같은 조건의 고객을 묶어요. 조건이 바뀌는 그 순간 들어오고 나가요.',
    en: 'Groups of customers by a condition. People enter and leave at the very moment it changes.',
  },
  lists: { ko: '명단', en: 'Lists' },
  make: { ko: '세그먼트 만들기', en: 'Make a segment' },
  name: { ko: '이름과 조건', en: 'Name and condition' },
  members: { ko: '지금', en: 'Now' },
  state: { ko: '상태', en: 'State' },
  changed: { ko: '바뀐 날', en: 'Changed' },
  emptyTitle: { ko: '아직 세그먼트가 없어요', en: 'No segments yet' },
  empty: {
    ko: '누구에게 말을 걸지 문장으로 정해 두면, 몇 명인지 바로 보이고 캠페인의 타깃으로 쓸 수 있어요.',
    en: 'Say in a sentence whom to talk to; see at once how many they are, and use them as the audience of a campaign.',
  },
  example: {
    ko: '예: “최근 30일 장바구니 담기 1번 이상 그리고 최근 30일 주문 없음”',
    en: 'For example: “add to cart at least 1× in the last 30 days and no order in the last 30 days”',
  },
})

export function Segments() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const list = useKeyset(
    ['segments', 'list'],
    (after, signal) => listSegments({ after, limit: 50 }, signal),
    10_000,
  )
  const campaigns = useCampaignNames()
  const make = may && (
    <Button component={Link} href="/segments/new">
      {said.make}
    </Button>
  )
  const toLists = (
    <Button component={Link} href="/segments/lists" variant="default">
      {said.lists}
    </Button>
  )
  const columns: readonly Column<SegmentRow>[] = [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <>
          {row.name}
          <br />
          <span className={style.definition}>
            {definitionSentence(row.definition, language, {
              segments: list.rows ?? [],
              campaigns,
            })}
          </span>
        </>
      ),
    },
    {
      key: 'count',
      head: said.members,
      align: 'right',
      cell: (row) => people(row.members, language),
    },
    {
      key: 'state',
      head: said.state,
      leaves: 'sm',
      cell: (row) => <State segment={row} />,
    },
    {
      key: 'changed',
      head: said.changed,
      align: 'right',
      leaves: 'md',
      cell: (row) => day(row.updatedAt, { timeZone: shop.timeZone, language }, Date.now()),
    },
  ]
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <>
          {toLists}
          {make}
        </>
      }
    >
      <Card flush>
        <DataTable
          label={said.title}
          columns={columns}
          keyOf={(row) => row.id}
          to={(row) => `/segments/${row.id}`}
          {...list}
          empty={
            <EmptyState title={said.emptyTitle} example={said.example} action={make}>
              {said.empty}
            </EmptyState>
          }
        />
      </Card>
      {list.rows && (
        <div className={style.below}>
          <ReadySegments
            key={list.rows.length === 0 ? 'all' : 'few'}
            folded={list.rows.length > 0}
          />
        </div>
      )}
      {may && <Deleted />}
    </Page>
  )
}
