import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from './problem-words.ts'
import style from './states.module.css'

const text = words({
  again: { ko: '다시 시도하기', en: 'Try again' },
  copy: { ko: '복사하기', en: 'Copy' },
  copied: { ko: '복사했어요', en: 'Copied' },
  loading: { ko: '불러오는 중이에요', en: 'Loading' },
})

type EmptyProps = {
  readonly title: string
  readonly children: ReactNode
  readonly example?: ReactNode
  readonly action?: ReactNode
}

/** Teaches: what will be here, why it helps, an example, one button. */
export function EmptyState({ title, children, example, action }: EmptyProps) {
  return (
    <div className={style.empty}>
      <h2 className={style.emptyTitle}>{title}</h2>
      <p className={style.emptyText}>{children}</p>
      {example && <div className={style.emptyExample}>{example}</div>}
      {action && <div className={style.emptyAction}>{action}</div>}
    </div>
  )
}

type FailureProps = { readonly error: unknown; readonly retry?: () => unknown }

/** What happened, why, and what to do. */
export function Failure({ error, retry }: FailureProps) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <div className={style.failure} role="alert">
      <div className={style.failureText}>{problemSentence(problemIn(error), language)}</div>
      {retry && (
        <Button variant="default" onClick={() => void retry()}>
          {said.again}
        </Button>
      )}
    </div>
  )
}

/** The place something will be, at once. */
export function Bone({ width = '100%', height = 16 }: BoneProps) {
  return <span className={style.bone} style={{ width, height }} aria-hidden="true" />
}
type BoneProps = { readonly width?: number | string; readonly height?: number | string }

/** Lines of a list that is on its way. */
export function Bones({
  lines = 6,
  height = 20,
}: {
  readonly lines?: number
  readonly height?: number
}) {
  const said = useWords(text)
  return (
    <div role="status" aria-label={said.loading} style={{ display: 'grid', gap: 16, padding: 24 }}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no other name
        <Bone key={line} height={height} width={`${92 - ((line * 17) % 38)}%`} />
      ))}
    </div>
  )
}

export type Meaning = 'quiet' | 'caused' | 'attention' | 'broken' | 'accent'

/** A state in a word, its colour only repeating the meaning. */
export function Tag({ meaning = 'quiet', dot = false, children }: TagProps) {
  return (
    <span className={`${style.tag} ${style[meaning]}`}>
      {dot && <span className={style.dot} aria-hidden="true" />}
      {children}
    </span>
  )
}
type TagProps = { readonly meaning?: Meaning; readonly dot?: boolean; readonly children: ReactNode }

/** Text to paste somewhere else, with its copy button. */
export function Code({ text: code }: { readonly text: string }) {
  const said = useWords(text)
  const clipboard = useClipboard({ timeout: 2000 })
  const label = clipboard.copied ? said.copied : said.copy
  return (
    <div className={style.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{code}</pre>
      <Tooltip label={label}>
        <ActionIcon
          className={style.copy ?? ''}
          variant="default"
          size="lg"
          aria-label={label}
          onClick={() => clipboard.copy(code)}
        >
          {clipboard.copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
