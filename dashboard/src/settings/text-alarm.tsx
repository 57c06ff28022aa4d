import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getText } from '../api/text.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { money } from '../design/format.ts'
import style from './settings.module.css'

const text = words({
  low: {
    ko: (left: string) =>
      `문자 잔액이 ${left} 남았어요. 다 쓰면 문자가 나가지 않고 기다리니 대행사에서 충전해 주세요.`,
    en: (left: string) =>
      `${left} are left for texts. When it is gone they wait unsent: put money in at the provider.`,
  },
  failing: {
    ko: '문자 대행사에 연결하지 못하고 있어요. 문자와 080 수신거부 확인이 늦어질 수 있어요.',
    en: 'The text provider cannot be reached. Texts, and refusals by 080, may be late.',
  },
  see: { ko: '문자 설정 열기', en: 'Open the settings for texts' },
})

/** On the home page: little money for texts, or a provider that does not answer; nothing while all is well. */
export function TextAlarm() {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const known = useQuery({
    queryKey: ['text'],
    queryFn: ({ signal }) => getText(signal),
    staleTime: 60_000,
    enabled: may,
  })
  const state = known.data?.provider ? known.data.state : null
  if (!state || (state.error === null && !state.isLow)) return null
  return (
    <div className={style.alarm} role="status">
      {state.error === null
        ? said.low(money(state.balanceWon ?? 0, 'KRW', language))
        : said.failing}{' '}
      <Link href="/settings/text">{said.see}</Link>
    </div>
  )
}
