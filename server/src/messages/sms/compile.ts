import type { Shop } from '../../shops/shop.ts'
import { advertisingLabel, labelProblems, natureProblems, type Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { templateProblems } from '../template-problems.ts'
import type { CompiledSms, SmsContent } from './content.ts'
import { optOutNumberOf } from './opt-out-number.ts'

export type CompiledText =
  | { readonly kind: 'ok'; readonly compiled: CompiledSms }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/**
 * Composes what article 50(4) of the Network Act wants of an advertising text message: `(광고)` and the sender's name are
 * its first characters, the number to refuse by without cost is its last line. Says everything that is in the way.
 */
export function compileSms(
  content: SmsContent,
  nature: Nature,
  shop: Pick<Shop, 'name' | 'settings'>,
): CompiledText {
  const problems = [
    ...(nature.purpose === 'advertising' ? lawProblems(content, shop) : []),
    ...natureProblems(nature, `${content.subject}\n${content.text}`),
    ...templateProblems([
      ['subject', content.subject, 'text'],
      ['text', content.text, 'text'],
    ]),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'ok', compiled: composed(content, nature) }
}

function lawProblems(content: SmsContent, shop: Pick<Shop, 'settings'>): readonly Problem[] {
  const imitated = [
    ...labelProblems(content.subject),
    ...labelProblems(content.text).map((problem) => ({ ...problem, field: 'text' })),
  ]
  if (optOutNumberOf(shop.settings) !== '') return imitated
  return [
    ...imitated,
    {
      code: 'opt_out_missing',
      ko: '무료수신거부 080 번호가 없어요. 설정의 문자에서 적어 주세요. 광고 문자에는 법으로 꼭 있어야 해요.',
      en: 'There is no 080 number to opt out by; the law requires one in advertising text messages. Set it in the settings for SMS.',
      field: 'text',
    },
  ]
}

function composed(content: SmsContent, nature: Nature): CompiledSms {
  const subject = content.subject === '' ? '{{ shop.name }}' : content.subject
  const common = { channel: 'sms', format: 1, nature, picture: content.picture ?? null } as const
  if (nature.purpose === 'informational') return { ...common, subject, text: content.text }
  return {
    ...common,
    subject: `${advertisingLabel}${subject}`,
    text: `${advertisingLabel}{{ shop.name }} ${content.text}\n무료수신거부 {{ shop.opt_out_number }}`,
  }
}
