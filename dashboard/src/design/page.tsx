import { IconChevronLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { useWords, words } from '../app/language.ts'
import type { FigureGroup } from '../connect/numbers/figure-groups.ts'
import style from './page.module.css'

const text = words({
  figures: { ko: '숫자마다 무엇을 세나요', en: 'What each number counts' },
})

type Props = {
  readonly title: string
  /** One sentence: what this page is for. */
  readonly purpose?: ReactNode
  /** Beside the title: a state, a number. */
  readonly beside?: ReactNode
  readonly action?: ReactNode
  readonly back?: { readonly to: string; readonly label: string }
  readonly width?: 'narrow' | 'normal' | 'wide'
  /** Where it is said what the page's numbers count. */
  readonly figures?: FigureGroup
  readonly children: ReactNode
}

/** Title, one sentence of purpose, one primary action. */
export function Page(props: Props) {
  const { title, purpose, beside, action, back, width = 'normal', figures, children } = props
  const said = useWords(text)
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
          {figures && (
            <Link href={`/connect/figures#${figures}`} className={style.figures ?? ''}>
              {said.figures}
            </Link>
          )}
        </div>
        {action && <div className={style.action}>{action}</div>}
      </header>
      {children}
    </div>
  )
}
