import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type {
  GivenAnswers,
  OfferedSeason,
} from '../../../server/src/campaigns/playbooks/answers.ts'
import type { PlaybookCard } from '../../../server/src/campaigns/playbooks/card.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import style from './gallery.module.css'

const text = words({
  title: { ko: '이벤트 이름', en: 'What the event is called' },
  titleNote: { ko: '메시지에 이대로 나와요.', en: 'Messages say it as it is.' },
  from: { ko: '시작하는 날', en: 'First day' },
  to: { ko: '끝나는 날', en: 'Last day' },
  season: { ko: '어느 시즌인가요?', en: 'Which season?' },
  seasonNote: {
    ko: '앞으로 다섯 달 동안의 시즌이에요. 캘린더에서 날짜를 바꿀 수 있어요.',
    en: 'The seasons of the next five months; the calendar lets you move them.',
  },
  noSeason: { ko: '고를 수 있는 시즌이 없어요.', en: 'There is no season to choose.' },
  kakao: { ko: '카카오톡 채널 주소', en: 'Address of the KakaoTalk channel' },
  payments: { ko: '간편결제 방법', en: 'Easy ways to pay' },
  paymentsNote: {
    ko: '메시지에 이대로 나와요. 비워 두어도 돼요.',
    en: 'Messages name them as they are. It may stay empty.',
  },
  paymentsExample: { ko: '네이버페이·카카오페이', en: 'Apple Pay, PayPal' },
  make: { ko: '초안 만들기', en: 'Make the draft' },
})

type Props = {
  readonly playbook: PlaybookCard
  readonly seasons: readonly OfferedSeason[]
  readonly making: {
    readonly isPending: boolean
    readonly error: unknown
    readonly mutate: (answers: GivenAnswers) => void
  }
  readonly close: () => void
}

/** The two or three things only the marketer knows, before the draft is made. */
export function PlaybookQuestions({ playbook, seasons, making, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { asks } = playbook
  const [event, setEvent] = useState({ title: '', from: '', to: '' })
  const [season, setSeason] = useState<string | null>(seasons[0]?.key ?? null)
  const [kakaoChannel, setKakaoChannel] = useState('')
  const [payments, setPayments] = useState('')
  const answers: GivenAnswers = {
    ...(asks.includes('event') ? { event } : {}),
    ...(asks.includes('season') && season !== null ? { season } : {}),
    ...(asks.includes('kakao_channel') ? { kakaoChannel } : {}),
    ...(asks.includes('payments') ? { payments } : {}),
  }
  return (
    <Modal opened onClose={close} title={playbook.name[language]} centered>
      <form
        className={style.questions}
        onSubmit={(sent) => {
          sent.preventDefault()
          making.mutate(answers)
        }}
      >
        {asks.includes('event') && <EventFields event={event} change={setEvent} />}
        {asks.includes('season') && (
          <Select
            label={said.season}
            description={said.seasonNote}
            data={seasons.map(({ key, name, days }) => ({
              value: key,
              label: `${name[language]} · ${days.from}`,
            }))}
            value={season}
            onChange={setSeason}
            placeholder={said.noSeason}
            allowDeselect={false}
          />
        )}
        {asks.includes('kakao_channel') && (
          <TextInput
            label={said.kakao}
            placeholder="https://pf.kakao.com/_"
            type="url"
            required
            maxLength={300}
            value={kakaoChannel}
            onChange={(typed) => setKakaoChannel(typed.currentTarget.value)}
          />
        )}
        {asks.includes('payments') && (
          <TextInput
            label={said.payments}
            description={said.paymentsNote}
            placeholder={said.paymentsExample}
            maxLength={40}
            value={payments}
            onChange={(typed) => setPayments(typed.currentTarget.value)}
          />
        )}
        {making.error !== null && <Failure error={making.error} />}
        <Button type="submit" loading={making.isPending}>
          {said.make}
        </Button>
      </form>
    </Modal>
  )
}

type EventAnswer = NonNullable<GivenAnswers['event']>
type EventProps = { readonly event: EventAnswer; readonly change: (event: EventAnswer) => void }

function EventFields({ event, change }: EventProps) {
  const said = useWords(text)
  return (
    <>
      <TextInput
        label={said.title}
        description={said.titleNote}
        required
        maxLength={60}
        value={event.title}
        onChange={(typed) => change({ ...event, title: typed.currentTarget.value })}
      />
      <div className={style.days}>
        <TextInput
          label={said.from}
          type="date"
          required
          value={event.from}
          onChange={(typed) => change({ ...event, from: typed.currentTarget.value })}
        />
        <TextInput
          label={said.to}
          type="date"
          required
          min={event.from}
          value={event.to}
          onChange={(typed) => change({ ...event, to: typed.currentTarget.value })}
        />
      </div>
    </>
  )
}
