import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listUsers } from '../api/segment-page.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones } from '../design/states.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '쓰이는 곳', en: 'Used in' },
  none: {
    ko: '아직 어디에도 쓰이지 않아요. 캠페인의 타깃으로 고를 수 있어요.',
    en: 'Nowhere yet. Campaigns can take it as their audience.',
  },
  campaign: { ko: '캠페인', en: 'campaign' },
  segment: { ko: '세그먼트', en: 'segment' },
})

/** What would stop working without the segment. */
export function UsedIn({ segment }: { readonly segment: number }) {
  const said = useWords(text)
  const users = useQuery({
    queryKey: ['segments', 'users', segment],
    queryFn: ({ signal }) => listUsers(segment, signal),
  })
  return (
    <Card title={said.title}>
      {users.data ? (
        users.data.items.length === 0 ? (
          <p className={style.why}>{said.none}</p>
        ) : (
          <ul className={style.plainList}>
            {users.data.items.map(({ kind, id, name }) => (
              <li key={`${kind} ${id}`}>
                <Link href={kind === 'campaign' ? `/campaigns/${id}` : `/segments/${id}`}>
                  {name}
                </Link>{' '}
                <span className={style.why}>{said[kind]}</span>
              </li>
            ))}
          </ul>
        )
      ) : (
        !users.error && <Bones lines={2} />
      )}
    </Card>
  )
}
