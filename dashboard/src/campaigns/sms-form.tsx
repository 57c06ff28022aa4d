import { Anchor, Button, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Nature } from '../../../server/src/messages/content.ts'
import { lmsBytes, smsBytes } from '../../../server/src/messages/sms/assemble.ts'
import type { SmsContent } from '../../../server/src/messages/sms/content.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count } from '../design/format.ts'
import { useRoughText } from './rough-text.ts'
import style from './sms.module.css'
import { mended, unsendableIn } from './sms-meter.ts'
import { SmsPicture } from './sms-picture.tsx'
import { inserted, ValueMenu, values } from './value-menu.tsx'

const text = words({
  words: { ko: '문자 내용', en: 'Text' },
  around: {
    ko: (shop: string) =>
      `맨 앞에 (광고)${shop}, 맨 뒤에 무료수신거부 번호가 저절로 붙어요. 주소는 짧은 링크로 바뀌어요.`,
    en: (shop: string) =>
      `(광고)${shop} is put in front and the free opt-out number behind. Addresses become short links.`,
  },
  short: { ko: '주소는 짧은 링크로 바뀌어요.', en: 'Addresses become short links.' },
  empty: {
    ko: '내용을 적어 주세요. 비어 있으면 보낼 수 없어요.',
    en: 'Write something; an empty message cannot be sent.',
  },
  subject: { ko: '제목', en: 'Subject' },
  subjectNote: {
    ko: '긴 문자(LMS)에만 보여요. 40바이트를 넘으면 잘려요. 비우면 상점 이름이 들어가요.',
    en: 'Shown above long messages (LMS) only, cut at 40 bytes. Empty: the shop’s name.',
  },
  addSubject: { ko: '제목 넣기', en: 'Add a subject' },
  bytes: {
    ko: (bytes: string, most: string) => `약 ${bytes} / ${most}바이트`,
    en: (bytes: string, most: string) => `About ${bytes} of ${most} bytes`,
  },
  isSms: {
    ko: (left: string) => `짧은 문자(SMS)예요. ${left}바이트 더 쓸 수 있어요.`,
    en: (left: string) => `A short message (SMS); ${left} bytes are left.`,
  },
  isLms: {
    ko: (over: string) => `긴 문자(LMS)로 나가요. ${over}바이트를 줄이면 짧은 문자(SMS)가 돼요.`,
    en: (over: string) => `Goes as a long message (LMS); ${over} bytes less make it short (SMS).`,
  },
  isLmsBySubject: {
    ko: '제목이 있어서 긴 문자(LMS)로 나가요.',
    en: 'Goes as a long message (LMS), for it has a subject.',
  },
  isMms: { ko: '그림이 있어서 MMS로 나가요.', en: 'Goes as MMS, for it has a picture.' },
  tooLong: {
    ko: (most: string) => `${most}바이트를 넘어서 보낼 수 없어요.`,
    en: (most: string) => `More than ${most} bytes cannot be sent.`,
  },
  cannot: { ko: '문자로 보낼 수 없는 글자가 있어요', en: 'Some characters cannot be sent by text' },
  leftOut: { ko: '빼기', en: 'left out' },
  mend: { ko: '한 번에 바꾸기', en: 'Replace them all' },
})

const links = [
  { token: '{{ cart.url }}', ko: '장바구니 링크', en: 'Link to the cart' },
  { token: '{{ link.shop }}', ko: '상점 링크', en: 'Link to the shop' },
] as const

type Props = {
  readonly content: SmsContent
  readonly nature: Nature
  readonly change: (content: SmsContent) => void
}

/** The words of a text message, with its length as carriers count it while one types. */
export function SmsForm({ content, nature, change }: Props) {
  const said = useWords(text)
  const { shop } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const [asked, setAsked] = useState(content.subject !== '')
  const isAd = nature.purpose === 'advertising'
  const put = (words: string) => change({ ...content, text: words })
  return (
    <>
      <div>
        <Textarea
          ref={field}
          label={said.words}
          description={isAd ? said.around(shop.name) : said.short}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={2_000}
          value={content.text}
          error={content.text.trim() === '' ? said.empty : undefined}
          onChange={(event) => put(event.currentTarget.value)}
        />
        <ValueMenu
          offers={[...values, ...links]}
          insert={(token) => put(inserted(content.text, token, field.current))}
        />
      </div>
      <Meter content={content} isAd={isAd} />
      <Unsendable content={content} change={change} />
      <SmsPicture
        picture={content.picture}
        change={(picture) => {
          const { picture: _, image: __, ...rest } = content
          change(picture === undefined ? rest : { ...rest, ...picture })
        }}
      />
      {asked ? (
        <TextInput
          label={said.subject}
          description={said.subjectNote}
          maxLength={100}
          value={content.subject}
          onChange={(event) => change({ ...content, subject: event.currentTarget.value })}
        />
      ) : (
        <div>
          <Anchor component="button" type="button" fz={14} onClick={() => setAsked(true)}>
            {said.addSubject}
          </Anchor>
        </div>
      )}
    </>
  )
}

function Meter({ content, isAd }: { readonly content: SmsContent; readonly isAd: boolean }) {
  const said = useWords(text)
  const language = useLanguage()
  const { form, bytes } = useRoughText(content, isAd)
  const most = form === 'SMS' ? smsBytes : lmsBytes
  const number = (value: number) => count(value, language)
  const tone = bytes > most ? style.over : form === 'SMS' ? style.fits : style.long
  const says = () => {
    if (bytes > most) return said.tooLong(number(most))
    if (form === 'SMS') return said.isSms(number(most - bytes))
    if (form === 'MMS') return said.isMms
    return content.subject.trim() !== ''
      ? said.isLmsBySubject
      : said.isLms(number(bytes - smsBytes))
  }
  return (
    <div className={style.meter}>
      <div className={style.track} aria-hidden="true">
        <span className={tone} style={{ width: `${Math.min(100, (bytes / most) * 100)}%` }} />
      </div>
      <div className={style.count}>
        <b>{form}</b> {said.bytes(number(bytes), number(most))}
      </div>
      <div className={bytes > most ? style.alarm : style.note}>{says()}</div>
    </div>
  )
}

function Unsendable({ content, change }: Omit<Props, 'nature'>) {
  const said = useWords(text)
  const found = unsendableIn(content)
  if (found.length === 0) return null
  return (
    <div className={style.unsendable} role="alert">
      <div className={style.unsendableTitle}>{said.cannot}</div>
      <ul>
        {found.slice(0, 12).map(({ character, kind, by }) => (
          <li key={character}>
            <del>{character}</del>
            <span aria-hidden="true">→</span>
            {kind === 'same' ? <ins>{by}</ins> : <span>{said.leftOut}</span>}
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() =>
          change({ ...content, text: mended(content.text), subject: mended(content.subject) })
        }
      >
        {said.mend}
      </Button>
    </div>
  )
}
