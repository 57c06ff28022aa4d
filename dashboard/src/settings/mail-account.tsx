import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import { checkMail, type MailAccountWrite, putMail, removeMail } from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import style from './settings.module.css'

const text = words({
  save: { ko: '이 서비스로 보내기', en: 'Send through this service' },
  check: { ko: '연결 확인하기', en: 'Check the connection' },
  remove: { ko: '연결 끊기', en: 'Disconnect' },
  saved: {
    ko: '저장했어요. 이제 이 서비스로 보내요.',
    en: 'Saved. Mails go through this service now.',
  },
  removed: { ko: '연결을 끊었어요.', en: 'Disconnected.' },
  works: { ko: '키가 맞아요. 보낼 준비가 됐어요.', en: 'The key works. Ready to send.' },
  worksNot: {
    ko: '연결하지 못했어요. 키를 확인해 주세요.',
    en: 'It does not work. Check the key.',
  },
})

/** Saving an account at a mail service; `problem` says which field is at fault. */
export function useMailAccount(done: () => void) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: (body: MailAccountWrite) => putMail(body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mail'] })
      await queries.invalidateQueries({ queryKey: ['mail-domain'] })
      done()
      notifications.show({ message: said.saved })
    },
  })
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  return { saving, wrong, isOther: problem !== undefined && !problem.field }
}

/** Saves, and once there is something: checks it and lets go of it. */
export function AccountButtons({
  busy,
  isSet,
}: {
  readonly busy: boolean
  readonly isSet: boolean
}) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const failed = (error: unknown) =>
    notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) })
  const checking = useMutation({
    mutationFn: checkMail,
    onSuccess: ({ works, detail }) =>
      notifications.show({
        ...(works ? {} : { color: 'red' }),
        message: [works ? said.works : said.worksNot, detail].filter(Boolean).join(' '),
      }),
    onError: failed,
  })
  const removing = useMutation({
    mutationFn: removeMail,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mail'] })
      notifications.show({ message: said.removed })
    },
    onError: failed,
  })
  return (
    <div className={style.buttons}>
      <Button type="submit" loading={busy}>
        {said.save}
      </Button>
      {isSet && (
        <>
          <Button variant="default" loading={checking.isPending} onClick={() => checking.mutate()}>
            {said.check}
          </Button>
          <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
            {said.remove}
          </Button>
        </>
      )}
    </div>
  )
}
