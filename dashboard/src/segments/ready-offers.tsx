import { useQuery } from '@tanstack/react-query'
import { listReady } from '../api/ready.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import type { Group } from './language.ts'
import style from './segments.module.css'
import { rootOf } from './tree.ts'

const text = words({
  title: { ko: '또는 준비된 세그먼트로 시작하기', en: 'Or start from a ready segment' },
})

/** Ready definitions, to be filled in and changed. */
export function ReadyOffers({ pick }: { readonly pick: (root: Group) => void }) {
  const said = useWords(text)
  const language = useLanguage()
  const ready = useQuery({
    queryKey: ['segments', 'ready', 'plain'],
    queryFn: ({ signal }) => listReady({ count: false }, signal),
    staleTime: 60_000,
    retry: false,
  })
  const items = ready.data?.items ?? []
  if (items.length === 0) return null
  return (
    <>
      <h3 className={style.subtitle}>{said.title}</h3>
      <ul className={style.ready}>
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => pick(rootOf(one.definition))}>
              <b>{one.name[language]}</b>
              <span>{one.purpose[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
