import type { Shop } from '../../shops/shop.ts'
import { labelProblems, natureProblems, type Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { josa } from '../filters.ts'
import { templateProblems } from '../template-problems.ts'
import { lmsBytes, withoutOwnLabel } from './assemble.ts'
import type { CompiledSms, SmsContent } from './content.ts'
import { eucKrBytes } from './euc-kr.ts'
import { optOutNumberOf } from './opt-out-number.ts'
import { type Suggestion, suggestions, tidied } from './replace.ts'

export type CompiledText =
  | { readonly kind: 'ok'; readonly compiled: CompiledSms }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/**
 * Checks what a marketer wrote against what can be sent and what the law allows, and says everything that is in the way.
 * Label, sender and way out are put around it for each person (assemble.ts).
 */
export function compileSms(
  content: SmsContent,
  nature: Nature,
  shop: Pick<Shop, 'name' | 'settings'>,
): CompiledText {
  const isAd = nature.purpose === 'advertising'
  const own = (text: string) => encodedAddresses(isAd ? withoutOwnLabel(text, shop.name) : text)
  const subject = own(tidied(content.subject))
  const text = own(tidied(content.text))
  const pieces = { subject, text }
  const problems = [
    ...(isAd ? lawProblems(pieces, shop) : []),
    ...natureProblems(nature, `${subject}\n${text}`).map((one) => ({ ...one, field: 'text' })),
    ...unsendableProblems('subject', subject),
    ...unsendableProblems('text', text),
    ...lengthProblems(text),
    ...templateProblems([
      ['subject', subject, 'text'],
      ['text', text, 'text'],
    ]),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const picture = content.picture ?? null
  return { kind: 'ok', compiled: { channel: 'sms', format: 1, nature, subject, text, picture } }
}

// The last line is put there for you; a second one, perhaps with another number, would mislead.
const ownWayOut = /무료\s*(수신)?\s*거부|수신\s*거부\s*:?\s*080|080[-\s]?\d{3,4}[-\s]?\d{4}/

function lawProblems(
  written: { readonly subject: string; readonly text: string },
  shop: Pick<Shop, 'settings'>,
): readonly Problem[] {
  const problems: Problem[] = []
  for (const [field, text] of Object.entries(written)) {
    for (const problem of labelProblems(text)) {
      problems.push({
        ...problem,
        ko: '(광고) 표시와 비슷한 글자가 있어요. 표시는 맨 앞에 저절로 붙으니 지워 주세요.',
        en: 'Something in it resembles the (광고) label, which is put in front for you; please remove yours.',
        field,
      })
    }
  }
  if (ownWayOut.test(written.text)) {
    problems.push({
      code: 'label_imitated',
      ko: '무료수신거부 안내는 마지막 줄에 저절로 붙어요. 직접 적은 안내를 지워 주세요.',
      en: 'The number to opt out by is put in the last line for you; please remove yours.',
      field: 'text',
    })
  }
  if (optOutNumberOf(shop.settings) === '') {
    problems.push({
      code: 'opt_out_missing',
      ko: '무료수신거부 080 번호가 없어요. 설정의 문자에서 080으로 시작하는 번호를 적어 주세요. 광고 문자에는 받는 사람이 돈을 내지 않고 거부할 길이 꼭 있어야 해요.',
      en: 'There is no 080 number to opt out by; the law requires a free one in advertising text messages. Set it in the settings for SMS.',
      field: 'text',
    })
  }
  return problems
}

/** So many characters are named; more of them is a text pasted from elsewhere. */
const namedLimit = 5

function unsendableProblems(field: string, text: string): readonly Problem[] {
  const found = new Map<string, Suggestion>()
  for (const one of suggestions(text)) if (!found.has(one.character)) found.set(one.character, one)
  return [...found.values()].slice(0, namedLimit).map((one) => {
    const before = text.slice(0, one.at)
    const line = before.split('\n').length
    const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1
    const isReadable = one.kind === 'same'
    return {
      code: 'unsendable',
      ko: `${line}번째 줄 ${column}번째의 '${one.character}' 글자는 문자로 보낼 수 없어요. ${isReadable ? `${josa(`'${one.by}'`, '으로/로')} 바꿔 주세요.` : '지우거나 다른 글자로 바꿔 주세요.'}`,
      en: `Line ${line}, character ${column}: "${one.character}" cannot be sent by text message. ${isReadable ? `Write "${one.by}" instead.` : 'Remove it or write something else.'}`,
      field,
    }
  })
}

/** What is certain before any value is known: the words outside of Liquid alone are too many. */
function lengthProblems(text: string): readonly Problem[] {
  const certain = eucKrBytes(
    text.replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, '').replace(/https?:\/\/\S+/gi, ''),
  )
  // A text with conditions may hold more than any one person reads.
  if (certain <= lmsBytes || text.includes('{%')) return []
  return [
    {
      code: 'too_long',
      ko: `문자는 ${lmsBytes.toLocaleString('en-US')}바이트까지 보낼 수 있는데 ${certain.toLocaleString('en-US')}바이트예요. 글을 줄여 주세요.`,
      en: `A text message has at most ${lmsBytes} bytes; this has ${certain}. Please shorten it.`,
      field: 'text',
    },
  ]
}

/** Addresses written with Hangul behind a slash or equals sign become ASCII; Hangul right behind one is a particle. */
function encodedAddresses(text: string): string {
  return text.replace(/https?:\/\/[^\s<>"'{}]+/gi, (address) =>
    address.replace(/([/=_&?#.-])([^\x20-\x7e]+)/g, (_, joint: string, words: string) => {
      return joint + encodeURIComponent(words.toWellFormed())
    }),
  )
}
