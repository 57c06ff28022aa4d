import { Checkbox, Textarea, TextInput } from '@mantine/core'
import type { Block, EmailContent } from '../../../server/src/messages/content.ts'
import { useWords, words } from '../app/language.ts'
import { usualRecipe } from '../recommendations/usual-recipe.ts'
import { BlockList } from './mail/block-list.tsx'
import { Insertable } from './mail/insertable.tsx'
import { useHistory } from './mail/use-history.ts'

const text = words({
  subject: { ko: '제목', en: 'Subject' },
  subjectNote: {
    ko: '보낼 때 맨 앞에 (광고)가 저절로 붙어요.',
    en: 'The (광고) label the law asks for is put in front for you.',
  },
  preheader: { ko: '제목 옆에 보이는 한 줄', en: 'The line beside the subject' },
  mjml: { ko: '본문 (MJML)', en: 'Body (MJML)' },
  empty: {
    ko: '제목을 적어 주세요. 비어 있으면 보낼 수 없어요.',
    en: 'Write a subject; an empty one cannot be sent.',
  },
  ownPlain: { ko: '글자만 있는 메일을 따로 쓰기', en: 'Write the plain text part myself' },
  plainNote: {
    ko: '그림을 끄고 읽는 고객이 보는 글이에요. 쓰지 않으면 본문에서 저절로 만들어요. 보내는 사람과 수신거부 안내는 끝에 붙어요.',
    en: 'For readers without pictures; made from the body unless you write it. Sender and way out are added.',
  },
  plain: { ko: '글자만 있는 메일', en: 'Plain text' },
})

type Props = {
  readonly content: EmailContent
  readonly change: (content: EmailContent) => void
}

/** Subject and body, block by block, in the order of the mail. */
export function ContentForm({ content, change }: Props) {
  const said = useWords(text)
  const history = useHistory<EmailContent>(content, change)
  const fill = (blocks: Block[], by: string) =>
    history.change(
      {
        ...content,
        body: { kind: 'blocks', blocks },
        // Whoever shows recommended products needs a recipe; the usual one is there to be changed.
        ...(blocks.some(showsRecs) ? { recommend: content.recommend ?? usualRecipe() } : {}),
      },
      by,
    )
  return (
    <>
      <Insertable
        label={said.subject}
        note={said.subjectNote}
        oneLine
        value={content.subject}
        put={(subject) => history.change({ ...content, subject }, 'subject')}
        error={content.subject.trim() === '' ? said.empty : undefined}
      />
      <TextInput
        label={said.preheader}
        maxLength={200}
        value={content.preheader}
        onChange={(event) =>
          history.change({ ...content, preheader: event.currentTarget.value }, 'preheader')
        }
      />
      {content.body.kind === 'blocks' ? (
        <BlockList blocks={content.body.blocks} change={fill} history={history} />
      ) : (
        <Textarea
          label={said.mjml}
          autosize
          minRows={8}
          maxRows={24}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 13 } }}
          value={content.body.mjml}
          onChange={(event) =>
            history.change(
              { ...content, body: { kind: 'mjml', mjml: event.currentTarget.value } },
              'mjml',
            )
          }
        />
      )}
      <PlainText content={content} put={history.change} />
    </>
  )
}

function showsRecs(block: Block): boolean {
  return block.kind === 'products' && block.list === 'recs'
}

function PlainText({
  content,
  put,
}: {
  readonly content: EmailContent
  readonly put: (content: EmailContent, by: string) => void
}) {
  const said = useWords(text)
  const { plain, ...made } = content
  return (
    <div>
      <Checkbox
        label={said.ownPlain}
        description={said.plainNote}
        checked={plain !== undefined}
        onChange={(event) =>
          put(
            event.currentTarget.checked ? { ...made, plain: '{{ customer.name | nim }}, ' } : made,
            '',
          )
        }
      />
      {plain !== undefined && (
        <Textarea
          mt={10}
          aria-label={said.plain}
          autosize
          minRows={4}
          maxRows={16}
          value={plain}
          onChange={(event) => put({ ...content, plain: event.currentTarget.value }, 'plain')}
        />
      )}
    </div>
  )
}
