import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconHandStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getHalt, type Halt, setHalt } from '../api/sending.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { dayAndTime, mails } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './halt.module.css'

const text = words({
  stop: { ko: '전체 멈춤', en: 'Stop all sending' },
  stopTitle: { ko: '모든 발송을 멈출까요?', en: 'Stop all sending?' },
  stopSays: {
    ko: '2초 안에 메일, 문자, 카카오, 웹푸시, 서버 호출이 모두 멈춰요. 이미 나간 메시지는 되돌릴 수 없어요.',
    en: 'Within 2 seconds no mail, text, Kakao message, push or call leaves any more. What has left cannot be called back.',
  },
  stopKeeps: {
    ko: (n: string) =>
      `보낼 차례인 ${n}은 그대로 남고, 그동안 들어오는 고객도 계속 모여요. 쇼핑몰 화면의 팝업은 그대로예요.`,
    en: (n: string) =>
      `The ${n} that wait are kept, and people keep entering campaigns. What stands on your pages stays.`,
  },
  stopNow: { ko: '모두 멈추기', en: 'Stop everything' },
  stopped: { ko: '모든 발송을 멈췄어요.', en: 'All sending is stopped.' },
  since: {
    ko: (who: string, at: string) => `모든 발송이 멈춰 있어요. ${who} 님이 ${at}에 멈췄어요.`,
    en: (who: string, at: string) => `All sending is stopped, by ${who}, ${at}.`,
  },
  waiting: {
    ko: (n: string) => `${n}이 기다리고 있어요.`,
    en: (n: string) => `${n} messages wait.`,
  },
  look: { ko: '기다리는 메시지 보기', en: 'Look at them' },
  again: { ko: '다시 시작', en: 'Start again' },
  againTitle: { ko: '발송을 다시 시작할까요?', en: 'Start sending again?' },
  againSays: {
    ko: (n: string) =>
      `기다리던 ${n}은 동의, 시간대, 횟수, 캠페인의 조건을 하나씩 다시 보고 보내요. 하루가 지난 광고는 보내지 않아요.`,
    en: (n: string) =>
      `Each of the ${n} that wait is decided anew: consent, hours, caps, the campaign's conditions. Advertising older than a day is not sent.`,
  },
  againNow: { ko: '다시 시작하기', en: 'Start again' },
  resumed: { ko: '다시 보내기 시작했어요.', en: 'Sending again.' },
  copy: {
    ko: '백업에서 되살린 서버예요. 원래 서버가 함께 돌고 있으면 같은 메시지와 파일이 두 번 나가요. 그래서 메시지, 정기 파일, 웹훅, 쇼핑몰 연동을 모두 쉬고 있어요.',
    en: 'This server was restored from a backup. If the first one still runs, the same messages and files would leave twice, so messages, standing files, webhooks and platforms all rest.',
  },
  copyAsk: {
    ko: '상점 주인이 “이 서버로 이어가기”를 눌러야 다시 시작돼요.',
    en: 'An owner has to say that it goes on with this server.',
  },
  one: { ko: '이 서버로 이어가기', en: 'Go on with this server' },
  oneTitle: { ko: '이 서버로 이어갈까요?', en: 'Go on with this server?' },
  oneFirst: {
    ko: '원래 서버를 껐는지 먼저 확인해 주세요. 두 서버가 함께 돌면 같은 메시지가 두 번 나가요.',
    en: 'See first that the other server is switched off: two of them would send the same message twice.',
  },
  oneSays: {
    ko: '메시지, 정기 파일, 웹훅, 쇼핑몰 연동이 여기서 다시 시작돼요. 백업할 때 기다리던 메시지는 저절로 나가지 않고 “미발송 확인 필요”에 남아 있어요.',
    en: 'Messages, standing files, webhooks and platforms start again here. Messages that waited when the backup was made leave by nobody’s hand but yours: they are listed as unconfirmed.',
  },
  oneNow: { ko: '확인했어요, 이어가기', en: 'Checked: go on here' },
  oneDone: { ko: '이제 이 서버로 이어가요.', en: 'It goes on with this server.' },
  cancel: { ko: '취소', en: 'Cancel' },
})

/** How often a page asks whether somebody else stopped everything. */
const askEveryMs = 10_000

function useHalt() {
  return useQuery({
    queryKey: ['sending', 'halt'],
    queryFn: ({ signal }) => getHalt(signal),
    refetchInterval: askEveryMs,
  })
}

const waitingOf = (halt: Halt) => halt.queued.reduce((sum, { messages }) => sum + messages, 0)

/** A line over every page while all sending is stopped. */
export function HaltBanner() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const [asking, { open, close }] = useDisclosure(false)
  const { data } = useHalt()
  if (!data?.halt) return null
  if (data.copiedAt !== null) return <CopyBanner halt={data} />
  const when = { timeZone: shop.timeZone, language }
  const waiting = waitingOf(data)
  return (
    <div className={style.banner} role="alert">
      <span className={style.says}>
        {said.since(data.halt.by, dayAndTime(data.halt.at, when))}{' '}
        <span className={style.more}>
          {waiting > 0 && (
            <>
              {said.waiting(mails(waiting, language))}{' '}
              <Link href="/messages?state=queued">{said.look}</Link>
            </>
          )}
        </span>
      </span>
      {may && (
        <Button color="red.9" onClick={open}>
          {said.again}
        </Button>
      )}
      {asking && <Ask halt={data} to="resume" close={close} />}
    </div>
  )
}

/** Stands over every page of a restored copy until an owner says that it is the one now. */
function CopyBanner({ halt }: { readonly halt: Halt }) {
  const said = useWords(text)
  const isOwner = useMay()
  const [asking, { open, close }] = useDisclosure(false)
  return (
    <div className={style.banner} role="alert">
      <span className={style.says}>
        {said.copy} {!isOwner && <span className={style.more}>{said.copyAsk}</span>}
      </span>
      {isOwner && (
        <Button color="red.9" onClick={open}>
          {said.one}
        </Button>
      )}
      {asking && <Ask halt={halt} to="take-over" close={close} />}
    </div>
  )
}

/** Stops everything, after asking. */
export function HaltButton() {
  const said = useWords(text)
  const may = useMay('marketer')
  const [asking, { open, close }] = useDisclosure(false)
  const { data } = useHalt()
  if (!may || !data || data.halt) return null
  return (
    <>
      <Button
        variant="default"
        c="var(--broken)"
        leftSection={<IconHandStop size={17} aria-hidden />}
        onClick={open}
      >
        {said.stop}
      </Button>
      {asking && <Ask halt={data} to="halt" close={close} />}
    </>
  )
}

type AskProps = {
  readonly halt: Halt
  readonly to: 'halt' | 'resume' | 'take-over'
  readonly close: () => void
}

function Ask({ halt, to, close }: AskProps) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const stops = to === 'halt'
  const waiting = mails(waitingOf(halt), language)
  const words = {
    halt: {
      title: said.stopTitle,
      says: [said.stopSays, said.stopKeeps(waiting)],
      go: said.stopNow,
    },
    resume: { title: said.againTitle, says: [said.againSays(waiting)], go: said.againNow },
    'take-over': { title: said.oneTitle, says: [said.oneFirst, said.oneSays], go: said.oneNow },
  }[to]
  const change = useMutation({
    mutationFn: () => setHalt(to),
    onSuccess: async (next) => {
      queries.setQueryData(['sending', 'halt'], next)
      const done = to === 'take-over' ? said.oneDone : stops ? said.stopped : said.resumed
      notifications.show({ message: done })
      close()
      await queries.invalidateQueries({ queryKey: ['messages'] })
    },
  })
  return (
    <Modal opened onClose={close} title={words.title}>
      {words.says.map((line) => (
        <p key={line} className={style.text}>
          {line}
        </p>
      ))}
      {change.error && <Failure error={change.error} />}
      <div className={style.buttons}>
        <Button variant="default" onClick={close}>
          {said.cancel}
        </Button>
        <Button
          color="red.9"
          loading={change.isPending}
          onClick={() => change.mutate()}
          data-autofocus
        >
          {words.go}
        </Button>
      </div>
    </Modal>
  )
}
