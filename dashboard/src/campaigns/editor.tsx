import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { type Campaign, changeCampaign, getCampaign, switchCampaign } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { getShop } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Page } from '../design/page.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { HypothesisCard } from '../proof/hypothesis-card.tsx'
import { useLoadedSources } from '../segments/load-sources.ts'
import { SourcesProvider } from '../segments/sources.ts'
import { ApprovalCard } from './approval-card.tsx'
import { TryOnPast } from './backtest/try-on-past.tsx'
import style from './campaigns.module.css'
import { checklist } from './checklist.ts'
import { Checks } from './checks.tsx'
import { EndCampaign } from './end-campaign.tsx'
import { blanksOf } from './flow/problem-words.ts'
import { useFlow } from './flow/use-flow.tsx'
import { Workbench } from './flow/workbench.tsx'
import { GoLive } from './go-live.tsx'
import { PublishedAs } from './published-as.tsx'
import { Rename } from './rename.tsx'
import { RunCard } from './run-card.tsx'
import { StateTag } from './state.tsx'
import { Unsaved } from './unsaved.tsx'
import { useMessageProblems } from './use-message-problems.ts'

const text = words({
  campaign: { ko: '캠페인', en: 'Campaign' },
  back: { ko: '캠페인 목록', en: 'Campaigns' },
  purpose: {
    ko: '언제, 무엇을 보낼지 정하고 켜기 전에 볼 것이 모두 초록색이면 켜세요.',
    en: 'Decide when and what to send; when the whole list is green, switch it on.',
  },
  save: { ko: '바뀐 내용 저장하기', en: 'Save the changes' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  unsaved: { ko: '저장하지 않은 내용이 있어요', en: 'There are unsaved changes' },
  blank: { ko: '빈칸을 채우면 저장할 수 있어요', en: 'Fill in the blanks to save' },
  on: { ko: '캠페인 켜기', en: 'Switch on' },
  publish: { ko: '바뀐 내용 반영하기', en: 'Publish the changes' },
  off: { ko: '캠페인 끄기', en: 'Switch off' },
  turnedOff: {
    ko: '껐어요. 기다리던 고객에게도 보내지 않아요.',
    en: 'Switched off. People who were waiting are not messaged.',
  },
  report: { ko: '보고서 보기', en: 'See the report' },
})

/** `/campaigns/7`: the flow on the left, the message in the middle, the checklist on the right. */
export function Editor() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
  const sources = useLoadedSources(undefined)
  const campaign = useQuery({
    queryKey: ['campaigns', 'one', Number(id)],
    queryFn: ({ signal }) => getCampaign(Number(id), signal),
  })
  if (!campaign.data) {
    return (
      <Page title={said.campaign} back={{ to: '/campaigns', label: said.back }}>
        {campaign.error ? (
          <Failure error={campaign.error} retry={() => campaign.refetch()} />
        ) : (
          <Bones lines={8} />
        )}
      </Page>
    )
  }
  return (
    <SourcesProvider value={sources}>
      <EditCampaign key={id} campaign={campaign.data} />
    </SourcesProvider>
  )
}

function useSwitch(campaign: Campaign) {
  const queries = useQueryClient()
  const language = useLanguage()
  const said = useWords(text)
  const failed = (error: unknown) =>
    notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) })
  const keep = async (next: Campaign) => {
    queries.setQueryData(['campaigns', 'one', campaign.id], next)
    await queries.invalidateQueries({ queryKey: ['campaigns'] })
  }
  const save = useMutation({
    mutationFn: (draft: Flow) => changeCampaign(campaign.id, { draft }),
    onSuccess: async (next) => {
      await keep(next)
      notifications.show({ message: said.saved })
    },
    onError: failed,
  })
  const turnOff = useMutation({
    mutationFn: () => switchCampaign(campaign.id, 'pause'),
    onSuccess: async (next) => {
      await keep(next)
      notifications.show({ message: said.turnedOff })
    },
    onError: failed,
  })
  return { save, turnOff, keep }
}

function EditCampaign({ campaign }: { readonly campaign: Campaign }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const { editing, history } = useFlow(campaign, !may)
  const { flow, problems } = editing
  const [reviewing, setReviewing] = useState(false)
  const { save, turnOff, keep } = useSwitch(campaign)
  const shop = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  const refused = useMessageProblems(campaign.id, flow)
  const checks = checklist({ flow, problems, sender: shop.data?.sender, refused, language })
  const ready = checks.every((check) => check.ok || !check.needed)
  const changed = JSON.stringify(flow) !== JSON.stringify(campaign.draft)
  const live = campaign.state === 'live'
  const isBlank = changed && blanksOf(flow).length > 0
  const actions = may && (
    <>
      {changed && <span className={style.saved}>{isBlank ? said.blank : said.unsaved}</span>}
      {campaign.startedAt !== null && (
        <Button component={Link} href={`/campaigns/${campaign.id}/report`} variant="default">
          {said.report}
        </Button>
      )}
      <TryOnPast campaign={campaign} flow={flow} blank={blanksOf(flow).length > 0} />
      <EndCampaign campaign={campaign} keep={keep} />
      {live && (
        <Button variant="default" loading={turnOff.isPending} onClick={() => turnOff.mutate()}>
          {said.off}
        </Button>
      )}
      <Button
        variant="default"
        disabled={!changed || isBlank}
        loading={save.isPending}
        onClick={() => save.mutate(flow)}
      >
        {said.save}
      </Button>
      <Button
        disabled={!ready || (live && !changed && campaign.published?.isDraft === true)}
        onClick={() => setReviewing(true)}
      >
        {live ? said.publish : said.on}
      </Button>
    </>
  )
  return (
    <Page
      title={campaign.name}
      purpose={said.purpose}
      back={{ to: '/campaigns', label: said.back }}
      beside={
        <>
          {may && <Rename campaign={campaign} done={keep} />}
          <StateTag state={campaign.state} />
        </>
      }
      action={actions}
      width="wide"
    >
      {may && (
        <Unsaved
          campaign={campaign}
          flow={flow}
          changed={changed}
          save={isBlank ? undefined : () => save.mutateAsync(flow)}
          put={editing.change}
        />
      )}
      <Workbench editing={editing} history={history} refused={refused}>
        {campaign.startedAt !== null && <RunCard campaign={campaign.id} />}
        <Checks checks={checks} select={editing.select} />
        {campaign.startedAt === null && <HypothesisCard campaign={campaign.id} />}
        <PublishedAs campaign={campaign} />
        <ApprovalCard campaign={campaign.id} />
      </Workbench>
      {reviewing && (
        <GoLive
          campaign={campaign}
          flow={flow}
          close={() => setReviewing(false)}
          done={async (next) => {
            await keep(next)
            setReviewing(false)
          }}
        />
      )}
    </Page>
  )
}
