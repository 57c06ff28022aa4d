import { IconPhotoUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useLanguage, useWords, words } from '../app/language.ts'
import { FileDrop } from '../design/file-drop.tsx'
import { imageFaultSentence } from './fault.ts'
import style from './images.module.css'
import type { Upload } from './use-uploads.ts'

const text = words({
  drop: { ko: '그림을 여기에 놓거나 붙여 넣거나', en: 'Drop or paste pictures here, or' },
  pick: { ko: '그림 고르기', en: 'choose files' },
  what: {
    ko: 'JPG, PNG, WebP, GIF · 10MB까지. 메일, 문자, 카카오, 팝업에 맞는 크기를 저절로 만들어요. 찍은 곳 같은 정보는 지워요.',
    en: 'JPG, PNG, WebP or GIF up to 10 MB. Sizes for mails, texts, KakaoTalk and popups are made of it; where it was taken is removed.',
  },
  progress: { ko: '올리는 그림', en: 'Uploads' },
  waiting: { ko: '기다리는 중', en: 'waiting' },
  sending: { ko: '올려서 크기를 만드는 중', en: 'uploading, making its sizes' },
  done: { ko: '보관함에 넣었어요', en: 'is in the library' },
  known: { ko: '이미 있는 그림이에요', en: 'was in the library already' },
})

type Props = {
  readonly uploads: readonly Upload[]
  readonly take: (files: readonly File[]) => void
}

/** Where pictures are dropped, pasted or picked, and what became of each. */
export function ImageDrop({ uploads, take }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  usePasted(take)
  return (
    <div>
      <FileDrop
        says={said.drop}
        pick={said.pick}
        hint={said.what}
        accept="image/jpeg,image/png,image/webp,image/gif"
        icon={<IconPhotoUp size={22} aria-hidden />}
        take={take}
        many
      />
      <ul className={style.uploads} aria-label={said.progress} aria-live="polite">
        {uploads.map(({ at, name, state, error }) => (
          <li key={at} className={state === 'failed' ? style.failed : ''}>
            <b>{name}</b> {state === 'failed' ? imageFaultSentence(error, language) : said[state]}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Pictures pasted anywhere on the page, unless something is being written. */
function usePasted(take: (files: readonly File[]) => void) {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) =>
        type.startsWith('image/'),
      )
      if (files.length === 0) return
      event.preventDefault()
      latest.current(files)
    }
    document.addEventListener('paste', pasted)
    return () => document.removeEventListener('paste', pasted)
  }, [])
}
