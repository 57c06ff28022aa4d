import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import { escapeHtml } from '../../lib/html.ts'
import { measureOf } from '../measures.ts'
import { fewestTold } from './note.ts'

/** A quiet sentence. */
export const said = (text: string) => `<p class="quiet">${escapeHtml(text)}</p>`

/** Rows whose first cell names them, below a head where one is given. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td') =>
    row
      .map((cell, at) =>
        at === 0 && tag === 'td'
          ? `<th scope="row">${escapeHtml(cell)}</th>`
          : `<${tag}>${escapeHtml(cell)}</${tag}>`,
      )
      .join('')
  const heading = head ? `<thead><tr>${cells(head, 'th')}</tr></thead>` : ''
  // Four columns are too many for a phone: there the first stands above the others.
  const wide = (head?.length ?? 0) > 3 ? ' class="wide"' : ''
  return `<table${wide}>${heading}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`
}

export const counted = (n: number) => `${Math.round(n).toLocaleString('en')}명`
/** A number of people; fewer than `fewestTold` are not told. */
export const hidden = (n: number) => (n > 0 && n < fewestTold ? `${fewestTold}명 미만` : counted(n))

export type Unit = { readonly metric: GoalMetric; readonly currency: string }

/** An outcome of one person: `6.8 %` of a share, `0.35건` of orders, `1,200원` of money. */
export function meanText(value: number, { metric, currency }: Unit): string {
  if (measureOf(metric) === 'rate') return `${(value * 100).toFixed(1)} %`
  if (metric === 'orders') return `${value.toFixed(2)}건`
  return currency === 'KRW'
    ? `${Math.round(value).toLocaleString('en')}원`
    : value.toLocaleString('en', { style: 'currency', currency })
}

/** A difference between two of them, with its sign. */
export function differenceText(value: number, unit: Unit): string {
  const isRate = measureOf(unit.metric) === 'rate'
  const text = isRate ? `${(value * 100).toFixed(1)}%p` : meanText(value, unit)
  // What rounds to nothing has no sign.
  if (!/[1-9]/.test(text)) return text.replace(/^-/, '')
  return value > 0 ? `+${text}` : text
}
