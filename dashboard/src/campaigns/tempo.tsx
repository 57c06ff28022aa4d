import { useMemo } from 'react'
import type { CampaignReport } from '../api/campaign-report.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { DayBars } from '../design/day-bars.tsx'
import { day } from '../design/format.ts'

const text = words({
  title: { ko: '날짜별로', en: 'Over time' },
  label: { ko: '날짜별 발송과 대조군 수', en: 'Sent and held out by day' },
  sent: { ko: '발송', en: 'Sent' },
  heldOut: { ko: '대조군', en: 'Held out' },
  also: { ko: '주문', en: 'Ordered' },
})

/** Messages a day, with the people held out on the same days. */
export function Tempo({ series }: { readonly series: CampaignReport['series'] }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const days = useMemo(
    () =>
      series.map(({ at, sent, heldOut, ordered }) => ({
        ...{ sent, heldOut, also: ordered },
        name: day(at, { timeZone, language }),
      })),
    [series, timeZone, language],
  )
  if (series.length === 0) return null
  return (
    <Card title={said.title}>
      <DayBars days={days} names={said} height={200} label={said.label} />
    </Card>
  )
}
