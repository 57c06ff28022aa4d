import type { ReactNode } from 'react'
import { useWords, words } from '../app/language.ts'
import style from './behind.module.css'

const text = words({ table: { ko: '표로 보기', en: 'As a table' } })

/** The table behind a picture, folded until somebody asks for it. */
export function Behind({ children }: { readonly children: ReactNode }) {
  const said = useWords(text)
  return (
    <details className={style.behind}>
      <summary>{said.table}</summary>
      {children}
    </details>
  )
}
