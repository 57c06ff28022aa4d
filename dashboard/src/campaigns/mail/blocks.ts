import type { Block, ColumnBlock } from '../../../../server/src/messages/content.ts'
import type { Language } from '../../app/language.ts'

type Kind = Block['kind']

/** What each block is called, in the order it is offered. */
export const kindNames = {
  heading: { ko: '큰 글씨', en: 'Heading' },
  text: { ko: '글', en: 'Text' },
  button: { ko: '버튼', en: 'Button' },
  image: { ko: '그림', en: 'Picture' },
  products: { ko: '상품', en: 'Products' },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  columns: { ko: '두 칸', en: 'Two columns' },
  divider: { ko: '줄', en: 'Line' },
  space: { ko: '빈 공간', en: 'Space' },
  social: { ko: 'SNS 링크', en: 'Social links' },
  note: { ko: '작은 글씨', en: 'Small print' },
} as const satisfies Record<Kind, Record<Language, string>>

export const kinds = Object.keys(kindNames) as readonly Kind[]

/** Kinds that fit into half a mail. */
export const columnKinds = ['heading', 'text', 'button', 'image', 'note'] as const

const samples = {
  ko: {
    heading: '새로운 소식이에요',
    text: '{{ customer.name | nim }}, 안녕하세요.',
    button: '보러 가기',
    coupon: '첫 구매 쿠폰',
    otherwise: '지금은 드릴 수 있는 쿠폰이 없어요.',
    note: '쿠폰은 한 번만 쓸 수 있어요.',
  },
  en: {
    heading: 'News for you',
    text: "Hello {{ customer.name | default: 'there' }},",
    button: 'Have a look',
    coupon: 'Coupon for your first order',
    otherwise: 'There is no coupon for you right now.',
    note: 'The coupon can be used once.',
  },
} as const

/** Where buttons lead until somebody says otherwise. */
const front = '{{ link.shop }}'

/** A block to begin with. */
export function newBlock(kind: Kind, language: Language): Block {
  const say = samples[language]
  switch (kind) {
    case 'heading':
    case 'text':
    case 'note':
    case 'button':
    case 'image':
      return newColumnBlock(kind, language)
    case 'products':
      return { kind, list: 'cart.items', limit: 4, layout: 'grid' }
    case 'coupon':
      return { kind, title: say.coupon, code: 'WELCOME', until: '', otherwise: say.otherwise }
    case 'divider':
    case 'social':
      return { kind }
    case 'space':
      return { kind, size: 'medium' }
    case 'columns':
      return {
        kind,
        left: [{ kind: 'text', text: say.text }],
        right: [{ kind: 'button', label: say.button, url: front }],
      }
  }
}

export function newColumnBlock(kind: ColumnBlock['kind'], language: Language): ColumnBlock {
  const say = samples[language]
  switch (kind) {
    case 'heading':
      return { kind, text: say.heading }
    case 'text':
      return { kind, text: say.text }
    case 'note':
      return { kind, text: say.note }
    case 'button':
      return { kind, label: say.button, url: front }
    case 'image':
      return { kind, url: 'https://', alt: '' }
  }
}

/** What a folded block says of itself. */
export function summaryOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return block.text
    case 'button':
      return block.label
    case 'image':
      return block.alt || block.url
    case 'coupon':
      return `${block.title} · ${block.code}`
    case 'products':
      return `${block.list} · ${block.limit}`
    case 'columns':
      return [block.left, block.right].map((side) => side.map(summaryOf).join(', ')).join(' | ')
    case 'divider':
    case 'space':
    case 'social':
      return ''
  }
}

/** The list with one item moved to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

// A block has no name of its own; this one lasts as long as the page, through edits and undoing.
const names = new WeakMap<object, string>()
let named = 0

export function nameOf(block: Block): string {
  const known = names.get(block) ?? `block-${++named}`
  names.set(block, known)
  return known
}

/** The edited block stays the one it was. */
export function asBefore<B extends Block>(before: Block, after: B): B {
  names.set(after, nameOf(before))
  return after
}
