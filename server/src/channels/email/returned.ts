import type { FailureCause } from '../carrier.ts'

/** What a returned mail says of one of its recipients. */
export type Returned = {
  /** Message-ID of the mail that came back, without its angle brackets; nobody has checked that it is one of ours. */
  readonly messageId: string
  /** Address the mail was for, as the report writes it; empty where a complaint hides it. */
  readonly recipient: string
  readonly cause: FailureCause
  /** The other server's words. */
  readonly detail: string
}

/** Parts of a multipart/report, in the order of RFC 6522: what happened, and the mail (or its headers) it happened to. */
export type ReportParts = {
  /** message/delivery-status (RFC 3464) */
  readonly status?: string
  /** message/feedback-report (RFC 5965) */
  readonly feedback?: string
  /** message/rfc822 or text/rfc822-headers */
  readonly original: string
}

const recipientsLimit = 50
const messageIdLimit = 300

/** What the parts of a report say of each recipient; nothing when they only tell of a delay, or of no mail. */
export function returnedOf(parts: ReportParts): readonly Returned[] {
  const original = fieldsOf(parts.original)
  const written = original.get('message-id') ?? ''
  // Anybody can write into the mailbox: a long one is none of ours, and is not searched for its end.
  if (written.length > messageIdLimit) return []
  const messageId = written.replace(/^[\s<]+|[\s>]+$/g, '')
  if (messageId === '') return []
  if (parts.feedback !== undefined) {
    const feedback = fieldsOf(parts.feedback)
    if (/not-spam/i.test(feedback.get('feedback-type') ?? '')) return []
    const recipient = bareAddress(feedback.get('original-rcpt-to') ?? original.get('to') ?? '')
    return [{ messageId, recipient, cause: 'complaint', detail: feedback.get('user-agent') ?? '' }]
  }
  return groupsOf(parts.status ?? '')
    .filter((fields) => /^\s*failed\b/i.test(fields.get('action') ?? ''))
    .slice(0, recipientsLimit)
    .map((fields) => {
      const said = (fields.get('diagnostic-code') ?? '').replace(/^\s*smtp\s*;\s*/i, '')
      const status = fields.get('status') ?? ''
      // The recipient as we wrote it; the final one may be where it was forwarded to.
      const address = fields.get('original-recipient') ?? fields.get('final-recipient') ?? ''
      return {
        messageId,
        recipient: bareAddress(address.replace(/^[^;]*;/, '')),
        cause: causeOf(status, said),
        detail: `${status} ${said}`.trim().slice(0, 500),
      }
    })
}

/**
 * What an enhanced status code says (RFC 3463, RFC 7505): the address is no good, the mail was taken for spam, or another
 * day may be better. The server's own words are more exact than a relay's summary, which is often just 5.0.0.
 */
export function causeOf(status: string, said: string): FailureCause {
  const code =
    /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(said) ??
    /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(status)
  if (code?.[1] !== '5') return 'unreachable'
  const [, , subject = '', detail = ''] = code
  if (subject === '7') return 'spam_filtered'
  return isAddressFault(subject, detail) ? 'no_address' : 'unreachable'
}

/**
 * Whether 5.subject.detail says that the recipient's address is no good: 5.1.7 and 5.1.8 speak of the sender's address,
 * 5.2.2 of a full mailbox; 5.2.1 of one that takes no mail any more.
 */
export function isAddressFault(subject: string, detail: string): boolean {
  if (subject === '1') return ['0', '1', '2', '3', '4', '6', '10'].includes(detail)
  return subject === '2' && detail === '1'
}

/** Groups of header fields, parted by blank lines. */
function groupsOf(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0)
}

/** The fields before the first blank line, names in lower case, folded lines joined; the first of a name counts. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const [head = ''] = text.replace(/^[\r\n]+/, '').split(/\r?\n[ \t]*\r?\n/, 1)
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

function bareAddress(text: string): string {
  const [, within] = /<([^<>]*)>/.exec(text) ?? []
  return (within ?? text).trim().toLowerCase().slice(0, 320)
}
