import { Textarea, TextInput } from '@mantine/core'
import { useRef } from 'react'
import type { Block, EmailContent } from '../../../server/src/messages/content.ts'
import { useWords, words } from '../app/language.ts'
import style from './campaigns.module.css'
import { withBlock } from './flow-edit.ts'
import { inserted, ValueMenu, values } from './value-menu.tsx'

const text = words({
  subject: { ko: '제목', en: 'Subject' },
  subjectNote: {
    ko: '보낼 때 맨 앞에 (광고)가 저절로 붙어요.',
    en: 'The (광고) label the law asks for is put in front for you.',
  },
  preheader: { ko: '제목 옆에 보이는 한 줄', en: 'The line beside the subject' },
  heading: { ko: '큰 글씨', en: 'Heading' },
  text: { ko: '글', en: 'Text' },
  button: { ko: '버튼 글씨', en: 'Button' },
  products: {
    ko: (n: number) => `담긴 상품을 ${n}개까지 보여줘요.`,
    en: (n: number) => `Shows up to ${n} products of the cart.`,
  },
  image: { ko: '그림 설명', en: 'Picture text' },
  mjml: { ko: '본문 (MJML)', en: 'Body (MJML)' },
  empty: {
    ko: '제목을 적어 주세요. 비어 있으면 보낼 수 없어요.',
    en: 'Write a subject; an empty one cannot be sent.',
  },
})

type Props = {
  readonly content: EmailContent
  readonly change: (content: EmailContent) => void
}

/** Subject and body, block by block, in the order of the mail. */
export function ContentForm({ content, change }: Props) {
  const said = useWords(text)
  return (
    <>
      <Insertable
        label={said.subject}
        note={said.subjectNote}
        value={content.subject}
        put={(subject) => change({ ...content, subject: subject.replace(/\n/g, ' ') })}
        error={content.subject.trim() === '' ? said.empty : undefined}
      />
      <TextInput
        label={said.preheader}
        maxLength={200}
        value={content.preheader}
        onChange={(event) => change({ ...content, preheader: event.currentTarget.value })}
      />
      {content.body.kind === 'blocks' ? (
        content.body.blocks.map((block, at) => (
          <BlockField
            // biome-ignore lint/suspicious/noArrayIndexKey: a block has no name of its own, only its place
            key={at}
            block={block}
            put={(next) => change(withBlock(content, at, next))}
          />
        ))
      ) : (
        <Textarea
          label={said.mjml}
          autosize
          minRows={8}
          maxRows={24}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 13 } }}
          value={content.body.mjml}
          onChange={(event) =>
            change({ ...content, body: { kind: 'mjml', mjml: event.currentTarget.value } })
          }
        />
      )}
    </>
  )
}

function BlockField({
  block,
  put,
}: {
  readonly block: Block
  readonly put: (block: Block) => void
}) {
  const said = useWords(text)
  switch (block.kind) {
    case 'heading':
      return (
        <Insertable
          label={said.heading}
          value={block.text}
          put={(value) => put({ ...block, text: value })}
        />
      )
    case 'text':
      return (
        <Insertable
          label={said.text}
          value={block.text}
          put={(value) => put({ ...block, text: value })}
        />
      )
    case 'button':
      return (
        <TextInput
          label={said.button}
          maxLength={100}
          value={block.label}
          onChange={(event) => put({ ...block, label: event.currentTarget.value })}
        />
      )
    case 'image':
      return (
        <TextInput
          label={said.image}
          maxLength={200}
          value={block.alt}
          onChange={(event) => put({ ...block, alt: event.currentTarget.value })}
        />
      )
    case 'products':
      return <div className={style.stepNote}>{said.products(block.limit)}</div>
    case 'divider':
      return null
  }
}

type InsertableProps = {
  readonly label: string
  readonly note?: string
  readonly value: string
  readonly put: (value: string) => void
  readonly error?: string | undefined
}

/** A text that may name the person and their cart; values are put in where the cursor stands. */
function Insertable({ label, note, value, put, error }: InsertableProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <div>
      <Textarea
        ref={field}
        label={label}
        description={note}
        autosize
        minRows={1}
        maxRows={12}
        value={value}
        error={error}
        onChange={(event) => put(event.currentTarget.value)}
      />
      <ValueMenu offers={values} insert={(token) => put(inserted(value, token, field.current))} />
    </div>
  )
}
