import { Button, Popover, TextInput } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { problemIn } from '../api/client.ts'
import { sendTest } from '../api/messages.ts'
import { getShop } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'

const text = words({
  go: { ko: '나에게 시험 발송', en: 'Send me a test' },
  inbox: {
    ko: '테스트 수신함으로 보냈어요. 발송 설정을 마치면 진짜로 가요.',
    en: 'Sent to the test inbox. With a provider connected it really leaves.',
  },
  looked: {
    ko: '테스트 수신함으로 보냈어요. 이 채널의 시험 발송은 늘 여기로만 와요.',
    en: 'Sent to the test inbox. Tests of this channel always stay there.',
  },
  sent: {
    ko: (to: string) => `${to}로 보냈어요.`,
    en: (to: string) => `Sent to ${to}.`,
  },
  failed: {
    ko: '받아 주지 않았어요. 설정의 발송 연결을 확인해 주세요.',
    en: 'It was not taken. Look at the connection in the settings.',
  },
  product: { ko: '담아둔 상품', en: 'A product in the cart' },
  phone: { ko: '받을 휴대폰 번호', en: 'Mobile number' },
  phoneNote: {
    ko: '내 번호나 팀원 번호를 적어 주세요. 수신거부한 번호로는 보내지 않아요.',
    en: 'Yours or a colleague’s. Numbers that have refused get nothing.',
  },
  send: { ko: '이 번호로 보내기', en: 'Send to this number' },
  wrong: {
    ko: '보내지 못했어요. 휴대폰 번호가 맞는지, 수신거부한 번호가 아닌지 확인해 주세요. 시험 발송은 하루 30통까지예요.',
    en: 'Not sent. Check that it is a mobile number that has not refused. At most 30 tests go to phones a day.',
  },
})

function useTest(flow: Flow) {
  const said = useWords(text)
  const { member } = useSession()
  const { data: shop } = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  return useMutation({
    mutationFn: (test: { readonly content: MessageContent; readonly to: string }) =>
      sendTest({
        ...test,
        nature: flow.nature,
        // A test has no customer, so the cart's place is held by one unnamed product.
        context: {
          customer: { name: member.name },
          shop: { name: shop?.name ?? '' },
          cart: {
            items: [{ name: said.product, quantity: 1, price: 10_000 }],
            total: 10_000,
            url: shop?.url ?? '',
          },
        },
      }),
    onSuccess: ({ provider, outcome }, { to, content }) =>
      notifications.show(
        outcome === 'accepted'
          ? {
              message:
                provider !== 'inbox'
                  ? said.sent(to)
                  : content.channel === 'web_push' || content.channel === 'webhook'
                    ? said.looked
                    : said.inbox,
            }
          : { color: 'red', message: said.failed },
      ),
  })
}

type Props = { readonly flow: Flow; readonly content: MessageContent }

/** The message, to the person who is writing it: by mail to their address, else to a phone they type. */
export function TestSend({ flow, content }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const { member } = useSession()
  const sending = useTest(flow)
  if (!may) return null
  if (content.channel === 'sms' || content.channel === 'kakao')
    return <ToPhone flow={flow} content={content} />
  return (
    <Button
      variant="default"
      size="xs"
      loading={sending.isPending}
      onClick={() =>
        sending.mutate(
          { content, to: member.email },
          {
            onError: (error) =>
              notifications.show({
                color: 'red',
                message: problemSentence(problemIn(error), language),
              }),
          },
        )
      }
    >
      {said.go}
    </Button>
  )
}

function ToPhone({ flow, content }: Props) {
  const said = useWords(text)
  const [opened, setOpened] = useState(false)
  const [phone, setPhone] = useSessionStorage({ key: 'test-phone', defaultValue: '' })
  const sending = useTest(flow)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <Button variant="default" size="xs" onClick={() => setOpened((open) => !open)}>
          {said.go}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <form
          style={{ display: 'grid', gap: 12 }}
          onSubmit={(event) => {
            event.preventDefault()
            sending.mutate({ content, to: phone }, { onSuccess: () => setOpened(false) })
          }}
        >
          <TextInput
            type="tel"
            label={said.phone}
            description={said.phoneNote}
            placeholder="010-1234-5678"
            value={phone}
            error={sending.isError ? said.wrong : undefined}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="sm"
            loading={sending.isPending}
            disabled={phone.trim() === ''}
          >
            {said.send}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
