import { Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import style from './hint.module.css'

/** A hover that explains a word in plain sentences; reachable by keyboard. */
export function Hint({ text, about }: { readonly text: string; readonly about?: string }) {
  return (
    <Tooltip label={text} w={280} position="top">
      <button type="button" className={style.hint} aria-label={about ? `${about}: ${text}` : text}>
        <IconInfoCircle size={15} aria-hidden />
      </button>
    </Tooltip>
  )
}
