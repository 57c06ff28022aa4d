import type { Handover } from '../carrier.ts'
import { isAddressFault } from './returned.ts'

/** What is known of a failed SMTP conversation. */
export type SmtpFailure = {
  /** The text of the mail had begun to leave. */
  readonly textBegun: boolean
  /** The step that failed as the client names it: CONN, AUTH PLAIN, MAIL FROM, RCPT TO, DATA. */
  readonly command: string | undefined
  /** The server's reply code, when there was one. */
  readonly code: number | undefined
  readonly message: string
}

/**
 * RFC 5321 section 4.2.1: 4yz may be tried again, 5yz not. Without a reply after the text began nobody knows. Refusals
 * before the envelope concern the connection or the account, not this mail, and are tried again.
 */
export function handoverOf(failure: SmtpFailure): Handover {
  const { code, command, textBegun } = failure
  const detail = failure.message.slice(0, 500)
  const aboutTheMail = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'
  if (code === undefined)
    return textBegun ? { kind: 'ambiguous', detail } : { kind: 'temporary', detail }
  if (code >= 500 && code < 600 && aboutTheMail) {
    return {
      kind: 'permanent',
      detail,
      cause: command === 'RCPT TO' && isNoAddress(code, detail) ? 'no_address' : 'other',
    }
  }
  return { kind: 'temporary', detail }
}

/** Words of a refusal that concerns us or the text, not the mailbox. */
const aboutUs = /spam|blocked|block ?list|black ?list|policy|reputation|relay|denied|authenticat/i

/**
 * The mailbox does not exist: by its enhanced code, or by 550, 551 and 553 of servers that give none. Many servers refuse a
 * sender only when the recipient is named, so the code of the step alone says little.
 */
function isNoAddress(code: number, text: string): boolean {
  const [, subject, detail] = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(text) ?? []
  if (subject !== undefined && detail !== undefined) return isAddressFault(subject, detail)
  return (code === 550 || code === 551 || code === 553) && !aboutUs.test(text)
}
