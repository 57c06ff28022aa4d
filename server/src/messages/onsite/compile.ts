import type { Brand } from '../brand.ts'
import { natureProblems, type Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { paletteOf } from '../palette.ts'
import { templateProblems } from '../template-problems.ts'
import { type CompiledOnsite, type OnsiteContent, placesOfForm, restsOfAsking } from './content.ts'
import { liquidTexts } from './texts.ts'

/** Puts the brand in, or says what is in the way: templates, places, silences that the law wants longer, urgency without an end. */
export function compileOnsite(
  content: OnsiteContent,
  nature: Nature,
  about: { readonly brand: Brand; readonly carriesCoupon: boolean },
):
  | { readonly kind: 'ok'; readonly compiled: CompiledOnsite }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] } {
  const texts = liquidTexts(content)
  const problems = [
    ...natureProblems(nature, texts.map(([, text]) => text).join('\n')),
    ...templateProblems(texts.map(([field, text]) => [field, text, 'text'] as const)),
    ...standing(content),
    ...silence(content),
    ...couponParts(content, about.carriesCoupon),
    ...forms(content),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const { scheme } = content.look
  const { button, background } = paletteOf(about.brand, scheme)
  const { corners, font } = about.brand
  const color = button.border
  return {
    kind: 'ok',
    compiled: {
      channel: 'onsite',
      format: 1,
      nature,
      content,
      brand: { color, background, corners, font },
    },
  }
}

function standing({ form, place, selector }: OnsiteContent): readonly Problem[] {
  const places: readonly string[] = placesOfForm[form]
  const problems: Problem[] = []
  if (place !== undefined && !places.includes(place))
    problems.push({
      code: 'place_unknown',
      ko: '이 모양은 그 자리에 놓을 수 없어요. 자리를 다시 골라 주세요.',
      en: `This kind of message stands at one of: ${places.join(', ')}.`,
      field: 'place',
    })
  if (form === 'inline' && !selector)
    problems.push({
      code: 'selector_missing',
      ko: '페이지 어디에 넣을지 CSS 선택자를 적어 주세요. 예: #main .banner',
      en: 'Say where on the page it goes: a CSS selector such as #main .banner.',
      field: 'selector',
    })
  return problems
}

/** Who asks people to join or to agree may not ask again within a week (E-Commerce Act 21-2, decree 27-2). */
function silence({ asks, rests }: OnsiteContent): readonly Problem[] {
  if (asks === 'nothing') return []
  const lawful: readonly string[] = restsOfAsking
  if (rests.length > 0 && rests.every((rest) => lawful.includes(rest))) return []
  return [
    {
      code: 'silence_too_short',
      ko: '가입이나 수신동의를 권하는 메시지는 7일, 30일, 다시 보지 않기 가운데 하나 이상을 보여 줘야 해요. (전자상거래법 제21조의2)',
      en: 'A message that asks people to join or to agree offers 7 days, 30 days or never again (E-Commerce Act, article 21-2).',
      field: 'rests',
    },
  ]
}

function couponParts({ parts }: OnsiteContent, carries: boolean): readonly Problem[] {
  return parts.flatMap((part, at) => {
    const needs = part.kind === 'coupon' || (part.kind === 'countdown' && part.to.kind === 'coupon')
    if (!needs || carries) return []
    return [
      {
        code: 'coupon_missing',
        ko: '이 메시지에 붙은 쿠폰이 없어요. 보여 줄 쿠폰을 골라 주세요.',
        en: 'No coupon goes with this message. Choose one.',
        field: `parts.${at}`,
      } as const,
    ]
  })
}

function forms({ parts }: OnsiteContent): readonly Problem[] {
  return parts.flatMap((part, at) => {
    if (part.kind !== 'form') return []
    const kinds = new Set(part.fields.map(({ kind }) => kind))
    const unnamed = part.fields.findIndex(
      ({ kind, trait }) => kind !== 'email' && kind !== 'phone' && !trait,
    )
    const homeless = part.consents.find(
      ({ channel }) => !kinds.has(channel === 'email' ? 'email' : 'phone'),
    )
    const empty = part.fields.findIndex(
      ({ kind, options }) => (kind === 'choice' || kind === 'choices') && options.length < 2,
    )
    return [
      ...(unnamed < 0 ? [] : [fieldProblem('trait_missing', `parts.${at}.fields.${unnamed}`)]),
      ...(empty < 0 ? [] : [fieldProblem('options_missing', `parts.${at}.fields.${empty}`)]),
      ...(homeless ? [fieldProblem('contact_missing', `parts.${at}.consents`)] : []),
    ]
  })
}

const fieldWords = {
  trait_missing: {
    ko: '답을 어느 고객 정보에 저장할지 적어 주세요.',
    en: 'Say under which trait the answer is kept.',
  },
  options_missing: {
    ko: '고를 답을 두 개 이상 적어 주세요.',
    en: 'Give at least two answers to choose from.',
  },
  contact_missing: {
    ko: '수신동의를 받으려면 그 채널의 이메일이나 휴대폰 번호도 물어봐야 해요.',
    en: 'To ask for consent, ask for the e-mail address or phone number of that channel too.',
  },
} as const

function fieldProblem(code: keyof typeof fieldWords, field: string): Problem {
  return { code, ...fieldWords[code], field }
}
