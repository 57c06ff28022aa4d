import { Link } from 'wouter'
import { gains } from '../../../server/src/proof/verdict-words.ts'
import type { StageCampaign, StageColumn, StageResult } from '../api/journey.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { BeginPlaybook } from '../campaigns/begin-playbook.tsx'
import { ForChosen } from '../campaigns/for-chosen.tsx'
import { differenceText, metricName, rangeText } from '../campaigns/metric-words.ts'
import { StateTag } from '../campaigns/state.tsx'
import { count, dayAndTime, people } from '../design/format.ts'
import style from './journey.module.css'

const text = words({
  campaign: { ko: '이 단계를 돕는 캠페인', en: 'The campaign that serves it' },
  others: { ko: (n: number) => `외 ${n}개`, en: (n: number) => `and ${n} more` },
  draft: { ko: '이어서 쓰기', en: 'Continue' },
  draftText: {
    ko: '켜면 대조군과 비교해 결과를 재요.',
    en: 'Once live it is compared with its hold-out.',
  },
  report: { ko: '보고서', en: 'Report' },
  early: { ko: '결과를 말하기엔 일러요', en: 'Too early to tell' },
  counting: { ko: '결과를 세고 있어요', en: 'Being counted' },
  mismatched: { ko: '나눔이 어긋났어요', en: 'The split is off' },
  mismatchedText: {
    ko: '두 그룹의 인원이 정한 비율과 달라 효과를 말하지 않아요.',
    en: 'The groups are not as large as set, so no effect is told.',
  },
  asOf: { ko: (when: string) => `${when} 기준`, en: (when: string) => `as of ${when}` },
  unsure: { ko: '아직 확실하지 않아요.', en: 'Not certain yet.' },
  interval: {
    ko: (name: string, range: string) => `${name}, 구간 ${range}`,
    en: (name: string, range: string) => `${name}, interval ${range}`,
  },
  compared: {
    ko: (sent: string, held: string) => `보내거나 보여주기로 한 ${sent} · 대조군 ${held}`,
    en: (sent: string, held: string) => `${sent} chosen · ${held} held out`,
  },
  needed: { ko: (n: string) => `${n}명 더 필요`, en: (n: string) => `${n} more people needed` },
  nobody: { ko: '아직 아무도 돕지 않아요', en: 'Nothing serves them yet' },
  notAll: {
    ko: '단계 전체를 돕는 캠페인은 아직 없어요',
    en: 'Nothing serves all of them yet',
  },
})

/** The lower half of a column: the campaign with its result, or the way to one. */
export function Serving({ column }: { readonly column: StageColumn }) {
  const said = useWords(text)
  return (
    <div className={style.serving}>
      <h3 className={style.servingTitle}>
        {column.campaign ? said.campaign : column.chosen > 0 ? said.notAll : said.nobody}
      </h3>
      {column.campaign ? (
        <Campaign campaign={column.campaign} chosen={column.chosen} />
      ) : (
        <>
          <ForChosen count={column.chosen} look={style.chosen} />
          <BeginPlaybook playbook={column.playbook.id} about={style.quiet} />
        </>
      )}
    </div>
  )
}

function Campaign({ campaign, chosen }: CampaignProps) {
  const said = useWords(text)
  const { id, name, state, others, result } = campaign
  return (
    <>
      <div className={style.campaign}>
        <StateTag state={state} />
        <Link href={`/campaigns/${id}`} className={style.campaignName ?? ''}>
          {name}
        </Link>
        {others > 0 && <span className={style.quiet}>{said.others(others)}</span>}
      </div>
      {result ? <Result result={result} /> : <p className={style.quiet}>{said.draftText}</p>}
      <ForChosen count={chosen} look={style.chosen} />
      <Link
        href={result ? `/campaigns/${id}/report` : `/campaigns/${id}`}
        className={style.link ?? ''}
        aria-label={`${result ? said.report : said.draft}: ${name}`}
      >
        {result ? said.report : said.draft}
      </Link>
    </>
  )
}
type CampaignProps = { readonly campaign: StageCampaign; readonly chosen: number }

/** The shop's own comparison: green only when the whole interval lies above zero, red below, grey otherwise. */
function Result({ result }: { readonly result: StageResult }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone, currency } = useSession().shop
  const { verdict, lift, people: sides, needed, madeAt, metric, margin } = result
  if (madeAt === null) return <p className={style.quiet}>{said.counting}</p>
  const more = needed ? said.needed(count(needed, language)) : undefined
  const whom = [
    said.compared(people(sides.treatment, language), people(sides.holdout, language)),
    said.asOf(dayAndTime(madeAt, { timeZone, language })),
  ].join(' · ')
  if (result.isMismatched) {
    return (
      <div className={style.result}>
        <b className={`${style.verdict} ${style.off}`}>{said.mismatched}</b>
        <span className={style.quiet}>{said.mismatchedText}</span>
        <span className={style.quiet}>{whom}</span>
      </div>
    )
  }
  if (lift === null || verdict === 'too_little') {
    return (
      <div className={style.result}>
        <b className={style.verdict}>{more ?? said.early}</b>
        {more && <span className={style.quiet}>{said.early}</span>}
        <span className={style.quiet}>{whom}</span>
      </div>
    )
  }
  const unit = { currency, language }
  const words = gains(metric, margin !== null, language)
  const meaning = { helps: style.caused, harms: style.broken, open: '' }[verdict]
  const says = { helps: words.gain, harms: words.loss, open: said.unsure }[verdict]
  return (
    <div className={style.result}>
      <b className={`${style.verdict} ${meaning}`}>{differenceText(metric, lift.estimate, unit)}</b>
      <span className={style.quiet}>
        {said.interval(metricName(metric, margin, language), rangeText(metric, lift, unit))}
      </span>
      <span className={style.quiet}>{says}</span>
      {verdict === 'open' && more && <span className={style.quiet}>{more}</span>}
      <span className={style.quiet}>{whom}</span>
    </div>
  )
}
