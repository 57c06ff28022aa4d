import { byteOrderMark, csvLine } from '../web/csv-cell.ts'
import { type FileLanguage, headsIn, inFile } from '../web/csv-heads.ts'
import type { CohortAnswer, FunnelAnswer, RfmAnswer } from './answers.ts'
import { funnelSteps } from './funnel.ts'

type Cells = readonly (string | number | boolean)[]

/** A report as a CSV file's text, the first line its column names; times ISO 8601 in UTC, amounts in currency units. */
export const fileOf = (
  language: FileLanguage,
  head: readonly string[],
  lines: readonly Cells[],
): string =>
  byteOrderMark +
  [headsIn(language, head), ...lines].map((cells) => csvLine(cells.map(String))).join('')

const iso = (at: number): string => new Date(at).toISOString()

/** One line a period and source; '' is the whole. */
export function funnelFile(answer: FunnelAnswer, language: FileLanguage): string {
  const whole = { source: '', now: answer.now, before: answer.before }
  const named = answer.channels.map((one) => ({
    ...one,
    source: one.source || inFile(language, '(other)'),
  }))
  const periods = [
    ['now', answer.from, answer.to],
    ['before', answer.start, answer.until],
  ] as const
  return fileOf(
    language,
    ['period', 'from', 'to', 'source', ...funnelSteps, 'ordered_off_path', 'open'],
    periods.flatMap(([period, from, to]) =>
      [whole, ...named].map((one) => {
        const counts = one[period]
        const steps = funnelSteps.map((step) => counts[step])
        return [
          inFile(language, period),
          iso(from),
          iso(to),
          one.source,
          ...steps,
          counts.offPath,
          counts.open,
        ]
      }),
    ),
  )
}

/** One line a cohort and period. */
export function cohortFile(answer: CohortAnswer, language: FileLanguage): string {
  return fileOf(
    language,
    [
      'cohort_from',
      'people',
      'period',
      'period_days',
      'followed',
      'is_whole',
      'returned',
      'rate',
      'ever_rate',
      `spent_${answer.currency.toLowerCase()}`,
    ],
    answer.cohorts.flatMap(({ from, people, firstSpent, cells }) => [
      [iso(from), people, 0, answer.periodDays, people, true, people, 1, 1, firstSpent],
      ...cells.map((cell) => [
        iso(from),
        people,
        cell.period,
        answer.periodDays,
        cell.n,
        cell.isWhole,
        cell.returned,
        cell.rate,
        cell.everRate,
        cell.spent,
      ]),
    ]),
  )
}

/** One line a place of the grid. */
export function rfmFile(answer: RfmAnswer, language: FileLanguage): string {
  return fileOf(
    language,
    [
      'as_of',
      'r',
      'f',
      'group',
      'people',
      'orders',
      `revenue_${answer.currency.toLowerCase()}`,
      'average_m',
      'average_days_since_order',
    ],
    answer.cells.map((cell) => [
      iso(answer.asOf),
      cell.r,
      cell.f,
      inFile(language, cell.group),
      cell.people,
      cell.orders,
      cell.revenue,
      cell.m,
      cell.days,
    ]),
  )
}
