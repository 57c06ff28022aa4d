import { absolutePicture } from '../../images/address.ts'
import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { parseTemplate, type Rendered, renderTemplate, type Template } from '../template.ts'
import type { CompiledPush } from './content.ts'

const parts = ['title', 'text', 'url', 'icon', 'image'] as const
type Part = (typeof parts)[number]

/** A compiled notification with its templates parsed. */
export type ParsedPush = {
  readonly channel: 'web_push'
  readonly nature: Nature
  readonly parts: Readonly<Record<Part, Template>>
  readonly facts: readonly string[]
}

export type DrawnPush =
  | {
      readonly kind: 'ok'
      readonly channel: 'web_push'
      /** The title. */
      readonly subject: string
      readonly text: string
      readonly url: string
      readonly icon: string | null
      readonly image: string | null
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

/** What push services carry, bytes; the rest is room for keys and encryption. */
const payloadBytesLimit = 3_500

/** Parses the templates; undefined only when the content was damaged after publishing. */
export function parsePush(compiled: CompiledPush): ParsedPush | undefined {
  const parsed = new Map<Part, Template>()
  for (const part of parts) {
    const read = parseTemplate(compiled[part] ?? '', 'text')
    if (read.kind !== 'ok') return undefined
    parsed.set(part, read.template)
  }
  return {
    channel: 'web_push',
    nature: compiled.nature,
    parts: Object.fromEntries(parsed) as Record<Part, Template>,
    facts: [...new Set([...parsed.values()].flatMap(factsUsed))],
  }
}

/** Draws the notification of one person; a failure says which part and why. */
export function drawPush(push: ParsedPush, draft: Draft): DrawnPush {
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const drawn = new Map<Part, string>()
  for (const part of parts) {
    const rendered: Rendered = renderTemplate(push.parts[part], scope, globals)
    if (rendered.kind === 'failed') return failed(part, rendered.message)
    drawn.set(part, rendered.text.trim())
  }
  const of = (part: Part) => drawn.get(part) ?? ''
  if (of('title') === '') return failed('title', 'it is empty')
  const own = of('url')
  const counted = /^https:\/\//i.test(own)
  const url = counted ? draft.linkTo(own) : draft.shop.url
  const [title, text] = [of('title').replace(/\s+/g, ' '), of('text')]
  const bytes = new TextEncoder().encode(title + text + url + of('icon') + of('image')).byteLength
  if (bytes > payloadBytesLimit) {
    return failed('text', `${bytes} bytes; at most ${payloadBytesLimit} can be sent`)
  }
  return {
    kind: 'ok',
    channel: 'web_push',
    subject: title,
    text,
    url,
    icon: pictureOf(of('icon'), draft),
    image: pictureOf(of('image'), draft),
    links: counted ? [own] : [],
  }
}

function pictureOf(written: string, { here = '' }: Draft): string | null {
  const address = absolutePicture(written, here)
  return /^https:\/\//i.test(address) ? address : null
}

function failed(part: string, message: string): DrawnPush {
  return { kind: 'failed', message: `${part}: ${message}` }
}
