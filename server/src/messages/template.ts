import { Liquid, LiquidError, type Template as LiquidTemplate } from 'liquidjs'
import { escapeHtml, withoutControls } from '../lib/html.ts'
import type { JsonObject } from '../lib/json.ts'
import { koreanFilters, type RenderGlobals } from './filters.ts'

/**
 * Liquid without a way out: own properties only, no files, no clock, no chance, bounded in time, memory and output.
 * HTML escapes every value; nothing a shopper typed can become markup.
 */
export type Medium = 'html' | 'text'

/** Longest template source, characters. */
const templateCharsLimit = 300_000
/** Longest rendered output, characters. */
export const outputCharsLimit = 400_000
/** One render may take this long, ms; far above what a message needs, far below what stalls the sender. */
const renderMsLimit = 1_000
/** Items, characters and range members that one render may touch in filters and loops. */
const renderMemoryLimit = 500_000

export type Template = { readonly parsed: readonly LiquidTemplate[]; readonly medium: Medium }

/** Where a template is wrong; line and column count from 1. */
export type TemplateFault = {
  readonly line: number
  readonly column: number
  readonly message: string
}

export type Parsed =
  | { readonly kind: 'ok'; readonly template: Template }
  | { readonly kind: 'wrong'; readonly fault: TemplateFault }

export type Rendered =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string }

const tagsAllowed = new Set(
  'assign capture case comment cycle decrement echo for if increment tablerow unless break continue # raw'.split(
    ' ',
  ),
)

// The date filters of Liquid read the machine's clock and zone, `sample` draws by chance, `raw` switches escaping off.
const filtersAllowed = new Set(
  `abs append at_least at_most capitalize ceil compact concat default divided_by downcase first floor join last lstrip
  map minus modulo plus prepend remove remove_first remove_last replace replace_first replace_last reverse round rstrip
  size slice sort sort_natural split strip strip_html strip_newlines sum times truncate truncatewords uniq upcase
  url_encode where`.split(/\s+/),
)

function engine(medium: Medium): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    jsTruthy: false,
    templates: {},
    parseLimit: templateCharsLimit,
    renderLimit: renderMsLimit,
    memoryLimit: renderMemoryLimit,
    ...(medium === 'html' ? { outputEscape: htmlText } : { outputEscape: plainText }),
  })
  for (const name of Object.keys(liquid.tags)) if (!tagsAllowed.has(name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) {
    if (!filtersAllowed.has(name)) delete liquid.filters[name]
  }
  for (const [name, filter] of Object.entries(koreanFilters)) liquid.registerFilter(name, filter)
  return liquid
}

const engines = { html: engine('html'), text: engine('text') } satisfies Record<Medium, Liquid>

function htmlText(value: unknown): string {
  return escapeHtml(plainText(value))
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  return withoutControls(String(value))
}

/** Parses a template once; the result renders any number of times. A fault names its line and column. */
export function parseTemplate(source: string, medium: Medium): Parsed {
  if (source.length > templateCharsLimit) {
    return { kind: 'wrong', fault: { line: 1, column: 1, message: 'the template is too long' } }
  }
  try {
    return { kind: 'ok', template: { parsed: engines[medium].parse(source), medium } }
  } catch (error) {
    return { kind: 'wrong', fault: faultOf(error) }
  }
}

/** Renders for one person. The same template, scope and globals always give the same text. */
export function renderTemplate(
  template: Template,
  scope: JsonObject,
  globals: RenderGlobals,
): Rendered {
  try {
    const parsed = template.parsed as LiquidTemplate[]
    const text: unknown = engines[template.medium].renderSync(parsed, scope, {
      globals: { ...globals },
    })
    if (typeof text !== 'string') return { kind: 'failed', message: 'the template gave no text' }
    if (text.length > outputCharsLimit) {
      return {
        kind: 'failed',
        message: `the message is longer than ${outputCharsLimit} characters`,
      }
    }
    return { kind: 'ok', text }
  } catch (error) {
    const { line, column, message } = faultOf(error)
    return { kind: 'failed', message: `line ${line}, column ${column}: ${message}` }
  }
}

function faultOf(error: unknown): TemplateFault {
  if (!LiquidError.is(error)) {
    return { line: 1, column: 1, message: error instanceof Error ? error.message : String(error) }
  }
  const [line, column] = positionOf(error)
  // The library appends its own position and, for render errors, a context; ours is enough.
  const message = error.message.replace(/, (file:.*, )?line:\d+.*$/s, '')
  return { line, column, message }
}

function positionOf(error: LiquidError): readonly [number, number] {
  const { token } = error as unknown as {
    readonly token?: { readonly getPosition?: () => number[] }
  }
  const [line = 1, column = 1] = token?.getPosition?.() ?? []
  return [line, column]
}
