import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { KeptQuery } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { dayAndTime } from './format.ts'
import style from './kept.module.css'
import { Failure } from './states.tsx'

const text = words({
  asOf: { ko: (when: string) => `${when} 기준`, en: (when: string) => `As of ${when}` },
  refreshing: { ko: '새로 세고 있어요', en: 'Counting anew' },
  earlier: {
    ko: '새 조건으로 세고 있어요. 아직은 바꾸기 전 숫자예요.',
    en: 'Counting for the new choice. These are still the earlier numbers.',
  },
  anew: { ko: '다시 세기', en: 'Count again' },
  working: {
    ko: (seconds: number) =>
      seconds < 2
        ? '주문과 행동을 세고 있어요.'
        : `주문과 행동을 세고 있어요. ${seconds}초째예요. 기다리는 동안 다른 화면을 봐도 계속 세요.`,
    en: (seconds: number) =>
      seconds < 2
        ? 'Counting orders and behaviour.'
        : `Counting orders and behaviour, ${seconds} s so far. It goes on while you look elsewhere.`,
  },
})

type Props<T> = {
  readonly query: KeptQuery<T>
  /** What stands there until the first result. */
  readonly bones: ReactNode
  readonly children: (result: T, madeAt: number) => ReactNode
}

/** A report with the time of its result; while there is none, how long it has been worked out. */
export function KeptReport<T>({ query, bones, children }: Props<T>) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const kept = query.data
  if (query.error) return <Failure error={query.error} retry={query.refetch} />
  if (kept?.state !== 'ready') {
    return (
      <>
        {kept && <Waited since={kept.since} />}
        {bones}
      </>
    )
  }
  if (query.isPlaceholderData) {
    return (
      <>
        <p className={style.line} role="status" aria-busy="true">
          {said.earlier}
        </p>
        {children(kept.result, kept.madeAt)}
      </>
    )
  }
  return (
    <>
      <p className={style.line}>
        <span>{said.asOf(dayAndTime(kept.madeAt, { timeZone: shop.timeZone, language }))}</span>
        <span role="status">{kept.isRefreshing && said.refreshing}</span>
        {!kept.isRefreshing && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            onClick={() => void query.anew()}
          >
            {said.anew}
          </Button>
        )}
      </p>
      {children(kept.result, kept.madeAt)}
    </>
  )
}

function Waited({ since }: { readonly since: number }) {
  const said = useWords(text)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const count = () => setSeconds(Math.max(0, Math.round((Date.now() - since) / 1_000)))
    const timer = setInterval(count, 1_000)
    return () => clearInterval(timer)
  }, [since])
  return (
    <p className={style.line} role="status">
      {said.working(seconds)}
    </p>
  )
}
