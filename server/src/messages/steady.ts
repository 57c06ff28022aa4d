import { koreanFilters } from './filters.ts'
import { tagsOf } from './tags.ts'

/**
 * Whether a mail is the same for everybody but for what stands in its text: it can be drawn for whoever reads it, and its addresses
 * are known when it is parsed. Judged by its templates' sources, and only where that is plain: values are written out by filters
 * that never fail, nothing is decided or repeated, and within tags there is no value but the mail's own way out.
 */
export function isSteady(email: {
  readonly subject: string
  readonly html: string
  readonly text: string
}): boolean {
  const { subject, html, text } = email
  if (![subject, html, text].every(isPlain)) return false
  // A subject may not be empty, whoever reads it.
  if (
    subject
      .replace(/^\(광고\)/, '')
      .replace(output, '')
      .trim() === ''
  )
    return false
  const shown = html.replace(output, (whole, path: string) => (ownLinks.has(path) ? '' : whole))
  return [...tagsOf(shown)].every(({ at, end }) => !shown.slice(at, end).includes('{{'))
}

const neverFailing = [...Object.keys(koreanFilters), 'default'].join('|')
const argument = `(?:'[^'{}<>"]*'|[0-9]{1,9})`
const filter = `\\|\\s*(?:${neverFailing})(?:\\s*:\\s*${argument}(?:\\s*,\\s*${argument})?)?\\s*`
/** One value with its filters; its path is the first group. */
const output = new RegExp(
  `\\{\\{-?\\s*([a-z_]+(?:\\.[a-z_]+|\\[\\d+\\])*)\\s*(?:${filter})*-?\\}\\}`,
  'gi',
)
/** Addresses that are the mail's own: no click on them is counted. */
const ownLinks: ReadonlySet<string> = new Set([
  'link.unsubscribe',
  'link.preferences',
  'link.confirm',
])

function isPlain(source: string): boolean {
  return !/\{\{|\{%/.test(source.replace(output, ''))
}
