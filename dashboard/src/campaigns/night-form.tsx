import { SegmentedControl } from '@mantine/core'
import type { MessageChannel, OnNight } from '../../../server/src/messages/intent.ts'
import { law } from '../../../server/src/messages/law.ts'
import { useWords, words } from '../app/language.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'

const text = words({
  title: { ko: '밤에 보낼 차례가 되면', en: 'When its turn comes at night' },
  hold: { ko: '아침까지 기다리기', en: 'Hold to the morning' },
  drop: { ko: '보내지 않기', en: 'Drop it' },
  holdSays: {
    ko: '야간 동의가 없는 고객에게는 아침 8시부터 15분에 걸쳐, 조건을 다시 보고 보내요.',
    en: 'Without consent to the night it goes from 08:00, spread over a quarter of an hour, decided anew.',
  },
  kakaoSays: {
    ko: '이 시간에는 누구에게도 가지 않아요. 아침 8시부터 15분에 걸쳐, 조건을 다시 보고 보내요.',
    en: 'In these hours it goes to nobody. It goes from 08:00, spread over a quarter of an hour, decided anew.',
  },
  dropSays: {
    ko: '오늘만 쓸모 있는 메시지일 때 골라요. 밤이면 보내지 않고 이유를 남겨요.',
    en: 'For what is of no use tomorrow: at night it is not sent, and says why.',
  },
})

type Props = {
  readonly channel: MessageChannel
  readonly onNight: OnNight
  readonly change: (onNight: OnNight) => void
}

/** What becomes of an advertisement that the night would delay; mail, webhooks and the page know no night. */
export function NightForm({ channel, onNight, change }: Props) {
  const said = useWords(text)
  if (channel === 'email' || channel === 'webhook' || channel === 'onsite') return null
  // Kakao closes its hours for everybody, whatever they agreed to.
  const holds = channel === 'kakao' ? said.kakaoSays : said.holdSays
  return (
    <>
      <div className={style.stepTitle}>{said.title}</div>
      <SegmentedControl
        aria-label={said.title}
        size="sm"
        data={[
          { value: 'hold', label: said.hold },
          { value: 'drop', label: said.drop },
        ]}
        value={onNight}
        onChange={(value) => change(value === 'drop' ? 'drop' : 'hold')}
      />
      <div className={style.stepNote}>{onNight === 'drop' ? said.dropSays : holds}</div>
      <RuleNote rule={channel === 'kakao' ? law.kakaoHours : law.night} />
    </>
  )
}
