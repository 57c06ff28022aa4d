import type { CardView, PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { make, picture } from './make.ts'
import type { Words } from './words.ts'

type Cards = Extract<PartView, { kind: 'cards' }>

/** Cards side by side, one in sight at a time; dragged, scrolled or stepped through. */
export function cards(
  into: Node,
  part: Cards,
  with_: { readonly acts: Acts; readonly said: Words },
) {
  const { acts, said } = with_
  const list = make(into, 'ul', { is: 'cards' })
  const items = part.cards.map((card, at) => one(list, { card, at, label: part.label, acts }))
  if (items.length < 2) return
  const nav = make(into, 'div', { is: 'nav' })
  const step = (text: string, name: string, by: number) => {
    const button = make(nav, 'button', { text })
    button.type = 'button'
    button.setAttribute('aria-label', name)
    button.addEventListener('click', () => {
      const to = (place() + by + items.length) % items.length
      list.scrollTo({ left: to * (list.scrollWidth / items.length) })
    })
  }
  const place = () => Math.round((list.scrollLeft / Math.max(1, list.scrollWidth)) * items.length)
  step('‹', said.before, -1)
  const shown = make(nav, 'span', { text: `1 / ${items.length}` })
  shown.setAttribute('aria-live', 'polite')
  step('›', said.after, 1)
  list.addEventListener('scroll', () => {
    shown.textContent = `${place() + 1} / ${items.length}`
  })
}

function one(
  list: Node,
  {
    card,
    at,
    label,
    acts,
  }: {
    readonly card: CardView
    readonly at: number
    readonly label: string
    readonly acts: Acts
  },
) {
  const item = make(list, 'li')
  const link = make(item, 'a', { is: 'card' })
  link.href = card.url
  if (card.image) picture(link, card.image, card.alt)
  make(link, 'b', { text: card.title })
  if (card.text) make(link, 'span', { text: card.text, is: 'small' })
  if (card.price) {
    const price = make(link, 'span', { text: card.price, is: 'price' })
    if (card.was) make(price, 'span', { text: card.was, is: 'was' })
  }
  if (card.rating) make(link, 'span', { text: `★ ${card.rating}`, is: 'small' })
  if (card.why) make(link, 'span', { text: card.why, is: 'small' })
  if (label) make(link, 'span', { text: label, is: 'go' })
  link.addEventListener('click', () => acts.clicked({ card: card.key, position: at + 1 }))
  acts.placed(item, { card: card.key, position: at + 1 })
  return item
}
