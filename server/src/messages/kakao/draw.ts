import type { KakaoButton, KakaoTemplate } from '../../channels/carrier.ts'
import { fillTemplate } from '../../channels/kakao/template.ts'
import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { webUrl } from '../filters.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { linked } from '../sms/draw.ts'
import { optOutNumberOf } from '../sms/opt-out-number.ts'
import { parseTemplate, renderTemplate, type Template } from '../template.ts'
import { composedBrandText } from './compose.ts'
import type { CompiledAlimtalk, CompiledBrand, CompiledKakao } from './content.ts'
import { brandFaults } from './limits.ts'

/** A compiled Kakao message with its templates parsed, by the name of each piece. */
export type ParsedKakao = {
  readonly channel: 'kakao'
  readonly nature: Nature
  readonly compiled: CompiledKakao
  readonly pieces: ReadonlyMap<string, Template>
  readonly facts: readonly string[]
}

type Common = {
  readonly kind: 'ok'
  readonly channel: 'kakao'
  readonly profile: string
  readonly text: string
  readonly buttons: readonly KakaoButton[]
  readonly subject: null
  /** The http(s) addresses whose clicks are counted, each once, in order of appearance. */
  readonly links: readonly string[]
}

export type DrawnKakao =
  | (Common & {
      readonly form: 'alimtalk'
      readonly template: string
      readonly variables: Readonly<Record<string, string>>
      /** What stands around the text, for showing it; the provider puts it there itself. */
      readonly around: NonNullable<KakaoTemplate['around']>
    })
  | (Common & {
      readonly form: 'brand'
      readonly bubble: CompiledBrand['bubble']
      readonly picture: CompiledBrand['picture']
      readonly coupon: {
        readonly title: string
        readonly description: string
        readonly url: string
      } | null
    })
  | { readonly kind: 'failed'; readonly message: string }

/** Parses the templates; undefined only when the content was damaged after publishing. */
export function parseKakao(compiled: CompiledKakao): ParsedKakao | undefined {
  const pieces = new Map<string, Template>()
  for (const [name, source] of sourcesOf(compiled)) {
    const parsed = parseTemplate(source, 'text')
    if (parsed.kind !== 'ok') return undefined
    pieces.set(name, parsed.template)
  }
  const facts = [...new Set([...pieces.values()].flatMap((template) => factsUsed(template)))]
  return { channel: 'kakao', nature: compiled.nature, compiled, pieces, facts }
}

function sourcesOf(compiled: CompiledKakao): readonly (readonly [string, string])[] {
  if (compiled.kind === 'alimtalk') return Object.entries(compiled.variables)
  const { text, buttons, coupon } = compiled
  return [
    ['text', text],
    ...buttons.flatMap(({ name, url }, at) => [
      [`buttons.${at}.name`, name] as const,
      [`buttons.${at}.url`, url] as const,
    ]),
    ...(coupon ? Object.entries(coupon).map(([name, of]) => [`coupon.${name}`, of] as const) : []),
  ]
}

/** Draws the Kakao message of one person; a failure says which part and why. */
export function drawKakao(kakao: ParsedKakao, draft: Draft): DrawnKakao {
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const values = new Map<string, string>()
  for (const [name, template] of kakao.pieces) {
    const rendered = renderTemplate(template, scope, globals)
    if (rendered.kind === 'failed') return failed(name, rendered.message)
    values.set(name, rendered.text.trim())
  }
  const { compiled } = kakao
  return compiled.kind === 'alimtalk'
    ? drawnAlimtalk(compiled, values)
    : drawnBrand(compiled, values, draft)
}

function failed(part: string, message: string): DrawnKakao {
  return { kind: 'failed', message: `${part}: ${message}` }
}

/**
 * Addresses stay as approved: Kakao compares them too, so their clicks are not counted. A name whose approved text calls it 님
 * brings none of its own.
 */
function drawnAlimtalk(
  { template }: CompiledAlimtalk,
  values: ReadonlyMap<string, string>,
): DrawnKakao {
  const variables = Object.fromEntries(
    [...values].map(([name, value]) => [
      name,
      template.content.includes(`#{${name}}님`) ? value.replace(/(\s*님)+$/u, '') : value,
    ]),
  )
  const filled = fillTemplate(template, variables)
  switch (filled.kind) {
    case 'missing':
      return failed('variables', `no value for ${filled.names.join(', ')}`)
    case 'too_long':
      return failed('text', `${filled.chars} characters; at most ${filled.most} can be sent`)
    case 'ok':
      return {
        kind: 'ok',
        channel: 'kakao',
        form: 'alimtalk',
        profile: template.profile,
        template: template.code,
        variables,
        text: filled.text,
        around: filled.around,
        buttons: filled.buttons,
        subject: null,
        links: [],
      }
  }
}

function drawnBrand(
  compiled: CompiledBrand,
  values: ReadonlyMap<string, string>,
  draft: Draft,
): DrawnKakao {
  const { name, sender, settings } = draft.shop
  const of = (piece: string) => values.get(piece) ?? ''
  const body = linked(of('text'), draft)
  if (body.text === '') return failed('text', 'the text is empty')
  const links = new Set(body.links)
  const counted = (piece: string) => {
    const url = webUrl(of(piece), draft.shop.url)
    if (url === '') return ''
    links.add(url)
    return draft.linkTo(url)
  }
  const shape = {
    bubble: compiled.bubble,
    text: composedBrandText(compiled.bubble, body.text, {
      shopName: name,
      phone: sender.phone,
      optOutNumber: optOutNumberOf(settings),
    }),
    hasPicture: compiled.picture !== null,
    buttons: compiled.buttons.map((_, at) => ({
      name: of(`buttons.${at}.name`),
      url: counted(`buttons.${at}.url`),
    })),
    coupon: compiled.coupon && {
      title: of('coupon.title'),
      description: of('coupon.description'),
      url: counted('coupon.url'),
    },
  }
  const [fault] = brandFaults(shape)
  if (fault) return failed(fault.field, fault.en)
  return {
    kind: 'ok',
    channel: 'kakao',
    form: 'brand',
    profile: compiled.profile,
    bubble: compiled.bubble,
    text: shape.text,
    picture: compiled.picture,
    buttons: shape.buttons.map((button) => ({
      type: 'WL',
      name: button.name,
      mobileUrl: button.url,
    })),
    coupon: shape.coupon,
    subject: null,
    links: [...links],
  }
}
