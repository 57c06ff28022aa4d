import type { OnsitePart } from '../../../../server/src/messages/onsite/content.ts'
import type { Language } from '../../app/language.ts'

type PartKind = OnsitePart['kind']
/** A piece of one kind. */
export type PartOf<K extends PartKind> = Extract<OnsitePart, { readonly kind: K }>

/** What each piece is called, in the order it is offered. */
export const kindNames = {
  heading: { ko: '큰 글씨', en: 'Heading' },
  text: { ko: '글', en: 'Text' },
  button: { ko: '버튼', en: 'Button' },
  image: { ko: '그림', en: 'Picture' },
  cards: { ko: '상품 카드', en: 'Product cards' },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  countdown: { ko: '남은 시간', en: 'Countdown' },
  form: { ko: '묻는 칸', en: 'Form' },
  note: { ko: '작은 글씨', en: 'Small print' },
} as const satisfies Record<PartKind, Record<Language, string>>

export const kinds = Object.keys(kindNames) as readonly PartKind[]

/** Pieces a message takes at most (content.ts). */
export const partsLimit = 12

/** `p3`: a name that no piece of the message has yet. */
export function freshId(taken: readonly { readonly id: string }[], letter = 'p'): string {
  const used = new Set(taken.map(({ id }) => id))
  let at = taken.length + 1
  while (used.has(`${letter}${at}`)) at++
  return `${letter}${at}`
}

const samples = {
  ko: {
    heading: '{{ customer.name | nim }}, 반가워요',
    text: '지금 둘러보는 상품이 마음에 드세요?',
    note: '쿠폰은 한 번만 쓸 수 있어요.',
    button: '보러 가기',
    card: '보러 가기',
    coupon: '{{ coupon.benefit }} 쿠폰',
    take: '쿠폰 받기',
    left: '남은 시간',
    email: '이메일 주소',
    send: '보내기',
    thanks: '고마워요.',
  },
  en: {
    heading: 'Hello {{ customer.name }}',
    text: 'Do you like what you see?',
    note: 'The coupon can be used once.',
    button: 'Have a look',
    card: 'Have a look',
    coupon: '{{ coupon.benefit }}',
    take: 'Get the coupon',
    left: 'Time left',
    email: 'E-mail address',
    send: 'Send',
    thanks: 'Thank you.',
  },
} as const

/** A piece to begin with. `end`: UTC ms at which a countdown ends unless it is that of a coupon. */
export function begunPart(
  kind: PartKind,
  id: string,
  { language, end }: { readonly language: Language; readonly end: number },
): OnsitePart {
  const say = samples[language]
  switch (kind) {
    case 'heading':
    case 'text':
    case 'note':
      return { kind, id, text: say[kind] }
    case 'button':
      return { kind, id, label: say.button, url: '/' }
    case 'image':
      return { kind, id, image: '', alt: '' }
    case 'cards':
      return { kind, id, from: { kind: 'recommended' }, limit: 3, label: say.card, why: false }
    case 'coupon':
      return { kind, id, title: say.coupon, label: say.take }
    case 'countdown':
      return { kind, id, label: say.left, to: { kind: 'time', at: end } }
    case 'form':
      return {
        kind,
        id,
        fields: [{ id: 'f1', kind: 'email', label: say.email, options: [], required: true }],
        consents: [],
        label: say.send,
        thanks: say.thanks,
      }
  }
}

/** What a folded piece says of itself. */
export function summaryOf(part: OnsitePart): string {
  switch (part.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return part.text
    case 'image':
      return part.alt
    case 'coupon':
      return part.title
    case 'button':
    case 'countdown':
    case 'cards':
      return part.label
    case 'form':
      return part.fields.map(({ label }) => label).join(', ')
  }
}
