import PostalMime from 'postal-mime'
import { type ReportParts, type Returned, returnedOf } from './returned.ts'

/**
 * What a mail of the mailbox says of mails that came back. Only reports for machines are read (multipart/report): what
 * people and odd servers write in their own words is left to people.
 */
export async function readReturned(raw: Uint8Array): Promise<readonly Returned[]> {
  const mail = await PostalMime.parse(raw, {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  })
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? ''
  if (!/^\s*multipart\/report\b/i.test(type)) return []
  const textOf = (...types: readonly string[]): string | undefined => {
    const part = mail.attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()))
    return (
      part &&
      (typeof part.content === 'string'
        ? part.content
        : Buffer.from(part.content as ArrayBuffer).toString())
    )
  }
  const status = textOf('message/delivery-status', 'message/global-delivery-status')
  const feedback = textOf('message/feedback-report')
  const original = textOf(
    'message/rfc822',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  )
  if (original === undefined || (status ?? feedback) === undefined) return []
  const parts: ReportParts = {
    original,
    ...(status === undefined ? {} : { status }),
    ...(feedback === undefined ? {} : { feedback }),
  }
  return returnedOf(parts)
}
