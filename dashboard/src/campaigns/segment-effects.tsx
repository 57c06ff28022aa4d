import type { EffectReport } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count, percent, points, pointsRange } from '../design/format.ts'
import { RowInterval } from '../design/row-interval.tsx'
import style from './report.module.css'

const text = words({
  title: { ko: '누구에게 더 통했나요', en: 'For whom it worked' },
  note: {
    ko: '나눠 보면 사람이 줄어 우연히 달라 보이기 쉬워요. 후보이지 원인이 아니에요. 확인하려면 그 고객만 대상으로 새 캠페인을 켜 주세요.',
    en: 'Fewer people in each look different by chance. A candidate, not a cause: to be sure, run a campaign for them alone.',
  },
  who: { ko: '고객', en: 'Customers' },
  old: { ko: '최근 90일에 산 고객', en: 'Bought in the last 90 days' },
  new: { ko: '최근 90일에 사지 않은 고객', en: 'Had not bought in 90 days' },
  people: { ko: '보내기로 한 고객 · 대조군', en: 'Chosen · held out' },
  rates: { ko: '산 비율', en: 'Bought' },
  difference: { ko: '차이와 구간', en: 'Difference and interval' },
})

/** Buying among those who had bought before and those who had not, with the warning it deserves. */
export function SegmentEffects({ segments }: Pick<EffectReport, 'segments'>) {
  const said = useWords(text)
  const language = useLanguage()
  const isTold = segments.every(({ effect }) => effect.difference !== null)
  if (!isTold) return null
  const share = (value: number | null) => (value === null ? '–' : percent(value))
  return (
    <Card title={said.title} note={said.note}>
      <table className={`${style.groups} ${style.outcomes}`}>
        <thead>
          <tr>
            <th scope="col">{said.who}</th>
            <th scope="col">{said.people}</th>
            <th scope="col">{said.rates}</th>
            <th scope="col">{said.difference}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map(({ boughtBefore, effect: { people, means, difference, verdict } }) => (
            <tr key={String(boughtBefore)}>
              <th scope="row">{boughtBefore ? said.old : said.new}</th>
              <td data-label={said.people}>
                {count(people.treatment, language)} · {count(people.holdout, language)}
              </td>
              <td data-label={said.rates}>
                {share(means.treatment)} · {share(means.holdout)}
              </td>
              <td>
                {difference && (
                  <>
                    <RowInterval
                      {...difference}
                      isKnown={verdict !== 'too_little'}
                      label={pointsRange(difference.low, difference.high, language)}
                    />
                    <span className={style.by}>{points(difference.value, language)}</span>
                    <span className={style.range}>
                      {pointsRange(difference.low, difference.high, language)}
                    </span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
