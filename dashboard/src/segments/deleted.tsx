import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listDeleted } from '../api/segment-page.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day } from '../design/format.ts'
import { useUndelete } from './remove.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '지운 세그먼트', en: 'Deleted segments' },
  note: { ko: '30일 동안 되살릴 수 있어요.', en: 'They can be brought back for 30 days.' },
  until: { ko: (when: string) => `${when}까지`, en: (when: string) => `until ${when}` },
  back: { ko: '되살리기', en: 'Bring back' },
  backNamed: {
    ko: (name: string) => `${name} 되살리기`,
    en: (name: string) => `Bring back ${name}`,
  },
})

/** What was deleted lately, to have back. */
export function Deleted() {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const undo = useUndelete()
  const deleted = useQuery({
    queryKey: ['segments', 'deleted'],
    queryFn: ({ signal }) => listDeleted(signal),
  })
  const items = deleted.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div style={{ marginTop: 16 }}>
      <Card title={said.title} note={said.note} flush>
        <ul className={style.members}>
          {items.map((one) => (
            <li key={one.id}>
              <span>
                {one.name}{' '}
                <span className={style.why}>
                  {said.until(day(one.goneAt, { timeZone, language }, Date.now()))}
                </span>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={said.backNamed(one.name)}
                disabled={undo.isPending}
                onClick={() => undo.mutate(one)}
              >
                {said.back}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
