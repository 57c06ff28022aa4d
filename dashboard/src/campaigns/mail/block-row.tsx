import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopy,
  IconGripVertical,
  IconTrash,
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Block } from '../../../../server/src/messages/content.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { MoreMenu } from '../../design/more-menu.tsx'
import { BlockFields } from './block-fields.tsx'
import { kindNames, nameOf, summaryOf } from './blocks.ts'
import own from './mail.module.css'

const text = words({
  move: { ko: (what: string) => `${what} 옮기기`, en: (what: string) => `Move: ${what}` },
  more: { ko: (what: string) => `${what} 더 보기`, en: (what: string) => `More: ${what}` },
  up: { ko: '위로', en: 'Up' },
  down: { ko: '아래로', en: 'Down' },
  copy: { ko: '똑같이 하나 더', en: 'Duplicate' },
  remove: { ko: '지우기', en: 'Remove' },
})

type Props = {
  readonly block: Block
  readonly at: number
  readonly count: number
  readonly isOpen: boolean
  readonly isFull: boolean
  /** It was moved by keys and keeps the focus. */
  readonly isHeld: boolean
  readonly toggle: () => void
  readonly put: (block: Block) => void
  readonly move: (to: number) => void
  readonly copy: () => void
  readonly remove: () => void
}

/** One block: a handle, what it says, what can be done with it, and its fields while it is open. */
export function BlockRow(props: Props) {
  const { block, isOpen, toggle } = props
  const said = useWords(text)
  const language = useLanguage()
  const name = kindNames[block.kind][language]
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, ...drag } = useSortable({
    id: nameOf(block),
  })
  const hasFields = block.kind !== 'divider'
  const handle = useRef<HTMLButtonElement>(null)
  // Moved in the page, an element loses the focus; the next key shall move it on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what changes
  useEffect(() => {
    if (props.isHeld) handle.current?.focus()
  }, [props.at, props.isHeld])
  return (
    <li
      ref={setNodeRef}
      className={`${own.row} ${drag.isDragging ? own.lifted : ''}`}
      style={{ transform: CSS.Translate.toString(drag.transform), transition: drag.transition }}
    >
      <div className={own.head}>
        <button
          type="button"
          ref={(node) => {
            handle.current = node
            setActivatorNodeRef(node)
          }}
          className={own.handle}
          {...attributes}
          {...listeners}
          onKeyDown={(event) => {
            const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
            if (by === undefined) return
            event.preventDefault()
            props.move(props.at + by)
          }}
          aria-label={said.move(name)}
        >
          <IconGripVertical size={16} />
        </button>
        <UnstyledButton
          className={own.summary}
          aria-expanded={hasFields ? isOpen : undefined}
          disabled={!hasFields}
          onClick={toggle}
        >
          <span className={own.kind}>{name}</span>
          {!isOpen && <span className={own.says}>{summaryOf(block)}</span>}
          {hasFields && (
            <IconChevronDown size={16} className={isOpen ? own.turned : ''} aria-hidden />
          )}
        </UnstyledButton>
        <RowMenu {...props} label={said.more(name)} />
      </div>
      {isOpen && hasFields && (
        <div className={own.fields}>
          <BlockFields block={block} put={props.put} />
        </div>
      )}
    </li>
  )
}

function RowMenu(props: Props & { readonly label: string }) {
  const { at, count, label, move, copy, remove, isFull } = props
  const said = useWords(text)
  return (
    <MoreMenu label={label}>
      <Menu.Item
        leftSection={<IconArrowUp size={14} />}
        disabled={at === 0}
        onClick={() => move(at - 1)}
      >
        {said.up}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowDown size={14} />}
        disabled={at === count - 1}
        onClick={() => move(at + 1)}
      >
        {said.down}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={14} />} disabled={isFull} onClick={copy}>
        {said.copy}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTrash size={14} />}
        color="red"
        disabled={count === 1}
        onClick={remove}
      >
        {said.remove}
      </Menu.Item>
    </MoreMenu>
  )
}
