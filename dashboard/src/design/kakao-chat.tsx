import { SegmentedControl } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useWords, words } from '../app/language.ts'
import style from './kakao-chat.module.css'

const text = words({
  arrived: { ko: '알림톡 도착', en: 'Alimtalk' },
  light: { ko: '밝은 채팅방', en: 'Light chat' },
  dark: { ko: '어두운 채팅방', en: 'Dark chat' },
  theme: { ko: '채팅방 밝기', en: 'Brightness of the chat' },
  seen: { ko: '카카오톡에서 보이는 모습', en: 'As KakaoTalk shows it' },
  now: { ko: '방금', en: 'now' },
  picture: { ko: '그림이 들어갈 자리', en: 'Place of the picture' },
})

/** A KakaoTalk message as its reader sees it. */
export type KakaoShown = {
  readonly kind: 'alimtalk' | 'brand'
  /** Name of the Kakao channel. */
  readonly channel: string
  readonly text: string
  readonly around?: {
    readonly header?: string
    readonly title?: string
    readonly subtitle?: string
    readonly items?: readonly { readonly title: string; readonly description: string }[]
    readonly extra?: string
  }
  readonly buttons: readonly { readonly name: string }[]
  readonly bubble?: 'TEXT' | 'IMAGE' | 'WIDE'
  /** Where the picture is; null while there is none. */
  readonly picture?: string | null
  readonly coupon?: { readonly title: string; readonly description: string } | null
}

/** A chat with one message in it, light or dark as the reader's phone may be. */
export function KakaoChat({ shown }: { readonly shown: KakaoShown }) {
  const said = useWords(text)
  const [theme, setTheme] = useState<'light' | 'dark'>('light')
  return (
    <figure className={style.figure} aria-label={said.seen}>
      <div className={`${style.chat} ${theme === 'dark' ? style.dark : ''}`}>
        <span className={style.face} aria-hidden="true">
          {shown.channel.replace('@', '').slice(0, 1)}
        </span>
        <div className={style.said}>
          <div className={style.who}>{shown.channel}</div>
          <div className={style.line}>
            <KakaoBubble shown={shown} />
            <span className={style.time}>{said.now}</span>
          </div>
        </div>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={said.theme}
        data={[
          { value: 'light', label: said.light },
          { value: 'dark', label: said.dark },
        ]}
        value={theme}
        onChange={(value) => setTheme(value === 'dark' ? 'dark' : 'light')}
      />
    </figure>
  )
}

function KakaoBubble({ shown }: { readonly shown: KakaoShown }) {
  const said = useWords(text)
  const { around } = shown
  const isWide = shown.bubble === 'WIDE'
  return (
    <div className={`${style.bubble} ${isWide ? style.wide : ''}`}>
      {shown.kind === 'alimtalk' && <div className={style.arrived}>{said.arrived}</div>}
      {shown.kind === 'brand' && shown.bubble !== 'TEXT' && (
        <Picture address={shown.picture ?? null} />
      )}
      <div className={style.body}>
        {around?.header && <div className={style.header}>{blanks(around.header)}</div>}
        {around?.title && <div className={style.title}>{blanks(around.title)}</div>}
        {around?.subtitle && <div className={style.subtitle}>{blanks(around.subtitle)}</div>}
        {(around?.title || around?.header) && <hr className={style.rule} />}
        <p className={style.text}>{blanks(shown.text)}</p>
        {around?.items && around.items.length > 0 && (
          <dl className={style.items}>
            {around.items.map((item) => (
              <div key={item.title}>
                <dt>{item.title}</dt>
                <dd>{blanks(item.description)}</dd>
              </div>
            ))}
          </dl>
        )}
        {around?.extra && <p className={style.extra}>{around.extra}</p>}
        {shown.coupon && (
          <div className={style.coupon}>
            <div>
              <b>{shown.coupon.title}</b>
              <span>{shown.coupon.description}</span>
            </div>
            <IconTicket size={22} aria-hidden />
          </div>
        )}
        {shown.buttons.length > 0 && (
          <div className={isWide ? style.sideBySide : style.buttons}>
            {shown.buttons.map((button, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons may share a name
              <span key={at} className={style.button}>
                {button.name}
              </span>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

/** A text with the blanks of its template marked. */
function blanks(shown: string): ReactNode {
  return shown.split(/(#\{[^{}]+\})/).map((piece, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
      <span key={at} className={style.blank}>
        {piece.slice(2, -1)}
      </span>
    ) : (
      piece
    ),
  )
}

function Picture({ address }: { readonly address: string | null }) {
  const said = useWords(text)
  return address === null ? (
    <div className={style.noPicture}>{said.picture}</div>
  ) : (
    <img className={style.picture} src={address} alt="" />
  )
}
