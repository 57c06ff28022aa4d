import { nim } from '../../../server/src/messages/filters.ts'
import { type AssembledText, assembled } from '../../../server/src/messages/sms/assemble.ts'
import type { SmsContent } from '../../../server/src/messages/sms/content.ts'
import { eucKrBytes, sendable } from '../../../server/src/messages/sms/euc-kr.ts'
import {
  cutToBytes,
  replacementOf,
  type Suggestion,
  suggestions,
  tidied,
  wonBehind,
} from '../../../server/src/messages/sms/replace.ts'
import type { TextSample } from '../api/campaigns.ts'

/** Until the server has told whose values it draws with. */
const someone: TextSample = { name: '김하늘', product: '순면 티셔츠', products: 1, total: 38_000 }

export type Sample = {
  readonly shopName: string
  readonly isAd: boolean
  /** An address as it will stand in the text. */
  readonly link: string
  /** Whose values the server draws with. */
  readonly person?: TextSample | undefined
}

/** The message as it would roughly leave, at once and without asking the server; `written` with what cannot be sent. */
export function roughly(
  content: SmsContent,
  sample: Sample,
): AssembledText & { readonly written: string } {
  const filled = (text: string) =>
    tidied(text)
      .replace(/\{%[\s\S]*?%\}/g, '')
      .replace(/\{\{([\s\S]*?)\}\}/g, (_, inside: string) => sampleOf(inside, sample))
      .replace(/https?:\/\/[!-~]+/gi, sample.link)
  const body = filled(content.text)
  const whole = assembled({
    body,
    subject: filled(content.subject),
    purpose: sample.isAd ? 'advertising' : 'informational',
    shopName: sample.shopName,
    optOutNumber: '080-000-0000',
    hasPicture: content.picture !== undefined,
  })
  return { ...whole, written: whole.header + body.trim() + whole.footer }
}

/** The value of one Liquid output, as far as the values offered here go; others are guessed at three letters. */
function sampleOf(inside: string, sample: Sample): string {
  const value = valueNamed(inside, sample)
  const most = Number(/trunc_bytes:\s*(\d+)/.exec(inside)?.[1] ?? Number.POSITIVE_INFINITY)
  return eucKrBytes(value) <= most ? value : `${cutToBytes(value, most - 2)}…`
}

function valueNamed(inside: string, { person = someone, shopName, link }: Sample): string {
  if (/shop\.name/.test(inside)) return shopName
  if (/customer\.name/.test(inside)) {
    return /nim/.test(inside) ? nim(person.name) : (person.name ?? '')
  }
  if (/items(\[\d+\]|\.first)\.name/.test(inside)) return person.product
  if (/items\.size/.test(inside)) return String(person.products)
  if (/\|\s*(krw|money)/.test(inside)) return `${person.total.toLocaleString('en-US')}원`
  return /url|link\./.test(inside) ? link : '○○○'
}

/** The characters that cannot be sent, each once, with what reads the same instead. */
export function unsendableIn(content: SmsContent): readonly Suggestion[] {
  const found = [...suggestions(tidied(content.text)), ...suggestions(tidied(content.subject))]
  return found.filter(
    (one, at) => found.findIndex((same) => same.character === one.character) === at,
  )
}

/** The text with every character that cannot be sent replaced or left out, as the list beside it promises. */
export function mended(text: string): string {
  return [...wonBehind(tidied(text))]
    .map((character) => {
      const travels = sendable(character)
      if (travels === 'ascii' || travels === 'standard') return character
      const { kind, by } = replacementOf(character)
      return kind === 'same' ? by : ''
    })
    .join('')
    .replace(/ {2,}/g, ' ')
    .replace(/^ | $/gm, '')
}
