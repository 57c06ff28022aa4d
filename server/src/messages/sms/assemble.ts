import { eucKrBytes } from './euc-kr.ts'
import { cutToBytes, replaced } from './replace.ts'

/** Most bytes of a short message (SMS), of a long one (LMS) or one with a picture (MMS), and of a long one's subject. */
export const smsBytes = 90
export const lmsBytes = 2_000
export const subjectBytes = 40

/** The label of an advertisement; the first characters of what the provider receives, and of a long message's subject. */
const label = '(광고)'

export type TextForm = 'SMS' | 'LMS' | 'MMS'

/** The words of one person's message, all values filled in, and what the law wants around them. */
export type TextParts = {
  readonly body: string
  /** Empty: the label and the shop's name. A subject makes the message a long one, for short ones show none. */
  readonly subject: string
  readonly purpose: 'advertising' | 'informational'
  readonly shopName: string
  /** `080-123-4567` */
  readonly optOutNumber: string
  readonly hasPicture: boolean
}

export type AssembledText = {
  readonly form: TextForm
  /** Long messages only, at most 40 bytes. */
  readonly subject: string | null
  readonly text: string
  readonly bytes: number
  /** What was put before and behind the body. */
  readonly header: string
  readonly footer: string
}

/**
 * The message as the provider receives it (Network Act article 50(4), decree article 61 and table 6): an advertisement
 * begins with `(광고)` and the sender's name, and ends with the number to refuse by at no cost. Short if that fits 90
 * bytes, with the short words of the way out when only those fit; long otherwise; with a picture always MMS.
 */
export function assembled(parts: TextParts): AssembledText {
  const name = replaced(parts.shopName).trim()
  const body = replaced(parts.body).trim()
  const short = withLines(parts, body, { name, between: ' ', before: '\n', isTerse: false })
  if (!parts.hasPicture && parts.subject.trim() === '') {
    const terse = withLines(parts, body, { name, between: ' ', before: '\n', isTerse: true })
    const fits = [short, terse].find((one) => one.bytes <= smsBytes)
    if (fits) return { form: 'SMS', subject: null, ...fits }
  }
  return {
    form: parts.hasPicture ? 'MMS' : 'LMS',
    subject: subjectLine(parts, name),
    ...withLines(parts, body, { name, between: '\n', before: '\n\n', isTerse: false }),
  }
}

function withLines(
  { purpose, optOutNumber }: TextParts,
  body: string,
  lines: {
    readonly name: string
    readonly between: string
    readonly before: string
    readonly isTerse: boolean
  },
) {
  const isAd = purpose === 'advertising'
  const header = isAd ? `${label}${lines.name}${lines.between}` : ''
  const footer = isAd ? lines.before + wayOut(optOutNumber, lines.isTerse) : ''
  const text = header + body + footer
  return { text, bytes: eucKrBytes(text), header, footer }
}

/** `무료수신거부 080-123-4567`; terse seven bytes shorter, both wordings are accepted. */
function wayOut(number: string, isTerse: boolean): string {
  return isTerse ? `무료거부${number.replaceAll('-', '')}` : `무료수신거부 ${number}`
}

function subjectLine({ purpose, subject }: TextParts, name: string): string {
  const own = replaced(subject).replace(/\s+/g, ' ').trim()
  const line = purpose === 'advertising' ? `${label}${name} ${own}` : own === '' ? name : own
  return cutToBytes(line.trim(), subjectBytes)
}

/** What the marketer wrote without the label and name that many type by habit; they are put in front anyway. */
export function withoutOwnLabel(text: string, shopName: string): string {
  if (!text.startsWith(label)) return text
  const rest = text.slice(label.length).trimStart()
  return rest.startsWith(shopName) ? rest.slice(shopName.length).trimStart() : rest
}
