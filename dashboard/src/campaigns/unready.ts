import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { firstText } from '../../../server/src/messages/onsite/texts.ts'
import { isPlainlyPrivate } from '../../../server/src/messages/webhook/private-host.ts'
import type { Language } from '../app/language.ts'

type Says = Readonly<Record<Language, string>>

const template: Says = {
  ko: '승인된 템플릿을 골라 주세요.',
  en: 'Choose an approved template.',
}
const notHttps: Says = {
  ko: 'https로 시작하는 주소를 적어 주세요.',
  en: 'Write an https address.',
}
const inside: Says = {
  ko: '내부망 주소는 부를 수 없어요. 인터넷에서 열리는 https 주소를 적어 주세요.',
  en: 'Addresses inside a network are never called. Enter an https address of the internet.',
}

const empty: Says = {
  ko: '내용을 적어 주세요. 비어 있으면 보낼 수 없어요.',
  en: 'Write something; an empty message cannot be sent.',
}

/** Why there is no message to draw yet: the server would only say that the form is not filled in. */
export function unready(content: MessageContent | undefined): Says | undefined {
  if (content?.channel === 'webhook') return addressFault(content.url)
  if (content?.channel === 'kakao' && content.kind === 'alimtalk')
    return content.template === '' ? template : undefined
  return content && wordsOf(content).trim() === '' ? empty : undefined
}

/** The words a reader sees first. */
function wordsOf(
  content: Exclude<MessageContent, { readonly channel: 'webhook' } | { readonly kind: 'alimtalk' }>,
): string {
  switch (content.channel) {
    case 'email':
      return content.subject
    case 'sms':
    case 'kakao':
      return content.text
    case 'web_push':
      return content.title
    case 'onsite':
      return firstText(content)
  }
}

/** What is wrong with the address of a call. */
export function addressFault(url: string): Says | undefined {
  if (isPlainlyPrivate(url)) return inside
  return /^https:\/\/\S+\.\S+/i.test(url) ? undefined : notHttps
}
