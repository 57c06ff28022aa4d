import { normaliseEmail, normalisePhone, type Phone } from '../customers/contact.ts'
import type { JsonObject } from '../lib/json.ts'
import { wellFormed } from '../lib/text.ts'
import type { OnsitePart } from '../messages/onsite/content.ts'
import type { FormSent } from './wire.ts'

type Form = Extract<OnsitePart, { readonly kind: 'form' }>
type Field = Form['fields'][number]

/** What a form says once it is read: answers by trait, addresses normalised, the boxes that were ticked. */
export type ReadForm =
  | {
      readonly kind: 'read'
      readonly traits: JsonObject
      readonly email: string | undefined
      readonly phone: Phone | undefined
      readonly boxes: readonly Form['consents'][number][]
    }
  | { readonly kind: 'refused'; readonly field: string; readonly message: string }

/** Longest answer in words, in UTF-16 units; the page's own input stops here too. */
const answerLimit = 300

/** Reads what was put in, field by field; the first that does not fit is refused in the message's own language. */
export function readForm(
  form: Form,
  sent: Pick<FormSent, 'values' | 'agreed'>,
  language: 'ko' | 'en',
): ReadForm {
  const refused = (field: string, why: keyof typeof words) =>
    ({ kind: 'refused', field, message: words[why][language] }) as const
  const traits: [string, string | readonly string[]][] = []
  let email: string | undefined
  let phone: Phone | undefined
  for (const field of form.fields) {
    const given = Object.hasOwn(sent.values, field.id) ? sent.values[field.id] : undefined
    const read = readField(field, given ?? '')
    if (read.kind === 'refused') return refused(field.id, read.why)
    if (read.kind === 'empty') continue
    if (read.kind === 'email') email ??= read.address
    else if (read.kind === 'phone') phone ??= read.phone
    else if (field.trait !== undefined) traits.push([field.trait, read.answer])
  }
  const boxes = form.consents.filter(({ id }) => sent.agreed.includes(id))
  for (const { channel, id } of boxes) {
    if (channel === 'email' && email === undefined)
      return refused(fieldOf(form, 'email') ?? id, 'email')
    if (channel !== 'email' && phone?.kind !== 'mobile')
      return refused(fieldOf(form, 'phone') ?? id, 'mobile')
  }
  return { kind: 'read', traits: Object.fromEntries(traits), email, phone, boxes }
}

type Read =
  | { readonly kind: 'refused'; readonly why: keyof typeof words }
  | { readonly kind: 'empty' }
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'phone'; readonly phone: Phone }
  | { readonly kind: 'answer'; readonly answer: string | readonly string[] }

function readField(field: Field, given: string | readonly string[]): Read {
  const { kind, options, required } = field
  const several = typeof given === 'string' ? [given] : given
  const said = several.map((one) => wellFormed(one).trim()).filter((one) => one !== '')
  const [first] = said
  if (first === undefined) return required ? { kind: 'refused', why: 'missing' } : { kind: 'empty' }
  if (kind !== 'choices' && said.length > 1) return { kind: 'refused', why: 'one' }
  switch (kind) {
    case 'email': {
      const address = normaliseEmail(first)
      return address === undefined ? { kind: 'refused', why: 'email' } : { kind, address }
    }
    case 'phone': {
      const phone = normalisePhone(first)
      if (phone === undefined) return { kind: 'refused', why: 'phone' }
      return phone.kind === 'safe' ? { kind: 'refused', why: 'safe' } : { kind, phone }
    }
    case 'text':
      if (first.length > answerLimit) return { kind: 'refused', why: 'long' }
      return { kind: 'answer', answer: first }
    case 'choice':
    case 'choices': {
      const known = new Set(options.map((option) => wellFormed(option).trim()))
      if (said.some((one) => !known.has(one))) return { kind: 'refused', why: 'choice' }
      return { kind: 'answer', answer: kind === 'choice' ? first : [...new Set(said)] }
    }
  }
}

function fieldOf(form: Form, kind: Field['kind']): string | undefined {
  return form.fields.find((field) => field.kind === kind)?.id
}

const words = {
  missing: { ko: '빈칸을 채워 주세요.', en: 'Please fill this in.' },
  one: { ko: '하나만 골라 주세요.', en: 'Please give one answer.' },
  email: {
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
    en: 'Please check the e-mail address, such as name@example.com.',
  },
  phone: {
    ko: '휴대폰 번호를 다시 확인해 주세요. 예: 010-1234-5678',
    en: 'Please check the phone number, such as 010-1234-5678.',
  },
  safe: {
    ko: '050 안심번호는 곧 다른 분의 번호가 돼요. 휴대폰 번호를 적어 주세요. 예: 010-1234-5678',
    en: 'A 050 relay number soon belongs to somebody else. Please give a mobile number such as 010-1234-5678.',
  },
  mobile: {
    ko: '문자를 받으려면 휴대폰 번호를 적어 주세요. 예: 010-1234-5678',
    en: 'To get text messages, give a mobile number such as 010-1234-5678.',
  },
  long: { ko: '300자까지 적을 수 있어요.', en: 'Up to 300 characters, please.' },
  choice: { ko: '보기에서 골라 주세요.', en: 'Please choose one of the answers.' },
} as const
