import { Button, Modal, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { sayApproval } from '../api/approval.ts'
import { type Campaign, changeCampaign, switchCampaign } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import { isUnapproved, Standing, useApproval } from './approval-card.tsx'
import style from './campaigns.module.css'
import { LearningForm } from './flow/learning-form.tsx'
import { useMail } from './mail-view.tsx'
import { type Moving, MovingChoice } from './moving-choice.tsx'
import { isOnPageOnly } from './on-page.ts'
import { useReview } from './review.tsx'
import { useSendFacts } from './send-facts.tsx'
import { firstMessage } from './shown-message.ts'

const text = words({
  title: { ko: (name: string) => `‘${name}’ 켜기`, en: (name: string) => `Switch on “${name}”` },
  titleAgain: {
    ko: (name: string) => `‘${name}’ 바뀐 내용 반영하기`,
    en: (name: string) => `Publish the changes of “${name}”`,
  },
  again: { ko: '지금부터 이렇게 보내기', en: 'Send it so from now on' },
  ask: { ko: '승인 요청하기', en: 'Ask for approval' },
  note: { ko: '승인할 사람에게 남길 말', en: 'A word to whoever approves' },
  askedFor: {
    ko: '승인을 요청했어요. 승인되면 이 화면에서 켤 수 있어요.',
    en: 'Approval is asked for. The campaign shows when it is given.',
  },
  on: { ko: '지금부터 보내기', en: 'Start sending now' },
  onPage: { ko: '지금부터 보여주기', en: 'Start showing it now' },
  onSchedule: { ko: '정한 때에 보내기', en: 'Send at that time' },
  cancel: { ko: '더 고치기', en: 'Keep editing' },
  done: {
    ko: '켰어요. 조건에 맞는 고객부터 들어와요.',
    en: 'It is live. People enter as they qualify.',
  },
  doneSchedule: {
    ko: '켰어요. 정한 때가 되면 보내요.',
    en: 'It is live. It sends at its time.',
  },
})

type Props = {
  readonly campaign: Campaign
  readonly flow: Flow
  readonly close: () => void
  readonly done: (campaign: Campaign) => Promise<void>
}

/** One page to look it over: who, when, how often, what is left out, what it costs and what stands in the way. */
export function GoLive({ campaign, flow: given, close, done }: Props) {
  const said = useWords(text)
  const [flow, setFlow] = useState(given)
  const mail = useMail(campaign.id, { flow, message: firstMessage(flow) })
  const facts = useSendFacts({ flow, mail, playbook: campaign.playbook })
  const [moving, setMoving] = useState<Moving>('stay')
  const starting = useMutation({
    mutationFn: async () => {
      await changeCampaign(campaign.id, { draft: flow })
      return await switchCampaign(campaign.id, 'start', { moving })
    },
    onSuccess: async (next) => {
      notifications.show({
        message: flow.trigger.kind === 'schedule' ? said.doneSchedule : said.done,
      })
      await done(next)
    },
  })
  const isLive = campaign.state === 'live'
  const queries = useQueryClient()
  const approval = useApproval(campaign.id)
  const [note, setNote] = useState('')
  const isSaved = JSON.stringify(flow) === JSON.stringify(campaign.draft)
  const refusedFor = problemIn(starting.error)?.field ?? ''
  const waits = refusedFor.startsWith('approval.') || (isSaved && isUnapproved(approval))
  const isAsked = isSaved && approval?.state === 'asked'
  const asking = useMutation({
    mutationFn: async () => {
      if (!isSaved) await changeCampaign(campaign.id, { draft: flow })
      return await sayApproval(campaign.id, { act: 'ask', note })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['campaigns'] })
      notifications.show({ message: said.askedFor })
      close()
    },
  })
  // A campaign that ran already has its comparison; one without a hold-out has none.
  const mayLearn = campaign.startedAt === null && given.holdoutShare > 0
  const rows = [...useReview(flow), ...facts]
  return (
    <Modal
      opened
      onClose={close}
      title={(isLive ? said.titleAgain : said.title)(campaign.name)}
      size="lg"
    >
      <div className={style.stack}>
        <dl className={style.facts} style={{ gap: '12px 20px', fontSize: 15 }}>
          {rows.map(([name, says], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two splits have one name
            <div key={at} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
        {mayLearn && <LearningForm flow={flow} change={setFlow} />}
        {campaign.startedAt !== null && (
          <MovingChoice campaign={campaign.id} moving={moving} choose={setMoving} />
        )}
        {starting.error && <Failure error={starting.error} />}
        {asking.error && <Failure error={asking.error} />}
        {approval && waits && isSaved && <Standing approval={approval} />}
        {waits && !isAsked && (
          <Textarea
            label={said.note}
            maxLength={500}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        <div className={style.inline} style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            {said.cancel}
          </Button>
          {waits ? (
            <Button
              loading={asking.isPending}
              disabled={isAsked}
              onClick={() => asking.mutate()}
              data-autofocus
            >
              {said.ask}
            </Button>
          ) : (
            <Button loading={starting.isPending} onClick={() => starting.mutate()} data-autofocus>
              {flow.trigger.kind === 'schedule'
                ? said.onSchedule
                : isOnPageOnly(flow)
                  ? said.onPage
                  : isLive
                    ? said.again
                    : said.on}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
