import type { ReactNode } from 'react'
import style from './card.module.css'

type CardProps = {
  readonly title?: string
  readonly note?: ReactNode
  readonly beside?: ReactNode
  /** The content touches the card's edges: tables and lists. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** One group of things that belong together: a surface with a hairline. */
export function Card({ title, note, beside, flush = false, children }: CardProps) {
  return (
    <section className={style.card} aria-label={title}>
      {(title || beside) && (
        <div className={style.head}>
          <div>
            {title && <h2 className={style.title}>{title}</h2>}
            {note && <p className={style.note}>{note}</p>}
          </div>
          {beside}
        </div>
      )}
      <div className={flush ? style.flush : style.body}>{children}</div>
    </section>
  )
}

type ColumnsProps = {
  /** `two` equal, `side` a narrow one on the right, `left` a narrow one on the left. */
  readonly layout?: 'one' | 'two' | 'side' | 'left'
  readonly children: ReactNode
}

/** Columns that become rows where there is no room. */
export function Columns({ layout = 'one', children }: ColumnsProps) {
  return <div className={`${style.grid} ${layout === 'one' ? '' : style[layout]}`}>{children}</div>
}
