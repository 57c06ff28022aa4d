import type { Sender } from '../shops/shop.ts'
import type { EmailContent, Nature } from './content.ts'
import { josa } from './filters.ts'
import type { NamedRule } from './law.ts'

/**
 * What Korean law wants of an advertising e-mail (Act on Promotion of Information and Communications Network
 * Utilization, article 50; enforcement decree article 61 and table 6): the subject begins with `(광고)`, the body names
 * the sender with e-mail, phone and address, and offers a free way out in Korean and English.
 */
export const advertisingLabel = '(광고)'

/** The words of the opt-out link; both languages are required. */
export const optOutWords = '수신거부(Unsubscribe)'

/** Why something may not be published: a stable code, a sentence in each language, the field at fault. */
export type Problem = {
  readonly code: ProblemCode
  readonly ko: string
  readonly en: string
  readonly field: string
  /** The rule that it breaks, where it is one of law or of the channel (problem-rules.ts). */
  readonly rule?: NamedRule
}

export type ProblemCode =
  | 'sender_missing'
  | 'shop_address_missing'
  | 'address_private'
  | 'label_imitated'
  | 'opt_out_missing'
  | 'sender_hidden'
  | 'looks_like_advertising'
  | 'template_wrong'
  | 'fact_unknown'
  | 'fact_needs_default'
  | 'layout_wrong'
  | 'picture_wordless'
  | 'coupon_missing'
  | 'recipe_missing'
  | 'coupon_unsaid'
  | 'place_unknown'
  | 'selector_missing'
  | 'silence_too_short'
  | 'trait_missing'
  | 'options_missing'
  | 'contact_missing'
  | 'unsendable'
  | 'too_long'
  | 'name_repeated'
  | 'kakao_template'
  | 'kakao_variable'
  | 'kakao_limits'
  | 'kakao_informational'
  | 'kakao_advertising'

const senderFields = [
  ['legalName', '보내는 사업자 이름', 'the legal name of the sender'],
  ['fromEmail', '보내는 메일 주소', 'the address mails are sent from'],
  ['contactEmail', '연락 받을 메일 주소', 'a contact e-mail address'],
  ['phone', '연락 받을 전화번호', 'a contact phone number'],
  ['address', '사업장 주소', 'the business address'],
] as const

/** What is missing of the sender's data, in one sentence; an informational mail needs only the address it is sent from. */
export function senderProblems(sender: Sender, nature: Nature): readonly Problem[] {
  const missing = senderFields
    .filter(([field]) => nature.purpose === 'advertising' || field === 'fromEmail')
    .filter(([field]) => sender[field].trim() === '')
  const [first] = missing
  if (!first) return []
  const ko = missing.map(([, name]) => name).join(', ')
  const en = missing.map(([, , name]) => name).join(', ')
  return [
    {
      code: 'sender_missing',
      ko: `${josa(ko, '이/가')} 비어 있어요. 설정의 발신자 정보에 적어 주세요. 광고 메일에는 법으로 꼭 있어야 해요.`,
      en: `The shop's settings lack ${en}; the law requires it in advertising mail.`,
      field: `sender.${first[0]}`,
    },
  ]
}

// Ways people write the label so that filters miss it; each is a violation of its own.
const imitations =
  /[([{<"'“‘＜〈《【「『（［]\s*광[\s/.·_*-]*고\s*[)\]}>"'”’＞〉》】」』）］]|[([<{]\s*AD\s*[)\]>}]/iu

/** Faults of the subject: the label is composed in, exactly once; nothing may resemble it. */
export function labelProblems(subject: string): readonly Problem[] {
  const own = withoutLabel(subject)
  if (!imitations.test(own)) return []
  return [
    {
      code: 'label_imitated',
      ko: '(광고) 표시를 흉내 낸 글자가 있어요. 표시는 저절로 붙으니 지워 주세요.',
      en: 'Something here imitates the (광고) label. It is added for you; please remove yours.',
      field: 'subject',
    },
  ]
}

const advertisingWords =
  /할인|쿠폰|특가|세일|이벤트|증정|사은품|프로모션|최저가|무료\s*배송|\bsale\b|\bcoupon\b/iu

/** One advertising sentence makes the whole message advertising: such words have no place in an informational one. */
export function natureProblems(nature: Nature, words: string): readonly Problem[] {
  if (nature.purpose === 'advertising') return []
  const found = advertisingWords.exec(words)?.[0]
  if (found === undefined) return []
  return [
    {
      code: 'looks_like_advertising',
      ko: `'${found}'${josa(found, '은/는').slice(found.length)} 광고로 보는 말이에요. 이 말을 빼거나 광고성 메시지로 바꿔 주세요.`,
      en: `"${found}" makes this an advertisement. Remove it or make the message advertising.`,
      field: 'body',
    },
  ]
}

function withoutLabel(subject: string): string {
  return subject.startsWith(advertisingLabel)
    ? subject.slice(advertisingLabel.length).trimStart()
    : subject
}

/** The subject as it is sent: an advertisement's first characters are exactly `(광고)`, before any Liquid. */
export function composedSubject(content: EmailContent, nature: Nature): string {
  if (nature.purpose === 'informational') return content.subject
  return `${advertisingLabel} ${withoutLabel(content.subject)}`
}

/** The foot of the mail as MJML; values are Liquid, so that a new phone number needs no new publishing. */
export function footerMjml(nature: Nature): string {
  const sender = [
    '{{ shop.sender.legalName }}',
    '{{ shop.sender.contactEmail }}',
    '{{ shop.sender.phone }}',
    '{{ shop.sender.address }}',
  ]
  const style =
    'css-class="d-foot" font-size="12px" color="#6b7280" line-height="1.6" align="center"'
  const who = `<mj-text ${style}>${sender.join(' · ')}</mj-text>`
  if (nature.purpose === 'informational') return section(who)
  const optOut = `<a href="{{ link.unsubscribe }}" style="color:#374151">${optOutWords}</a>`
  return section(`${who}<mj-text ${style}>
    이 메일은 광고성 정보 수신에 동의하신 분께 보내드렸어요. 더 받고 싶지 않으시면 ${optOut}를 눌러 주세요. 로그인도 비용도 필요 없어요.<br/>
    If you no longer wish to receive these e-mails, click ${optOut}. No sign-in, no cost.
  </mj-text>`)
}

/** The same foot for a plain text part that the marketer wrote. */
export function footerText(nature: Nature): string {
  const who =
    '{{ shop.sender.legalName }} · {{ shop.sender.contactEmail }} · {{ shop.sender.phone }} · {{ shop.sender.address }}'
  if (nature.purpose === 'informational') return who
  return `${who}\n\n더 받고 싶지 않으시면 ${optOutWords}: {{ link.unsubscribe }}\n로그인도 비용도 필요 없어요. / No sign-in, no cost.`
}

function section(inside: string): string {
  return `<mj-section padding="8px 24px 32px"><mj-column>${inside}</mj-column></mj-section>`
}

/** Looks at a sample as a reader sees it (plain text of the finished HTML): nothing the law wants may be hidden. */
export function visibilityProblems(
  seen: string,
  nature: Nature,
  sender: Sender,
): readonly Problem[] {
  if (nature.purpose === 'informational') return []
  const problems: Problem[] = []
  if (!seen.includes(optOutWords)) {
    problems.push({
      code: 'opt_out_missing',
      ko: '수신거부(Unsubscribe) 안내가 메일에 보이지 않아요. 본문이 꼬리말을 가리고 있는지 확인해 주세요.',
      en: 'The opt-out wording cannot be seen in the mail. Check whether the body hides the footer.',
      field: 'body',
    })
  }
  const flat = seen.replace(/\s+/g, '')
  const parts = [sender.legalName, sender.contactEmail, sender.phone, sender.address]
  if (!parts.every((part) => flat.includes(part.replace(/\s+/g, '')))) {
    problems.push({
      code: 'sender_hidden',
      ko: '보내는 사람의 이름, 메일, 전화, 주소가 메일에 모두 보이지 않아요.',
      en: "The sender's name, e-mail, phone and address cannot all be seen in the mail.",
      field: 'body',
    })
  }
  return problems
}

/** RFC 2369 and RFC 8058: one https address, and a POST to it is enough. */
export function optOutHeaders(unsubscribeUrl: string): Readonly<Record<string, string>> {
  return {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}
