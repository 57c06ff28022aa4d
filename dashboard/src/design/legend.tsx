import style from './legend.module.css'

export type LegendMark = {
  readonly name: string
  /** A token of the palette, and how much of it covers. */
  readonly token: 'accent' | 'attention' | 'held-mark' | 'ink' | 'ink-3'
  readonly opacity?: number
  /** A box unless it says more. */
  readonly shape?: 'line' | 'dot'
}

/** What the colours of a picture stand for; the table behind it says the same in words. */
export function Legend({ marks }: { readonly marks: readonly LegendMark[] }) {
  return (
    <p className={style.legend} aria-hidden="true">
      {marks.map(({ name, token, opacity = 1, shape }) => (
        <span key={name}>
          <i className={shape && style[shape]} style={{ background: `var(--${token})`, opacity }} />{' '}
          {name}
        </span>
      ))}
    </p>
  )
}
