import { Popover } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { useWords, words } from '../../app/language.ts'
import { listPopover } from '../../design/list-popover.ts'
import { ChoiceList } from '../../segments/choice-list.tsx'
import type { Spot } from '../flow-edit.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { kindNames, kindSays } from './step-words.ts'

const text = words({
  add: { ko: '여기에 단계 더하기', en: 'Add a step here' },
  first: { ko: '단계 더하기', en: 'Add a step' },
  pick: { ko: '단계 고르기', en: 'Pick a step' },
  search: { ko: '무엇을 할까요? 예: 메시지, 기다리기', en: 'What next? Message, wait …' },
  reach: { ko: '고객에게', en: 'To the customer' },
  time: { ko: '시간', en: 'Time' },
  way: { ko: '길', en: 'Ways' },
  inside: { ko: '뒤에서', en: 'Behind the scenes' },
})

const groups = [
  ['reach', ['message', 'coupon']],
  ['time', ['wait', 'wait_until', 'wait_for']],
  ['way', ['split', 'branch', 'goto', 'exit']],
  ['inside', ['set_trait', 'list', 'webhook']],
] as const satisfies readonly (readonly [string, readonly Step['kind'][]])[]

type Props = {
  readonly spot: Spot
  /** With its words beside the plus. */
  readonly named?: boolean
}

/** The plus between two steps: every kind by what it does, found by typing. */
export function AddStep({ spot, named = false }: Props) {
  const said = useWords(text)
  const names = useWords(kindNames)
  const says = useWords(kindSays)
  const { add, readOnly } = useEditing()
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const choices = useMemo(
    () =>
      groups.flatMap(([group, kinds]) =>
        kinds.map((kind) => ({
          value: kind,
          label: names[kind],
          says: says[kind],
          group: said[group],
          words: kind,
        })),
      ),
    [names, says, said],
  )
  if (readOnly) return null
  return (
    <Popover opened={opened} onChange={setOpened} {...listPopover}>
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={named ? style.addNamed : style.add}
          aria-label={named ? undefined : said.add}
          aria-haspopup="listbox"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconPlus size={14} aria-hidden />
          {named && said.first}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={style.dropdown}>
        <ChoiceList
          label={said.pick}
          choices={choices}
          placeholder={said.search}
          autoFocus
          onLeave={() => {
            setOpened(false)
            button.current?.focus({ preventScroll: true })
          }}
          onPick={(kind) => {
            setOpened(false)
            add(kind as Step['kind'], spot)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
