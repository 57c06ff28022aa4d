import { Button, Tabs } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useParams, useSearchParams } from 'wouter'
import { getSegment, previewSegment, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, Bones, Failure } from '../design/states.tsx'
import { JsonView } from './json-view.tsx'
import { useLoadedSources } from './load-sources.ts'
import { MembersTab } from './members-tab.tsx'
import { OverlapTab } from './overlap-tab.tsx'
import { ReachBars } from './reach.tsx'
import { definitionSentence } from './say.ts'
import { SegmentMenu } from './segment-menu.tsx'
import { State } from './segment-state.tsx'
import style from './segments.module.css'
import { SizeChart } from './size-chart.tsx'
import { type Sources, SourcesProvider } from './sources.ts'
import { UsedIn } from './used-in.tsx'
import { VersionsTab } from './versions-tab.tsx'
import { Webhooks } from './webhooks.tsx'
import whyStyle from './why.module.css'

const text = words({
  segment: { ko: '세그먼트', en: 'Segment' },
  back: { ko: '세그먼트', en: 'Segments' },
  edit: { ko: '조건 고치기', en: 'Edit the conditions' },
  now: { ko: '지금', en: 'Now' },
  member: { ko: '회원', en: 'Members' },
  notMember: { ko: '비회원', en: 'Not members' },
  filling: {
    ko: '지금까지의 고객을 찾고 있어요. 그동안 들어오는 일도 놓치지 않아요.',
    en: 'Finding the people so far; nothing that happens meanwhile is missed.',
  },
  broken: {
    ko: '채우다가 멈췄어요. 조건을 조금 바꿔 다시 저장해 보세요.',
    en: 'Filling stopped. Change the conditions a little and save again.',
  },
  members: { ko: '고객', en: 'People' },
  overlap: { ko: '겹쳐 보기', en: 'Overlap' },
  versions: { ko: '바뀐 기록', en: 'Versions' },
  webhooks: { ko: '웹훅', en: 'Webhooks' },
  json: { ko: '개발자용 JSON', en: 'JSON' },
  more: { ko: '더 보기', en: 'More about it' },
})

/** `/segments/12`: who is in, how many over time, what uses it, what it was. */
export function SegmentPage() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
  const sources = useLoadedSources(Number(id))
  const queries = useQueryClient()
  const known = useQuery({
    queryKey: ['segments', 'one', id],
    queryFn: ({ signal }) => getSegment(Number(id), signal),
    refetchInterval: (query) => (query.state.data?.state === 'building' ? 1_000 : 10_000),
  })
  const building = known.data?.state === 'building'
  const wasBuilding = useRef(building)
  useEffect(() => {
    // The members and sizes on the page are those of a moment when half of them were not found yet.
    if (wasBuilding.current && !building) void queries.invalidateQueries({ queryKey: ['segments'] })
    wasBuilding.current = building
  }, [building, queries])
  if (!known.data)
    return (
      <Page title={said.segment} back={{ to: '/segments', label: said.back }}>
        {known.error ? <Failure error={known.error} retry={() => known.refetch()} /> : <Bones />}
      </Page>
    )
  return (
    <SourcesProvider value={sources}>
      <Loaded segment={known.data} sources={sources} />
    </SourcesProvider>
  )
}

const tabs = ['members', 'overlap', 'versions', 'webhooks', 'json'] as const

function Loaded({ segment, sources }: { readonly segment: SegmentRow; readonly sources: Sources }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [params, setParams] = useSearchParams()
  const mayTell = useMay('marketer', 'developer')
  const offered = tabs.filter((one) => one !== 'webhooks' || mayTell)
  const tab = offered.find((one) => one === params.get('tab')) ?? 'members'
  return (
    <Page
      title={segment.name}
      purpose={definitionSentence(segment.definition, language, sources)}
      back={{ to: '/segments', label: said.back }}
      beside={<State segment={segment} />}
      action={
        <>
          <SegmentMenu segment={segment} />
          {may && (
            <Button
              component={Link}
              href={`/segments/${segment.id}/edit`}
              leftSection={<IconPencil size={16} />}
            >
              {said.edit}
            </Button>
          )}
        </>
      }
    >
      <div className={style.layout}>
        <div className={style.stack}>
          <SizeChart segment={segment} />
          <Tabs
            value={tab}
            onChange={(next) =>
              setParams(next === 'members' || !next ? {} : { tab: next }, { replace: true })
            }
          >
            <Tabs.List aria-label={said.more} className={style.tabs ?? ''}>
              {offered.map((one) => (
                <Tabs.Tab key={one} value={one}>
                  {said[one]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab} pt={16}>
              {tab === 'members' && <MembersTab segment={segment} />}
              {tab === 'overlap' && <OverlapTab segment={segment} />}
              {tab === 'versions' && <VersionsTab segment={segment} />}
              {tab === 'webhooks' && <Webhooks segment={segment.id} />}
              {tab === 'json' && <JsonView segment={segment} />}
            </Tabs.Panel>
          </Tabs>
        </div>
        <div className={style.panel}>
          <Now segment={segment} />
          <UsedIn segment={segment.id} />
        </div>
      </div>
    </Page>
  )
}

/** How many by now, how they split and can be reached. */
function Now({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const preview = useQuery({
    queryKey: ['segments', 'preview', segment.definition],
    queryFn: ({ signal }) => previewSegment(segment.definition, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const found = preview.data
  const note =
    segment.state === 'building'
      ? said.filling
      : segment.state === 'failed'
        ? said.broken
        : undefined
  return (
    <Card>
      <BigNumber label={said.now} value={people(segment.members, language)} note={note} />
      {!found && !preview.error && <Bone height={120} />}
      {found && found.count > 0 && (
        <>
          <div className={whyStyle.split}>
            <span>
              {said.member} <b>{people(found.signedUp, language)}</b>
            </span>
            <span>
              {said.notMember} <b>{people(found.anonymous, language)}</b>
            </span>
          </div>
          <ReachBars reach={found.reach} of={found.count} />
        </>
      )}
      {preview.error && <Failure error={preview.error} retry={() => preview.refetch()} />}
    </Card>
  )
}
