import { absolutePicture } from '../images/address.ts'
import type { CompiledEmail, Nature } from './content.ts'
import { factsUsed } from './fact-use.ts'
import { type Draft, scopeOf } from './scope.ts'
import { isSteady } from './steady.ts'
import { eachAddressTag } from './tags.ts'
import { parseTemplate, renderTemplate, type Template } from './template.ts'

/** A compiled e-mail with its templates parsed; kept by content id, for content never changes. */
export type ParsedEmail = {
  readonly channel: 'email'
  readonly nature: Nature
  readonly subject: Template
  readonly html: Template
  readonly text: Template
  /** Facts of the person that it speaks of: paths of the catalogue. */
  readonly facts: readonly string[]
  /** The counted addresses of a mail that can be drawn for whoever reads it and always has these (steady.ts). */
  readonly steadyLinks?: readonly string[]
}

export type DrawnEmail =
  | {
      readonly kind: 'ok'
      readonly channel: 'email'
      readonly subject: string
      readonly html: string
      readonly text: string
      /** The http(s) addresses in the mail, each once, in order of appearance; the opt-out is not among them. */
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

/** Longest subject, characters; longer ones are cut by every mailbox. */
const subjectCharsLimit = 300
/** More addresses than this in one mail is a template gone wrong. */
const linksLimit = 200

/** Parses the three templates; undefined only when the content was damaged after publishing. */
export function parseEmail(compiled: CompiledEmail): ParsedEmail | undefined {
  const subject = parseTemplate(compiled.subject, 'text')
  const html = parseTemplate(compiled.html, 'html')
  const text = parseTemplate(compiled.text, 'text')
  if (subject.kind !== 'ok' || html.kind !== 'ok' || text.kind !== 'ok') return undefined
  const email = {
    channel: 'email',
    nature: compiled.nature,
    subject: subject.template,
    html: html.template,
    text: text.template,
    facts: [...new Set([subject, html, text].flatMap(({ template }) => factsUsed(template)))],
  } as const
  if (!isSteady(compiled)) return email
  const drawn = drawEmail(email, nobody)
  return drawn.kind === 'ok' ? { ...email, steadyLinks: drawn.links } : email
}

/** Where nothing depends on the reader, any reader shows the addresses. */
const nobody: Draft = {
  context: {},
  customer: { name: null },
  shop: {
    name: '',
    url: '',
    currency: 'KRW',
    timeZone: 'UTC',
    sender: { legalName: '', fromEmail: '', contactEmail: '', phone: '', address: '' },
    settings: {},
  },
  at: 0,
  unsubscribeUrl: 'https://unsubscribe.invalid/',
  linkTo: (url) => url,
}

/** Draws the mail of one person; a failure says which part and why. */
export function drawEmail(email: ParsedEmail, draft: Draft): DrawnEmail {
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const subject = renderTemplate(email.subject, scope, globals)
  if (subject.kind === 'failed') return failed('subject', subject.message)
  const html = renderTemplate(email.html, scope, globals)
  if (html.kind === 'failed') return failed('html', html.message)
  const text = renderTemplate(email.text, scope, globals)
  if (text.kind === 'failed') return failed('text', text.message)
  const subjectLine = oneLine(subject.text)
  const own =
    email.nature.purpose === 'advertising' ? subjectLine.slice('(광고)'.length) : subjectLine
  if (own.trim() === '') return failed('subject', 'the subject is empty')
  const linked = linkedHtml(html.text, draft)
  if (linked.links.length > linksLimit) return failed('html', `more than ${linksLimit} links`)
  return {
    kind: 'ok',
    channel: 'email',
    subject: subjectLine,
    html: linked.html,
    text: tidyText(text.text),
    links: linked.links,
  }
}

function failed(part: string, message: string): DrawnEmail {
  return { kind: 'failed', message: `${part}: ${message}` }
}

/** A subject is one line whatever was put into it: no header can be added. */
function oneLine(text: string): string {
  const line = text.replace(/[\s\u2028\u2029\u0085]+/gu, ' ').trim()
  return line.length > subjectCharsLimit ? `${line.slice(0, subjectCharsLimit - 1)}…` : line
}

function tidyText(text: string): string {
  return text
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const addressAttribute = /\s(?:href|src)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/gi

/** Counts clicks on every http(s) link and disarms every address that is not one. */
function linkedHtml(html: string, draft: Draft) {
  const counted = new Map<string, string>()
  const put = (whole: string) => {
    const equals = whole.indexOf('=')
    const name = whole.slice(1, equals).trim().toLowerCase()
    const quoted = whole.slice(equals + 1).trim()
    const address = unescaped(quoted.replace(/^["']|["']$/g, '')).trim()
    return ` ${name}="${attribute(name === 'src' ? pictureOr(absolutePicture(address, draft.here ?? '')) : linkOf(address))}"`
  }
  const linkOf = (address: string) => {
    if (address === draft.unsubscribeUrl || address === draft.confirmUrl) return address
    if (/^(mailto:|tel:|#)/i.test(address)) return address
    if (!/^https?:\/\//i.test(address)) return '#'
    const known = counted.get(address) ?? draft.linkTo(address)
    counted.set(address, known)
    return known
  }
  const finished = eachAddressTag(html, (tag) => tag.replace(addressAttribute, put))
  return { html: finished, links: [...counted.keys()] }
}

function pictureOr(address: string): string {
  return /^(https?:\/\/|cid:|data:image\/(png|gif|jpeg|webp);)/i.test(address) ? address : ''
}

function attribute(address: string): string {
  return address.replace(/&/g, '&amp;').replace(/"/g, '&#34;').replace(/</g, '&#60;')
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d{1,6});/g, (_, code: string) =>
      String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}
