import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { listReady, makeReady, type ReadySegment } from '../api/ready.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import { Bone, Bones, Failure } from '../design/states.tsx'
import style from './ready.module.css'

const text = words({
  title: { ko: '준비된 세그먼트', en: 'Ready segments' },
  note: {
    ko: '상점이라면 누구나 쓰는 묶음이에요. 숫자는 우리 상점의 주문으로 맞췄어요. 만든 뒤에 마음대로 고칠 수 있어요.',
    en: 'The groups every shop uses, with numbers taken from your own orders. Change them as you like once they are made.',
  },
  journey: { ko: '주문까지 가는 길', en: 'On the way to an order' },
  usual: { ko: '자주 쓰는 묶음', en: 'Used every day' },
  make: { ko: '만들기', en: 'Make it' },
  makeNamed: {
    ko: (name: string) => `만들기: ${name}`,
    en: (name: string) => `Make it: ${name}`,
  },
  open: { ko: '열기', en: 'Open' },
  openNamed: {
    ko: (name: string) => `열기: ${name}`,
    en: (name: string) => `Open: ${name}`,
  },
  made: { ko: '만들어 두었어요', en: 'Made' },
  now: { ko: '지금', en: 'now' },
  uncounted: { ko: '아직 세지 못했어요', en: 'not counted yet' },
  done: {
    ko: (name: string) => `‘${name}’ 세그먼트를 만들었어요. 지금 고객을 채우고 있어요.`,
    en: (name: string) => `“${name}” is made and being filled.`,
  },
  about: { ko: '자세히', en: 'About' },
  all: { ko: (n: number) => `${n}개 모두 보기`, en: (n: number) => `Show all ${n}` },
  fewer: { ko: '접기', en: 'Show fewer' },
})

/** How many are shown before "show all". */
const fewest = 3

/**
 * The gallery of ready segments, each made by one click. `folded` shows the first few that are not made yet, for pages that
 * have a list of their own.
 */
export function ReadySegments({ folded = false }: { readonly folded?: boolean }) {
  const said = useWords(text)
  const [isFolded, setFolded] = useState(folded)
  const list = useQuery({
    queryKey: ['segments', 'ready'],
    queryFn: ({ signal }) => listReady({ count: false }, signal),
    staleTime: 60_000,
  })
  // Counting takes a look at all of history: the cards do not wait for it.
  const counted = useQuery({
    queryKey: ['segments', 'ready', 'counted'],
    queryFn: ({ signal }) => listReady({ count: true }, signal),
    staleTime: 60_000,
    retry: false,
  })
  const counts = new Map(counted.data?.items.map((one) => [one.id, one.count]))
  const countOf = (id: string) => (counted.isLoading ? undefined : (counts.get(id) ?? null))
  const all = list.data?.items ?? []
  const unmade = all.filter((one) => one.made === null)
  const tiles = (items: readonly ReadySegment[]) => (
    <ul className={style.tiles}>
      {items.map((one) => (
        <Tile key={one.id} one={one} count={countOf(one.id)} />
      ))}
    </ul>
  )
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={
        folded &&
        all.length > fewest && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={!isFolded}
            onClick={() => setFolded(!isFolded)}
          >
            {isFolded ? said.all(all.length) : said.fewer}
          </Button>
        )
      }
    >
      {list.error && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.isLoading && <Bones lines={4} />}
      {!list.data ? null : isFolded ? (
        tiles((unmade.length > 0 ? unmade : all).slice(0, fewest))
      ) : (
        <div className={style.groups}>
          {(['journey', 'usual'] as const).map((group) => (
            <section key={group} aria-label={said[group]}>
              <h3 className={style.group}>{said[group]}</h3>
              {tiles(all.filter((one) => one.group === group))}
            </section>
          ))}
        </div>
      )}
    </Card>
  )
}

type TileProps = {
  readonly one: ReadySegment
  /** Undefined while it is counted, null when it could not be. */
  readonly count: number | null | undefined
}

function Tile({ one, count }: TileProps) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const name = one.name[language]
  const making = useMutation({
    mutationFn: () => makeReady(one, language),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.done(name) })
    },
  })
  const more = [one.sentence, one.figure, one.left].flatMap((each) =>
    each ? [each[language]] : [],
  )
  return (
    <li className={style.tile}>
      <div className={style.head}>
        <h4 className={style.name}>{name}</h4>
        <Hint text={more.join(' · ')} about={`${name}, ${said.about}`} />
        <span className={style.count}>
          {count === undefined ? (
            <Bone width={48} />
          ) : count === null ? (
            said.uncounted
          ) : (
            `${said.now} ${people(count, language)}`
          )}
        </span>
      </div>
      <p className={style.purpose}>{one.purpose[language]}</p>
      {one.needs && <p className={style.needs}>{one.needs[language]}</p>}
      {making.error && <Failure error={making.error} />}
      <div className={style.act}>
        {one.made === null ? (
          may && (
            <Button
              variant="default"
              size="xs"
              aria-label={said.makeNamed(name)}
              loading={making.isPending}
              onClick={() => making.mutate()}
            >
              {said.make}
            </Button>
          )
        ) : (
          <>
            <span className={style.made}>
              <IconCheck size={15} aria-hidden /> {said.made}
            </span>
            <Link
              href={`/segments/${one.made}`}
              className={style.link ?? ''}
              aria-label={said.openNamed(name)}
            >
              {said.open}
            </Link>
          </>
        )}
      </div>
    </li>
  )
}
