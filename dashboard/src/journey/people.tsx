import { Button, Drawer } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { listStagePeople, type Stage, type StagePerson } from '../api/journey.ts'
import { useKeyset } from '../api/keyset.ts'
import { createSegment } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { ago, personName } from '../design/format.ts'
import { EmptyState, Failure, Tag } from '../design/states.tsx'
import style from './journey.module.css'
import { stageMeanings, stageNames } from './stages.ts'

const text = words({
  title: {
    ko: (stage: string) => `${stage} 단계의 고객`,
    en: (stage: string) => `In “${stage}” now`,
  },
  name: { ko: '이름', en: 'Name' },
  since: { ko: '들어온 때', en: 'Since' },
  kind: { ko: '구분', en: 'Kind' },
  member: { ko: '회원', en: 'Member' },
  anonymous: { ko: '비회원', en: 'Visitor' },
  make: { ko: '이 고객들로 세그먼트 만들기', en: 'Make a segment of them' },
  segment: { ko: (stage: string) => `여정: ${stage}`, en: (stage: string) => `Journey: ${stage}` },
  close: { ko: '닫기', en: 'Close' },
  emptyTitle: { ko: '지금은 아무도 없어요', en: 'Nobody is here now' },
  empty: {
    ko: '고객이 이 단계에 들어오면 바로 나타나요.',
    en: 'Whoever comes into this stage appears at once.',
  },
})

/** The people of a stage in a panel beside the page, those who came last first. */
export function StagePeople({
  stage,
  close,
}: {
  readonly stage: Stage
  readonly close: () => void
}) {
  const said = useWords(text)
  const names = useWords(stageNames)
  const meanings = useWords(stageMeanings)
  const list = useKeyset(['journey', 'people', stage], (after, signal) =>
    listStagePeople(stage, { after, limit: 50 }, signal),
  )
  return (
    <Drawer
      opened
      onClose={close}
      title={said.title(names[stage])}
      position="right"
      size={480}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      <p className={style.meaning}>{meanings[stage]}</p>
      <AsSegment stage={stage} />
      <DataTable
        label={said.title(names[stage])}
        columns={useColumns()}
        keyOf={(row) => row.id}
        to={(row) => `/customers/${row.id}`}
        {...list}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </Drawer>
  )
}

function useColumns(): readonly Column<StagePerson>[] {
  const said = useWords(text)
  const language = useLanguage()
  const now = Date.now()
  return [
    { key: 'name', head: said.name, cell: (row) => personName(row.name, language) },
    {
      key: 'kind',
      head: said.kind,
      cell: (row) =>
        row.member ? <Tag meaning="accent">{said.member}</Tag> : <Tag>{said.anonymous}</Tag>,
    },
    {
      key: 'since',
      head: said.since,
      align: 'right',
      cell: (row) => (row.since === null ? '–' : ago(row.since, now, language)),
    },
  ]
}

function AsSegment({ stage }: { readonly stage: Stage }) {
  const said = useWords(text)
  const names = useWords(stageNames)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: () =>
      createSegment({
        name: said.segment(names[stage]),
        definition: {
          format: 1,
          where: {
            kind: 'fact',
            path: 'stage.now',
            is: { type: 'text', op: 'equals', value: stage },
          },
        },
      }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      go(`/segments/${made.id}`)
    },
  })
  if (!may) return null
  return (
    <div className={style.asSegment}>
      {making.error && <Failure error={making.error} />}
      <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>
        {said.make}
      </Button>
    </div>
  )
}
