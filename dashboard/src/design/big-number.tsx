import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { change } from './format.ts'
import { Hint } from './hint.tsx'
import style from './number.module.css'
import { Sparkline } from './sparkline.tsx'

type Props = {
  readonly label: string
  readonly hint?: string
  readonly value: ReactNode
  readonly note?: ReactNode
  /** Share against the period before; undefined where there is nothing to compare with. */
  readonly changed?: number | undefined
  readonly versus?: string
  readonly series?: readonly number[]
  readonly meaning?: 'caused' | 'broken' | 'held'
  readonly size?: 'normal' | 'small'
}

/** The one number a card is about, with how it moved. */
export function BigNumber(props: Props) {
  const { label, hint, value, note, changed, versus, series, meaning = 'held', size } = props
  return (
    <div>
      <div className={style.label}>
        {label}
        {hint && <Hint text={hint} about={label} />}
      </div>
      <div className={`${style.value} ${style[meaning]} ${size === 'small' ? style.small : ''}`}>
        {value}
      </div>
      {(note || changed !== undefined || series) && (
        <div className={style.foot}>
          <div className={style.note}>
            {changed !== undefined && (
              <>
                <Change share={changed} />
                <div>{versus}</div>
              </>
            )}
            {note && <div>{note}</div>}
          </div>
          {series && series.length > 1 && (
            <span className={style.spark}>
              <Sparkline values={series} />
            </span>
          )}
        </div>
      )}
    </div>
  )
}

/** A change with its direction as a sign and a shape, never as colour alone. */
export function Change({ share }: { readonly share: number }) {
  const Arrow = share > 0.0005 ? IconArrowUpRight : share < -0.0005 ? IconArrowDownRight : IconMinus
  return (
    <span className={style.change}>
      <Arrow size={15} aria-hidden />
      {change(share)}
    </span>
  )
}
