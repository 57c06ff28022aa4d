import type { CampaignReport } from '../api/campaign-report.ts'
import type { EffectReport } from '../api/effect.ts'
import type { SeenOnPages } from '../api/seen.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { count, mails, people, percent } from '../design/format.ts'
import { causedSays } from '../home/caused.ts'
import style from './report.module.css'

const text = words({
  caused: { ko: '늘어난 매출', en: 'Caused revenue' },
  causedHint: {
    ko: '받은 사람과 대조군을 비교해, 메시지가 없었다면 없었을 매출이에요. 쿠폰으로 깎아 준 금액은 빠져 있어요.',
    en: 'Revenue that would not exist without the message, against the hold-out, after coupons.',
  },
  sent: { ko: '보낸 메시지', en: 'Sent' },
  clicked: { ko: '누른 사람', en: 'Clicked' },
  ofSent: {
    ko: (share: string) => `보낸 사람의 ${share}`,
    en: (share: string) => `${share} of those sent`,
  },
  shown: { ko: '보여주기로 한 횟수', en: 'Chosen to be shown' },
  ofSeen: {
    ko: (share: string) => `본 고객의 ${share}`,
    en: (share: string) => `${share} of those who saw it`,
  },
  heldOutFromPage: { ko: '일부러 보여주지 않았어요', en: 'left out on purpose' },
  heldOut: { ko: '대조군', en: 'Held out' },
  heldOutNote: { ko: '일부러 보내지 않았어요', en: 'left out on purpose' },
})

type Props = {
  readonly report: CampaignReport
  readonly effect: EffectReport
  /** What was seen of it on pages; undefined for messages that are sent. */
  readonly seen: SeenOnPages | undefined
}

/** What it brought in all, and how many were sent, pressed and held out. */
export function ReportNumbers({ report, effect, seen }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const revenue = effect.outcomes.find(({ metric }) => metric === 'revenue')
  const caused = causedSays(
    {
      now: revenue?.total?.value ?? null,
      low: revenue?.total?.low ?? null,
      high: revenue?.total?.high ?? null,
      needed: revenue?.effect.needsMore ?? null,
      isRunning: report.entered > 0,
      isMismatched: effect.isMismatched,
    },
    { currency: shop.currency, language },
  )
  const clicked = seen?.clicked ?? report.clicked
  const base = seen?.seen ?? report.sent
  const share = base > 0 ? percent(clicked / base) : undefined
  const shown =
    language === 'ko' ? `${count(report.sent, language)}번` : count(report.sent, language)
  const numbers = [
    { label: said.caused, hint: said.causedHint, ...caused },
    { label: seen ? said.shown : said.sent, value: seen ? shown : mails(report.sent, language) },
    {
      label: said.clicked,
      value: people(clicked, language),
      note: share === undefined ? undefined : seen ? said.ofSeen(share) : said.ofSent(share),
    },
    {
      label: said.heldOut,
      value: people(report.heldOut, language),
      note: seen ? said.heldOutFromPage : said.heldOutNote,
    },
  ]
  return (
    <div className={style.numbers}>
      {numbers.map((one) => (
        <div key={one.label} className={style.number}>
          <BigNumber {...one} size="small" />
        </div>
      ))}
    </div>
  )
}
