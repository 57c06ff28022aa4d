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
import style from './campaigns.module.css'
import { checklist } from './checklist.ts'
import { Checks } from './checks.tsx'
import { EndCampaign } from './end-campaign.tsx'
import { FlowForm } from './flow-form.tsx'
import { GoLive } from './go-live.tsx'
import { useMail } from './mail-view.tsx'
import { MessageView } from './message-view.tsx'
import { PublishedAs } from './published-as.tsx'
import { RunCard } from './run-card.tsx'
import { SampleContext } from './rough-text.ts'
import { StateTag } from './state.tsx'

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
  on: { ko: '캠페인 켜기', en: 'Switch on' },
  publish: { ko: '바뀐 내용 반영하기', en: 'Publish the changes' },
  off: { ko: '캠페인 끄기', en: 'Switch off' },
  turnedOff: {
    ko: '껐어요. 기다리던 손님에게도 보내지 않아요.',
    en: 'Switched off. People who were waiting are not messaged.',
  },
  report: { ko: '보고서 보기', en: 'See the report' },
})

/** `/campaigns/7`: the flow on the left, the mail in the middle, the checklist on the right. */
export function Editor() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
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
  return <Editing key={id} campaign={campaign.data} />
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

function Editing({ campaign }: { readonly campaign: Campaign }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [flow, setFlow] = useState<Flow>(campaign.draft)
  const [reviewing, setReviewing] = useState(false)
  const { save, turnOff, keep } = useSwitch(campaign)
  const shop = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  const mail = useMail(campaign.id, flow)
  const checks = checklist({
    flow,
    sender: shop.data?.sender,
    refused: mail.data?.problems ?? [],
    language,
  })
  const ready = checks.every((check) => check.ok || !check.needed)
  const changed = JSON.stringify(flow) !== JSON.stringify(campaign.draft)
  const live = campaign.state === 'live'
  const actions = may && (
    <>
      {changed && <span className={style.saved}>{said.unsaved}</span>}
      {campaign.startedAt !== null && (
        <Button component={Link} href={`/campaigns/${campaign.id}/report`} variant="default">
          {said.report}
        </Button>
      )}
      <EndCampaign campaign={campaign} keep={keep} />
      {live && (
        <Button variant="default" loading={turnOff.isPending} onClick={() => turnOff.mutate()}>
          {said.off}
        </Button>
      )}
      <Button
        variant="default"
        disabled={!changed}
        loading={save.isPending}
        onClick={() => save.mutate(flow)}
      >
        {said.save}
      </Button>
      <Button
        disabled={!ready || (live && !changed && !isBehind(campaign))}
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
      beside={<StateTag state={campaign.state} />}
      action={actions}
      width="wide"
    >
      <div className={style.editor}>
        <SampleContext value={mail.data?.sms?.sample}>
          <FlowForm flow={flow} change={setFlow} readOnly={!may} />
        </SampleContext>
        <MessageView mail={mail} flow={flow} />
        <div>
          <div className={style.sticky}>
            {campaign.startedAt !== null && <RunCard campaign={campaign.id} />}
            <Checks checks={checks} />
            <PublishedAs campaign={campaign} />
          </div>
        </div>
      </div>
      {reviewing && (
        <GoLive
          campaign={campaign}
          flow={flow}
          mail={mail}
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

/** Whether the draft was saved after the version that is live. */
function isBehind(campaign: Campaign): boolean {
  return campaign.startedAt !== null && campaign.updatedAt > campaign.startedAt
}
