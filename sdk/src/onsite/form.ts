import type { FieldView, PartView } from '../../../server/src/messages/onsite/view.ts'
import type { Acts } from './acts.ts'
import { make } from './make.ts'
import type { Words } from './words.ts'

type Form = Extract<PartView, { kind: 'form' }>
type Value = () => string | readonly string[]

/** Asks for what the message wants to know; boxes are never ticked beforehand. */
export function form(into: Node, part: Form, with_: { readonly acts: Acts; readonly said: Words }) {
  const { acts, said } = with_
  const element = make(into, 'form')
  const values = new Map<string, Value>()
  for (const field of part.fields) values.set(field.id, asked(element, field, said))
  const boxes = part.boxes.map((box) => {
    const ticked = tick(element, box.label, { type: 'checkbox', value: box.id })
    const more = make(element, 'details')
    make(more, 'summary', { text: said.terms })
    make(more, 'p', { text: box.wording })
    return ticked
  })
  const bad = make(element, 'p', { is: 'bad' })
  bad.setAttribute('role', 'alert')
  const button = make(element, 'button', { text: part.label, is: 'act' })
  element.addEventListener('submit', (event) => event.preventDefault())
  // Heard as a click, which Enter makes too: a page that keeps clicks on its blocks from doing anything keeps it from none of ours.
  button.addEventListener('click', (event) => {
    event.preventDefault()
    if (button.disabled || !element.reportValidity()) return
    button.disabled = true
    const given = Object.fromEntries([...values].map(([id, value]) => [id, value()]))
    const agreed = boxes.filter((box) => box.checked).map((box) => box.value)
    void acts.submit(part.id, given, agreed).then((answer) => {
      button.disabled = false
      if (answer?.kind !== 'taken') {
        bad.textContent = answer?.message ?? said.failed
        return
      }
      const thanks = make(into, 'p', { text: part.thanks })
      thanks.setAttribute('role', 'status')
      element.replaceWith(thanks)
    })
  })
}

function asked(into: Node, field: FieldView, said: Words): Value {
  const { id, kind, label, options, required } = field
  if (kind === 'choices' || (kind === 'choice' && options.length <= 5)) {
    const group = make(into, 'fieldset')
    make(group, 'legend', { text: label })
    const type = kind === 'choices' ? 'checkbox' : 'radio'
    const all = options.map((option) => {
      const input = tick(group, option, { type, value: option })
      input.name = id
      if (kind === 'choice') input.required = required
      return input
    })
    const chosen = () => all.filter((one) => one.checked).map((one) => one.value)
    return kind === 'choices' ? chosen : () => chosen()[0] ?? ''
  }
  const row = make(into, 'label', { text: label })
  if (kind === 'choice') {
    const select = make(row, 'select')
    select.required = required
    make(select, 'option', { text: said.choose }).value = ''
    for (const option of options) make(select, 'option', { text: option })
    return () => select.value
  }
  const input = make(row, 'input')
  input.type = kind === 'phone' ? 'tel' : kind
  input.autocomplete = kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'off'
  input.maxLength = 300
  input.required = required
  return () => input.value
}

function tick(
  into: Node,
  label: string,
  { type, value }: { readonly type: 'checkbox' | 'radio'; readonly value: string },
) {
  const row = make(into, 'label', { is: 'tick' })
  const input = make(row, 'input')
  input.type = type
  input.value = value
  make(row, 'span', { text: label })
  return input
}
