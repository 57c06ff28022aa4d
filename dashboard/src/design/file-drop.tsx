import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import style from './file-drop.module.css'

type Props = {
  /** Before the button: where to drop, or the file that was. */
  readonly says: string
  /** On the button. */
  readonly pick: string
  /** What may be dropped, and what becomes of it. */
  readonly hint: string
  /** Endings and types that the picker offers, as an input's `accept`. */
  readonly accept: string
  /** At least one; the first alone counts where one is asked for. */
  readonly take: (files: readonly [File, ...File[]]) => void
  readonly many?: boolean
  /** The button is what the page wants to be pressed. */
  readonly isMain?: boolean
  readonly icon?: ReactNode
}

/** Where files are dropped or picked. */
export function FileDrop({ says, pick, hint, accept, take, icon, many, isMain }: Props) {
  const [over, setOver] = useState(false)
  const forget = useRef<() => void>(null)
  const hold = (event: DragEvent, next: boolean) => {
    event.preventDefault()
    setOver(next)
  }
  const taken = ([first, ...more]: readonly File[]) => first && take([first, ...more])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={`${style.drop} ${over ? style.over : ''}`}
      onDragOver={(event) => hold(event, true)}
      onDragLeave={(event) => hold(event, false)}
      onDrop={(event) => {
        hold(event, false)
        taken([...event.dataTransfer.files])
      }}
    >
      {icon ?? <IconUpload size={22} aria-hidden />}
      <span>{says}</span>
      <FileButton<boolean>
        multiple={many ?? false}
        accept={accept}
        resetRef={forget}
        onChange={(chosen) => {
          taken([chosen ?? []].flat())
          // A browser says nothing when the same file is picked again, which is how somebody tries a file they have mended.
          forget.current?.()
        }}
      >
        {(props) => (
          <Button variant={isMain ? 'filled' : 'default'} {...props}>
            {pick}
          </Button>
        )}
      </FileButton>
      <p className={style.hint}>{hint}</p>
    </div>
  )
}
