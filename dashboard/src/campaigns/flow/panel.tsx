import { useWords, words } from '../../app/language.ts'
import { stepAt } from '../flow-edit.ts'
import { useEditing } from './editing.ts'
import note from './flow.module.css'
import { Part, StepPart } from './flow-list.tsx'
import style from './workbench.module.css'

const text = words({
  panel: { ko: '고른 단계', en: 'The chosen step' },
  choose: { ko: '그림에서 단계를 고르면 여기에서 고쳐요.', en: 'Choose a step to change it here.' },
})

/** What of the picture stands open, with the same form as in the list. */
export function Panel() {
  const said = useWords(text)
  const { open, flow } = useEditing()
  const step = typeof open === 'number' ? stepAt(flow, open) : undefined
  return (
    <section aria-label={said.panel} className={style.side}>
      {typeof open === 'string' && <Part place={open} />}
      {step && <StepPart step={step} />}
      {open === undefined && <p className={note.note}>{said.choose}</p>}
    </section>
  )
}
