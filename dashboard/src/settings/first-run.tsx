import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useWords, words } from '../app/language.ts'
import { skipSetup } from '../app/skipped.ts'
import { Card } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { Snippet } from './snippet.tsx'
import { type Setup, useSetup } from './use-setup.ts'

const text = words({
  title: { ko: '시작하기', en: 'Getting started' },
  purpose: {
    ko: '세 걸음이면 첫 메시지까지 갈 수 있어요. 나중에 해도 괜찮아요.',
    en: 'Three steps to a first message. Any of them can wait.',
  },
  skip: { ko: '나중에 하기', en: 'Later' },
  paste: { ko: '상점에 코드를 붙이세요', en: 'Put the snippet in your shop' },
  pasteText: {
    ko: '모든 페이지의 <head> 안에 넣어 주세요. 이미 쓰던 GA4 기록도 함께 읽어요.',
    en: 'Into the <head> of every page. What you already send to GA4 is read as well.',
  },
  byFile: {
    ko: '주문·회원 엑셀이 있다면 파일만으로도 지난 숫자를 바로 볼 수 있어요.',
    en: 'With an Excel file of orders or members you see your past numbers at once.',
  },
  byPlatform: {
    ko: '카페24 쇼핑몰이라면 코드를 붙이지 않아도 돼요. 연결하면 코드도 설치하고 지난 12개월의 주문과 회원도 가져와요.',
    en: 'A Cafe24 shop needs no snippet: connecting installs it and brings twelve months of orders and members.',
  },
  byPlatformGo: { ko: '카페24 연결하기', en: 'Connect Cafe24' },
  byFileGo: { ko: '파일로 가져오기', en: 'Bring files' },
  arrive: { ko: '첫 이벤트를 기다려요', en: 'Wait for the first event' },
  arriveText: {
    ko: '상점을 한 번 열어 보세요. 들어오면 바로 초록색으로 바뀌어요.',
    en: 'Open your shop once. This turns green when the event arrives.',
  },
  waiting: { ko: '아직 들어온 이벤트가 없어요', en: 'Nothing has arrived yet' },
  arrived: { ko: '이벤트가 들어오고 있어요', en: 'Events are arriving' },
  noKey: {
    ko: '코드에 들어갈 키는 개발자와 소유자만 볼 수 있어요. 개발자에게 이 페이지를 열어 달라고 해 주세요.',
    en: 'Only developers and owners see the key of the snippet. Ask a developer to open this page.',
  },
  watch: { ko: '실시간으로 보기', en: 'Watch live' },
  play: { ko: '첫 시나리오를 고르세요', en: 'Choose a first playbook' },
  playText: {
    ko: '담고 떠난 고객에게 보내는 알림이 가장 빨리 결과를 보여줘요.',
    en: 'A reminder to people who left something in the cart shows a result soonest.',
  },
  choose: { ko: '시나리오 고르기', en: 'Choose a playbook' },
  chosen: {
    ko: (n: number) => `캠페인이 ${n}개 있어요`,
    en: (n: number) => (n === 1 ? 'There is a campaign' : `There are ${n} campaigns`),
  },
})

/** Three steps with live ticks. */
export function FirstRun() {
  const said = useWords(text)
  const setup = useSetup(2_000)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      width="narrow"
      action={
        <Button component={Link} href="/" variant="default" onClick={skipSetup}>
          {said.skip}
        </Button>
      }
    >
      {setup.error && !setup.data ? (
        <Failure error={setup.error} retry={() => setup.refetch()} />
      ) : setup.data ? (
        <Steps setup={setup.data} />
      ) : (
        <Card flush>
          <Bones lines={8} />
        </Card>
      )}
    </Page>
  )
}

function Steps({ setup }: { readonly setup: Setup }) {
  const said = useWords(text)
  return (
    <div className={style.steps} aria-live="polite">
      <Step number={1} done={setup.hasEvents} title={said.paste} says={said.pasteText}>
        {setup.pageKey ? (
          <Snippet pageKey={setup.pageKey} />
        ) : (
          <p className={style.note}>{said.noKey}</p>
        )}
        <div className={style.stack} style={{ justifyItems: 'start', marginTop: 16 }}>
          <span>{said.byPlatform}</span>
          <Button component={Link} href="/settings/shop-platform" variant="default">
            {said.byPlatformGo}
          </Button>
          <span>{said.byFile}</span>
          <Button component={Link} href="/connect/files" variant="default">
            {said.byFileGo}
          </Button>
        </div>
      </Step>
      <Step number={2} done={setup.hasEvents} title={said.arrive} says={said.arriveText}>
        {!setup.hasEvents ? (
          <span className={style.waiting}>
            <span className={style.pulse} /> {said.waiting}
          </span>
        ) : (
          <div className={style.stack} style={{ justifyItems: 'start' }}>
            <span>{said.arrived}</span>
            <Button component={Link} href="/events" variant="default">
              {said.watch}
            </Button>
          </div>
        )}
      </Step>
      <Step number={3} done={setup.campaigns > 0} title={said.play} says={said.playText}>
        {setup.campaigns > 0 ? (
          <span>{said.chosen(setup.campaigns)}</span>
        ) : (
          <Button component={Link} href="/playbooks">
            {said.choose}
          </Button>
        )}
      </Step>
    </div>
  )
}

type StepProps = {
  readonly number: number
  readonly done: boolean
  readonly title: string
  readonly says: string
  readonly children: ReactNode
}

function Step({ number, done, title, says, children }: StepProps) {
  return (
    <Card>
      <div className={style.step}>
        <span className={`${style.tick} ${done ? style.ticked : ''}`}>
          {done ? <IconCheck size={18} aria-hidden /> : number}
        </span>
        <div style={{ minWidth: 0 }}>
          <h2 className={style.stepTitle}>{title}</h2>
          <p className={style.stepText}>{says}</p>
          {children}
        </div>
      </div>
    </Card>
  )
}
