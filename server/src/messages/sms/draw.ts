import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { parseTemplate, renderTemplate, type Template } from '../template.ts'
import type { CompiledSms } from './content.ts'

/** A compiled text message with its templates parsed. */
export type ParsedSms = {
  readonly channel: 'sms'
  readonly nature: Nature
  readonly subject: Template
  readonly text: Template
  readonly picture: string | null
  readonly facts: readonly string[]
}

export type DrawnSms =
  | {
      readonly kind: 'ok'
      readonly channel: 'sms'
      readonly form: 'SMS' | 'LMS' | 'MMS'
      /** Long messages only. */
      readonly subject: string | null
      readonly text: string
      readonly picture: string | null
      /** The http(s) addresses in the text, each once, in order of appearance. */
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

const smsBytes = 90
const lmsBytes = 2_000
const subjectBytes = 40

/** Parses the templates; undefined only when the content was damaged after publishing. */
export function parseSms(compiled: CompiledSms): ParsedSms | undefined {
  const subject = parseTemplate(compiled.subject, 'text')
  const text = parseTemplate(compiled.text, 'text')
  if (subject.kind !== 'ok' || text.kind !== 'ok') return undefined
  return {
    channel: 'sms',
    nature: compiled.nature,
    subject: subject.template,
    text: text.template,
    picture: compiled.picture,
    facts: [...new Set([subject, text].flatMap(({ template }) => factsUsed(template)))],
  }
}

/** Draws the text message of one person; its bytes decide between a short and a long one. */
export function drawSms(sms: ParsedSms, draft: Draft): DrawnSms {
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const subject = renderTemplate(sms.subject, scope, globals)
  if (subject.kind === 'failed') return failed('subject', subject.message)
  const rendered = renderTemplate(sms.text, scope, globals)
  if (rendered.kind === 'failed') return failed('text', rendered.message)
  const { text, links } = linked(rendered.text.trim(), draft)
  const bytes = bytesOf(text)
  if (bytes > lmsBytes) return failed('text', `${bytes} bytes; at most ${lmsBytes} can be sent`)
  const form = sms.picture === null ? (bytes <= smsBytes ? 'SMS' : 'LMS') : 'MMS'
  return {
    kind: 'ok',
    channel: 'sms',
    form,
    subject: form === 'SMS' ? null : cut(subject.text.replace(/\s+/g, ' ').trim(), subjectBytes),
    text,
    picture: sms.picture,
    links,
  }
}

function failed(part: string, message: string): DrawnSms {
  return { kind: 'failed', message: `${part}: ${message}` }
}

function linked(text: string, draft: Draft) {
  const links = new Map<string, string>()
  const counted = text.replace(/https?:\/\/[^\s<>"'）)]+/gi, (url) => {
    const known = links.get(url) ?? draft.linkTo(url)
    links.set(url, known)
    return known
  })
  return { text: counted, links: [...links.keys()] }
}

/** Bytes in EUC-KR: one for ASCII, two for everything else it can carry. */
function bytesOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0)
}

function cut(text: string, most: number): string {
  let kept = ''
  for (const character of text) {
    if (bytesOf(kept + character) > most) return kept
    kept += character
  }
  return kept
}
