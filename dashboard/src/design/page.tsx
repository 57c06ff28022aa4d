import { IconChevronLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import style from './page.module.css'

type Props = {
  readonly title: string
  /** One sentence: what this page is for. */
  readonly purpose?: ReactNode
  /** Beside the title: a state, a number. */
  readonly beside?: ReactNode
  readonly action?: ReactNode
  readonly back?: { readonly to: string; readonly label: string }
  readonly width?: 'narrow' | 'normal' | 'wide'
  readonly children: ReactNode
}

/** Title, one sentence of purpose, one primary action. */
export function Page({ title, purpose, beside, action, back, width = 'normal', children }: Props) {
  useEffect(() => {
    document.title = `${title} · Danggol`
  }, [title])
  const size = width === 'wide' ? style.wide : width === 'narrow' ? style.narrow : ''
  return (
    <div className={`${style.page} ${size}`}>
      <header className={style.head}>
        <div className={style.titles}>
          {back && (
            <Link href={back.to} className={style.back ?? ''}>
              <IconChevronLeft size={16} aria-hidden /> {back.label}
            </Link>
          )}
          <h1 className={style.title} id="page-title" tabIndex={-1}>
            <span>{title}</span>
            {beside}
          </h1>
          {purpose && <p className={style.purpose}>{purpose}</p>}
        </div>
        {action && <div className={style.action}>{action}</div>}
      </header>
      {children}
    </div>
  )
}
