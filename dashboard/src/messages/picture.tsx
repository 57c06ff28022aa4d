import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Shown } from '../../../server/src/channels/shown.ts'
import { eucKrBytes } from '../../../server/src/messages/sms/euc-kr.ts'
import { listTemplates, pictureAddress } from '../api/kakao.ts'
import { getShop } from '../api/settings.ts'
import { textPictureAddress } from '../api/text-pictures.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count } from '../design/format.ts'
import { KakaoChat } from '../design/kakao-chat.tsx'
import { Phone, TextBubble } from '../design/phone.tsx'
import { PushNote } from '../design/push-note.tsx'
import { Code } from '../design/states.tsx'
import style from './messages.module.css'
import { Paper } from './paper.tsx'

const text = words({
  phone: { ko: '휴대폰에 온 문자', en: 'The message on a phone' },
  size: {
    ko: (form: string, bytes: string) => `${form} · ${bytes}바이트`,
    en: (form: string, bytes: string) => `${form} · ${bytes} bytes`,
  },
  from: { ko: (number: string) => `보내는 번호 ${number}`, en: (n: string) => `from ${n}` },
  noNumber: { ko: '보내는 번호를 아직 고르지 않았어요', en: 'no sender number chosen yet' },
  alimtalk: { ko: '알림톡', en: 'Alimtalk' },
  brand: { ko: '브랜드 메시지', en: 'Brand Message' },
  push: { ko: '웹 푸시', en: 'Web push' },
  webhook: { ko: '웹훅', en: 'Webhook' },
  posts: { ko: (host: string) => `POST ${host}`, en: (host: string) => `POST ${host}` },
})

type Props = {
  readonly message: {
    readonly channel: string
    readonly subject: string
    readonly html: string | null
    readonly text: string | null
    readonly shown: Shown | null
  }
  /** Who it went to and when. */
  readonly meta: ReactNode
}

/** A message as the person saw it: a mail, a text on a phone, a Kakao bubble, a notification, or a call as JSON. */
export function Picture({ message, meta }: Props) {
  const { shown, subject, text: body } = message
  switch (shown?.channel) {
    case 'sms':
      return <TextPicture shown={shown} subject={subject} body={body ?? ''} meta={meta} />
    case 'kakao':
      return <KakaoPicture shown={shown} body={body ?? ''} meta={meta} />
    case 'web_push':
      return <PushPicture shown={shown} title={subject} body={body ?? ''} meta={meta} />
    case 'webhook':
      return <CallPicture shown={shown} body={body ?? ''} meta={meta} />
    case undefined:
      return <Paper subject={subject} meta={meta} html={message.html} text={body} />
  }
}

type Of<Channel extends Shown['channel']> = {
  readonly shown: Extract<Shown, { readonly channel: Channel }>
  readonly body: string
  readonly meta: ReactNode
}

function Framed({
  title,
  meta,
  children,
}: {
  readonly title: string
  readonly meta: ReactNode
  readonly children: ReactNode
}) {
  return (
    <article className={style.paper}>
      <header className={style.paperHead}>
        <h2 className={style.kind}>{title}</h2>
        <div className={style.paperTo}>{meta}</div>
      </header>
      <div className={style.picture}>{children}</div>
    </article>
  )
}

function TextPicture({ shown, subject, body, meta }: Of<'sms'> & { readonly subject: string }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const from = shown.from === '' ? said.noNumber : said.from(phoneNumber(shown.from))
  const size = said.size(shown.form, count(eucKrBytes(body), language))
  return (
    <Framed title={`${size} · ${from}`} meta={meta}>
      <Phone label={said.phone} from={shown.from === '' ? shop.name : phoneNumber(shown.from)}>
        <TextBubble
          subject={shown.form === 'SMS' ? null : subject}
          text={body}
          {...(shown.picture === null ? {} : { picture: textPictureAddress(shown.picture) })}
        />
      </Phone>
    </Framed>
  )
}

function KakaoPicture({ shown, body, meta }: Of<'kakao'>) {
  const said = useWords(text)
  const { shop } = useSession()
  const templates = useQuery({
    queryKey: ['kakao', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
  const channel =
    templates.data?.profiles.find((one) => one.id === shown.profile)?.name ?? shop.name
  const { kind, buttons, coupon, around } = shown
  return (
    <Framed title={said[kind]} meta={meta}>
      <KakaoChat
        shown={{
          kind,
          channel,
          text: body,
          buttons,
          coupon,
          ...(around ? { around } : {}),
          ...(shown.bubble ? { bubble: shown.bubble } : {}),
          picture: shown.picture && pictureAddress(shown.picture),
        }}
      />
    </Framed>
  )
}

function PushPicture({ shown, title, body, meta }: Of<'web_push'> & { readonly title: string }) {
  const said = useWords(text)
  const site = useSite()
  return (
    <Framed title={said.push} meta={meta}>
      <PushNote title={title} text={body} site={site} icon={shown.icon} image={shown.image} />
    </Framed>
  )
}

function CallPicture({ shown, body, meta }: Of<'webhook'>) {
  const said = useWords(text)
  return (
    <Framed title={`${said.webhook} · ${said.posts(shown.host)}`} meta={meta}>
      <Code text={body} />
    </Framed>
  )
}

/** The host of the shop's pages, which browsers put on its notifications. */
export function useSite(): string {
  const { shop: session } = useSession()
  const shop = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  return /^https?:\/\/([^/]+)/.exec(shop.data?.url ?? '')?.[1] ?? session.name
}

/** `0212345678` -> `02-1234-5678`; what is no Korean number stays as it is. */
function phoneNumber(digits: string): string {
  const parts = /^(02|0\d{2}|1\d{3})(\d{3,4})?(\d{4})$/.exec(digits)
  return parts ? parts.slice(1).filter(Boolean).join('-') : digits
}
