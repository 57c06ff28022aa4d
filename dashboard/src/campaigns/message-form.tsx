import { SegmentedControl } from '@mantine/core'
import { useRef } from 'react'
import type { Nature } from '../../../server/src/messages/content.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { RecipeSection } from '../recommendations/recipe-section.tsx'
import { ContentForm } from './content-form.tsx'
import { begunKakao, KakaoForm } from './kakao-form.tsx'
import { weekAhead } from './onsite/ends.ts'
import { OnsiteForm } from './onsite/onsite-form.tsx'
import { begunOnsite } from './onsite/starts.ts'
import { PushForm } from './push-form.tsx'
import { SmsForm } from './sms-form.tsx'
import { WebhookForm } from './webhook-form.tsx'

const text = words({
  channel: { ko: '보내는 방법', en: 'Channel' },
  email: { ko: '이메일', en: 'E-mail' },
  sms: { ko: '문자', en: 'Text' },
  kakao: { ko: '카카오톡', en: 'Kakao' },
  web_push: { ko: '웹 푸시', en: 'Push' },
  onsite: { ko: '온사이트', en: 'On site' },
  webhook: { ko: '웹훅', en: 'Webhook' },
})

/** Channels a message can be written for here, in the order they are offered. */
const offered = ['email', 'sms', 'kakao', 'web_push', 'onsite', 'webhook'] as const
type Offered = (typeof offered)[number]

type Props = {
  readonly content: MessageContent
  readonly nature: Nature
  readonly change: (content: MessageContent) => void
}

/** Which way the message goes, and its words. What was written for another channel waits there. */
export function MessageForm({ content, nature, change }: Props) {
  const said = useWords(text)
  const language = useSession().shop.language === 'en' ? 'en' : 'ko'
  const written = useRef(new Map<MessageContent['channel'], MessageContent>())
  written.current.set(content.channel, content)
  const choose = (channel: Offered) =>
    change(
      written.current.get(channel) ??
        (channel === 'onsite'
          ? begunOnsite('first', { language, end: weekAhead() })
          : begunContent(channel, content, nature)),
    )
  return (
    <>
      <SegmentedControl
        aria-label={said.channel}
        size="sm"
        // Six of them do not fit beside one another on a phone.
        styles={{ root: { flexWrap: 'wrap' }, control: { flex: '1 0 auto' } }}
        data={offered.map((value) => ({ value, label: said[value] }))}
        value={content.channel}
        onChange={(channel) => {
          const chosen = offered.find((one) => one === channel)
          if (chosen && chosen !== content.channel) choose(chosen)
        }}
      />
      <Fields content={content} nature={nature} change={change} />
      {recommends(content) && <RecipeSection content={content} change={change} />}
    </>
  )
}

/** Whether products can be recommended in it: an approved template says what it says, the shop's own server asks for itself. */
function recommends(content: MessageContent): content is RecommendingContent {
  if (content.channel === 'kakao') return content.kind === 'brand'
  return content.channel !== 'webhook' && content.channel !== 'onsite'
}
type RecommendingContent = Exclude<
  MessageContent,
  { readonly channel: 'webhook' | 'onsite' } | { readonly kind: 'alimtalk' }
>

function Fields({ content, nature, change }: Props) {
  switch (content.channel) {
    case 'email':
      return <ContentForm content={content} change={change} />
    case 'sms':
      return <SmsForm content={content} nature={nature} change={change} />
    case 'kakao':
      return <KakaoForm content={content} nature={nature} change={change} />
    case 'web_push':
      return <PushForm content={content} nature={nature} change={change} />
    case 'webhook':
      return <WebhookForm content={content} change={change} />
    case 'onsite':
      return <OnsiteForm content={content} change={change} />
  }
}

/** The first words for a channel: what the message says so far, as far as they go there. */
export function begunContent(
  channel: Exclude<Offered, 'onsite'>,
  from: MessageContent,
  nature: Nature,
): MessageContent {
  const first = 'subject' in from ? from.subject : 'text' in from ? from.text : ''
  switch (channel) {
    case 'email':
      return {
        channel,
        subject: first.replace(/\s+/g, ' ').slice(0, 200),
        preheader: '',
        body: {
          kind: 'blocks',
          blocks: [{ kind: 'text', text: first || '{{ customer.name | nim }}' }],
        },
      }
    case 'sms': {
      const link = from.channel === 'email' ? '\n{{ cart.url }}' : ''
      return { channel, text: `${first}${link}`.trim(), subject: '' }
    }
    case 'kakao':
      return begunKakao(nature.purpose === 'advertising' ? 'brand' : 'alimtalk', '', first)
    case 'web_push': {
      const [title = '', ...rest] = first.split('\n')
      const body = from.channel === 'email' ? from.preheader : rest.join('\n').trim()
      return {
        channel,
        title: title.slice(0, 100),
        text: (body || title).slice(0, 500),
        url: '{{ cart.url }}',
      }
    }
    case 'webhook':
      return { channel, url: '', fields: [{ name: 'customer_name', value: '{{ customer.name }}' }] }
  }
}
