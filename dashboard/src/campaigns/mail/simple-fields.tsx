import { Anchor, TextInput } from '@mantine/core'
import { useState } from 'react'
import { readPicturePath } from '../../../../server/src/images/address.ts'
import type { ColumnBlock } from '../../../../server/src/messages/content.ts'
import { useWords, words } from '../../app/language.ts'
import { ImageField } from '../../images/image-picker.tsx'
import { AddressField, Insertable } from './insertable.tsx'

const text = words({
  heading: { ko: '큰 글씨', en: 'Heading' },
  text: { ko: '글', en: 'Text' },
  note: { ko: '작은 글씨', en: 'Small print' },
  label: { ko: '버튼 글씨', en: 'Words on the button' },
  url: { ko: '누르면 열리는 주소', en: 'Address it opens' },
  image: { ko: '그림', en: 'Picture' },
  picture: { ko: '다른 곳에 있는 그림의 주소', en: 'Address of a picture elsewhere' },
  typed: { ko: '다른 곳에 있는 그림의 주소 적기', en: 'Write the address of a picture elsewhere' },
  altMissing: {
    ko: '그림이 안 보이는 고객에게 읽어 줄 말을 적어 주세요.',
    en: 'Write what is read to people who cannot see it.',
  },
  alt: { ko: '그림 설명 (그림이 안 보일 때)', en: 'Words in its place' },
  link: { ko: '누르면 열리는 주소 (없어도 돼요)', en: 'Address it opens (optional)' },
})

type Props<B extends ColumnBlock = ColumnBlock> = {
  readonly block: B
  readonly put: (block: B) => void
}

type Of<K extends ColumnBlock['kind']> = Extract<ColumnBlock, { readonly kind: K }>

/** What can be written of a block that may stand anywhere, also in half a mail. */
export function SimpleFields({ block, put }: Props) {
  const said = useWords(text)
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return (
        <Insertable
          label={said[block.kind]}
          value={block.text}
          put={(value) => put({ ...block, text: value })}
        />
      )
    case 'button':
      return <ButtonFields block={block} put={put} />
    case 'image':
      return <ImageFields block={block} put={put} />
  }
}

function ButtonFields({ block, put }: Props<Of<'button'>>) {
  const said = useWords(text)
  return (
    <>
      <TextInput
        label={said.label}
        maxLength={100}
        value={block.label}
        onChange={(event) => put({ ...block, label: event.currentTarget.value })}
      />
      <AddressField label={said.url} value={block.url} put={(url) => put({ ...block, url })} />
    </>
  )
}

function ImageFields({ block, put }: Props<Of<'image'>>) {
  const said = useWords(text)
  const { link, ...rest } = block
  const isOurs = readPicturePath(block.url) !== undefined
  const [isTyping, setTyping] = useState(false)
  // A new block has no address yet.
  const isTyped = isTyping || !/^(https:\/\/)?$/.test(block.url)
  return (
    <>
      <ImageField
        label={said.image}
        value={block.url}
        pick={({ alt, files }) => put({ ...block, alt, url: files.letter?.path ?? block.url })}
      />
      {!isOurs && isTyped && (
        <AddressField
          label={said.picture}
          value={block.url}
          put={(url) => put({ ...block, url })}
        />
      )}
      {!isOurs && !isTyped && (
        <Anchor component="button" type="button" fz={14} onClick={() => setTyping(true)}>
          {said.typed}
        </Anchor>
      )}
      <TextInput
        label={said.alt}
        maxLength={200}
        value={block.alt}
        error={isOurs && block.alt.trim() === '' ? said.altMissing : undefined}
        onChange={(event) => put({ ...block, alt: event.currentTarget.value })}
      />
      <AddressField
        label={said.link}
        optional
        value={link ?? ''}
        put={(next) => put(next === '' ? rest : { ...rest, link: next })}
      />
    </>
  )
}
