import { Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Tracking } from '../../../server/src/messages/opens.ts'
import { problemIn } from '../api/client.ts'
import { getTracking, putTracking } from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import style from './settings.module.css'

const text = words({
  title: { ko: '메일에서 세는 것', en: 'What is counted of mails' },
  note: {
    ko: '링크를 누른 것은 늘 세요. 메일을 연 것은 따로 켤 때만 세요.',
    en: 'Clicks on links are always counted; opened mails only if you switch it on.',
  },
  opens: { ko: '메일을 연 것도 세기', en: 'Count opened mails' },
  why: {
    ko: '보이지 않는 그림을 넣어 언제 읽었는지 알아내는 방법이라 기본은 꺼져 있어요. 애플 메일처럼 사람이 열지 않아도 그림을 받아 가는 곳이 많아 숫자도 정확하지 않아요. 켜면 개인정보 처리방침에 적어 주세요.',
    en: 'It works by an invisible picture that tells when somebody reads, so it is off at first. Many programs, Apple Mail first, fetch it without anybody reading, so the number is not exact either. Name it in your privacy policy if you switch it on.',
  },
})

/** Opened mails are counted by choice only. */
export function MailTracking() {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const tracking = useQuery({
    queryKey: ['tracking'],
    queryFn: ({ signal }) => getTracking(signal),
  })
  const saving = useMutation({
    mutationFn: ({ opens, seen }: { readonly opens: boolean; readonly seen: Tracking }) =>
      putTracking({ opens }, seen),
    onSuccess: (next) => queries.setQueryData(['tracking'], next),
    onError: async (error) => {
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) })
      // What somebody else chose meanwhile is shown.
      await queries.invalidateQueries({ queryKey: ['tracking'] })
    },
  })
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.form}>
        <Switch
          label={said.opens}
          description={said.why}
          disabled={!may || !tracking.isSuccess}
          checked={tracking.data?.opens ?? false}
          onChange={(event) => {
            const seen = tracking.data
            if (seen) saving.mutate({ opens: event.currentTarget.checked, seen })
          }}
        />
      </div>
    </Card>
  )
}
