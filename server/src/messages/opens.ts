import { z } from 'zod'
import { secondMs } from '../lib/duration.ts'
import type { LinkSigner } from './link.ts'
import { isPerson, robotOf, type Visit } from './links/visitor.ts'

/**
 * The shop's settings section `tracking`. Opens are not counted unless the shop asks for it: the picture tells when and
 * where a person reads, half of the mailboxes load it without anybody reading, and no campaign of ours decides by it.
 */
export const Tracking = z.object({ opens: z.boolean().default(false) })
export type Tracking = z.infer<typeof Tracking>

/** The section, defaults filled in. */
export function trackingOf(section: unknown): Tracking {
  const parsed = Tracking.safeParse(section ?? {})
  return parsed.success ? parsed.data : { opens: false }
}

/** Path of the picture that tells of an opened mail. */
export function openPath(
  mail: { readonly shop: number; readonly message: number },
  signer: LinkSigner,
): string {
  const numbers = `${mail.shop.toString(36)}.${mail.message.toString(36)}`
  return `/o/${numbers}.${signer.sign(`open:${numbers}`)}`
}

/** Reads the last part of `openPath`; undefined when a character was changed. */
export function readOpen(
  token: string,
  signer: LinkSigner,
): { readonly shop: number; readonly message: number } | undefined {
  const [, shop = '', message = '', signature = ''] =
    /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([\w-]{1,100})$/.exec(token) ?? []
  if (!signer.verify(`open:${shop}.${message}`, signature)) return undefined
  return { shop: Number.parseInt(shop, 36), message: Number.parseInt(message, 36) }
}

/** The mail with the picture as the last thing in it. */
export function withPixel(html: string, address: string): string {
  const picture = `<img src="${address}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`
  const end = html.lastIndexOf('</body>')
  return end === -1 ? html + picture : html.slice(0, end) + picture + html.slice(end)
}

/** No person reads a mail so soon after it left. */
const soonestMs = 2 * secondMs

/**
 * Whether a person opened the mail or a program fetched its pictures. Apple Mail's privacy protection fetches all pictures
 * of every mail and calls itself `Mozilla/5.0` and nothing else; Gmail's proxy fetches when the mail is opened.
 */
export function openedBy(visit: Visit, sinceSentMs: number): 'person' | 'machine' {
  const agent = visit.header('user-agent')?.trim() ?? ''
  if (agent === 'Mozilla/5.0' || sinceSentMs < soonestMs) return 'machine'
  if (/googleimageproxy|yahoomailproxy/i.test(agent)) return 'person'
  // A picture is what is asked for here, so its destination says nothing against a person.
  const asPage: Visit = {
    method: visit.method,
    header: (name) => (name === 'sec-fetch-dest' ? undefined : visit.header(name)),
  }
  return isPerson(asPage) && robotOf(agent) === undefined ? 'person' : 'machine'
}
