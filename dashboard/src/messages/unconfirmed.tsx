import { Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { problemIn } from '../api/client.ts'
import { listMessages, type MessageRow, resendMessage, settleMessage } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime, personName } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import style from './messages.module.css'

const text = words({
  title: { ko: (n: string) => `미발송 확인 필요 ${n}건`, en: (n: string) => `${n} unknown` },
  note: {
    ko: '보내는 도중 연결이 끊겨 갔는지 알 수 없는 메시지예요. 두 번 가지 않도록 저절로 다시 보내지 않아요. 발송사(메일 서버, 문자 서비스)의 기록을 보고 골라 주세요.',
    en: 'The connection broke while these were being sent, so they may or may not have gone. They are not sent again by themselves. Look at the provider’s own log and say.',
  },
  went: { ko: '갔어요', en: 'It went out' },
  lost: { ko: '가지 않았어요', en: 'It did not' },
  again: { ko: '다시 보내기', en: 'Send again' },
  againNote: { ko: '이미 갔다면 두 번 받게 돼요.', en: 'If it did go out, it arrives twice.' },
  done: { ko: '적어 두었어요.', en: 'Noted.' },
})

/** Messages that may have gone: a person decides, nothing is sent twice. Shows nothing when there are none. */
export function Unconfirmed() {
  const said = useWords(text)
  const language = useLanguage()
  const list = useQuery({
    queryKey: ['messages', 'unconfirmed'],
    queryFn: ({ signal }) => listMessages({ state: 'unconfirmed', limit: 20 }, signal),
  })
  const rows = list.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <Card
      title={said.title(`${count(rows.length, language)}${list.data?.next ? '+' : ''}`)}
      note={said.note}
      flush
    >
      {rows.map((message) => (
        <Question key={message.id} message={message} />
      ))}
    </Card>
  )
}

function Question({ message }: { readonly message: MessageRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const settling = useMutation({
    mutationFn: (what: 'went' | 'lost' | 'again') =>
      what === 'again' ? resendMessage(message.id) : settleMessage(message.id, what === 'went'),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['messages'] })
      notifications.show({ message: said.done })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  const when = dayAndTime(message.createdAt, { timeZone: shop.timeZone, language }, Date.now())
  return (
    <div className={style.question}>
      <div className={style.row}>
        <span>
          <Link href={`/customers/${message.customer}`} style={{ fontWeight: 600 }}>
            {personName(message.customerName, language)}
          </Link>{' '}
          · {message.subject ?? message.campaignName} · {when}
        </span>
        {may && (
          <span className={style.actions}>
            <Button
              variant="default"
              size="xs"
              loading={settling.isPending}
              onClick={() => settling.mutate('went')}
            >
              {said.went}
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={settling.isPending}
              onClick={() => settling.mutate('lost')}
            >
              {said.lost}
            </Button>
            <Tooltip label={said.againNote}>
              <Button
                variant="default"
                size="xs"
                loading={settling.isPending}
                onClick={() => settling.mutate('again')}
              >
                {said.again}
              </Button>
            </Tooltip>
          </span>
        )}
      </div>
    </div>
  )
}
