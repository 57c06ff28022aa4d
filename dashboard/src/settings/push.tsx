import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getPush, switchPushOff, switchPushOn } from '../api/push.ts'
import { useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { SoftAsk } from '../design/soft-ask.tsx'
import { Bones, Code, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '웹 푸시', en: 'Web push' },
  note: {
    ko: '상점 페이지를 닫아도 브라우저로 알림을 보내요. 발송 비용이 없고, 브라우저에서 허락한 고객에게만 가요.',
    en: 'Notifications reach browsers even when the shop’s page is closed. They cost nothing and go only to those who allowed them.',
  },
  on: { ko: '켜짐', en: 'On' },
  off: { ko: '꺼짐', en: 'Off' },
  offSays: {
    ko: '켜기 전에는 푸시가 밖으로 나가지 않고 테스트 수신함에 와요.',
    en: 'Until it is on, notifications stay in the test inbox.',
  },
  onSays: {
    ko: '열쇠를 한 번 만들어 두었어요. 끄면 열쇠를 잊어서, 지금까지 허락한 고객이 모두 다시 허락해야 해요.',
    en: 'The keys were made once. Switching off forgets them: everybody who allowed it would have to allow it again.',
  },
  turnOn: { ko: '웹 푸시 켜기', en: 'Switch on web push' },
  turnOff: { ko: '웹 푸시 끄기', en: 'Switch off web push' },
  offTitle: { ko: '웹 푸시를 끌까요?', en: 'Switch off web push?' },
  offText: {
    ko: '허락받은 브라우저를 모두 잃어요. 다시 켜도 고객이 다시 허락하기 전에는 보낼 수 없어요.',
    en: 'Every browser that allowed it is lost; after switching on again each person has to allow it anew.',
  },
  keep: { ko: '그대로 두기', en: 'Keep it on' },
  mayNot: {
    ko: '켜고 끄는 일은 개발자와 소유자가 할 수 있어요.',
    en: 'Developers and owners switch it on and off.',
  },
  sender: { ko: '발신자 정보 채우기', en: 'Fill in the sender' },
  develop: { ko: '개발자가 할 일 두 가지', en: 'Two things for a developer' },
  developNote: {
    ko: '먼저 연결 스니펫이 상점 페이지에 있어야 해요.',
    en: 'The snippet has to be in the shop’s pages first.',
  },
  worker: { ko: '파일 하나를 상점 주소에 올려요', en: 'Put one file on the shop’s own address' },
  workerText: {
    ko: (path: string) => `상점 주소의 ${path} 에서 열려야 해요.`,
    en: (path: string) => `It has to open at ${path} of the shop.`,
  },
  ask: { ko: '물어볼 때를 골라 한 줄을 불러요', en: 'Call one line where it makes sense to ask' },
  askText: {
    ko: '예를 들어 주문을 마친 페이지나 재입고 알림 버튼에서요. 브라우저가 묻기 전에 아래 창이 먼저 부드럽게 물어요.',
    en: 'On the page after an order, or behind a button for restocked products. The card below asks softly before the browser does.',
  },
  seen: { ko: '고객이 보는 창', en: 'What people see' },
  seenNote: {
    ko: '받지 않기나 닫기를 누르면 7일, 30일간 보지 않기를 누르면 30일 동안 다시 묻지 않아요. (전자상거래법 제21조의2)',
    en: 'After a no or closing it does not ask for 7 days, after “Not for 30 days” for 30. (Electronic Commerce Act, article 21-2)',
  },
})

const workerPath = '/danggol-worker.js'

/** 설정 > 웹 푸시: on or off, the developer's two steps, and what people are asked. */
export function PushSettings() {
  const said = useWords(text)
  const queries = useQueryClient()
  const may = useMay('developer')
  const [leaving, { open, close }] = useDisclosure(false)
  const known = useQuery({ queryKey: ['push'], queryFn: ({ signal }) => getPush(signal) })
  const kept = () => queries.invalidateQueries({ queryKey: ['push'] })
  const on = useMutation({ mutationFn: switchPushOn, onSuccess: kept })
  const off = useMutation({
    mutationFn: switchPushOff,
    onSuccess: async () => {
      await kept()
      close()
    },
  })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  if (!known.data)
    return (
      <Card title={said.title} note={said.note}>
        <Bones lines={5} />
      </Card>
    )
  const isOn = known.data.publicKey !== null
  return (
    <div className={style.stack}>
      <Card
        title={said.title}
        note={said.note}
        beside={
          <Tag dot meaning={isOn ? 'caused' : 'attention'}>
            {isOn ? said.on : said.off}
          </Tag>
        }
      >
        <div className={style.form}>
          <p className={style.note}>{isOn ? said.onSays : said.offSays}</p>
          {on.error && (
            <div>
              <Failure error={on.error} />
              <Link href="/settings/sender" style={{ textDecoration: 'underline' }}>
                {said.sender}
              </Link>
            </div>
          )}
          {!may && <p className={style.note}>{said.mayNot}</p>}
          {may && (
            <div className={style.buttons}>
              {isOn ? (
                <Button variant="default" onClick={open}>
                  {said.turnOff}
                </Button>
              ) : (
                <Button loading={on.isPending} onClick={() => on.mutate()}>
                  {said.turnOn}
                </Button>
              )}
            </div>
          )}
        </div>
      </Card>
      <Steps />
      <Card title={said.seen} note={said.seenNote}>
        <SoftAsk />
      </Card>
      <Modal opened={leaving} onClose={close} title={said.offTitle}>
        <div className={style.stack}>
          <p className={style.note}>{said.offText}</p>
          {off.error && <Failure error={off.error} />}
          <div className={style.buttons} style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={close} data-autofocus>
              {said.keep}
            </Button>
            <Button color="red" loading={off.isPending} onClick={() => off.mutate()}>
              {said.turnOff}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  )
}

function Steps() {
  const said = useWords(text)
  const { publicUrl } = useSession()
  const steps = [
    {
      title: said.worker,
      says: said.workerText(workerPath),
      code: `// ${workerPath}\nimportScripts('${publicUrl}/worker.js')`,
    },
    {
      title: said.ask,
      says: said.askText,
      code: "(window.danggol = window.danggol || []).push(['askPush'])",
    },
  ]
  return (
    <Card title={said.develop} note={said.developNote}>
      <div className={style.steps}>
        {steps.map((step, at) => (
          <div key={step.title} className={style.step}>
            <span className={style.tick} aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <div className={style.stepTitle}>{step.title}</div>
              <p className={style.stepText}>{step.says}</p>
              <Code text={step.code} />
            </div>
          </div>
        ))}
      </div>
    </Card>
  )
}
