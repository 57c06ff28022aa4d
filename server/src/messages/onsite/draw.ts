import { uniformOf } from '../../experiments/arm.ts'
import { readPicturePath } from '../../images/address.ts'
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts'
import { seededRandom } from '../../lib/random.ts'
import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { luminance } from '../look.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { parseTemplate, renderTemplate, type Template } from '../template.ts'
import { cardsOf } from './cards.ts'
import { type CompiledOnsite, type OnsitePart, placesOfForm } from './content.ts'
import { liquidTexts } from './texts.ts'
import type { CardView, OnsiteView, PartView } from './view.ts'

/** A compiled message with its templates parsed, by their text. */
export type ParsedOnsite = {
  readonly channel: 'onsite'
  readonly nature: Nature
  readonly compiled: CompiledOnsite
  readonly templates: ReadonlyMap<string, Template>
  readonly facts: readonly string[]
}

export type DrawnOnsite =
  | {
      readonly kind: 'ok'
      readonly channel: 'onsite'
      readonly subject: string
      /** Everything it says, a line a part. */
      readonly text: string
      readonly view: OnsiteView
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

/** Parses the templates; undefined only when the content was damaged after publishing. */
export function parseOnsite(compiled: CompiledOnsite): ParsedOnsite | undefined {
  const templates = new Map<string, Template>()
  for (const [, text] of liquidTexts(compiled.content)) {
    const read = parseTemplate(text, 'text')
    if (read.kind !== 'ok') return undefined
    templates.set(text, read.template)
  }
  const facts = [...new Set([...templates.values()].flatMap(factsUsed))]
  return { channel: 'onsite', nature: compiled.nature, compiled, templates, facts }
}

/** Writes one text of the message for the person. */
type Write = (text: string) => string

/**
 * Draws the message for one person. `seed` decides the order of cards where it is left to chance. A failure says which part and
 * why: a countdown whose end is over, cards of which there are none.
 */
export function drawOnsite(message: ParsedOnsite, draft: Draft, seed = ''): DrawnOnsite {
  const { content, brand } = message.compiled
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  let failed: string | undefined
  const write: Write = (text) => {
    const template = message.templates.get(text)
    if (!template) return text
    const rendered = renderTemplate(template, scope, globals)
    if (rendered.kind === 'ok') return rendered.text.trim()
    failed ??= rendered.message
    return ''
  }
  const parts: PartView[] = []
  for (const part of content.parts) {
    const view = partView(part, { write, draft, scope, order: content.order, seed })
    if (view === undefined) return { kind: 'failed', message: `${part.id}: ${emptyWords(part)}` }
    if (view !== 'left out') parts.push(view)
  }
  const refuse = write(content.refuse)
  if (failed !== undefined) return { kind: 'failed', message: failed }
  const said = parts.flatMap(words)
  if (said.length === 0) return { kind: 'failed', message: 'it is empty' }
  const { color = brand.color, background = brand.background } = content.look
  return {
    kind: 'ok',
    channel: 'onsite',
    subject: said[0] ?? '',
    text: said.join('\n'),
    links: [],
    view: {
      form: content.form,
      place: content.place ?? placesOfForm[content.form][0],
      selector: content.selector ?? null,
      language: content.language,
      name: said[0] ?? '',
      parts,
      refuse,
      rests: content.rests,
      asks: content.asks,
      look: {
        // What is written on a dark ground is light, whoever chose it.
        scheme: luminance(background) < 0.2 ? 'dark' : 'light',
        color,
        background,
        corners: brand.corners,
        font: brand.font,
      },
    },
  }
}

type With = {
  readonly write: Write
  readonly draft: Draft
  readonly scope: JsonObject
  readonly order: CompiledOnsite['content']['order']
  readonly seed: string
}

/** Undefined: without it the message would be a lie or empty. A text that came out empty is left out. */
function partView(part: OnsitePart, by: With): PartView | 'left out' | undefined {
  const { write, draft } = by
  const { id } = part
  switch (part.kind) {
    case 'heading':
    case 'text':
    case 'note': {
      const text = write(part.text)
      return text === '' ? 'left out' : { kind: part.kind, id, text }
    }
    case 'image': {
      const image = addressOf(write(part.image), draft)
      if (image === null) return 'left out'
      const { focus = { x: 0.5, y: 0.5 } } = part
      const link = part.link === undefined ? null : addressOf(write(part.link), draft)
      return { kind: 'image', id, image, alt: write(part.alt), focus, link }
    }
    case 'button': {
      const url = addressOf(write(part.url), draft)
      return url === null ? undefined : { kind: 'button', id, label: write(part.label), url }
    }
    case 'coupon': {
      const url = part.url === undefined ? null : addressOf(write(part.url), draft)
      return { kind: 'coupon', id, title: write(part.title), label: write(part.label), url }
    }
    case 'countdown': {
      const at = part.to.kind === 'time' ? part.to.at : couponEnd(by.scope)
      // A clock that stands at nought hurries nobody.
      if (at === undefined || at <= draft.at) return 'left out'
      return { kind: 'countdown', id, label: write(part.label), at }
    }
    case 'cards': {
      const cards = ordered(cardsOf(part, { ...by, addressOf }), by)
      return cards.length === 0 ? undefined : { kind: 'cards', id, label: write(part.label), cards }
    }
    case 'form':
      return {
        kind: 'form',
        id,
        fields: part.fields.map(({ id, kind, label, options, required }) => ({
          id,
          kind,
          label: write(label),
          options,
          required,
        })),
        boxes: part.consents.map(({ id, label, wording }) => ({ id, label, wording })),
        label: write(part.label),
        thanks: write(part.thanks),
      }
  }
}

/** Shuffles by the seed (Fisher and Yates); `one` takes the first of such a shuffle. */
function ordered(cards: readonly CardView[], { order, seed }: With): readonly CardView[] {
  if (order === 'fixed' || cards.length < 2) return cards
  const chance = seededRandom(seed)
  const shuffled = [...cards]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = chance.integer(at + 1)
    const [one, two] = [shuffled[at], shuffled[other]]
    if (one && two) [shuffled[at], shuffled[other]] = [two, one]
  }
  return order === 'one' ? shuffled.slice(0, 1) : shuffled
}

/** What decides the order for this visitor: the same for them for ever, or for this visit, or for this page view. */
export function orderSeed(
  order: CompiledOnsite['content']['order'],
  of: {
    readonly campaign: number
    readonly version: number
    readonly assignmentKey: string
    readonly visit: number
    readonly view: string
  },
): string {
  const campaign = `${of.campaign}:${of.version}`
  switch (order) {
    case 'fixed':
      return ''
    case 'random_person':
      return `${campaign}:${uniformOf(`order:${campaign}`, of.assignmentKey)}`
    case 'random_visit':
      return `${campaign}:${of.assignmentKey}:${of.visit}`
    case 'one':
      return `${campaign}:${of.assignmentKey}:${of.view}`
  }
}

/** http(s) addresses only; paths are the shop's own. */
function addressOf(text: string, { shop, here }: Draft): string | null {
  // Pictures of the library are ours, not the shop's.
  if (readPicturePath(text)) return here === undefined ? null : here + text
  if (/^https?:\/\//i.test(text)) return text
  return /^\/(?!\/)/.test(text) && /^https?:\/\//i.test(shop.url)
    ? `${shop.url.replace(/\/$/, '')}${text}`
    : null
}

function couponEnd({ coupon }: JsonObject): number | undefined {
  const end: Json | undefined = isJsonObject(coupon) ? coupon.expires_at : undefined
  return typeof end === 'number' ? end : undefined
}

function words(part: PartView): readonly string[] {
  switch (part.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return [part.text]
    case 'image':
      return part.alt === '' ? [] : [part.alt]
    case 'coupon':
      return [part.title]
    case 'cards':
      return part.cards.map(({ title }) => title)
    case 'button':
    case 'countdown':
    case 'form':
      return [part.label]
  }
}

function emptyWords(part: OnsitePart): string {
  return part.kind === 'cards' ? 'there is no product to show' : 'its address leads nowhere'
}
