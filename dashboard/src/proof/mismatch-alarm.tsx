import { Link } from 'wouter'
import type { HomeReport } from '../api/reports.ts'
import { useWords, words } from '../app/language.ts'
import style from '../settings/settings.module.css'

const text = words({
  off: {
    ko: '나눔이 어긋난 캠페인이 있어요. 두 그룹의 인원이 정한 비율과 달라 효과를 말하지 않고, 늘어난 매출에서도 뺐어요.',
    en: 'The split of a campaign is off: its groups are not as large as set. No effect is told of it, and caused revenue leaves it out.',
  },
  report: { ko: (name: string) => `${name} 보고서 열기`, en: (name: string) => `Report: ${name}` },
})

/** On the home page: campaigns whose groups are not as large as set, each with the way to its report. */
export function MismatchAlarm({
  campaigns,
}: {
  readonly campaigns: HomeReport['caused']['leftOut']
}) {
  const said = useWords(text)
  if (campaigns.length === 0) return null
  return (
    <div className={style.alarm} role="alert">
      {said.off}{' '}
      {campaigns.map(({ id, name }) => (
        <span key={id}>
          <Link
            href={`/campaigns/${id}/report`}
            style={{ color: 'var(--accent)', fontWeight: 500 }}
          >
            {said.report(name)}
          </Link>{' '}
        </span>
      ))}
    </div>
  )
}
