import { Textarea, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { readPicturePath } from '../../../server/src/images/address.ts'
import type { Nature } from '../../../server/src/messages/content.ts'
import type { PushContent } from '../../../server/src/messages/push/content.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { ImageField } from '../images/image-picker.tsx'
import { inserted, ValueMenu, values } from './value-menu.tsx'

const text = words({
  title: { ko: '알림 제목', en: 'Title' },
  around: {
    ko: (shop: string) => `맨 앞에 (광고)${shop}, 글 끝에 ‘수신거부: 설정 > 알림’이 저절로 붙어요.`,
    en: (shop: string) =>
      `(광고)${shop} is put in front, and the way to turn notifications off below the text.`,
  },
  words: { ko: '글', en: 'Text' },
  wordsNote: {
    ko: '접힌 알림에서는 첫 줄만 보여요.',
    en: 'Folded notifications show the first line only.',
  },
  url: { ko: '누르면 열리는 주소', en: 'Opens on a click' },
  urlNote: {
    ko: 'https로 시작하는 주소나 {{ cart.url }} 같은 값이에요.',
    en: 'An https address or a value such as {{ cart.url }}.',
  },
  icon: { ko: '작은 그림 (없어도 돼요)', en: 'Small picture (optional)' },
  image: { ko: '큰 그림 (없어도 돼요)', en: 'Large picture (optional)' },
  iconAddress: { ko: '작은 그림 주소 (없어도 돼요)', en: 'Address of a small picture (optional)' },
  imageAddress: { ko: '큰 그림 주소 (없어도 돼요)', en: 'Address of a large picture (optional)' },
  empty: {
    ko: '적어 주세요. 비어 있으면 보낼 수 없어요.',
    en: 'Write something; an empty one cannot be sent.',
  },
  badUrl: {
    ko: 'https로 시작하는 주소나 {{ cart.url }} 같은 값을 적어 주세요.',
    en: 'Write an https address, or a value such as {{ cart.url }}.',
  },
})

type Props = {
  readonly content: PushContent
  readonly nature: Nature
  readonly change: (content: PushContent) => void
}

/** A notification: title, text, where it leads, and pictures. */
export function PushForm({ content, nature, change }: Props) {
  const said = useWords(text)
  const { shop } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const isAd = nature.purpose === 'advertising'
  const put = (words: string) => change({ ...content, text: words })
  return (
    <>
      <TextInput
        label={said.title}
        description={isAd ? said.around(shop.name) : undefined}
        maxLength={100}
        value={content.title}
        error={content.title.trim() === '' ? said.empty : undefined}
        onChange={(event) => change({ ...content, title: event.currentTarget.value })}
      />
      <div>
        <Textarea
          ref={field}
          label={said.words}
          description={said.wordsNote}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={500}
          value={content.text}
          error={content.text.trim() === '' ? said.empty : undefined}
          onChange={(event) => put(event.currentTarget.value)}
        />
        <ValueMenu
          offers={values}
          insert={(token) => put(inserted(content.text, token, field.current))}
        />
      </div>
      <Address
        label={said.url}
        note={said.urlNote}
        value={content.url}
        put={(url) => change({ ...content, url: url ?? '' })}
        needed
      />
      <Picture
        label={said.icon}
        other={said.iconAddress}
        file="small"
        value={content.icon}
        put={(icon) => change(withOptional(content, 'icon', icon))}
      />
      <Picture
        label={said.image}
        other={said.imageAddress}
        file="still"
        value={content.image}
        put={(image) => change(withOptional(content, 'image', image))}
      />
    </>
  )
}

function withOptional(
  content: PushContent,
  name: 'icon' | 'image',
  value: string | undefined,
): PushContent {
  const { [name]: _, ...rest } = content
  return value === undefined ? rest : { ...rest, [name]: value }
}

type PictureProps = Pick<AddressProps, 'label' | 'value' | 'put'> & {
  readonly other: string
  readonly file: 'small' | 'still'
}

/** A picture of the library, or the address of one elsewhere. */
function Picture({ label, other, file, value = '', put }: PictureProps) {
  const isOurs = readPicturePath(value) !== undefined
  return (
    <>
      <ImageField
        label={label}
        value={value}
        pick={({ files }) => put(files[file]?.path)}
        clear={() => put(undefined)}
      />
      {!isOurs && <Address label={other} value={value} put={put} />}
    </>
  )
}

type AddressProps = {
  readonly label: string
  readonly note?: string
  readonly value: string | undefined
  readonly put: (value: string | undefined) => void
  readonly needed?: boolean
}

function Address({ label, note, value = '', put, needed = false }: AddressProps) {
  const said = useWords(text)
  const isFine =
    (value === '' && !needed) ||
    /^https:\/\/\S+$/i.test(value.trim()) ||
    /^\{\{[^{}]+\}\}$/.test(value.trim())
  return (
    <TextInput
      label={label}
      description={note}
      maxLength={2_000}
      value={value}
      error={isFine ? undefined : said.badUrl}
      onChange={(event) => put(event.currentTarget.value || undefined)}
    />
  )
}
