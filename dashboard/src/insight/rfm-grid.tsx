import { VisuallyHidden } from '@mantine/core'
import { scores } from '../../../server/src/insight/rfm.ts'
import type { RfmAnswer } from '../api/insight.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count, percent } from '../design/format.ts'
import { groupNames } from './group-names.ts'
import style from './rfm.module.css'
import type { Picked } from './rfm-group.tsx'

const text = words({
  label: { ko: '최근(R)과 횟수(F)로 나눈 25칸', en: '25 cells by recency (R) and frequency (F)' },
  r: { ko: '최근 구매 (R, 며칠 전)', en: 'Last order (R, days ago)' },
  f: { ko: '구매 횟수 (F, 번)', en: 'Orders (F)' },
  m: { ko: '진할수록 많이 샀어요 (M 평균 점수)', en: 'Darker: spent more (average M score)' },
  range: {
    ko: (from: string, to: string) => `${from}~${to}`,
    en: (from: string, to: string) => `${from}–${to}`,
  },
  cell: {
    ko: (r: number, f: number, m: string) => `R ${r}점 F ${f}점, 금액 평균 ${m}점`,
    en: (r: number, f: number, m: string) => `R ${r} F ${f}, average M ${m}`,
  },
  nobody: { ko: '없음', en: 'none' },
})

type Props = {
  readonly answer: RfmAnswer
  readonly picked: Picked | undefined
  readonly pick: (picked: { readonly r: number; readonly f: number }) => void
}

/** R down from the most recent, F across from the fewest; a cell's colour is what its people spent. */
export function RfmGrid({ answer, picked, pick }: Props) {
  const said = useWords(text)
  const names = useWords(groupNames)
  const language = useLanguage()
  const rangeOf = (key: 'r' | 'f', score: number) => {
    const range = answer.ranges[key].find((one) => one.score === score)
    if (!range) return said.nobody
    const [from, to] = [count(range.from, language), count(range.to, language)]
    return from === to ? from : said.range(from, to)
  }
  return (
    <>
      <p className={style.axis}>{said.f} →</p>
      <div className={style.scroll}>
        <table className={style.grid} aria-label={said.label}>
          <thead>
            <tr>
              <td className={style.corner}>{said.r} ↓</td>
              {scores.map((f) => (
                <th key={f} scope="col">
                  F{f}
                  <span>{rangeOf('f', f)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.toReversed().map((r) => (
              <tr key={r}>
                <th scope="row">
                  R{r}
                  <span>{rangeOf('r', r)}</span>
                </th>
                {scores.map((f) => {
                  const cell = answer.cells.find((one) => one.r === r && one.f === f)
                  if (!cell) return <td key={f} className={style.empty} aria-label={said.nobody} />
                  const name = names[cell.group]
                  const isPicked =
                    picked !== undefined &&
                    ('group' in picked
                      ? picked.group === cell.group
                      : picked.r === r && picked.f === f)
                  return (
                    <td key={f}>
                      <button
                        type="button"
                        style={{
                          background: `color-mix(in srgb, var(--accent) ${Math.round(4 + 10.5 * (cell.m - 1))}%, var(--surface))`,
                        }}
                        aria-pressed={isPicked}
                        onClick={() => pick({ r, f })}
                      >
                        <span className={style.group}>{name}</span>
                        <b>{count(cell.people, language)}</b>
                        <span className={style.share}>{percent(cell.people / answer.people)}</span>
                        <VisuallyHidden>{said.cell(r, f, cell.m.toFixed(1))}</VisuallyHidden>
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={style.legend}>
        <span className={style.bar} aria-hidden="true" /> {said.m}
      </p>
    </>
  )
}
