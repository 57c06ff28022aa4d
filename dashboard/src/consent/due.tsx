import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getConsentsDue, getFirstSend } from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count, day } from '../design/format.ts'
import style from './consent.module.css'

const text = words({
  result: {
    ko: (n: string) =>
      `수신동의·거부 처리결과를 아직 알리지 못한 분이 ${n}명 있어요. 14일 안에 알려야 해요(정보통신망법 제50조 제7항).`,
    en: (n: string) =>
      `${n} people were not yet told the result of what they said; the law gives 14 days (Network Act, article 50(7)).`,
  },
  reconfirm: {
    ko: (n: string) =>
      `2년이 되어 가는데 수신동의를 확인하지 못한 분이 ${n}명 있어요(정보통신망법 제50조 제8항).`,
    en: (n: string) =>
      `The consents of ${n} people are nearly two years old and not confirmed (Network Act, article 50(8)).`,
  },
  soonest: {
    ko: (when: string) => `가장 급한 분은 ${when}까지예요.`,
    en: (when: string) => `The first is due on ${when}.`,
  },
  see: { ko: '누구인지 보기', en: 'See who' },
  why: {
    ko: '보낼 연락처가 없거나, 발신자 정보나 발송 연결이 비어 있을 때 이렇게 돼요.',
    en: 'It happens where an address, the sender’s details or a provider is missing.',
  },
  locked: {
    ko: '첫 발송이 잠겨 있어요. 수신거부 명단과 동의를 확인하면 열려요.',
    en: 'The first message is locked until refusals and consents are settled.',
  },
  settle: { ko: '확인하러 가기', en: 'Settle it' },
})

/** Duties of the law that are about to be missed; nothing while all is well. */
export function DueAlarms() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const due = useQuery({
    queryKey: ['consents', 'due'],
    queryFn: ({ signal }) => getConsentsDue(signal),
    staleTime: 60_000,
  })
  if (!due.data || due.data.result + due.data.reconfirm === 0) return null
  const { result, reconfirm, soonest } = due.data
  const first = [...soonest].sort((a, b) => a.dueAt - b.dueAt)[0]
  return (
    <div className={style.alarm} role="status">
      {result > 0 && <span>{said.result(count(result, language))}</span>}
      {reconfirm > 0 && <span>{said.reconfirm(count(reconfirm, language))}</span>}
      <span>{said.why}</span>
      {first && (
        <span>
          {said.soonest(day(first.dueAt, { timeZone: shop.timeZone, language }))}{' '}
          <Link href={`/customers/${first.customer}`}>{said.see}</Link>
        </span>
      )}
    </div>
  )
}

/** On the home page: the same, and the lock of the first message. */
export function ConsentAlarms() {
  const said = useWords(text)
  const { shop } = useSession()
  const lock = useQuery({
    queryKey: ['consents', 'first-send'],
    queryFn: ({ signal }) => getFirstSend(signal),
    staleTime: 60_000,
  })
  return (
    <>
      {lock.data?.locked && !shop.isDemo && (
        <div className={style.alarm}>
          <span>
            {said.locked} <Link href="/settings/consent">{said.settle}</Link>
          </span>
        </div>
      )}
      <DueAlarms />
    </>
  )
}
