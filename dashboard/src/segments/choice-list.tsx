import { IconCheck, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useWords, words } from '../app/language.ts'
import style from './blank.module.css'
import { type Choice, found } from './find.ts'

const text = words({
  none: {
    ko: '맞는 것이 없어요. 다른 말로 찾아보세요.',
    en: 'Nothing fits. Try other words.',
  },
  search: { ko: '찾기', en: 'Find' },
  several: {
    ko: '여러 개 고를 수 있어요. 다 골랐으면 Esc를 누르세요.',
    en: 'Pick as many as you like; press Esc when done.',
  },
})

/** Most choices drawn at once; typing finds the rest. */
const shownLimit = 120

type Props = {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly selected?: readonly string[]
  readonly onPick: (value: string) => void
  /** Choices made of what was typed. */
  readonly typed?: ((text: string) => readonly Choice[]) | undefined
  readonly placeholder?: string | undefined
  readonly several?: boolean
  /** Esc and Tab leave the list. */
  readonly onLeave?: (how: 'escape' | 'tab') => void
  readonly autoFocus?: boolean
  readonly tall?: boolean
  readonly busy?: boolean
}

/** A list that is searched by typing and walked by arrow keys: a combobox whose list is always open. */
export function ChoiceList(props: Props) {
  const { label, choices, selected = [], onPick, typed, several = false, autoFocus = false } = props
  const said = useWords(text)
  const id = useId()
  const [asked, setAsked] = useState('')
  const searchable = typed !== undefined || choices.length > 7
  const shown = useMemo(() => {
    const fits = found(choices, asked)
    const made = asked.trim() === '' ? [] : (typed?.(asked.trim()) ?? [])
    const fresh = made.filter((one) => !fits.some(({ value }) => value === one.value))
    return [...fresh, ...fits].slice(0, shownLimit)
  }, [choices, asked, typed])
  const start = Math.max(0, asked ? 0 : shown.findIndex(({ value }) => selected.includes(value)))
  const [moved, setMoved] = useState<number>()
  const active = Math.min(moved ?? start, shown.length - 1)
  const list = useRef<HTMLDivElement>(null)
  const focused = useRef<HTMLInputElement & HTMLDivElement>(null)
  useEffect(() => {
    if (autoFocus) focused.current?.focus({ preventScroll: true })
  }, [autoFocus])
  useEffect(() => {
    const option = list.current?.querySelector<HTMLElement>(`[data-at="${active}"]`)
    if (!option || !list.current) return
    const { offsetTop, offsetHeight } = option
    const { scrollTop, clientHeight } = list.current
    if (offsetTop < scrollTop + 28) list.current.scrollTop = Math.max(0, offsetTop - 36)
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = offsetTop + offsetHeight - clientHeight
  }, [active])
  const move = (to: number) => setMoved(Math.max(0, Math.min(shown.length - 1, to)))
  const keys = (event: KeyboardEvent) => {
    // Enter that ends the composition of a Korean syllable picks nothing.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(active + step)
    } else if (event.key === 'Enter' || (event.key === ' ' && !searchable)) {
      event.preventDefault()
      const one = shown[active]
      if (one) onPick(one.value)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      props.onLeave?.('escape')
    } else if (event.key === 'Tab') props.onLeave?.('tab')
  }
  const aria = {
    'aria-controls': `${id}-list`,
    'aria-activedescendant': shown[active] ? `${id}-${active}` : undefined,
  }
  return (
    <div className={style.choices}>
      {searchable && (
        <div className={style.search}>
          <IconSearch size={16} aria-hidden />
          <input
            ref={focused}
            role="combobox"
            type="text"
            autoComplete="off"
            aria-label={label}
            aria-expanded="true"
            aria-autocomplete="list"
            {...aria}
            placeholder={props.placeholder ?? said.search}
            value={asked}
            onChange={(event) => {
              setAsked(event.currentTarget.value)
              setMoved(undefined)
            }}
            onKeyDown={keys}
          />
        </div>
      )}
      <div
        ref={(element) => {
          list.current = element
          if (!searchable) focused.current = element as never
        }}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={several || undefined}
        className={`${style.list} ${props.tall ? style.tall : ''}`}
        {...(searchable
          ? { tabIndex: -1 }
          : {
              tabIndex: 0,
              onKeyDown: keys,
              'aria-activedescendant': aria['aria-activedescendant'],
            })}
      >
        {shown.map((one, index) => (
          <Option
            key={one.value}
            id={`${id}-${index}`}
            index={index}
            choice={one}
            heading={one.group !== shown[index - 1]?.group ? one.group : undefined}
            active={index === active}
            chosen={selected.includes(one.value)}
            pick={() => onPick(one.value)}
            point={() => setMoved(index)}
          />
        ))}
      </div>
      {shown.length === 0 && !props.busy && <p className={style.nothing}>{said.none}</p>}
      {several && <p className={style.foot}>{said.several}</p>}
    </div>
  )
}

type OptionProps = {
  readonly id: string
  readonly index: number
  readonly choice: Choice
  readonly heading: string | undefined
  readonly active: boolean
  readonly chosen: boolean
  readonly pick: () => void
  readonly point: () => void
}

function Option({ id, index, choice, heading, active, chosen, pick, point }: OptionProps) {
  return (
    <>
      {heading && (
        <div className={style.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list's own keys pick the active option */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option */}
      <div
        id={id}
        role="option"
        aria-selected={chosen}
        data-at={index}
        className={`${style.option} ${active ? style.active : ''}`}
        onPointerMove={active ? undefined : point}
        onClick={pick}
      >
        <span className={style.optionLabel}>
          {choice.label}
          {choice.says && <span className={style.optionSays}>{choice.says}</span>}
        </span>
        {choice.note && <span className={style.optionNote}>{choice.note}</span>}
        <span className={style.tick}>{chosen && <IconCheck size={16} aria-hidden />}</span>
      </div>
    </>
  )
}
