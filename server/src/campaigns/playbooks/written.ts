import type { Block } from '../../messages/content.ts'
import type { MessageContent } from '../../messages/message-content.ts'
import type { Recipe } from '../../recommendations/recipe.ts'
import type { Language, Made } from './playbook.ts'

/** What one message says, for every channel it may go by. */
export type Words = {
  readonly subject: string
  /** The line beside the subject in the mailbox. */
  readonly preheader: string
  readonly heading: string
  /** Paragraphs of the mail. */
  readonly text: readonly string[]
  /** At most 14 characters: KakaoTalk's limit. */
  readonly button: string
  /** The text message, and the KakaoTalk message: without address, label and way out. */
  readonly short: string
}

type Written = {
  readonly id: number
  readonly words: Words
  /** Where it leads: an address or one Liquid output. */
  readonly url: string
  /** Lists what is in the cart. */
  readonly showsCart?: boolean
  /** Carries a coupon of the playbook's pool, or shows the one that a step before gave. */
  readonly coupon?: 'own' | 'given'
  /** Shows the products of this recipe. */
  readonly recommend?: Recipe
  readonly onNight?: 'hold' | 'drop'
  /** Informational messages do not go by Brand Message, which is for advertising alone. */
  readonly isInformational?: boolean
}

/**
 * A message step for the channels the shop can send on, in the order in which they are tried (domain rules E.0): KakaoTalk, text
 * message, e-mail; the first that reaches the person is the last.
 */
export function written(made: Made, language: Language, of: Written) {
  const contents: MessageContent[] = [
    ...(made.channels.kakao !== null && !of.isInformational
      ? [kakaoOf(made.channels.kakao, language, of)]
      : []),
    ...(made.channels.sms ? [smsOf(language, of)] : []),
    mailOf(language, of),
  ]
  const [content, ...others] = contents
  return {
    kind: 'message',
    id: of.id,
    content,
    cartUrl: '/cart',
    ...(others.length > 0 ? { fallbacks: others.map((one) => ({ content: one })) } : {}),
    ...(of.coupon === 'own' && typeof made.pool === 'number' ? { coupon: made.pool } : {}),
    ...(of.onNight ? { onNight: of.onNight } : {}),
  } as const
}

const couponSays = {
  ko: {
    until: "{{ coupon.expires_at | kdate: 'M월 D일 HH:mm' }}까지",
    otherwise: '쿠폰 번호는 메일에서만 볼 수 있어요.',
    minOrder:
      "{% if coupon.min_order > 0 %}{{ coupon.min_order | money: shop.currency }} 이상 주문할 때 쓸 수 있어요.{% else %}주문 금액과 상관없이 쓸 수 있어요.{% endif %}{% if coupon.conditions and coupon.conditions != '' %} {{ coupon.conditions }} 쓸 수 있어요.{% endif %}",
    short:
      "쿠폰 {{ coupon.code }} ({{ coupon.expires_at | kdate: 'M/D HH:mm' }}까지{% if coupon.min_order > 0 %}, {{ coupon.min_order | money: shop.currency }} 이상{% endif %})",
    total: '담긴 상품 합계 {{ cart.total | money: shop.currency }}',
  },
  en: {
    until: "until {{ coupon.expires_at | kdate: 'M/D HH:mm' }}",
    otherwise: 'The code is in your mail only.',
    minOrder:
      "{% if coupon.min_order > 0 %}For orders from {{ coupon.min_order | money: shop.currency }}.{% else %}For any order.{% endif %}{% if coupon.conditions and coupon.conditions != '' %} It is for {{ coupon.conditions }}.{% endif %}",
    short:
      "Code {{ coupon.code }} (until {{ coupon.expires_at | kdate: 'M/D HH:mm' }}{% if coupon.min_order > 0 %}, from {{ coupon.min_order | money: shop.currency }}{% endif %})",
    total: 'In your cart: {{ cart.total | money: shop.currency }}',
  },
} as const

function mailOf(language: Language, of: Written): MessageContent {
  const { words, url, showsCart, coupon, recommend } = of
  const says = couponSays[language]
  const blocks: Block[] = [
    { kind: 'heading', text: words.heading },
    ...words.text.map((text): Block => ({ kind: 'text', text })),
    ...(showsCart
      ? ([
          { kind: 'products', list: 'cart.items', limit: 5 },
          { kind: 'text', text: says.total },
        ] satisfies Block[])
      : []),
    ...(recommend
      ? [{ kind: 'products', list: 'recs', limit: recommend.limit, layout: 'grid' } as const]
      : []),
    ...(coupon
      ? ([
          {
            kind: 'coupon',
            title: '{{ coupon.benefit }}',
            code: '{{ coupon.code }}',
            until: says.until,
            otherwise: says.otherwise,
          },
          { kind: 'note', text: says.minOrder },
        ] satisfies Block[])
      : []),
    { kind: 'button', label: words.button, url },
  ]
  const { subject, preheader } = words
  return { channel: 'email', subject, preheader, body: { kind: 'blocks', blocks }, ...recipeIn(of) }
}

function smsOf(language: Language, of: Written): MessageContent {
  const text = `${shortOf(language, of)}\n▶ ${of.url}`
  return { channel: 'sms', text, subject: '', ...recipeIn(of) }
}

function kakaoOf(profile: string, language: Language, of: Written): MessageContent {
  return {
    channel: 'kakao',
    kind: 'brand',
    profile,
    bubble: 'TEXT',
    text: shortOf(language, of),
    picture: null,
    buttons: [{ name: of.words.button, url: of.url }],
    coupon: null,
    ...recipeIn(of),
  }
}

function recipeIn({ recommend }: Written): { readonly recommend?: Recipe } {
  return recommend ? { recommend } : {}
}

/** Three of the products, a line each; what they cost today. */
const listed = `{% for p in recs limit: 3 %}
· {{ p.name | trunc_bytes: 30 }}{% assign pays = p.sale_price | default: p.price %}{% if pays %} {{ pays | money: shop.currency }}{% endif %}{% endfor %}`

function shortOf(language: Language, { words, coupon, recommend }: Written): string {
  const short = recommend ? `${words.short}${listed}` : words.short
  return coupon ? `${short}\n${couponSays[language].short}` : short
}
