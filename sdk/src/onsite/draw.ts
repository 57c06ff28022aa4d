import type { OnsiteView, PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { cards } from './cards.ts'
import { countdown, coupon } from './coupon.ts'
import { form } from './form.ts'
import { make, picture } from './make.ts'
import { css } from './style.ts'
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
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  dress(root, document)
  const isModal = covers.includes(view.form)
  const scrim = isModal ? make(root, 'div', { is: 'scrim' }) : undefined
  const box = make(root, 'section', {
    is: `box rise ${view.form} ${view.place} ${view.look.scheme}`,
  })
  paint(host, view)
  box.lang = view.language
  box.tabIndex = -1
  box.setAttribute('role', roleOf(view.form))
  box.setAttribute('aria-label', view.name)
  if (isModal) box.setAttribute('aria-modal', 'true')
  const inside = make(box, 'div', { is: 'in' })
  const stops = view.parts.flatMap((part) => drawPart(inside, part, { acts, said }) ?? [])
  foot(box, view, acts)
  if (view.form !== 'inline') {
    const close = make(box, 'button', { text: '✕', is: 'x' })
    close.type = 'button'
    close.setAttribute('aria-label', said.close)
    close.addEventListener('click', () => acts.closed('closed'))
  }
  acts.placed(box, {})
  scrim?.addEventListener('click', () => acts.closed('closed'))
  const before = document.activeElement
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && view.form !== 'inline') acts.closed('closed')
    if (event.key === 'Tab' && isModal) keepInside(event, root, box)
  }
  return {
    host,
    enter: () => {
      if (view.form !== 'inline') document.addEventListener('keydown', onKey, true)
      if (isModal) box.focus({ preventScroll: true })
    },
    leave: () => {
      document.removeEventListener('keydown', onKey, true)
      for (const stop of stops) stop()
      host.remove()
      if (isModal && before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
  }
}

function roleOf(form: OnsiteView['form']): string {
  if (form === 'inline' || form === 'bar') return 'region'
  return form === 'toast' ? 'status' : 'dialog'
}

/** A constructed sheet is nobody's inline style: the strictest policy of a page lets it be. */
function dress(root: ShadowRoot, document: Document): void {
  try {
    const sheet = new (document.defaultView as Window & typeof globalThis).CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    make(root, 'style', { text: css })
  }
}

const fonts = {
  sans: "Pretendard,'Apple SD Gothic Neo','Malgun Gothic',system-ui,sans-serif",
  serif: "'Nanum Myeongjo',AppleMyungjo,Batang,Georgia,serif",
} as const

function paint(host: HTMLElement, { look }: OnsiteView): void {
  const set = (name: string, value: string) => host.style.setProperty(name, value)
  set('--main', look.color)
  set('--on', inkOn(look.color))
  set('--back', look.background)
  set('--font', fonts[look.font])
  set('--r', look.corners === 'round' ? '16px' : '2px')
}

/** Black or white, whichever is easier to read on the colour (WCAG 2.2). */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#111827' : '#ffffff'
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
      const link = part.link === null ? undefined : make(into, 'a')
      if (link && part.link !== null) {
        link.href = part.link
        link.addEventListener('click', () => acts.clicked({ part: part.id }))
      }
      const shown = picture(link ?? into, part.image, part.alt)
      shown.className = 'pic'
      shown.style.objectPosition = `${part.focus.x * 100}% ${part.focus.y * 100}%`
      return undefined
    }
    case 'button': {
      const link = make(into, 'a', { text: part.label, is: 'act' })
      link.href = part.url
      link.addEventListener('click', () => acts.clicked({ part: part.id }))
      return undefined
    }
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
  const isSmall = ['bar', 'toast', 'inline', 'button'].includes(view.form)
  if (isSmall && view.asks === 'nothing') return
  const row = make(box, 'div', { is: 'foot' })
  const no = make(row, 'button', { text: view.refuse, is: 'no' })
  no.type = 'button'
  no.addEventListener('click', () => acts.closed('refused'))
  if (view.rests.length === 0) return
  const rests = make(row, 'div', { is: 'rests' })
  for (const rest of view.rests) {
    const button = make(rests, 'button', { text: restWords[view.language][rest], is: 'rest' })
    button.type = 'button'
    button.addEventListener('click', () => acts.closed(rest))
  }
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
