import { Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowsSplit2,
  IconArrowUp,
  IconCopy,
  IconTrash,
} from '@tabler/icons-react'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { useWords, words } from '../../app/language.ts'
import { MoreMenu } from '../../design/more-menu.tsx'
import { duplicated, nextId, shifted, splitInTwo } from '../flow-edit.ts'
import { goTo, useEditing } from './editing.ts'
import { kindNames } from './step-words.ts'

const text = words({
  more: { ko: (what: string) => `${what} 다루기`, en: (what: string) => `More: ${what}` },
  up: { ko: '위로 옮기기', en: 'Move up' },
  down: { ko: '아래로 옮기기', en: 'Move down' },
  copy: { ko: '똑같이 하나 더', en: 'Duplicate' },
  split: { ko: 'A/B로 나눠 비교하기', en: 'Compare two of it (A/B)' },
  remove: { ko: '지우기', en: 'Remove' },
})

/** What else can be done with a step. */
export function StepTools({ step }: { readonly step: Step }) {
  const said = useWords(text)
  const names = useWords(kindNames)
  const { flow, change, select, remove, readOnly } = useEditing()
  if (readOnly) return null
  const move = (by: -1 | 1) => {
    change(shifted(flow, step.id, by))
    goTo(step.id)
  }
  return (
    <MoreMenu label={said.more(names[step.kind])}>
      <Menu.Item leftSection={<IconArrowUp size={14} />} onClick={() => move(-1)}>
        {said.up}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowDown size={14} />} onClick={() => move(1)}>
        {said.down}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={14} />}
        onClick={() => change(duplicated(flow, step.id))}
      >
        {said.copy}
      </Menu.Item>
      {step.kind === 'message' && (
        <Menu.Item
          leftSection={<IconArrowsSplit2 size={14} />}
          onClick={() => {
            // The copy's id follows the split's own.
            const copy = nextId(flow) + 1
            change(splitInTwo(flow, step.id))
            select(copy)
            goTo(copy)
          }}
        >
          {said.split}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconTrash size={14} />} color="red" onClick={() => remove(step.id)}>
        {said.remove}
      </Menu.Item>
    </MoreMenu>
  )
}
