import {
  type Announcements,
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { Block } from '../../../../server/src/messages/content.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceMenu } from '../../design/choice-menu.tsx'
import { BlockRow } from './block-row.tsx'
import { asBefore, kindNames, kinds, moved, nameOf, newBlock } from './blocks.ts'
import own from './mail.module.css'

const text = words({
  title: { ko: '본문', en: 'Body' },
  add: { ko: '블록 추가하기', en: 'Add a block' },
  undo: { ko: '되돌리기 (Ctrl+Z)', en: 'Undo (Ctrl+Z)' },
  redo: { ko: '다시 하기 (Ctrl+Shift+Z)', en: 'Redo (Ctrl+Shift+Z)' },
  how: {
    ko: '위아래 화살표로 옮겨요. 잘못 옮겼으면 Ctrl+Z로 되돌려요.',
    en: 'The arrow keys move it up and down; Ctrl+Z takes it back.',
  },
  lifted: { ko: '블록을 들었어요.', en: 'The block is picked up.' },
  at: { ko: (n: number) => `${n}번째 자리예요.`, en: (n: number) => `It is at place ${n}.` },
  dropped: { ko: '블록을 내려놓았어요.', en: 'The block is dropped.' },
  cancelled: { ko: '제자리에 두었어요.', en: 'It stays where it was.' },
})

/** Blocks in a mail at most (content.ts). */
const blocksLimit = 50

type Props = {
  readonly blocks: readonly Block[]
  /** Changes of one block by typing are one step of undoing. */
  readonly change: (blocks: Block[], by: string) => void
  readonly history: {
    readonly undo: () => void
    readonly redo: () => void
    readonly canUndo: boolean
    readonly canRedo: boolean
  }
}

/** The body block by block: open one to write in it, drag it or move it by keys, copy it, take it out, undo. */
export function BlockList({ blocks, change, history }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [open, setOpen] = useState<string | undefined>(() => blocks[0] && nameOf(blocks[0]))
  const names = blocks.map(nameOf)
  /** What was moved by keys last: it keeps the focus, and its place is said aloud. */
  const [held, setHeld] = useState<{ readonly name: string; readonly at: number }>()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  const place = (id: unknown) => names.indexOf(String(id))
  const announcements: Announcements = {
    onDragStart: () => said.lifted,
    onDragOver: ({ over }) => (over ? said.at(place(over.id) + 1) : undefined),
    onDragEnd: () => said.dropped,
    onDragCancel: () => said.cancelled,
  }
  return (
    <section aria-label={said.title} onKeyDown={(event) => undoByKeys(event, history)}>
      <div className={own.tools}>
        <span className={own.title}>{said.title}</span>
        <ToolButton
          label={said.undo}
          can={history.canUndo}
          act={history.undo}
          icon={IconArrowBackUp}
        />
        <ToolButton
          label={said.redo}
          can={history.canRedo}
          act={history.redo}
          icon={IconArrowForwardUp}
        />
      </div>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={{ announcements, screenReaderInstructions: { draggable: said.how } }}
        onDragEnd={({ active, over }) => {
          if (over && active.id !== over.id)
            change([...moved(blocks, place(active.id), place(over.id))], '')
        }}
      >
        <SortableContext items={names} strategy={verticalListSortingStrategy}>
          <ol className={own.list}>
            {blocks.map((block, at) => (
              <BlockRow
                key={nameOf(block)}
                block={block}
                at={at}
                count={blocks.length}
                isOpen={open === nameOf(block)}
                toggle={() => setOpen(open === nameOf(block) ? undefined : nameOf(block))}
                put={(next) =>
                  change(
                    blocks.map((one) => (one === block ? asBefore(block, next) : one)),
                    nameOf(block),
                  )
                }
                isHeld={held?.name === nameOf(block)}
                move={(to) => {
                  if (to < 0 || to >= blocks.length) return
                  change([...moved(blocks, at, to)], '')
                  setHeld({ name: nameOf(block), at: to })
                }}
                copy={() => {
                  const twin = structuredClone(block)
                  change([...blocks.slice(0, at + 1), twin, ...blocks.slice(at + 1)], '')
                  setOpen(nameOf(twin))
                }}
                remove={() =>
                  change(
                    blocks.filter((one) => one !== block),
                    '',
                  )
                }
                isFull={blocks.length >= blocksLimit}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <div className={own.aloud} aria-live="polite">
        {held && said.at(held.at + 1)}
      </div>
      {blocks.length < blocksLimit && (
        <ChoiceMenu
          label={said.add}
          icon={<IconPlus size={14} />}
          size="compact-sm"
          choices={kinds}
          nameOf={(kind) => kindNames[kind][language]}
          choose={(kind) => {
            const block = newBlock(kind, language)
            change([...blocks, block], '')
            setOpen(nameOf(block))
          }}
        />
      )}
    </section>
  )
}

function ToolButton({
  label,
  can,
  act,
  icon: Icon,
}: {
  readonly label: string
  readonly can: boolean
  readonly act: () => void
  readonly icon: typeof IconPlus
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={!can} onClick={act}>
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  )
}

// Within a text the browser's own undo is what hands expect.
function undoByKeys(event: KeyboardEvent, history: Props['history']): void {
  const isText =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
  if (isText || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
  event.preventDefault()
  if (event.shiftKey) history.redo()
  else history.undo()
}
