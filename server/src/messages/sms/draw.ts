import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { parseTemplate, renderTemplate, type Template } from '../template.ts'
import { assembled, lmsBytes, type TextForm } from './assemble.ts'
import type { CompiledSms } from './content.ts'
import { optOutNumberOf } from './opt-out-number.ts'
import { replacedValues, sendableName } from './replace.ts'

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
      readonly form: TextForm
      /** Long messages only. */
      readonly subject: string | null
      readonly text: string
      /** Bytes of the text in EUC-KR. */
      readonly bytes: number
      readonly picture: string | null
      /** The http(s) addresses in the text, each once, in order of appearance. */
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

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

/**
 * Draws the text message of one person. Values are made sendable before they are filled in, so that what the template
 * cuts by bytes is what leaves; a name that cannot be written gives way to the template's own word for nobody.
 */
export function drawSms(sms: ParsedSms, draft: Draft): DrawnSms {
  const customer = { name: sendableName(draft.customer.name) }
  const scope = replacedValues(scopeOf({ ...draft, customer }))
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const subject = renderTemplate(sms.subject, scope, globals)
  if (subject.kind === 'failed') return failed('subject', subject.message)
  const rendered = renderTemplate(sms.text, scope, globals)
  if (rendered.kind === 'failed') return failed('text', rendered.message)
  const { text: body, links } = linked(rendered.text.trim(), draft)
  if (body === '') return failed('text', 'the text is empty')
  const whole = assembled({
    body,
    subject: subject.text,
    purpose: sms.nature.purpose,
    shopName: draft.shop.name,
    optOutNumber: optOutNumberOf(draft.shop.settings),
    hasPicture: sms.picture !== null,
  })
  const { form, text, bytes } = whole
  if (bytes > lmsBytes) return failed('text', `${bytes} bytes; at most ${lmsBytes} can be sent`)
  return {
    kind: 'ok',
    channel: 'sms',
    form,
    subject: whole.subject,
    text,
    bytes,
    picture: sms.picture,
    links,
  }
}

function failed(part: string, message: string): DrawnSms {
  return { kind: 'failed', message: `${part}: ${message}` }
}

/** Addresses end before anything that is not ASCII, and before the punctuation of the sentence they stand in. */
export function linked(text: string, draft: Pick<Draft, 'linkTo'>) {
  const links = new Map<string, string>()
  const counted = text.replace(/https?:\/\/[!-~]+/gi, (found) => {
    const url = /^(.*?)[.,!?;:'")\]>]*$/.exec(found)?.[1] ?? found
    const known = links.get(url) ?? draft.linkTo(url)
    links.set(url, known)
    return known + found.slice(url.length)
  })
  return { text: counted, links: [...links.keys()] }
}
