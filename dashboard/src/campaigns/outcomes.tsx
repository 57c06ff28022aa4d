import type { EffectReport, Outcome } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, percent } from '../design/format.ts'
import table from './effect-table.module.css'
import { EffectRow, EffectTable, isKnown, useEffectHeads } from './effect-table.tsx'
import { Margin } from './margin.tsx'
import { meanText, metricName } from './metric-words.ts'
import { choosing } from './on-page.ts'
import style from './report.module.css'

const text = words({
  title: { ko: '결과마다', en: 'Each outcome' },
  notePage: {
    ko: '봤든 못 봤든 보여주기로 한 고객 모두와 대조군을 비교해요. 목표 아닌 것은 참고로만 보세요.',
    en: 'Everyone chosen for a message, seen or not, against everyone held out. All but the goal are for reference.',
  },
  note: {
    ko: '보냈든 못 보냈든 보내기로 한 고객 모두와 대조군을 비교해요. 목표 아닌 것은 참고로만 보세요.',
    en: 'Everyone chosen for a message, sent or not, against everyone held out. All but the goal are for reference.',
  },
  goal: { ko: '목표', en: 'goal' },
  ratio: { ko: '몇 배', en: 'Ratio' },
  times: { ko: (n: string) => `${n}배`, en: (n: string) => `×${n}` },
  chance: { ko: '더 클 확률', en: 'Chance it is more' },
  adjusted: {
    ko: (names: string) =>
      `이전 구매를 감안해 다듬은 차이예요: ${names}. 그래서 두 그룹의 값을 그대로 뺀 것과 조금 달라요.`,
    en: (names: string) =>
      `Earlier purchases are allowed for in: ${names}. The differences are therefore not quite those of the two columns.`,
  },
  narrower: {
    ko: (name: string, share: string) => `${name}(구간이 ${share} 좁아졌어요)`,
    en: (name: string, share: string) => `${name} (interval ${share} narrower)`,
  },
  asWide: {
    ko: (name: string) => `${name}(구간은 거의 그대로예요)`,
    en: (name: string) => `${name} (interval hardly narrower)`,
  },
  people: {
    ko: (sent: string, held: string, way: string) =>
      `${way} 한 ${sent}명, 대조군 ${held}명을 비교했어요.`,
    en: (sent: string, held: string) => `${sent} chosen and ${held} held out are compared.`,
  },
  cap: {
    ko: (amount: string) =>
      `한 사람의 매출은 ${amount}까지만 세요. 캠페인 전 주문의 상위 0.5 %에서 정한 값이라, 큰 주문 하나가 결과를 바꾸지 않아요.`,
    en: (amount: string) =>
      `A person counts for at most ${amount}, the top 0.5 % of orders before the campaign, so that no single order decides.`,
  },
})

/** Every outcome of the campaign beside its hold-out, each with its interval. */
export function Outcomes({
  report,
  onPage = false,
}: {
  readonly report: EffectReport
  readonly onPage?: boolean
}) {
  const said = useWords(text)
  const heads = useEffectHeads(onPage)
  const language = useLanguage()
  const { shop } = useSession()
  const unit = { currency: shop.currency, language }
  const groups = report.outcomes[0]?.effect.people
  if (!groups || groups.treatment + groups.holdout === 0) return null
  return (
    <Card title={said.title} note={onPage ? said.notePage : said.note}>
      <EffectTable
        heads={[
          { label: heads.outcome },
          { label: heads.treatment, mark: <Key /> },
          { label: heads.holdout, mark: <Key held /> },
          { label: heads.difference },
          { label: said.ratio },
          { label: said.chance },
        ]}
      >
        {report.outcomes.map((outcome) => (
          <Row
            key={outcome.metric}
            {...{ outcome, onPage }}
            margin={report.margin}
            isGoal={outcome.metric === report.metric}
            isTrusted={!report.isMismatched}
          />
        ))}
      </EffectTable>
      <p className={style.note}>
        {said.people(
          count(groups.treatment, language),
          count(groups.holdout, language),
          choosing(onPage),
        )}{' '}
        {report.cap !== null && said.cap(meanText('revenue', report.cap, unit))}
      </p>
      <Adjusted report={report} />
      {report.outcomes.some(({ metric }) => metric === 'profit') && (
        <Margin margin={report.margin} />
      )}
    </Card>
  )
}

/** Which differences take account of what people spent before, and what that won. */
function Adjusted({ report: { outcomes, margin } }: { readonly report: EffectReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const names = outcomes.flatMap(({ metric, effect: { difference, varianceLeft } }) => {
    if (difference === null || varianceLeft === 1) return []
    const name = metricName(metric, margin, language)
    const won = 1 - Math.sqrt(varianceLeft)
    return won < 0.005 ? said.asWide(name) : said.narrower(name, percent(won))
  })
  if (names.length === 0) return null
  return <p className={style.note}>{said.adjusted(names.join(', '))}</p>
}

function Key({ held = false }: { readonly held?: boolean }) {
  return <span className={`${table.key} ${held ? table.keyHeld : ''}`} aria-hidden="true" />
}

type RowProps = {
  readonly onPage: boolean
  readonly outcome: Outcome
  readonly margin: number | null
  readonly isGoal: boolean
  /** The groups are as large as set. */
  readonly isTrusted: boolean
}

function Row({ outcome: { metric, effect }, onPage, margin, isGoal, isTrusted }: RowProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { ratio, probability, verdict } = effect
  const isSaid = isKnown(verdict, isTrusted)
  const name = (
    <>
      {metricName(metric, margin, language)}
      {isGoal && <span className={table.goal}>{said.goal}</span>}
    </>
  )
  return (
    <EffectRow {...{ name, metric, effect, isTrusted, onPage }}>
      <td data-label={said.ratio}>
        {ratio === null || !isSaid ? (
          '–'
        ) : (
          <>
            {said.times(ratio.value.toFixed(2))}
            <span className={table.under}>
              {ratio.low.toFixed(2)}~{ratio.high.toFixed(2)}
            </span>
          </>
        )}
      </td>
      <td data-label={said.chance}>
        {probability === null || !isSaid ? '–' : chanceText(probability)}
      </td>
    </EffectRow>
  )
}

/** Nothing is certain: near the ends only the end is told. */
function chanceText(probability: number): string {
  if (probability > 0.999) return '> 99.9 %'
  return probability < 0.001 ? '< 0.1 %' : percent(probability)
}
