import { canonicalJson } from '../../lib/json.ts'
import type { KakaoButton, KakaoTemplate } from '../carrier.ts'

/** Most characters of an Alimtalk text, the values of its variables included (Kakao's rule for every provider). */
export const alimtalkCharsLimit = 1_000
/** Most characters of an emphasised title, filled in. */
const titleCharsLimit = 50

const variable = /#\{([^{}]+)\}/g

/** Names of a template's variables without `#{}`, each once, in order of appearance: text, pieces around it, buttons. */
export function variablesOf(template: KakaoTemplate): readonly string[] {
  const names = new Set<string>()
  for (const piece of piecesOf(template)) {
    for (const [, name = ''] of piece.matchAll(variable)) names.add(name)
  }
  return [...names]
}

/** A text with its variables put in, once: what stands in a value is never read as a variable again. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? valueIn(values, name) : whole,
  )
}

function valueIn(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '') : ''
}

export type Filled =
  | {
      readonly kind: 'ok'
      /** Equal to the template byte for byte but for its variables. */
      readonly text: string
      readonly around: NonNullable<KakaoTemplate['around']>
      readonly buttons: readonly KakaoButton[]
    }
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  | { readonly kind: 'too_long'; readonly chars: number; readonly most: number }

/**
 * An approved template as one person reads it. Kakao compares what is sent with what was approved, so nothing is trimmed
 * or tidied; a variable without a value (or an empty one) would be refused there and is refused here.
 */
export function fillTemplate(
  template: KakaoTemplate,
  values: Readonly<Record<string, string>>,
): Filled {
  const names = variablesOf(template).filter((name) => valueIn(values, name).trim() === '')
  if (names.length > 0) return { kind: 'missing', names }
  const text = filled(template.content, values)
  if (text.length > alimtalkCharsLimit) {
    return { kind: 'too_long', chars: text.length, most: alimtalkCharsLimit }
  }
  const title = filled(template.around?.title ?? '', values)
  if (title.length > titleCharsLimit) {
    return { kind: 'too_long', chars: title.length, most: titleCharsLimit }
  }
  return {
    kind: 'ok',
    text,
    around: filledAround(template.around ?? {}, values),
    buttons: template.buttons.map((button) => filledButton(button, values)),
  }
}

/** Whether two readings of a template say the same: text, pieces and buttons; the name and status do not count. */
export function saysTheSame(one: KakaoTemplate, other: KakaoTemplate): boolean {
  const said = ({ content, around, buttons }: KakaoTemplate) =>
    canonicalJson({ content, around: around ?? {}, buttons })
  return said(one) === said(other)
}

/** Why a template cannot be sent with now; undefined when nothing is in the way. */
export type TemplateFault = 'unknown' | 'waiting' | 'rejected' | 'stopped' | 'changed'

/** Looks at what is known of a template at the provider beside what was published of it. */
export function templateFault(
  known: KakaoTemplate | undefined,
  published: KakaoTemplate,
): TemplateFault | undefined {
  if (!known) return 'unknown'
  if (known.status !== 'approved') return known.status
  return saysTheSame(known, published) ? undefined : 'changed'
}

/** What a fault means and what to do, for the marketer. */
export const templateFaultWords: Readonly<
  Record<TemplateFault, { readonly ko: string; readonly en: string }>
> = {
  unknown: {
    ko: '이 알림톡 템플릿이 발송 대행사 목록에 없어요. 설정 > 카카오에서 템플릿을 다시 불러와 주세요.',
    en: 'The provider does not list this Alimtalk template. Read the templates again in settings > Kakao.',
  },
  waiting: {
    ko: '이 알림톡 템플릿은 아직 검수 중이에요. 승인된 뒤에 쓸 수 있어요.',
    en: 'This Alimtalk template is still being inspected. It can be used once it is approved.',
  },
  rejected: {
    ko: '이 알림톡 템플릿은 반려됐어요. 고쳐서 다시 검수받거나 다른 템플릿을 골라 주세요.',
    en: 'This Alimtalk template was rejected. Have it inspected again or choose another.',
  },
  stopped: {
    ko: '이 알림톡 템플릿은 사용이 중지됐어요. 다른 템플릿을 골라 주세요.',
    en: 'This Alimtalk template was stopped. Choose another.',
  },
  changed: {
    ko: '승인된 템플릿의 내용이 캠페인을 켠 뒤에 바뀌었어요. 바뀐 내용을 확인하고 다시 켜 주세요.',
    en: 'The approved template changed after this was published. Look at the change and publish again.',
  },
}

function piecesOf({ content, around, buttons }: KakaoTemplate): readonly string[] {
  return [
    around?.header ?? '',
    around?.title ?? '',
    around?.subtitle ?? '',
    content,
    ...(around?.items ?? []).flatMap((item) => [item.title, item.description]),
    around?.extra ?? '',
    ...buttons.flatMap((button) => [button.name, button.mobileUrl ?? '', button.pcUrl ?? '']),
  ]
}

function filledAround(
  around: NonNullable<KakaoTemplate['around']>,
  values: Readonly<Record<string, string>>,
): NonNullable<KakaoTemplate['around']> {
  const { items, ...lines } = around
  return {
    ...Object.fromEntries(
      Object.entries(lines).map(([name, line]) => [name, filled(line, values)]),
    ),
    ...(items === undefined
      ? {}
      : {
          items: items.map((item) => ({
            title: filled(item.title, values),
            description: filled(item.description, values),
          })),
        }),
  }
}

function filledButton(button: KakaoButton, values: Readonly<Record<string, string>>): KakaoButton {
  return {
    ...button,
    name: filled(button.name, values),
    ...(button.mobileUrl === undefined ? {} : { mobileUrl: filled(button.mobileUrl, values) }),
    ...(button.pcUrl === undefined ? {} : { pcUrl: filled(button.pcUrl, values) }),
  }
}
