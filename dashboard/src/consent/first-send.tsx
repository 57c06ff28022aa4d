import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  attestNone,
  type FirstSendState,
  type FirstSendTask,
  getFirstSend,
  type Signature,
} from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, nameNim } from '../design/format.ts'
import { Bones, Failure, Tag } from '../design/states.tsx'
import style from './consent.module.css'
import { Sign } from './sign.tsx'

const text = words({
  title: { ko: '첫 발송 전에 확인할 세 가지', en: 'Three things before the first message' },
  note: {
    ko: '이미 거부하신 분께 보내면 법을 어기게 돼요(정보통신망법 제50조 제2항). 세 가지를 모두 확인하기 전에는 시험 발송과 테스트 수신함만 쓸 수 있어요.',
    en: 'Whoever has refused must not be messaged (Network Act, article 50(2)). Until all three are settled, only test sends and the test inbox work.',
  },
  open: { ko: '잠겨 있어요', en: 'Locked' },
  done: { ko: '모두 확인했어요', en: 'All settled' },
  optOut080: { ko: '080 수신거부 명단', en: 'The 080 number’s list' },
  optOut080Text: {
    ko: '무료수신거부 번호로 거부하신 번호들이에요. 문자 서비스에서 내려받을 수 있어요.',
    en: 'Numbers that refused through the toll-free number; your text service lets you download them.',
  },
  optOut080None: {
    ko: '우리 상점은 080 수신거부 번호를 쓴 적이 없어 가져올 명단이 없어요.',
    en: 'Our shop never used a toll-free refusal number, so there is no list.',
  },
  oldTool: { ko: '전에 쓰던 도구의 수신거부', en: 'Refusals in the tool before' },
  oldToolText: {
    ko: '전에 쓰던 메일·문자 도구에서 수신을 거부하신 분들이에요. 날짜가 없어도 돼요.',
    en: 'People who refused in the e-mail or text tool you used before. No dates needed.',
  },
  oldToolNone: {
    ko: '전에 광고를 보내던 도구가 없어 가져올 수신거부 명단이 없어요.',
    en: 'No tool sent our advertising before, so there are no refusals to bring.',
  },
  consents: { ko: '받아 둔 수신동의', en: 'Consents you have' },
  consentsText: {
    ko: '언제 어디서 동의하셨는지가 있어야 해요. 동의가 없는 분께는 광고를 보내지 않아요.',
    en: 'With the day and place of each consent. People without consent get no advertising.',
  },
  consentsNone: {
    ko: '지금까지 받아 둔 광고 수신동의가 없어요. 새로 동의하시는 분께만 보낼게요.',
    en: 'We have no consents so far; we will message only those who agree from now on.',
  },
  bring: { ko: '파일로 가져오기', en: 'Bring a file' },
  none: { ko: '없어요', en: 'There is none' },
  confirmNone: { ko: '없다고 확인하기', en: 'Confirm that there is none' },
  cancel: { ko: '그만두기', en: 'Cancel' },
  brought: { ko: '가져왔어요', en: 'Brought' },
  imported: {
    ko: (by: string, at: string) => `${at}에 ${nameNim(by)}이 파일로 가져왔어요`,
    en: (by: string, at: string) => `Brought by ${by}, ${at}`,
  },
  attested: {
    ko: (by: string, at: string) => `${at}에 ${nameNim(by)}이 없다고 확인했어요`,
    en: (by: string, at: string) => `${by} confirmed that there is none, ${at}`,
  },
})

const tasks = ['optOut080', 'oldTool', 'consents'] as const

/** What keeps the first message back, and how to settle it. */
export function FirstSendCard({ bring }: { readonly bring: (task: FirstSendTask) => void }) {
  const said = useWords(text)
  const state = useQuery({
    queryKey: ['consents', 'first-send'],
    queryFn: ({ signal }) => getFirstSend(signal),
  })
  if (state.error) return <Failure error={state.error} retry={() => state.refetch()} />
  const { data } = state
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={
        data && (
          <Tag meaning={data.locked ? 'attention' : 'caused'} dot>
            {data.locked ? said.open : said.done}
          </Tag>
        )
      }
    >
      {data ? (
        <ul className={style.tasks}>
          {tasks.map((task) => (
            <Task key={task} task={task} state={data} bring={bring} />
          ))}
        </ul>
      ) : (
        <Bones lines={4} />
      )}
    </Card>
  )
}

type TaskProps = {
  readonly task: FirstSendTask
  readonly state: FirstSendState
  readonly bring: (task: FirstSendTask) => void
}

function Task({ task, state, bring }: TaskProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [signing, setSigning] = useState(false)
  const none = useMutation({
    mutationFn: (by: Signature) => attestNone(task, by),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }),
  })
  const settled = state[task]
  const when = { timeZone: shop.timeZone, language }
  return (
    <li className={style.task}>
      <div>
        <div className={style.name}>{said[task]}</div>
        <p className={style.text}>
          {settled
            ? said[settled.how === 'none' ? 'attested' : 'imported'](
                settled.by,
                dayAndTime(settled.at, when),
              )
            : said[`${task}Text`]}
        </p>
      </div>
      {settled ? (
        <Tag meaning="caused" dot>
          {said[settled.how === 'none' ? 'none' : 'brought']}
        </Tag>
      ) : (
        may && (
          <div className={style.acts}>
            <Button variant="default" onClick={() => bring(task)}>
              {said.bring}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setSigning(true)}>
              {said.none}
            </Button>
          </div>
        )
      )}
      {signing && !settled && (
        <div className={style.wide}>
          <Sign
            sentence={said[`${task}None`]}
            go={said.confirmNone}
            pending={none.isPending}
            error={none.error}
            sign={(by) => none.mutate(by)}
            cancel={{ label: said.cancel, act: () => setSigning(false) }}
          />
        </div>
      )}
    </li>
  )
}
