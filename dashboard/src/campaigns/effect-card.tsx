import type { EffectReport } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { lasting, people, percent } from '../design/format.ts'
import { IntervalDot } from '../design/interval-dot.tsx'
import { differenceText, metricName } from './metric-words.ts'
import { choosing } from './on-page.ts'
import style from './report.module.css'
import { verdict } from './verdict.ts'

const text = words({
  dot: { ko: (name: string) => `${name}의 차이`, en: (name: string) => `Difference: ${name}` },
  anytime: {
    ko: '매일 봐도 괜찮은 구간이에요. 좋아 보이는 날에 멈춰도 구간은 맞아요.',
    en: 'The interval may be read every day; it holds whenever you stop.',
  },
  window: {
    ko: (time: string, way: string) =>
      `${way} 정한 때부터 ${time}을 똑같이 세고, 그 시간이 다 지난 고객만 비교해요.`,
    en: (time: string) =>
      `Counted for ${time} from the decision to send, and compared once that time is over.`,
  },
  open: {
    ko: (n: string) => `${n}은 아직 세는 중이에요.`,
    en: (n: string) => `${n} are still being counted.`,
  },
  mixed: {
    ko: (n: string) => `${n}은 기록이 합쳐지며 양쪽에 걸쳐 비교에서 뺐어요.`,
    en: (n: string) =>
      `${n} belonged to both sides after their records were merged and are left out.`,
  },
  shares: {
    ko: (shares: string) =>
      `대조군 비율이 바뀌어서(${shares}) 같은 비율끼리 비교해 합쳤어요. 그래서 차이는 두 그룹의 값을 그대로 뺀 것과 달라요.`,
    en: (shares: string) =>
      `The hold-out has been ${shares}; each share is compared with itself, then put together, so the difference is not that of the two values.`,
  },
  before: {
    ko: (share: string) => `이전 구매를 감안한 값이라 구간이 ${share} 좁아졌어요.`,
    en: (share: string) => `Earlier purchases are allowed for; the interval is ${share} narrower.`,
  },
  mismatched: { ko: '나눔이 어긋났어요.', en: 'The split is off.' },
  mismatchedText: {
    ko: '두 그룹의 인원이 정한 비율과 너무 달라요. 한쪽만 빠지는 곳이 있을 수 있으니 결과를 믿기 전에 연결과 조건을 확인해 주세요.',
    en: 'The groups are not as large as set. One side may be losing people: look at connections and conditions before trusting the result.',
  },
  mixedMuch: { ko: '양쪽에 걸친 고객이 많아요.', en: 'Many people met both sides.' },
  mixedMuchText: {
    ko: '비교에서 뺀 고객이 2 %를 넘어요. 같은 사람을 여러 기기로 알아보는 설정을 확인해 주세요.',
    en: 'More than 2 % had to be left out. Look at how the same person is recognised across devices.',
  },
})

/** The sentence, the picture and what they rest on. */
export function EffectCard({
  report,
  onPage = false,
}: {
  readonly report: EffectReport
  readonly onPage?: boolean
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [own] = report.outcomes
  if (!own) return null
  const unit = { currency: shop.currency, language }
  const { effect, metric } = own
  const judged = verdict({ ...report, metric, effect, onPage }, unit)
  const name = metricName(metric, report.margin, language)
  return (
    <Card>
      {report.isMismatched && <Alarm title={said.mismatched}>{said.mismatchedText}</Alarm>}
      {report.isMixedMuch && <Alarm title={said.mixedMuch}>{said.mixedMuchText}</Alarm>}
      <p className={style.verdict} data-meaning={judged.meaning}>
        {judged.headline}
      </p>
      <p className={style.verdictText}>{judged.says}</p>
      {effect.difference && !report.isMismatched && (
        <div className={style.dot}>
          <IntervalDot
            estimate={effect.difference.value}
            low={effect.difference.low}
            high={effect.difference.high}
            label={`${said.dot(name)}: ${judged.says}`}
            format={(value) => differenceText(metric, value, unit)}
          />
        </div>
      )}
      <ul className={style.notes}>
        {effect.difference && !report.isMismatched && <li>{said.anytime}</li>}
        <li>
          {said.window(lasting(report.windowHours * 3_600_000, language), choosing(onPage))}{' '}
          {report.open > 0 && said.open(people(report.open, language))}
        </li>
        {report.shares.length > 1 && (
          <li>{said.shares(report.shares.map((share) => percent(share)).join(', '))}</li>
        )}
        {effect.varianceLeft <= 0.99 && (
          <li>{said.before(percent(1 - Math.sqrt(effect.varianceLeft)))}</li>
        )}
        {report.mixed > 0 && <li>{said.mixed(people(report.mixed, language))}</li>}
      </ul>
    </Card>
  )
}

function Alarm({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <p className={style.alarm} role="alert">
      <b>{title}</b> {children}
    </p>
  )
}
