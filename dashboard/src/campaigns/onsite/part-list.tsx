import { ActionIcon, UnstyledButton } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { OnsitePart } from '../../../../server/src/messages/onsite/content.ts'
import { type Language, useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceMenu } from '../../design/choice-menu.tsx'
import { moved } from '../mail/blocks.ts'
import own from '../mail/mail.module.css'
import { begunPart, freshId, kindNames, kinds, partsLimit, summaryOf } from './begun-part.ts'
import { weekAhead } from './ends.ts'
import { PartFields } from './part-fields.tsx'

const text = words({
  title: { ko: '내용', en: 'Content' },
  add: { ko: '내용 넣기', en: 'Add a piece' },
  up: { ko: (what: string) => `${what} 위로`, en: (what: string) => `Move up: ${what}` },
  down: { ko: (what: string) => `${what} 아래로`, en: (what: string) => `Move down: ${what}` },
  remove: { ko: (what: string) => `${what} 지우기`, en: (what: string) => `Remove: ${what}` },
})

type Props = {
  readonly parts: readonly OnsitePart[]
  /** Of the message: what is put in speaks as the rest of it does. */
  readonly language: Language
  readonly change: (parts: OnsitePart[]) => void
}

/** The pieces of the message in their order: open one to write in it, move it, take it out, add another. */
export function PartList({ parts, language: written, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [open, setOpen] = useState(parts[0]?.id)
  const add = (kind: OnsitePart['kind']) => {
    const part = begunPart(kind, freshId(parts), { language: written, end: weekAhead() })
    change([...parts, part])
    setOpen(part.id)
  }
  return (
    <section aria-label={said.title}>
      <div className={own.tools}>
        <span className={own.title}>{said.title}</span>
      </div>
      <ol className={own.list}>
        {parts.map((part, at) => (
          <PartRow
            key={part.id}
            part={part}
            isOpen={open === part.id}
            toggle={() => setOpen(open === part.id ? undefined : part.id)}
            up={at > 0 && (() => change([...moved(parts, at, at - 1)]))}
            down={at < parts.length - 1 && (() => change([...moved(parts, at, at + 1)]))}
            remove={parts.length > 1 && (() => change(parts.filter((one) => one !== part)))}
            put={(next) => change(parts.map((one) => (one === part ? next : one)))}
          />
        ))}
      </ol>
      {parts.length < partsLimit && (
        <ChoiceMenu
          label={said.add}
          icon={<IconPlus size={14} />}
          size="xs"
          choices={kinds}
          nameOf={(kind) => kindNames[kind][language]}
          choose={add}
        />
      )}
    </section>
  )
}

type RowProps = {
  readonly part: OnsitePart
  readonly isOpen: boolean
  readonly toggle: () => void
  /** False where it cannot be done. */
  readonly up: false | (() => void)
  readonly down: false | (() => void)
  readonly remove: false | (() => void)
  readonly put: (part: OnsitePart) => void
}

function PartRow(props: RowProps) {
  const { part, isOpen, toggle, put } = props
  const said = useWords(text)
  const name = kindNames[part.kind][useLanguage()]
  const acts = [
    ['up', IconArrowUp],
    ['down', IconArrowDown],
    ['remove', IconTrash],
  ] as const
  return (
    <li className={own.row}>
      <div className={own.head} style={{ paddingLeft: 12 }}>
        <UnstyledButton className={own.summary} aria-expanded={isOpen} onClick={toggle}>
          <span className={own.kind}>{name}</span>
          {!isOpen && <span className={own.says}>{summaryOf(part)}</span>}
          <IconChevronDown size={16} className={isOpen ? own.turned : ''} aria-hidden />
        </UnstyledButton>
        {acts.map(([act, Icon]) => (
          <ActionIcon
            key={act}
            variant="subtle"
            color="gray"
            aria-label={said[act](name)}
            disabled={!props[act]}
            onClick={props[act] || undefined}
          >
            <Icon size={16} />
          </ActionIcon>
        ))}
      </div>
      {isOpen && (
        <div className={own.fields}>
          <PartFields part={part} put={put} />
        </div>
      )}
    </li>
  )
}
