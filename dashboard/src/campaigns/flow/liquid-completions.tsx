import { Paper, Portal } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { found } from '../../segments/find.ts'
import { propertyNoun } from '../../segments/property-names.ts'
import { type Completion, completed, completionAt, valuesOfFlow } from '../liquid-offers.ts'
import { MoreValues, type Value, values } from '../value-menu.tsx'
import { useEditing } from './editing.ts'
import style from './liquid-completions.module.css'
import { usePaths } from './path-blank.tsx'

const text = words({ offers: { ko: '넣을 값', en: 'Values to insert' } })

/** Most values shown at once; typing finds the rest. */
const shownLimit = 8

type Field = HTMLInputElement | HTMLTextAreaElement
type Asked = { readonly field: Field; readonly at: Completion; readonly active: number }

/** Whatever text is written inside: `{{` opens the values a message may hold, `|` the filters. */
export function LiquidCompletions({ children }: { readonly children: ReactNode }) {
  const language = useLanguage()
  const said = useWords(text)
  const id = useId()
  const { flow } = useEditing()
  const properties = usePaths('trigger')
  const [asked, setAsked] = useState<Asked>()
  const more = useMemo(
    () =>
      valuesOfFlow(
        flow,
        properties.map(({ path }) => ({
          path,
          ko: propertyNoun(path, 'ko'),
          en: propertyNoun(path, 'en'),
        })),
      ),
    [flow, properties],
  )
  const shown = asked ? fitting(asked.at, language).slice(0, shownLimit) : []
  const look = (field: Field) => {
    const cursor = field.selectionStart ?? 0
    const at = completionAt(field.value.slice(0, cursor), [...values, ...more])
    setAsked(at && { field, at, active: 0 })
  }
  const pick = (value: Value) => {
    if (!asked) return
    const { field, at } = asked
    const next = completed(field.value, field.selectionStart ?? 0, { pick: value, at })
    write(field, next)
    setAsked(undefined)
  }
  const keys = (event: KeyboardEvent) => {
    if (!asked || shown.length === 0 || event.nativeEvent.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      const active = (asked.active + by + shown.length) % shown.length
      setAsked({ ...asked, active })
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      const value = shown[asked.active]
      if (value) pick(value)
    } else if (event.key === 'Escape') setAsked(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const box = asked?.field.getBoundingClientRect()
  return (
    <MoreValues value={more}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the fields inside are what is typed in */}
      <div
        onInput={(event) => isField(event.target) && look(event.target)}
        onKeyDownCapture={keys}
        onBlur={() => setAsked(undefined)}
      >
        {children}
      </div>
      {box && shown.length > 0 && (
        <Portal>
          <Paper
            className={style.offers ?? ''}
            style={{ left: Math.min(box.left, window.innerWidth - 300), top: box.bottom + 4 }}
          >
            <div role="listbox" aria-label={said.offers} aria-live="polite">
              {shown.map((value, at) => (
                // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field
                <div
                  key={value.token}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={at === asked?.active}
                  className={style.offer}
                  onPointerDown={(event) => {
                    event.preventDefault()
                    pick(value)
                  }}
                >
                  <span>{value[language]}</span>
                  <code>{value.token}</code>
                </div>
              ))}
            </div>
          </Paper>
        </Portal>
      )}
    </MoreValues>
  )
}

function fitting({ offers, typed }: Completion, language: 'ko' | 'en'): readonly Value[] {
  const choices = offers.map((one) => ({
    value: one.token,
    label: one[language],
    words: one.token,
  }))
  const fits = new Set(found(choices, typed).map(({ value }) => value))
  return offers.filter(({ token }) => fits.has(token))
}

function isField(target: EventTarget): target is Field {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === 'text' && target.role !== 'combobox')
  )
}

/** Types into a field that React owns, as a hand would. */
function write(field: Field, next: { readonly text: string; readonly cursor: number }): void {
  const owner =
    field instanceof HTMLTextAreaElement
      ? HTMLTextAreaElement.prototype
      : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(owner, 'value')?.set?.call(field, next.text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  // React puts the value in again; the cursor follows it.
  setTimeout(() => field.setSelectionRange(next.cursor, next.cursor))
}
