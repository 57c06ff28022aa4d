import type { PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { link, make, press } from './make.ts'
import type { Words } from './words.ts'

type Coupon = Extract<PartView, { kind: 'coupon' }>

/** The coupon behind a button: pressed for, copied, used. */
export function coupon(
  into: Node,
  part: Coupon,
  with_: { readonly acts: Acts; readonly said: Words },
) {
  const { acts, said } = with_
  const box = make(into, 'div', { is: 'coupon' })
  make(box, 'p', { text: part.title })
  const state = make(box, 'p', { is: 'small' })
  state.setAttribute('role', 'status')
  const issue = async () => {
    button.disabled = true
    const answer = await acts.coupon(part.id)
    button.disabled = false
    if (answer?.kind !== 'issued') {
      state.textContent = answer?.message ?? said.failed
      if (answer) button.remove()
      return
    }
    state.textContent = answer.words
    const code = make(box, 'p', { text: answer.code, is: 'code' })
    code.tabIndex = -1
    button.replaceWith(code)
    const copy = press(box, { text: said.copy, is: 'no' }, () => {
      const done = () => {
        copy.textContent = said.copied
      }
      // Where the page may not write to the clipboard the code is marked, ready to be copied by hand.
      const mark = () => getSelection()?.selectAllChildren(code)
      if (navigator.clipboard) navigator.clipboard.writeText(answer.code).then(done, mark)
      else mark()
    })
    link(box, { to: answer.url ?? part.url, text: said.use, is: 'act' }, () =>
      acts.clicked({ part: part.id }),
    )
    code.focus({ preventScroll: true })
  }
  const button = press(box, { text: part.label, is: 'act' }, () => void issue())
}

type Countdown = Extract<PartView, { kind: 'countdown' }>

/** Counts down to a true end; nobody is read every second. */
export function countdown(
  into: Node,
  part: Countdown,
  { said, now }: { readonly said: Words; readonly now: () => number },
): () => void {
  const line = make(into, 'p', { is: 'count' })
  line.setAttribute('role', 'timer')
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const draw = () => {
    const left = Math.max(0, part.at - now()) / 1_000
    const time = `${two((left / 3600) % 24)}:${two((left / 60) % 60)}:${two(left % 60)}`
    const text = left > 0 ? said.days(Math.floor(left / 86_400)) + time : said.ended
    line.textContent = `${part.label} ${text}`
  }
  draw()
  const timer = setInterval(draw, 1_000)
  return () => clearInterval(timer)
}
