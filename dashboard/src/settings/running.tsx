import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { checkSentence, size } from '../../../server/src/running/check-words.ts'
import type { Finding } from '../../../server/src/running/checks.ts'
import { problemIn } from '../api/client.ts'
import {
  askBackup,
  type Backup,
  getAlarms,
  getRunning,
  putAlarms,
  type Running,
  testAlarms,
} from '../api/running.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure, type Meaning, Tag } from '../design/states.tsx'
import own from './running.module.css'
import style from './settings.module.css'
import { TeamPlaces } from './team-places.tsx'

const text = words({
  title: { ko: '서버 상태', en: 'The server' },
  note: {
    ko: '30초마다 다시 확인해요. 문제가 있으면 할 일을 함께 알려드려요.',
    en: 'Looked at again every 30 seconds; what is wrong says what to do.',
  },
  good: { ko: '정상', en: 'Fine' },
  poor: { ko: '곧 문제', en: 'Soon trouble' },
  bad: { ko: '문제', en: 'Trouble' },
  off: { ko: '쓰지 않음', en: 'Not used' },
  since: { ko: (time: string) => `${time}부터`, en: (time: string) => `since ${time}` },
  told: { ko: '알렸어요', en: 'people were told' },
  backups: { ko: '백업', en: 'Backups' },
  plan: {
    ko: (time: string, copies: number) =>
      `매일 ${time}에 두 데이터베이스를 모두 백업하고, 최근 ${copies}개를 남겨요.`,
    en: (time: string, copies: number) =>
      `Both databases, every night at ${time}; the newest ${copies} are kept.`,
  },
  unplanned: {
    ko: '서버 설정(BACKUP_FOLDER)에서 매일 백업을 꺼 두었어요.',
    en: 'Nightly backups are switched off (BACKUP_FOLDER).',
  },
  where: { ko: '폴더', en: 'Folder' },
  now: { ko: '지금 백업하기', en: 'Back up now' },
  asked: { ko: '곧 백업을 시작해요.', en: 'It begins in a moment.' },
  none: { ko: '아직 백업이 없어요.', en: 'There is none yet.' },
  done: { ko: '마쳤어요', en: 'Done' },
  failed: { ko: '실패했어요', en: 'Failed' },
  running: { ko: '하는 중', en: 'Under way' },
  waiting: { ko: '곧 시작해요', en: 'Begins soon' },
  size: {
    ko: (bytes: string, rows: string) => `${bytes}, ${rows}행`,
    en: (bytes: string, rows: string) => `${bytes}, ${rows} rows`,
  },
  interrupted: { ko: '쓰던 중에 멈췄어요.', en: 'It was cut off.' },
  noRoom: { ko: '디스크 공간이 모자라요.', en: 'There was no room.' },
  restore: {
    ko: '되살리기: 빈 컴퓨터에서 이 명령을 실행해 주세요.',
    en: 'To restore, on an empty machine:',
  },
  alarms: { ko: '문제가 생기면 알림 받기', en: 'Be told of trouble' },
  alarmsNote: {
    ko: '문제가 생길 때 한 번, 하루 뒤에도 그대로면 한 번 더, 풀리면 다시 한 번 알려드려요. 메일 서비스가 멈출 수도 있으니 Slack도 함께 정해 두는 것이 좋아요.',
    en: 'Once when it begins, again after a day, and once when it is over. Name Slack too: the mail service itself may be what fails.',
  },
  saved: { ko: '저장했어요. 문제가 생기면 알려드릴게요.', en: 'Saved. Trouble is told there.' },
  off2: { ko: '저장했어요. 이제 알리지 않아요.', en: 'Saved. Nobody is told.' },
})

const everyMs = 30_000

/** How the installation is, its backups, and who hears of trouble. */
export function RunningSettings() {
  const said = useWords(text)
  const running = useQuery({
    queryKey: ['running'],
    queryFn: ({ signal }) => getRunning(signal),
    refetchInterval: ({ state }) =>
      state.data?.backup.notes.some((one) => one.state === 'running' || one.state === 'asked')
        ? 2_000
        : everyMs,
  })
  if (running.error) return <Failure error={running.error} retry={() => running.refetch()} />
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        {running.data ? <Checks running={running.data} /> : <Bones lines={8} />}
      </Card>
      <Card title={said.backups}>
        {running.data ? <Backups backup={running.data.backup} /> : <Bones lines={4} />}
      </Card>
      <Alarms />
    </div>
  )
}

const meanings: Readonly<Record<Finding['state'], Meaning>> = {
  good: 'caused',
  poor: 'attention',
  bad: 'broken',
  off: 'quiet',
}

function Checks({ running }: { readonly running: Running }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const how = { language, timeZone: shop.timeZone }
  return (
    <ul className={own.checks}>
      {running.findings.map((finding) => {
        const { title, says, todo } = checkSentence(finding, how)
        const trouble = running.troubles.find(({ check }) => check === finding.check)
        return (
          <li key={finding.check} className={own.check}>
            <b>{title}</b>
            <Tag meaning={meanings[finding.state]} dot>
              {said[finding.state]}
            </Tag>
            <div className={own.says}>
              <p>{says}</p>
              {todo && <p className={own.todo}>{todo}</p>}
              {trouble && (
                <p className={style.note}>
                  {said.since(dayAndTime(trouble.since, how, Date.now()))}
                  {trouble.rounds > 0 && ` · ${said.told}`}
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Backups({ backup }: { readonly backup: Running['backup'] }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer')
  const queries = useQueryClient()
  const asking = useMutation({
    mutationFn: askBackup,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['running'] })
      notifications.show({ message: said.asked })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  const { folder, minute, copies, notes } = backup
  if (folder === null) return <p>{said.unplanned}</p>
  const time = [Math.floor(minute / 60), minute % 60].map((one) => String(one).padStart(2, '0'))
  const whole = notes.find(({ state }) => state === 'done')
  return (
    <div className={style.stack}>
      <p>{said.plan(time.join(':'), copies)}</p>
      <p className={own.path}>
        {said.where}: <code>{folder}</code>
      </p>
      {notes.length === 0 ? <p className={style.note}>{said.none}</p> : <Notes notes={notes} />}
      {whole && (
        <p className={own.path}>
          {said.restore} <code>npm run danggol -- restore {whole.folder}</code>
        </p>
      )}
      {may && (
        <div className={style.buttons}>
          <Button variant="default" loading={asking.isPending} onClick={() => asking.mutate()}>
            {said.now}
          </Button>
        </div>
      )}
    </div>
  )
}

function Notes({ notes }: { readonly notes: readonly Backup[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const how = { language, timeZone: shop.timeZone }
  const state = {
    done: ['quiet', said.done],
    failed: ['broken', said.failed],
    running: ['accent', said.running],
    asked: ['accent', said.waiting],
  } as const
  const problems: Readonly<Record<string, string>> = {
    interrupted: said.interrupted,
    no_room: said.noRoom,
  }
  return (
    <ul className={own.notes}>
      {notes.map((note) => (
        <li key={note.id}>
          <span>{dayAndTime(note.startedAt, how, Date.now())}</span>
          <Tag meaning={state[note.state][0]}>{state[note.state][1]}</Tag>
          {note.bytes > 0 && (
            <span className={style.note}>
              {said.size(size(note.bytes), count(note.rows, language))}
            </span>
          )}
          {note.problem && (
            <span className={style.note}>{problems[note.problem] ?? note.problem}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Alarms() {
  const said = useWords(text)
  const known = useQuery({ queryKey: ['alarms'], queryFn: ({ signal }) => getAlarms(signal) })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  return (
    <Card title={said.alarms} note={said.alarmsNote}>
      {known.data ? (
        <TeamPlaces
          key={String(known.data.hasSlack)}
          known={known.data}
          at={['alarms']}
          put={(body) => putAlarms(body, known.data)}
          test={testAlarms}
          roles={['developer']}
          saved={said.saved}
          off={said.off2}
        />
      ) : (
        <Bones lines={4} />
      )}
    </Card>
  )
}
