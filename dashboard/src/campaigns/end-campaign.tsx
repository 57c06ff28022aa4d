import { Button, Modal, Radio } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Campaign, stopCampaign } from '../api/campaigns.ts'
import { getUnderWay } from '../api/runs.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './runs.module.css'

const text = words({
  end: { ko: '캠페인 끝내기', en: 'End the campaign' },
  title: { ko: '캠페인을 끝낼까요?', en: 'End the campaign?' },
  nobody: {
    ko: '지금 참여 중인 고객은 없어요. 새로 들어오지도 않아요.',
    en: 'Nobody is in it now, and nobody enters any more.',
  },
  some: {
    ko: (n: string) => `지금 ${n}이 참여 중이에요. 새로 들어오는 고객은 없어요.`,
    en: (n: string) => `${n} are in it now. Nobody enters any more.`,
  },
  drain: { ko: '참여 중인 고객은 끝까지 보내기', en: 'Let those in it finish' },
  drainSays: {
    ko: '남은 단계를 마치면 캠페인이 저절로 끝나요.',
    en: 'It ends by itself once they are through.',
  },
  cancel: { ko: '참여 중인 고객도 지금 끝내기', en: 'End it for them too' },
  cancelSays: {
    ko: '보낼 차례를 기다리던 메시지도 나가지 않아요.',
    en: 'Messages that wait to leave do not leave either.',
  },
  back: { ko: '취소', en: 'Cancel' },
  done: { ko: '캠페인을 끝냈어요.', en: 'The campaign has ended.' },
  draining: { ko: '새 고객은 받지 않고 마무리하고 있어요.', en: 'Nobody enters; it is finishing.' },
})

/** Ends a campaign for good, after asking what becomes of the people in it. */
export function EndCampaign({
  campaign,
  keep,
}: {
  readonly campaign: Campaign
  readonly keep: (next: Campaign) => Promise<void>
}) {
  const said = useWords(text)
  const [asking, setAsking] = useState(false)
  if (campaign.state === 'draft' || campaign.state === 'stopped') return null
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {said.end}
      </Button>
      {asking && <Ask campaign={campaign} keep={keep} close={() => setAsking(false)} />}
    </>
  )
}

type AskProps = {
  readonly campaign: Campaign
  readonly keep: (next: Campaign) => Promise<void>
  readonly close: () => void
}

function Ask({ campaign, keep, close }: AskProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['campaigns', 'under-way', campaign.id],
    queryFn: ({ signal }) => getUnderWay(campaign.id, signal),
  })
  const [how, setHow] = useState<'drain' | 'cancel'>('drain')
  const ending = useMutation({
    mutationFn: () => stopCampaign(campaign.id, how),
    onSuccess: async (next) => {
      notifications.show({ message: next.state === 'draining' ? said.draining : said.done })
      close()
      await keep(next)
    },
  })
  return (
    <Modal opened onClose={close} title={said.title}>
      <p className={style.says}>
        {data && (data.people === 0 ? said.nobody : said.some(people(data.people, language)))}
      </p>
      {data && data.people > 0 && (
        <Radio.Group
          value={how}
          onChange={(value) => setHow(value === 'cancel' ? 'cancel' : 'drain')}
        >
          <div className={style.choice}>
            <Radio value="drain" label={said.drain} description={said.drainSays} />
            <Radio value="cancel" label={said.cancel} description={said.cancelSays} />
          </div>
        </Radio.Group>
      )}
      {ending.error && <Failure error={ending.error} />}
      <div className={style.buttons}>
        <Button variant="default" onClick={close}>
          {said.back}
        </Button>
        <Button
          color="red.9"
          disabled={!data}
          loading={ending.isPending}
          onClick={() => ending.mutate()}
          data-autofocus
        >
          {said.end}
        </Button>
      </div>
    </Modal>
  )
}
