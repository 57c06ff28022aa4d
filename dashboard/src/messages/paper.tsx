import type { ReactNode } from 'react'
import { MailFrame } from '../design/mail-frame.tsx'
import style from './messages.module.css'

type Props = {
  readonly subject: string
  readonly meta: ReactNode
  readonly html: string | null
  readonly text: string | null
}

/** A mail drawn as its reader got it. */
export function Paper({ subject, meta, html, text }: Props) {
  return (
    <article className={style.paper}>
      <header className={style.paperHead}>
        <h2 className={style.paperSubject}>{subject}</h2>
        <div className={style.paperTo}>{meta}</div>
      </header>
      {html ? <MailFrame html={html} title={subject} /> : <pre className={style.plain}>{text}</pre>}
    </article>
  )
}
