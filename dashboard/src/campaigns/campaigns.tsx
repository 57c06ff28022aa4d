import { Button, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { listFolders } from '../api/campaign-shelf.ts'
import { type CampaignRow, listCampaigns } from '../api/campaigns.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { day } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { EmptyState } from '../design/states.tsx'
import { CampaignMenu } from './campaign-menu.tsx'
import { NewCampaign } from './new-campaign.tsx'
import { StateTag } from './state.tsx'

const text = words({
  title: { ko: '캠페인', en: 'Campaigns' },
  purpose: {
    ko: '알맞은 때에 알맞은 고객에게 보내고, 그 덕분에 늘어난 매출을 재요.',
    en: 'The right message at the right moment, and what it caused.',
  },
  make: { ko: '시나리오에서 고르기', en: 'Choose a playbook' },
  name: { ko: '이름', en: 'Name' },
  state: { ko: '상태', en: 'State' },
  started: { ko: '켠 날', en: 'Live since' },
  changed: { ko: '바뀐 날', en: 'Changed' },
  report: { ko: '결과', en: 'Result' },
  open: { ko: '보고서 열기', en: 'Open the report' },
  none: { ko: '켜면 볼 수 있어요', en: 'once it is live' },
  which: { ko: '어떤 캠페인을 볼까요', en: 'Which campaigns' },
  inUse: { ko: '쓰는 중', en: 'In use' },
  archived: { ko: '보관함', en: 'Archive' },
  folder: { ko: '폴더', en: 'Folder' },
  allFolders: { ko: '모든 폴더', en: 'All folders' },
  nothingAway: {
    ko: '보관한 캠페인이 없어요. 끝난 캠페인을 보관하면 목록이 짧아져요.',
    en: 'Nothing is archived.',
  },
  emptyTitle: { ko: '아직 캠페인이 없어요', en: 'No campaigns yet' },
  empty: {
    ko: '시나리오를 고르면 기다리는 시간, 문구, 대조군까지 채워진 초안이 만들어져요. 확인하고 켜기만 하면 돼요.',
    en: 'A playbook gives you a filled-in draft: the wait, the text, the hold-out. Look it over and switch it on.',
  },
  example: {
    ko: '예: “보내기로 한 4,120명 중 6.8 %, 대조군 458명 중 5.0 %가 샀어요.”',
    en: 'For example: “Of 4,120 people chosen for a message 6.8 % bought, of 458 held out 5.0 %.”',
  },
})

export function Campaigns() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const [archived, setArchived] = useState<'true' | 'false'>('false')
  const [folder, setFolder] = useState<string | null>(null)
  const list = useKeyset(['campaigns', 'list', archived, folder ?? ''], (after, signal) =>
    listCampaigns({ after, limit: 50, archived, ...(folder ? { folder } : {}) }, signal),
  )
  const make = may && (
    <>
      <NewCampaign />
      <Button component={Link} href="/playbooks">
        {said.make}
      </Button>
    </>
  )
  const when = { timeZone: shop.timeZone, language }
  const now = Date.now()
  const columns: readonly Column<CampaignRow>[] = [
    { key: 'name', head: said.name, cell: (row) => row.name },
    { key: 'state', head: said.state, cell: (row) => <StateTag state={row.state} /> },
    {
      key: 'started',
      head: said.started,
      leaves: 'sm',
      align: 'right',
      cell: (row) => (row.startedAt === null ? '–' : day(row.startedAt, when, now)),
    },
    {
      key: 'changed',
      head: said.changed,
      leaves: 'md',
      align: 'right',
      cell: (row) => day(row.updatedAt, when, now),
    },
    {
      key: 'report',
      head: said.report,
      leaves: 'sm',
      align: 'right',
      cell: (row) =>
        row.startedAt === null ? (
          <span style={{ color: 'var(--ink-3)' }}>{said.none}</span>
        ) : (
          <Button
            component={Link}
            href={`/campaigns/${row.id}/report`}
            variant="default"
            size="xs"
            style={{ position: 'relative', zIndex: 1 }}
          >
            {said.open}
          </Button>
        ),
    },
    {
      key: 'menu',
      head: '',
      align: 'right',
      cell: (row) => <CampaignMenu campaign={row} />,
    },
  ]
  return (
    <Page title={said.title} purpose={said.purpose} action={make}>
      <Shelves archived={archived} look={setArchived} folder={folder} open={setFolder} />
      <Card flush>
        <DataTable
          label={said.title}
          columns={columns}
          keyOf={(row) => row.id}
          to={(row) => `/campaigns/${row.id}`}
          {...list}
          empty={
            archived === 'true' ? (
              <EmptyState title={said.archived}>{said.nothingAway}</EmptyState>
            ) : (
              <EmptyState title={said.emptyTitle} example={said.example} action={make}>
                {said.empty}
              </EmptyState>
            )
          }
        />
      </Card>
    </Page>
  )
}

type ShelvesProps = {
  readonly archived: 'true' | 'false'
  readonly look: (archived: 'true' | 'false') => void
  readonly folder: string | null
  readonly open: (folder: string | null) => void
}

/** Which of the campaigns are listed: those in use or put away, of one folder or of all. */
function Shelves({ archived, look, folder, open }: ShelvesProps) {
  const said = useWords(text)
  const folders = useQuery({
    queryKey: ['campaigns', 'folders'],
    queryFn: ({ signal }) => listFolders(signal),
  })
  const names = folders.data?.items.map(({ name }) => name) ?? []
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 12 }}>
      <SegmentedControl
        aria-label={said.which}
        value={archived}
        onChange={(value) => look(value === 'true' ? 'true' : 'false')}
        data={[
          { value: 'false', label: said.inUse },
          { value: 'true', label: said.archived },
        ]}
      />
      {names.length > 0 && (
        <Select
          aria-label={said.folder}
          placeholder={said.allFolders}
          clearable
          data={names}
          value={folder}
          onChange={open}
        />
      )}
    </div>
  )
}
