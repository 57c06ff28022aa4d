import { convert } from 'html-to-text'
import mjml2html from 'mjml'
import type { Sender } from '../shops/shop.ts'
import type { Brand } from './brand.ts'
import {
  composedSubject,
  footerMjml,
  footerText,
  labelProblems,
  natureProblems,
  type Problem,
  senderProblems,
  visibilityProblems,
} from './compose.ts'
import type { Block, CompiledEmail, EmailContent, Nature } from './content.ts'
import { blocksMjml, framedMjml, hideLiquid } from './layout.ts'
import { type Medium, parseTemplate, renderTemplate } from './template.ts'
import { type Piece, templateProblem, templateProblems } from './template-problems.ts'

export type CompiledMail =
  | { readonly kind: 'ok'; readonly compiled: CompiledEmail }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Turns what a marketer wrote into an e-mail in which only Liquid is left, or says everything that is in the way. */
export async function compileEmail(
  content: EmailContent,
  nature: Nature,
  { sender, brand }: { readonly sender: Sender; readonly brand: Brand },
): Promise<CompiledMail> {
  const before = [
    ...senderProblems(sender, nature),
    ...(nature.purpose === 'advertising' ? labelProblems(content.subject) : []),
    ...templateProblems(writtenPieces(content)),
  ]
  if (before.length > 0) return { kind: 'refused', problems: before }
  const html = await htmlOf(content, nature, brand)
  if (html.kind === 'refused') return html
  const compiled: CompiledEmail = {
    channel: 'email',
    format: 1,
    nature,
    subject: composedSubject(content, nature),
    html: html.html,
    text:
      content.plain === undefined ? textOf(html.html) : `${content.plain}\n\n${footerText(nature)}`,
  }
  const after = finishedProblems(compiled, sender)
  return after.length > 0 ? { kind: 'refused', problems: after } : { kind: 'ok', compiled }
}

function writtenPieces(content: EmailContent): readonly Piece[] {
  const pieces: Piece[] = [
    ['subject', content.subject, 'text'],
    ['preheader', content.preheader, 'html'],
  ]
  if (content.plain !== undefined) pieces.push(['plain', content.plain, 'text'])
  if (content.body.kind === 'mjml') return [...pieces, ['body.mjml', content.body.mjml, 'html']]
  return [
    ...pieces,
    ...content.body.blocks.flatMap((block, at) => blockPieces(block, `body.blocks.${at}`)),
  ]
}

const notWritten: ReadonlySet<string> = new Set(['kind', 'list', 'layout', 'size'])

function blockPieces(block: Block, at: string): readonly Piece[] {
  if (block.kind === 'columns') {
    return (['left', 'right'] as const).flatMap((side) =>
      block[side].flatMap((one, place) => blockPieces(one, `${at}.${side}.${place}`)),
    )
  }
  return Object.entries(block).flatMap(([name, text]): readonly Piece[] =>
    typeof text === 'string' && !notWritten.has(name) ? [[`${at}.${name}`, text, 'html']] : [],
  )
}

async function htmlOf(
  content: EmailContent,
  nature: Nature,
  brand: Brand,
): Promise<
  | { readonly kind: 'ok'; readonly html: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
> {
  const footer = footerMjml(nature)
  const mjml =
    content.body.kind === 'blocks'
      ? blocksMjml(content.body.blocks, { preheader: content.preheader, footer, brand })
      : framedMjml(content.body.mjml, footer)
  if (mjml === undefined) return refusedLayout(['there is no </mj-body> in it'])
  const { hidden, shown } = hideLiquid(mjml)
  try {
    // Includes would read the server's files; the default (ignored) is said aloud.
    const result = await mjml2html(hidden, { validationLevel: 'soft', ignoreIncludes: true })
    if (result.errors.length > 0) {
      return refusedLayout(result.errors.map((fault) => `line ${fault.line}: ${fault.message}`))
    }
    // Indentation is a third of MJML's output and nobody reads it.
    return { kind: 'ok', html: shown(result.html.replace(/\s*\n\s*/g, '\n')) }
  } catch (error) {
    return refusedLayout([error instanceof Error ? error.message : String(error)])
  }
}

function refusedLayout(faults: readonly string[]): { kind: 'refused'; problems: Problem[] } {
  return {
    kind: 'refused',
    problems: faults.slice(0, 10).map((fault) => ({
      code: 'layout_wrong',
      ko: `메일 모양(MJML)을 만들지 못했어요: ${fault}`,
      en: `The layout (MJML) is wrong: ${fault}`,
      field: 'body.mjml',
    })),
  }
}

const reading: Parameters<typeof convert>[1] = {
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
  ],
}

/** The plain text part, made once; values in it are not escaped, for it is not markup. */
function textOf(html: string): string {
  const { hidden, shown } = hideLiquid(html)
  return shown(convert(hidden, reading)).replace(/\n{3,}/g, '\n\n')
}

/** Parses the finished templates and reads a sample as its reader would. */
function finishedProblems(compiled: CompiledEmail, sender: Sender): readonly Problem[] {
  const scope = { shop: { sender }, link: { unsubscribe: 'https://example.com/u/sample' } }
  const globals = { zone: 'Asia/Seoul', now: 0 }
  const pieces: readonly (readonly [string, string, Medium])[] = [
    ['subject', compiled.subject, 'text'],
    ['body', compiled.html, 'html'],
    ['body', compiled.text, 'text'],
  ]
  const samples: string[] = []
  for (const [field, source, medium] of pieces) {
    const parsed = parseTemplate(source, medium)
    if (parsed.kind === 'wrong') return [templateProblem(field, parsed.fault)]
    const rendered = renderTemplate(parsed.template, scope, globals)
    if (rendered.kind === 'failed') {
      return [templateProblem(field, { line: 1, column: 1, message: rendered.message })]
    }
    samples.push(rendered.text)
  }
  const [subject = '', html = '', text = ''] = samples
  const seen = convert(html, reading)
  return [
    ...visibilityProblems(seen, compiled.nature, sender),
    ...visibilityProblems(text, compiled.nature, sender),
    ...natureProblems(compiled.nature, `${subject}\n${seen}`),
  ].filter((problem, at, all) => all.findIndex((one) => one.code === problem.code) === at)
}
