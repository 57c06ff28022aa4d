import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { problemIn } from '../api/client.ts'
import { sendTest } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'

const text = words({
  go: { ko: '나에게 시험 발송', en: 'Send me a test' },
  inbox: {
    ko: '테스트 수신함으로 보냈어요. 메일 서버를 연결하면 내 메일로 가요.',
    en: 'Sent to the test inbox. With a mail server connected it goes to your mailbox.',
  },
  mail: {
    ko: (to: string) => `${to}로 보냈어요.`,
    en: (to: string) => `Sent to ${to}.`,
  },
  failed: {
    ko: '메일 서버가 받지 않았어요. 설정의 메일 발송을 확인해 주세요.',
    en: 'The mail server did not take it. Look at the settings for sending mail.',
  },
  product: { ko: '담아둔 상품', en: 'A product in the cart' },
})

/** The first message of the flow, to the person who is writing it. */
export function TestSend({ flow }: { readonly flow: Flow }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const { member, shop } = useSession()
  const step = flow.steps.find((one) => one.kind === 'message')
  const sending = useMutation({
    mutationFn: (content: NonNullable<typeof step>['content']) =>
      sendTest({
        content,
        nature: flow.nature,
        to: member.email,
        // A test has no customer, so the cart's place is held by one unnamed product.
        context: {
          customer: { name: member.name },
          shop: { name: shop.name },
          cart: {
            items: [{ name: said.product, quantity: 1, price: 10_000 }],
            total: 10_000,
            url: '',
          },
        },
      }),
    onSuccess: ({ provider, outcome }) =>
      notifications.show(
        outcome === 'accepted'
          ? { message: provider === 'inbox' ? said.inbox : said.mail(member.email) }
          : { color: 'red', message: said.failed },
      ),
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  if (!may || !step) return null
  return (
    <Button
      variant="default"
      size="xs"
      loading={sending.isPending}
      onClick={() => sending.mutate(step.content)}
    >
      {said.go}
    </Button>
  )
}
