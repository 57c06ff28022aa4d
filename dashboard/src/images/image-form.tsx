import { TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ImageAnswer } from '../api/images.ts'
import { useWords, words } from '../app/language.ts'
import { FocusPoint } from './focus-point.tsx'
import style from './images.module.css'

const text = words({
  name: { ko: '이름', en: 'Name' },
  alt: { ko: '그림 설명', en: 'Words for the picture' },
  altNote: {
    ko: '그림이 안 보이는 고객에게 읽어 주고, 그림이 늦게 뜰 때 대신 보여요. 예: “봄 니트 세 벌이 걸린 행거”',
    en: 'Read to people who cannot see it, and shown until it has come. For example: “A rail with three spring knits”',
  },
  altMissing: {
    ko: '설명이 있어야 메시지에 넣을 수 있어요.',
    en: 'A picture needs words before it can stand in a message.',
  },
  tags: { ko: '태그', en: 'Tags' },
  tagsNote: { ko: '엔터를 누르면 하나씩 더해져요.', en: 'Enter adds one.' },
})

/** What can be said of a picture, all of it. */
export type ImageWords = Pick<ImageAnswer, 'name' | 'alt' | 'focus' | 'tags'>

/** What is said of a picture as it is stored. */
export function wordsOf({ name, alt, focus, tags }: ImageAnswer): ImageWords {
  return { name, alt, focus, tags }
}

type Props = {
  readonly image: ImageAnswer
  readonly said: ImageWords
  readonly disabled?: boolean
  /** In a message, where words are needed; the library can wait for them. */
  readonly isUsed?: boolean
  readonly put: (words: ImageWords) => void
}

/** Words, focus, name and tags of a picture. */
export function ImageForm({ image, said: now, disabled = false, isUsed = false, put }: Props) {
  const said = useWords(text)
  const isWordless = now.alt.trim() === ''
  return (
    <div className={style.form}>
      <Textarea
        label={said.alt}
        description={said.altNote}
        withAsterisk={isUsed}
        autosize
        minRows={2}
        maxLength={200}
        disabled={disabled}
        value={now.alt}
        error={isWordless ? said.altMissing : undefined}
        onChange={(event) => put({ ...now, alt: event.currentTarget.value.replace(/\n/g, ' ') })}
      />
      <FocusPoint
        picture={image.files.still?.path ?? ''}
        focus={now.focus}
        disabled={disabled}
        put={(focus) => put({ ...now, focus })}
      />
      {!isUsed && (
        <>
          <TextInput
            label={said.name}
            maxLength={100}
            required
            disabled={disabled}
            value={now.name}
            onChange={(event) => put({ ...now, name: event.currentTarget.value })}
          />
          <TagsInput
            label={said.tags}
            description={said.tagsNote}
            maxTags={20}
            disabled={disabled}
            value={[...now.tags]}
            onChange={(tags) => put({ ...now, tags: tags.map((one) => one.slice(0, 40)) })}
          />
        </>
      )}
    </div>
  )
}
