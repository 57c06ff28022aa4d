import { ActionIcon, Indicator, Popover, Progress, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconProgressCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { listImports } from '../api/consents.ts'
import { droppedFiles } from '../api/dropped-files.ts'
import { listFiles } from '../api/lists.ts'
import { useWords, words } from './language.ts'
import { useMay } from './session.tsx'
import style from './shell.module.css'
import { droppedWork, type FileWork, fileWork, isRunning } from './work.ts'

const text = words({
  title: { ko: '하고 있는 일', en: 'Work under way' },
  lists: { ko: '명단 파일', en: 'File for a list' },
  consents: { ko: '수신동의 파일', en: 'File of consents' },
  dropped: { ko: '쇼핑몰 파일', en: 'File of the shop' },
  looking: { ko: '살펴보고 있어요', en: 'being looked at' },
  looked_at: { ko: '확인을 기다려요', en: 'waits for your word' },
  applying: { ko: '적용하고 있어요', en: 'being applied' },
  done: { ko: '다 했어요', en: 'done' },
  failed: { ko: '끝까지 하지 못했어요', en: 'could not be finished' },
  cancelled: { ko: '그만뒀어요', en: 'called off' },
})

const runningMs = 2_000
const restingMs = 30_000

/** What workers do with files that were brought: how far each is, what waits for a word, and a notice when one has ended. */
export function WorkTray() {
  const said = useWords(text)
  const may = useMay('marketer')
  const [opened, setOpened] = useState(false)
  const work = useWork(may)
  useNotices(work)
  const running = work.filter(isRunning).length
  const waiting = work.filter(({ state }) => state === 'looked_at').length
  if (work.length === 0) return null
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={320}
      withRoles={false}
    >
      <Popover.Target>
        <Tooltip label={said.title}>
          <Indicator
            inline
            label={running + waiting}
            size={16}
            offset={6}
            disabled={running + waiting === 0}
          >
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={said.title}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <IconProgressCheck size={19} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={said.title}>
        <ul className={style.work}>
          {work.map((one) => (
            <li key={`${one.kind}${one.id}`}>
              <Link href={one.to} onClick={() => setOpened(false)}>
                <b>{one.name}</b>
                <span>
                  {said[one.kind]} · {said[one.state]}
                </span>
              </Link>
              {isRunning(one) && <Progress value={one.percent} aria-label={one.name} />}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

function useWork(may: boolean): readonly FileWork[] {
  const lists = useQuery({
    queryKey: ['lists', 'files'],
    queryFn: ({ signal }) => listFiles(signal),
    enabled: may,
    refetchInterval: ({ state }) => every(fileWork(state.data?.items ?? [], [], Date.now())),
  })
  const consents = useQuery({
    queryKey: ['consents', 'imports'],
    queryFn: ({ signal }) => listImports(signal),
    enabled: may,
    refetchInterval: ({ state }) => every(fileWork([], state.data?.items ?? [], Date.now())),
  })
  const dropped = useQuery({
    queryKey: ['dropped', 'files'],
    queryFn: ({ signal }) => droppedFiles(signal),
    enabled: may,
    refetchInterval: ({ state }) => every(droppedWork(state.data?.items ?? [], Date.now())),
  })
  if (!may) return []
  return [
    ...fileWork(lists.data?.items ?? [], consents.data?.items ?? [], Date.now()),
    ...droppedWork(dropped.data?.items ?? [], Date.now()),
  ]
}

const every = (work: readonly FileWork[]) => (work.some(isRunning) ? runningMs : restingMs)

/** Says once what became of the work that was seen running. */
function useNotices(work: readonly FileWork[]) {
  const said = useWords(text)
  const before = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const nameOf = ({ kind, id }: FileWork) => `${kind}${id}`
    for (const one of work)
      if (before.current.has(nameOf(one)) && !isRunning(one) && one.state !== 'cancelled')
        notifications.show({ title: one.name, message: `${said[one.kind]} · ${said[one.state]}` })
    before.current = new Set(work.filter(isRunning).map(nameOf))
  }, [work, said])
}
