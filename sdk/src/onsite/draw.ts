import { fontStack, inkOn, luminance } from '../../../server/src/messages/look.ts'
import type { OnsiteView, PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { cards } from './cards.ts'
import { countdown, coupon } from './coupon.ts'
import { form } from './form.ts'
import { link, make, picture, press } from './make.ts'
import { css, hostCss } from './style.ts'
import { restWords, words } from './words.ts'

export type Drawn = {
  /** To be put into the page. */
  readonly host: HTMLElement
  /** After it stands in the page: popups take the focus. */
  readonly enter: () => void
  readonly leave: () => void
}

const covers: readonly OnsiteView['form'][] = ['modal', 'sheet', 'full']

/** Draws a message into a shadow root of its own: the page's styles do not reach in, and nothing of it reaches out. */
export function draw(document: Document, view: OnsiteView, acts: Acts): Drawn {
  const said = words[view.language]
  const { form } = view
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  dress(root, document, hostCss[form === 'inline' ? 'inline' : 'fixed'] + css)
  const all = make(root, 'div', { is: 'all' })
  paint(all, view)
  const isModal = covers.includes(form)
  const close = () => acts.closed('closed')
  const scrim = isModal ? make(all, 'div', { is: 'scrim' }) : undefined
  scrim?.addEventListener('click', close)
  // The page beneath stands still while it is covered.
  scrim?.addEventListener('wheel', (event) => event.preventDefault(), { passive: false })
  scrim?.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false })
  const box = make(all, 'section', { is: `box rise ${form} ${view.place}` })
  box.lang = view.language
  box.tabIndex = -1
  box.setAttribute('role', roleOf(form))
  box.setAttribute('aria-label', view.name)
  if (isModal) box.setAttribute('aria-modal', 'true')
  const inside = make(box, 'div', { is: 'in' })
  const stops = view.parts.flatMap((part) => drawPart(inside, part, { acts, said }) ?? [])
  foot(box, view, acts)
  const pill = form === 'button' ? pillOf(all, box, view) : undefined
  const shut = pill?.shut ?? close
  if (form !== 'inline') press(box, { text: '✕', is: 'x', name: said.close }, shut)
  acts.placed(pill?.button ?? box, {})
  const before = document.activeElement
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && isModal) keepInside(event, root, box)
    if (event.key !== 'Escape' || box.hidden) return
    if (isModal) event.stopPropagation()
    shut()
  }
  return {
    host,
    enter: () => {
      if (form !== 'inline') document.addEventListener('keydown', onKey, true)
      if (isModal) box.focus({ preventScroll: true })
    },
    leave: () => {
      const wasInside = isModal || root.activeElement !== null
      document.removeEventListener('keydown', onKey, true)
      for (const stop of stops) stop()
      host.remove()
      if (wasInside && before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
  }
}

/** A button that floats and opens into the card, which shuts into it again. */
function pillOf(all: Node, box: HTMLElement, { name, place, language }: OnsiteView) {
  box.hidden = true
  const open = (isOpen: boolean) => {
    box.hidden = !isOpen
    button.hidden = isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    ;(isOpen ? box : button).focus({ preventScroll: true })
  }
  const button = press(all, { text: '', is: `pill rise ${place}` }, () => open(true))
  button.lang = language
  button.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-haspopup', 'dialog')
  make(button, 'span', { text: name })
  return { button, shut: () => open(false) }
}

function roleOf(form: OnsiteView['form']): string {
  if (form === 'inline' || form === 'bar') return 'region'
  return form === 'toast' ? 'status' : 'dialog'
}

/** A constructed sheet is nobody's inline style: the strictest policy of a page lets it be. */
function dress(root: ShadowRoot, document: Document, text: string): void {
  try {
    const sheet = new (document.defaultView as Window & typeof globalThis).CSSStyleSheet()
    sheet.replaceSync(text)
    root.adoptedStyleSheets = [sheet]
  } catch {
    make(root, 'style', { text })
  }
}

const isColor = /^#[0-9a-f]{6}$/i

/** The shop's brand. Whether ink is black or white follows from what it stands on, not from what was said of it. */
function paint(all: HTMLElement, { look }: OnsiteView): void {
  const set = (name: string, value: string) => all.style.setProperty(name, value)
  const back = isColor.test(look.background) ? look.background : '#ffffff'
  const main = isColor.test(look.color) ? look.color : '#111827'
  if (luminance(back) < 0.179) all.className += ' dark'
  set('--main', main)
  set('--on', inkOn(main))
  set('--back', back)
  set('--font', fontStack[look.font])
  set('--r', look.corners === 'round' ? '16px' : '2px')
}

type With = { readonly acts: Acts; readonly said: (typeof words)['ko' | 'en'] }

function drawPart(into: Node, part: PartView, by: With): (() => void) | undefined {
  const { acts, said } = by
  switch (part.kind) {
    case 'heading':
      make(into, 'h2', { text: part.text })
      return undefined
    case 'text':
      make(into, 'p', { text: part.text })
      return undefined
    case 'note':
      make(into, 'p', { text: part.text, is: 'note' })
      return undefined
    case 'image': {
      const linked = link(into, { to: part.link }, () => acts.clicked({ part: part.id }))
      const shown = picture(linked ?? into, part.image, part.alt)
      if (!shown) return undefined
      shown.className = 'pic'
      shown.style.objectPosition = `${part.focus.x * 100}% ${part.focus.y * 100}%`
      return undefined
    }
    case 'button':
      link(into, { to: part.url, text: part.label, is: 'act' }, () =>
        acts.clicked({ part: part.id }),
      )
      return undefined
    case 'coupon':
      coupon(into, part, by)
      return undefined
    case 'countdown':
      return countdown(into, part, { said, now: acts.now })
    case 'cards':
      cards(into, part, by)
      return undefined
    case 'form':
      form(into, part, by)
      return undefined
  }
}

/** To refuse is as large as to accept; silences stand beneath. */
function foot(box: Node, view: OnsiteView, acts: Acts): void {
  const isSmall = ['bar', 'toast', 'inline'].includes(view.form)
  if (isSmall && view.asks === 'nothing') return
  const row = make(box, 'div', { is: 'foot' })
  press(row, { text: view.refuse, is: 'no' }, () => acts.closed('refused'))
  if (view.rests.length === 0) return
  const rests = make(row, 'div', { is: 'rests' })
  for (const rest of view.rests)
    press(rests, { text: restWords[view.language][rest], is: 'rest' }, () => acts.closed(rest))
}

function keepInside(event: KeyboardEvent, root: ShadowRoot, box: HTMLElement): void {
  const all = [...box.querySelectorAll<HTMLElement>('a[href],button,input,select,summary')].filter(
    (one) => !one.hasAttribute('disabled'),
  )
  const [first] = all
  const last = all[all.length - 1]
  const at = root.activeElement
  const isOut = at === null || at === box || (event.shiftKey ? at === first : at === last)
  if (!isOut) return
  event.preventDefault()
  ;(event.shiftKey ? last : first)?.focus()
}
