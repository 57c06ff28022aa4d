import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  type AlimtalkTemplate,
  type AlimtalkTemplates,
  listTemplates,
  readTemplates,
  type TemplateStatus,
} from '../api/kakao.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import { KakaoChat } from '../design/kakao-chat.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Bones, EmptyState, Failure, type Meaning, Tag } from '../design/states.tsx'
import style from './kakao-templates.module.css'

const text = words({
  title: { ko: '알림톡 템플릿', en: 'Alimtalk templates' },
  note: {
    ko: '한 시간마다 저절로 불러와요. 중지되거나 내용이 바뀐 템플릿으로는 보내지 않고 이유를 알려 드려요.',
    en: 'Read every hour. Nothing is sent with a template that was stopped or changed, and you are told why.',
  },
  read: { ko: '지금 불러오기', en: 'Read now' },
  readAt: { ko: (when: string) => `${when}에 불러왔어요`, en: (when: string) => `Read ${when}` },
  done: {
    ko: (n: string) => `템플릿 ${n}개를 불러왔어요.`,
    en: (n: string) => `${n} templates were read.`,
  },
  failed: {
    ko: (why: string) => `마지막으로 불러오지 못했어요: ${why}`,
    en: (why: string) => `The last reading failed: ${why}`,
  },
  practice: {
    ko: '계정을 연결하기 전에 연습해 볼 수 있는 템플릿이에요. 테스트 수신함으로만 가요.',
    en: 'Templates to practise with before an account is connected. They go to the test inbox only.',
  },
  none: { ko: '아직 템플릿이 없어요', en: 'No templates yet' },
  noneText: {
    ko: '대행사에서 템플릿을 등록하고 카카오 검수를 마치면 여기에 나타나요.',
    en: 'They appear here once registered at the provider and approved by Kakao.',
  },
  approved: { ko: '승인', en: 'Approved' },
  waiting: { ko: '검수 중', en: 'Being inspected' },
  rejected: { ko: '반려', en: 'Rejected' },
  stopped: { ko: '중지', en: 'Stopped' },
  list: { ko: '템플릿 목록', en: 'List of templates' },
})

const meanings: Readonly<Record<TemplateStatus, Meaning>> = {
  approved: 'caused',
  waiting: 'attention',
  rejected: 'broken',
  stopped: 'quiet',
}

/** The templates as the provider lists them, each with its phone beside the list. */
export function KakaoTemplates() {
  const said = useWords(text)
  const templates = useQuery({
    queryKey: ['kakao', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
  if (templates.error) return <Failure error={templates.error} retry={() => templates.refetch()} />
  return (
    <Card
      title={said.title}
      note={templates.data?.isPractice ? said.practice : said.note}
      beside={templates.data && !templates.data.isPractice && <ReadNow />}
    >
      {templates.data ? <Listed known={templates.data} /> : <Bones lines={5} />}
    </Card>
  )
}

function ReadNow() {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer', 'marketer')
  const queries = useQueryClient()
  const reading = useMutation({
    mutationFn: readTemplates,
    onSuccess: (known) => {
      queries.setQueryData(['kakao', 'templates'], known)
      if (!known.error)
        notifications.show({ message: said.done(count(known.templates.length, language)) })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  if (!may) return null
  return (
    <Button variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
      {said.read}
    </Button>
  )
}

function Listed({ known }: { readonly known: AlimtalkTemplates }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [chosen, setChosen] = useState('')
  const keyOf = ({ profile, code }: AlimtalkTemplate) => `${profile} ${code}`
  const { templates, readAt, error } = known
  const open = templates.find((one) => keyOf(one) === chosen) ?? templates[0]
  const when = { timeZone: shop.timeZone, language }
  return (
    <div className={style.whole}>
      {error && (
        <p className={style.failed} role="alert">
          {said.failed(providerSentence(error, language))}
        </p>
      )}
      {readAt !== null && <p className={style.when}>{said.readAt(dayAndTime(readAt, when))}</p>}
      {open ? (
        <div className={style.split}>
          <ul className={style.list} aria-label={said.list}>
            {templates.map((one) => (
              <li key={keyOf(one)}>
                <button
                  type="button"
                  className={`${style.item} ${one === open ? style.here : ''}`}
                  aria-current={one === open}
                  onClick={() => setChosen(keyOf(one))}
                >
                  <span className={style.name}>{one.name}</span>
                  <Tag meaning={meanings[one.status]}>{said[one.status]}</Tag>
                  <span className={style.code}>{one.code}</span>
                </button>
              </li>
            ))}
          </ul>
          <KakaoChat
            shown={{
              kind: 'alimtalk',
              channel: nameOf(known, open),
              text: open.content,
              around: open.around,
              buttons: open.buttons,
            }}
          />
        </div>
      ) : (
        <EmptyState title={said.none}>{said.noneText}</EmptyState>
      )}
    </div>
  )
}

function nameOf({ profiles }: AlimtalkTemplates, { profile }: AlimtalkTemplate): string {
  return profiles.find((one) => one.id === profile)?.name ?? profile
}
