import type { CardView, PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { link, make, picture, press } from './make.ts'
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
  const last = items.length - 1
  const end = () => Math.max(1, list.scrollWidth - list.clientWidth)
  // From the last on to the first and back; where several stand side by side the end comes sooner.
  const go = (by: number) => {
    const wide = list.scrollWidth / items.length
    const to = list.scrollLeft + by * wide
    list.scrollLeft = to > end() + wide / 2 ? 0 : to < -wide / 2 ? end() : to
  }
  press(nav, { text: '‹', name: said.before }, () => go(-1))
  const shown = make(nav, 'span', { text: `1 / ${items.length}` })
  shown.setAttribute('aria-live', 'polite')
  press(nav, { text: '›', name: said.after }, () => go(1))
  list.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowRight') go(1)
    if (key === 'ArrowLeft') go(-1)
  })
  list.addEventListener('scroll', () => {
    shown.textContent = `${Math.round((list.scrollLeft / end()) * last) + 1} / ${items.length}`
  })
  // Where all of them fit there is nothing to step through.
  new ResizeObserver(() => {
    nav.hidden = list.scrollWidth <= list.clientWidth + 1
  }).observe(list)
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
  const spot = { card: card.key, position: at + 1 }
  const linked = link(item, { to: card.url, is: 'card' }, () => acts.clicked(spot))
  const face = linked ?? make(item, 'div', { is: 'card' })
  picture(face, card.image, card.alt)
  make(face, 'b', { text: card.title })
  if (card.text) make(face, 'span', { text: card.text, is: 'small' })
  if (card.price) {
    const price = make(face, 'span', { text: card.price, is: 'price' })
    if (card.was) make(price, 's', { text: card.was, is: 'was' })
  }
  if (card.rating) make(face, 'span', { text: `★ ${card.rating}`, is: 'small' })
  if (card.why) make(face, 'span', { text: card.why, is: 'small' })
  if (label && linked) make(face, 'span', { text: label, is: 'go' })
  acts.placed(item, spot)
  return item
}
