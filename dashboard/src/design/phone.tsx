import { IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import style from './phone.module.css'

type PhoneProps = {
  /** What the screen is a picture of, for those who cannot see it. */
  readonly label: string
  /** Who writes, as the reader's phone shows it. */
  readonly from: string
  /** A line above the message: the day, the hour. */
  readonly when?: string
  readonly children: ReactNode
}

/** A phone's screen with a message on it. */
export function Phone({ label, from, when, children }: PhoneProps) {
  return (
    <section className={style.phone} aria-label={label}>
      <header className={style.head}>
        <span className={style.face} aria-hidden="true">
          <IconUser size={20} stroke={1.6} />
        </span>
        <span className={style.from}>{from}</span>
      </header>
      <div className={style.screen}>
        {when && <div className={style.when}>{when}</div>}
        {children}
      </div>
    </section>
  )
}

type BubbleProps = {
  /** Shown in bold above a long message. */
  readonly subject?: string | null
  readonly text: string
  /** What was put around the marketer's words, if the text begins and ends with it: shown more quietly. */
  readonly header?: string
  readonly footer?: string
  /** Address of the picture above the words. */
  readonly picture?: string
  /** Characters to point at, for they cannot be sent. */
  readonly wrong?: (character: string) => boolean
}

/** A text message as its reader sees it: links to touch, line breaks kept. */
export function TextBubble({
  subject,
  text,
  header = '',
  footer = '',
  picture,
  wrong,
}: BubbleProps) {
  const starts = header !== '' && text.startsWith(header)
  const ends = footer !== '' && text.endsWith(footer)
  const body = text.slice(
    starts ? header.length : 0,
    ends ? text.length - footer.length : undefined,
  )
  return (
    <div className={style.bubble}>
      {picture && <img className={style.picture} src={picture} alt="" />}
      {subject && <div className={style.subject}>{subject}</div>}
      <div className={style.words}>
        {starts && <span className={style.around}>{header}</span>}
        {linked(body, wrong)}
        {ends && <span className={style.around}>{footer}</span>}
      </div>
    </div>
  )
}

const addresses = /((?:https?:\/\/|(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}\/)[!-~]*[A-Za-z0-9/_-])/gi

function linked(text: string, wrong?: (character: string) => boolean): ReactNode {
  return text.split(addresses).map((piece, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
      <span key={at} className={style.link}>
        {piece}
      </span>
    ) : (
      marked(piece, wrong)
    ),
  )
}

function marked(text: string, wrong?: (character: string) => boolean): ReactNode {
  const letters = [...text]
  if (!wrong || !letters.some(wrong)) return text
  return letters.map((letter, at) =>
    wrong(letter) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the letters of one text have no other name
      <mark key={at} className={style.wrong}>
        {letter}
      </mark>
    ) : (
      letter
    ),
  )
}
