import { Button, SegmentedControl } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Block, ColumnBlock } from '../../../../server/src/messages/content.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceMenu } from '../../design/choice-menu.tsx'
import { asBefore, columnKinds, kindNames, nameOf, newColumnBlock } from './blocks.ts'
import own from './mail.module.css'
import { SimpleFields } from './simple-fields.tsx'

const text = words({
  side: { ko: '어느 칸', en: 'Which column' },
  left: { ko: '왼쪽 칸', en: 'Left' },
  right: { ko: '오른쪽 칸', en: 'Right' },
  add: { ko: '이 칸에 넣기', en: 'Add to this column' },
  remove: { ko: '빼기', en: 'Remove' },
})

type Columns = Extract<Block, { readonly kind: 'columns' }>

/** Two columns, one of them open at a time. On a phone the right one stands below. */
export function ColumnFields({
  block,
  put,
}: {
  readonly block: Columns
  readonly put: (block: Columns) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const [side, setSide] = useState<'left' | 'right'>('left')
  const inside = block[side]
  const fill = (next: ColumnBlock[]) => put({ ...block, [side]: next })
  return (
    <>
      <SegmentedControl
        aria-label={said.side}
        data={(['left', 'right'] as const).map((value) => ({ value, label: said[value] }))}
        value={side}
        onChange={(value) => setSide(value === 'right' ? 'right' : 'left')}
      />
      {inside.map((one, at) => (
        <div key={nameOf(one)} className={own.inner}>
          <SimpleFields
            block={one}
            put={(next) =>
              fill(inside.map((old, place) => (place === at ? asBefore(one, next) : old)))
            }
          />
          {inside.length > 1 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconTrash size={13} />}
              onClick={() => fill(inside.filter((_, place) => place !== at))}
            >
              {said.remove}
            </Button>
          )}
        </div>
      ))}
      {inside.length < 8 && (
        <ChoiceMenu
          label={said.add}
          icon={<IconPlus size={14} />}
          size="compact-sm"
          choices={columnKinds}
          nameOf={(kind) => kindNames[kind][language]}
          choose={(kind) => fill([...inside, newColumnBlock(kind, language)])}
        />
      )}
    </>
  )
}
