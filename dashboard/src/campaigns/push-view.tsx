import type { ReactNode } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { PushContent } from '../../../server/src/messages/push/content.ts'
import type { WebhookContent } from '../../../server/src/messages/webhook/content.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { PushNote } from '../design/push-note.tsx'
import { Code } from '../design/states.tsx'
import { useSite } from '../messages/picture.tsx'
import style from './campaigns.module.css'
import type { MailDrawn } from './mail-view.tsx'
import { Problems, Undrawn } from './problems.tsx'
import { TestSend } from './test-send.tsx'

const text = words({
  title: { ko: '받는 사람이 보는 모습', en: 'What the reader sees' },
  call: { ko: '상점의 서버가 받는 내용', en: 'What the shop’s server gets' },
  callNote: {
    ko: '서명은 webhook-signature 헤더에 있어요.',
    en: 'The signature is in the header webhook-signature.',
  },
})

type Props<Content> = {
  readonly mail: MailDrawn
  readonly flow: Flow
  readonly content: Content
}

/** The notification as a phone shows it: at once as it roughly is, a moment later as the server draws it. */
export function PushView({ mail, flow, content }: Props<PushContent>) {
  const said = useWords(text)
  const { shop } = useSession()
  const site = useSite()
  const drawn = mail.data?.shown?.channel === 'web_push' ? mail.data : undefined
  const shown = drawn?.shown?.channel === 'web_push' ? drawn.shown : undefined
  const isAd = flow.nature.purpose === 'advertising'
  return (
    <Seen title={said.title} mail={mail} flow={flow} content={content}>
      <PushNote
        title={drawn?.subject ?? `${isAd ? `(광고)${shop.name} ` : ''}${content.title}`}
        text={drawn?.text ?? content.text}
        site={site}
        icon={shown?.icon ?? null}
        image={shown?.image ?? null}
      />
    </Seen>
  )
}

/** The call as the shop's server gets it. */
export function WebhookView({ mail, flow, content }: Props<WebhookContent>) {
  const said = useWords(text)
  const isDrawn = mail.data?.shown?.channel === 'webhook'
  const values = isDrawn
    ? (JSON.parse(mail.data?.text || '{}') as Readonly<Record<string, string>>)
    : Object.fromEntries(content.fields.map(({ name, value }) => [name, value]))
  const body = {
    type: 'message',
    message_id: 482,
    customer_id: 71,
    at: 1_795_327_200_000,
    values,
  }
  return (
    <Seen title={said.call} mail={mail} flow={flow} content={content}>
      <Code text={`POST ${content.url || 'https://…'}\n\n${JSON.stringify(body, null, 2)}`} />
      <p className={style.stepNote}>{said.callNote}</p>
    </Seen>
  )
}

function Seen({
  title,
  mail,
  flow,
  content,
  children,
}: Props<PushContent | WebhookContent> & {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <div className={style.sticky}>
      <div className={style.inline} style={{ justifyContent: 'space-between', marginBottom: 10 }}>
        <span className={style.stepTitle}>{title}</span>
        <TestSend flow={flow} content={content} />
      </div>
      <Undrawn error={mail.error} content={content} />
      <Problems problems={mail.data?.problems} />
      {children}
    </div>
  )
}
