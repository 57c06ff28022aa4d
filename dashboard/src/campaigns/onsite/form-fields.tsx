import { ActionIcon, Checkbox, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useWords, words } from '../../app/language.ts'
import { Adder } from '../flow/page-moments.tsx'
import type { PartOf } from './begun-part.ts'
import { freshId } from './begun-part.ts'
import style from './onsite.module.css'

const text = words({
  fields: { ko: '물어볼 것', en: 'What is asked' },
  kind: { ko: '종류', en: 'Kind' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '휴대폰 번호', en: 'Phone number' },
  text: { ko: '짧은 글', en: 'Short text' },
  choice: { ko: '하나 고르기', en: 'Choose one' },
  choices: { ko: '여러 개 고르기', en: 'Choose several' },
  question: { ko: '물음', en: 'Question' },
  begun: { ko: '무엇을 좋아하세요?', en: 'What do you like?' },
  trait: { ko: '답을 저장할 고객 정보 (영문)', en: 'Trait the answer is kept as' },
  traitNote: { ko: '예: skin_type', en: 'Such as skin_type' },
  options: { ko: '고를 답 (두 개 이상, 엔터로 추가)', en: 'Answers to choose from (two or more)' },
  required: { ko: '꼭 답해야 보낼 수 있게', en: 'Must be answered' },
  add: { ko: '물음 넣기', en: 'Add a question' },
  remove: { ko: '물음 지우기', en: 'Remove the question' },
  consents: { ko: '수신동의', en: 'Consent' },
  consentNote: {
    ko: '미리 표시되지 않은 칸으로 나오고, 동의한 문구가 그대로 증거로 남아요.',
    en: 'Boxes are empty at first; the words agreed to are kept as they were.',
  },
  channel: { ko: '어떤 광고를', en: 'Which advertising' },
  sms: { ko: '문자', en: 'Text message' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  label: { ko: '칸 옆의 말', en: 'Words beside the box' },
  wording: { ko: '동의하는 내용 전체', en: 'All that is agreed to' },
  night: { ko: '밤(21시~8시)에도 받기', en: 'By night too (21:00 to 08:00)' },
  addBox: { ko: '동의 칸 넣기', en: 'Add a consent box' },
  removeBox: { ko: '동의 칸 지우기', en: 'Remove the consent box' },
  agree: {
    ko: '광고성 정보를 받는 데 동의해요 (선택)',
    en: 'I agree to advertising (optional)',
  },
  agreeTo: {
    ko: '받는 것: 할인, 쿠폰, 새 상품 소식 같은 광고성 정보. 동의하지 않아도 상점을 이용할 수 있고, 언제든 그만 받을 수 있어요.',
    en: 'What you get: advertising such as discounts, coupons and new products. You can shop without agreeing, and stop at any time.',
  },
  send: { ko: '보내는 버튼 글씨', en: 'Words on the button' },
  thanks: { ko: '보낸 뒤에 보일 말', en: 'Words after it was sent' },
})

type Form = PartOf<'form'>
type Field = Form['fields'][number]
type Box = Form['consents'][number]
type Props = { readonly part: Form; readonly put: (part: Form) => void }

const kinds = ['email', 'phone', 'text', 'choice', 'choices'] as const
const channels = ['email', 'sms', 'kakao'] as const
/** Questions and boxes of a form at most (content.ts). */
const limits = { fields: 6, boxes: 3 } as const

/** Questions, consent boxes, and what is said when it was sent. */
export function FormFields({ part, put }: Props) {
  const said = useWords(text)
  const { fields, consents } = part
  const ids = [...fields, ...consents]
  const field = (): Field => ({
    id: freshId(ids, 'f'),
    kind: 'text',
    label: said.begun,
    trait: 'likes',
    options: [],
    required: true,
  })
  const box = (): Box => ({
    id: freshId(ids, 'c'),
    channel: fields.some(({ kind }) => kind === 'phone') ? 'sms' : 'email',
    night: false,
    label: said.agree,
    wording: said.agreeTo,
  })
  return (
    <>
      <div className={style.label}>{said.fields}</div>
      {fields.map((one) => (
        <FieldForm
          key={one.id}
          field={one}
          put={(next) => put({ ...part, fields: fields.map((it) => (it === one ? next : it)) })}
          remove={
            fields.length > 1 && (() => put({ ...part, fields: fields.filter((it) => it !== one) }))
          }
        />
      ))}
      {fields.length < limits.fields && (
        <Adder label={said.add} act={() => put({ ...part, fields: [...fields, field()] })} />
      )}
      <div className={style.label}>{said.consents}</div>
      <p className={style.note}>{said.consentNote}</p>
      {consents.map((one) => (
        <BoxForm
          key={one.id}
          box={one}
          put={(next) => put({ ...part, consents: consents.map((it) => (it === one ? next : it)) })}
          remove={() => put({ ...part, consents: consents.filter((it) => it !== one) })}
        />
      ))}
      {consents.length < limits.boxes && (
        <Adder label={said.addBox} act={() => put({ ...part, consents: [...consents, box()] })} />
      )}
      <TextInput
        label={said.send}
        maxLength={60}
        value={part.label}
        onChange={(event) => put({ ...part, label: event.currentTarget.value })}
      />
      <TextInput
        label={said.thanks}
        maxLength={300}
        value={part.thanks}
        onChange={(event) => put({ ...part, thanks: event.currentTarget.value })}
      />
    </>
  )
}

function FieldForm({
  field,
  put,
  remove,
}: {
  readonly field: Field
  readonly put: (field: Field) => void
  readonly remove: false | (() => void)
}) {
  const said = useWords(text)
  const isContact = field.kind === 'email' || field.kind === 'phone'
  const isChoice = field.kind === 'choice' || field.kind === 'choices'
  return (
    <div className={style.group}>
      <div className={style.row}>
        <Select
          label={said.kind}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: said[value] }))}
          value={field.kind}
          onChange={(value) => {
            const kind = kinds.find((one) => one === value)
            if (kind) put({ ...field, kind })
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={said.remove}
          disabled={!remove}
          onClick={remove || undefined}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      <TextInput
        label={said.question}
        maxLength={200}
        value={field.label}
        onChange={(event) => put({ ...field, label: event.currentTarget.value })}
      />
      {!isContact && (
        <TextInput
          label={said.trait}
          description={said.traitNote}
          maxLength={100}
          value={field.trait ?? ''}
          onChange={(event) => {
            const { trait: _, ...rest } = field
            const trait = event.currentTarget.value.replace(/\W/g, '')
            put(trait === '' ? rest : { ...rest, trait })
          }}
        />
      )}
      {isChoice && (
        <TagsInput
          label={said.options}
          maxTags={20}
          value={field.options}
          onChange={(options) => put({ ...field, options })}
        />
      )}
      <Checkbox
        label={said.required}
        checked={field.required}
        onChange={(event) => put({ ...field, required: event.currentTarget.checked })}
      />
    </div>
  )
}

function BoxForm({
  box,
  put,
  remove,
}: {
  readonly box: Box
  readonly put: (box: Box) => void
  readonly remove: () => void
}) {
  const said = useWords(text)
  return (
    <div className={style.group}>
      <div className={style.row}>
        <Select
          label={said.channel}
          allowDeselect={false}
          data={channels.map((value) => ({ value, label: said[value] }))}
          value={box.channel}
          onChange={(value) => {
            const channel = channels.find((one) => one === value)
            if (channel) put({ ...box, channel })
          }}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={said.removeBox} onClick={remove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <TextInput
        label={said.label}
        maxLength={100}
        value={box.label}
        onChange={(event) => put({ ...box, label: event.currentTarget.value })}
      />
      <Textarea
        label={said.wording}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1_000}
        value={box.wording}
        onChange={(event) => put({ ...box, wording: event.currentTarget.value })}
      />
      {box.channel !== 'email' && (
        <Checkbox
          label={said.night}
          checked={box.night}
          onChange={(event) => put({ ...box, night: event.currentTarget.checked })}
        />
      )}
    </div>
  )
}
