import { type AssembledText, assembled } from '../../../server/src/messages/sms/assemble.ts'
import type { SmsContent } from '../../../server/src/messages/sms/content.ts'
import { sendable } from '../../../server/src/messages/sms/euc-kr.ts'
import {
  replacementOf,
  type Suggestion,
  suggestions,
  tidied,
  wonBehind,
} from '../../../server/src/messages/sms/replace.ts'

/** What stands for values while somebody types; the server draws the true ones a moment later. */
const samples: readonly (readonly [RegExp, string])[] = [
  [/customer\.name\s*\|\s*nim/, '김하늘님'],
  [/customer\.name/, '김하늘'],
  [/items\[\d\]\.name/, '순면 티셔츠'],
  [/items\.size/, '2'],
  [/\|\s*(krw|money)/, '38,000원'],
  [/\.url|link\.|web_url/, 'https://example.com/'],
]

type Sample = {
  readonly shopName: string
  readonly isAd: boolean
  /** An address as it will stand in the text. */
  readonly link: string
}

/** The message as it would roughly leave, at once and without asking the server. */
export function roughly(content: SmsContent, sample: Sample): AssembledText {
  const filled = (text: string) =>
    tidied(text)
      .replace(/\{%[\s\S]*?%\}/g, '')
      .replace(/\{\{([\s\S]*?)\}\}/g, (_, inside: string) => sampleOf(inside, sample))
      .replace(/https?:\/\/[!-~]+/gi, sample.link)
  return assembled({
    body: filled(content.text),
    subject: filled(content.subject),
    purpose: sample.isAd ? 'advertising' : 'informational',
    shopName: sample.shopName,
    optOutNumber: '080-000-0000',
    hasPicture: content.picture !== undefined,
  })
}

function sampleOf(inside: string, sample: Sample): string {
  if (/shop\.name/.test(inside)) return sample.shopName
  return samples.find(([pattern]) => pattern.test(inside))?.[1] ?? '○○○'
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
}
