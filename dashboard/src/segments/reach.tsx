import type { Reach } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people, percent } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import style from './why.module.css'

const text = words({
  title: { ko: '지금 광고를 보낼 수 있는 분', en: 'Can be advertised to now' },
  hint: {
    ko: '연락처가 있고 낮 시간 광고 수신에 동의한 고객이에요. 수신거부나 반송으로 막힌 주소는 뺐고, 보내는 순간에 한 번 더 확인해요.',
    en: 'Has an address and agreed to advertising by day; addresses closed by an opt-out or a bounce are left out. Checked once more at the moment of sending.',
  },
  email: { ko: '이메일', en: 'E-mail' },
  sms: { ko: '문자', en: 'SMS' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  push: { ko: '푸시', en: 'Push' },
})

type Props = { readonly reach: Reach; readonly of: number }

/** How many can be reached by which channel, as bars of the same whole. */
export function ReachBars({ reach, of }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <>
      <h3 className={style.subtitle}>
        {said.title} <Hint text={said.hint} about={said.title} />
      </h3>
      <ul className={style.reach}>
        {(['email', 'sms', 'kakao', 'push'] as const).map((channel) => {
          const share = of > 0 ? reach[channel] / of : 0
          return (
            <li key={channel}>
              <span>{said[channel]}</span>
              <span className={style.bar} aria-hidden="true">
                <span style={{ width: `${share * 100}%` }} />
              </span>
              <span className={style.number} title={percent(share)}>
                {people(reach[channel], language)}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
