import { getRunSettings, putRunSettings } from '../api/runs.ts'
import { useWords, words } from '../app/language.ts'
import style from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'

const text = words({
  title: { ko: '한꺼번에 많이 보낼 때', en: 'Sending to many at once' },
  note: {
    ko: '먼저 일부에게 보내고 지켜본 뒤 나머지에게 보내요. 잘못 쓴 메시지가 모두에게 가는 일을 막아요.',
    en: 'Some get it first; the others when nothing is wrong. A mistake does not reach everybody.',
  },
  firstPercent: { ko: '먼저 보낼 비율 (0이면 한 번에)', en: 'Share that gets it first (0: all)' },
  firstAtLeast: { ko: '적어도 이만큼은 먼저', en: 'At least so many first' },
  fromAudience: { ko: '대상이 이보다 많을 때만', en: 'Only for audiences from' },
  waitMinutes: { ko: '지켜보는 시간', en: 'Watched for' },
  mostFailedPercent: { ko: '실패가 이보다 많으면 멈춤', en: 'Stops when more than this fail' },
  mostOptOutPercent: {
    ko: '수신거부가 이보다 많으면 멈춤',
    en: 'Stops when more than this opt out',
  },
  people: { ko: '명', en: ' people' },
  minutes: { ko: '분', en: ' minutes' },
})

const at = { key: ['sending', 'runs'], get: getRunSettings, put: putRunSettings }

/** How bulk sends begin: the share that is called first, and when a run stops and asks. */
export function BulkSends() {
  const said = useWords(text)
  return (
    <SettingsForm title={said.title} note={said.note} at={at} roles={['marketer', 'developer']}>
      {({ number }) => (
        <div className={style.pair}>
          {number('firstPercent', { label: said.firstPercent, suffix: ' %', max: 50 })}
          {number('firstAtLeast', { label: said.firstAtLeast, suffix: said.people, max: 10_000 })}
          {number('fromAudience', {
            label: said.fromAudience,
            suffix: said.people,
            max: 1_000_000,
          })}
          {number('waitMinutes', { label: said.waitMinutes, suffix: said.minutes, max: 24 * 60 })}
          {number('mostFailedPercent', { label: said.mostFailedPercent, suffix: ' %', max: 100 })}
          {number('mostOptOutPercent', { label: said.mostOptOutPercent, suffix: ' %', max: 100 })}
        </div>
      )}
    </SettingsForm>
  )
}
