import type { CohortAnswer } from '../api/insight.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count } from '../design/format.ts'
import style from './cohort.module.css'

const text = words({
  cohort: { ko: '코호트', en: 'Cohort' },
  people: { ko: '명', en: 'People' },
  all: { ko: '모두', en: 'All' },
  running: { ko: '진행 중', en: 'running' },
  cell: {
    ko: (cohort: string, period: string, value: string) => `${cohort}, ${period}: ${value}`,
    en: (cohort: string, period: string, value: string) => `${cohort}, ${period}: ${value}`,
  },
  partly: { ko: '아직 채워지는 중', en: 'still filling' },
})

export type HeatCell = CohortAnswer['all']['cells'][number]
export type HeatRow = {
  readonly key: string
  readonly name: string
  readonly people: number
  readonly isOver: boolean
  readonly cells: readonly HeatCell[]
}

/** Colour by value: darker is more; the text stays readable on the darkest. */
const shade = (share: number): string =>
  `color-mix(in srgb, var(--accent) ${Math.round(4 + 42 * share)}%, var(--surface))`

/** Cohorts down, periods across. A cell that is still filling has a dashed edge; a cell can be picked for its sentence. */
export function Heatmap(props: Props) {
  const { rows, all, periods, measure, show, periodName, chosen, choose, label } = props
  const said = useWords(text)
  const language = useLanguage()
  const most = Math.max(
    ...rows.flatMap((row) => row.cells.map(measure)),
    ...all.cells.map(measure),
    Number.MIN_VALUE,
  )
  const least = Math.min(...rows.flatMap((row) => row.cells.map(measure)), most)
  const share = (value: number) => (most === least ? 1 : (value - least) / (most - least))
  return (
    <div className={style.scroll}>
      <table className={style.heat} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{said.cohort}</th>
            <th scope="col" className={style.right}>
              {said.people}
            </th>
            {periods.map((period) => (
              <th key={period} scope="col" className={style.middle}>
                {periodName(period)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows, all].map((row) => (
            <tr key={row.key} className={row === all ? style.all : ''}>
              <th scope="row">
                {row.name}
                {!row.isOver && <span className={style.running}>{said.running}</span>}
              </th>
              <td className={style.right}>{count(row.people, language)}</td>
              {periods.map((period) => {
                const cell = row.cells.find((one) => one.period === period)
                if (!cell) return <td key={period} className={style.none} aria-hidden="true" />
                const value = show(measure(cell))
                const key = `${row.key}.${period}`
                return (
                  <td key={period} className={style.cell}>
                    <button
                      type="button"
                      className={cell.isWhole ? style.whole : style.partly}
                      style={{ background: shade(share(measure(cell))) }}
                      aria-pressed={chosen === key}
                      aria-label={`${said.cell(row.name, periodName(period), value)}${cell.isWhole ? '' : `, ${said.partly}`}`}
                      onClick={() => choose(chosen === key ? null : key)}
                    >
                      {value}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
type Props = {
  readonly label: string
  readonly rows: readonly HeatRow[]
  readonly all: HeatRow
  readonly periods: readonly number[]
  readonly measure: (cell: HeatCell) => number
  readonly show: (value: number) => string
  readonly periodName: (period: number) => string
  /** `row.period`, or nothing. */
  readonly chosen: string | null
  readonly choose: (key: string | null) => void
}
