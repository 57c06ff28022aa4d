import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type CustomerDetail, stopMarketing } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { personName } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './customers.module.css'

const text = words({
  title: {
    ko: (name: string) => `${name}의 마케팅 이용을 멈출까요?`,
    en: (name: string) => `Stop marketing to ${name}?`,
  },
  what: {
    ko: '모든 채널의 광고 수신과 개인정보의 마케팅 이용을 한 번에 거부한 것으로 기록해요. 기다리던 광고도 보내지 않아요. 주문과 배송 안내는 계속 드려요.',
    en: 'Advertising on every channel and the use of personal data for marketing are refused at once. Waiting advertising is not sent; news of orders still is.',
  },
  back: {
    ko: '다시 시작하려면 고객이 직접 새로 동의해야 해요.',
    en: 'Only a new consent of the person starts it again.',
  },
  go: { ko: '마케팅 이용 모두 멈추기', en: 'Stop all marketing' },
  keep: { ko: '그대로 두기', en: 'Leave it' },
  done: {
    ko: '모두 멈췄어요. 처리 결과는 고객에게 안내돼요.',
    en: 'All of it is stopped; the person is told the result.',
  },
})

type Props = { readonly person: CustomerDetail; readonly close: () => void }

/** One switch for a person who asks that their data is used for marketing no more. */
export function StopMarketing({ person, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const stopping = useMutation({
    mutationFn: () => stopMarketing(person.id),
    onSuccess: async () => {
      notifications.show({ message: said.done })
      close()
      await queries.invalidateQueries({ queryKey: ['customers'] })
    },
  })
  const name = person.name?.trim() ?? ''
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={said.title(
        name === '' || language === 'en' ? personName(person.name, language) : `${name} 고객`,
      )}
    >
      <div className={style.stack}>
        <p style={{ margin: 0 }}>{said.what}</p>
        <p style={{ margin: 0 }}>{said.back}</p>
        {stopping.error && <Failure error={stopping.error} />}
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            {said.keep}
          </Button>
          <Button data-autofocus loading={stopping.isPending} onClick={() => stopping.mutate()}>
            {said.go}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
