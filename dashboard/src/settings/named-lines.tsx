import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useWords, words } from '../app/language.ts'
import style from './settings.module.css'

const text = words({
  remove: { ko: (name: string) => `${name} 지우기`, en: (name: string) => `Remove ${name}` },
})

type Props<Key> = {
  readonly label: string
  readonly empty: string
  readonly lines: readonly { readonly key: Key; readonly text: string; readonly name: string }[]
  readonly remove?: (key: Key) => void
}

/** A short list of things with a name each, that can be taken away one by one. */
export function NamedLines<Key extends string | number>({
  label,
  empty,
  lines,
  remove,
}: Props<Key>) {
  const said = useWords(text)
  if (lines.length === 0) return <p className={style.note}>{empty}</p>
  return (
    <ul className={style.lines} aria-label={label}>
      {lines.map((line) => (
        <li key={line.key} className={style.line}>
          <span className={style.lineText}>
            <b>{line.name}</b> <span className={style.note}>{line.text}</span>
          </span>
          {remove && (
            <ActionIcon
              variant="subtle"
              aria-label={said.remove(line.name)}
              onClick={() => remove(line.key)}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  )
}
