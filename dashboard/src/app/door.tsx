import { Button } from '@mantine/core'
import { type ReactNode, useContext, useEffect } from 'react'
import { Mark } from '../design/mark.tsx'
import style from './door.module.css'
import { LanguageContext, useWords, words } from './language.ts'

const text = words({
  other: { ko: 'English', en: '한국어' },
  line: { ko: '보낸 메시지가 정말 팔았는지 보여드려요', en: 'See what your messages really sold' },
  caption: {
    ko: '캠페인마다 일부러 보내지 않은 대조군과 비교해요. 막대가 0보다 오른쪽에 있을 때만 메시지 덕분이라고 말해요.',
    en: 'Every campaign is compared with people left out on purpose. Only when the bar lies to the right of 0 do we say that the message did it.',
  },
})

type Props = { readonly title: string; readonly purpose: string; readonly children: ReactNode }

/** The page before the shell: a form on one side, what the product is about on the other. */
export function Door({ title, purpose, children }: Props) {
  const said = useWords(text)
  const { language, speak } = useContext(LanguageContext)
  useEffect(() => {
    document.title = `${title} · Danggol`
  }, [title])
  return (
    <main className={style.door}>
      <Button
        className={style.language ?? ''}
        variant="subtle"
        color="gray"
        lang={language === 'ko' ? 'en' : 'ko'}
        onClick={() => speak(language === 'ko' ? 'en' : 'ko')}
      >
        {said.other}
      </Button>
      <div className={style.form}>
        <Mark size={44} />
        <h1 className={style.title}>{title}</h1>
        <p className={style.purpose}>{purpose}</p>
        {children}
      </div>
      <div className={style.story}>
        <p className={style.line}>{said.line}</p>
        <div className={style.picture}>
          <Proof />
          <p className={style.caption}>{said.caption}</p>
        </div>
      </div>
    </main>
  )
}

/** Three campaigns as dot and interval: one proven, one open, one that did harm. */
function Proof() {
  const rows = [
    { y: 28, from: 268, to: 436, at: 352, colour: 'var(--caused)' },
    { y: 72, from: 150, to: 318, at: 236, colour: 'var(--held-mark)' },
    { y: 116, from: 64, to: 172, at: 118, colour: 'var(--broken)' },
  ]
  return (
    <svg viewBox="0 0 480 150" width="100%" aria-hidden="true">
      <line x1="208" x2="208" y1="4" y2="140" stroke="var(--line-strong)" strokeWidth="2" />
      {rows.map((row) => (
        <g key={row.y}>
          <line x1="24" x2="456" y1={row.y} y2={row.y} stroke="var(--line)" />
          <rect
            x={row.from}
            y={row.y - 7}
            width={row.to - row.from}
            height="14"
            rx="7"
            fill={row.colour}
            opacity="0.28"
          />
          <circle cx={row.at} cy={row.y} r="9" fill={row.colour} />
        </g>
      ))}
    </svg>
  )
}

/** What went wrong with the whole form. */
export function DoorProblem({ children }: { readonly children: ReactNode }) {
  return (
    <div className={style.problem} role="alert">
      {children}
    </div>
  )
}

export function DoorFields({ children }: { readonly children: ReactNode }) {
  return <div className={style.fields}>{children}</div>
}
