import { Link } from 'wouter'
import type { StageCampaign, StageColumn, StageResult } from '../api/journey.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BeginPlaybook } from '../campaigns/begin-playbook.tsx'
import { StateTag } from '../campaigns/state.tsx'
import { count, people, points, pointsRange } from '../design/format.ts'
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
  unsure: { ko: '아직 확실하지 않아요', en: 'Not certain yet' },
  helps: { ko: '더 많이 샀어요', en: 'More people bought' },
  harms: { ko: '오히려 덜 샀어요', en: 'Fewer people bought' },
  interval: { ko: (range: string) => `구간 ${range}`, en: (range: string) => `interval ${range}` },
  compared: {
    ko: (sent: string, held: string) => `보내기로 한 ${sent} · 대조군 ${held}`,
    en: (sent: string, held: string) => `${sent} chosen · ${held} held out`,
  },
  needed: { ko: (n: string) => `${n}명 더 필요`, en: (n: string) => `${n} more people needed` },
  nobody: { ko: '아직 아무도 돕지 않아요', en: 'Nothing serves them yet' },
})

/** The lower half of a column: the campaign with its result, or the way to one. */
export function Serving({ column }: { readonly column: StageColumn }) {
  const said = useWords(text)
  return (
    <div className={style.serving}>
      <h3 className={style.servingTitle}>{column.campaign ? said.campaign : said.nobody}</h3>
      {column.campaign ? (
        <Campaign campaign={column.campaign} />
      ) : (
        <BeginPlaybook playbook={column.playbook.id} about={style.quiet} />
      )}
    </div>
  )
}

function Campaign({ campaign }: { readonly campaign: StageCampaign }) {
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

/** The shop's own comparison: green only when the whole interval lies above zero, red below, grey otherwise. */
function Result({ result }: { readonly result: StageResult }) {
  const said = useWords(text)
  const language = useLanguage()
  const { verdict, lift, treatment, holdout, needed } = result
  const more = needed ? said.needed(count(needed, language)) : undefined
  const sides = said.compared(people(treatment.people, language), people(holdout.people, language))
  if (lift === null || verdict === 'too_little') {
    return (
      <div className={style.result}>
        <b className={style.verdict}>{more ?? said.early}</b>
        {more && <span className={style.quiet}>{said.early}</span>}
        <span className={style.quiet}>{sides}</span>
      </div>
    )
  }
  const meaning = lift.low > 0 ? style.caused : lift.high < 0 ? style.broken : ''
  const says = lift.low > 0 ? said.helps : lift.high < 0 ? said.harms : said.unsure
  return (
    <div className={style.result}>
      <b className={`${style.verdict} ${meaning}`}>{points(lift.estimate, language)}</b>
      <span className={style.quiet}>
        {said.interval(pointsRange(lift.low, lift.high, language))} · {says}
      </span>
      {verdict === 'open' && more && <span className={style.quiet}>{more}</span>}
      <span className={style.quiet}>{sides}</span>
    </div>
  )
}
