import { z } from 'zod'
import { hourMs } from '../lib/duration.ts'
import type { LinkSigner } from '../messages/link.ts'

/** How long a link to a draft on the shop's own page works. */
export const previewMs = hourMs

/** Which draft a link shows, and as whom; it names no secret and opens nothing else. */
const Previewed = z.object({
  shop: z.number(),
  campaign: z.number(),
  /** The step whose message is shown; the first that stands on a page unless given. */
  step: z.number().optional(),
  /** Whose values stand in it; a sample's unless given. */
  customer: z.number().optional(),
  /** UTC ms */
  until: z.number(),
})
export type Previewed = z.infer<typeof Previewed>

/** The parameter of an address under which the script on a page looks for a link to a draft. */
const parameter = 'dg_preview'

/** Writes and signs which draft is shown: readable, and of no use once a character was changed. */
export function previewToken(previewed: Previewed, signer: LinkSigner): string {
  const text = Buffer.from(JSON.stringify(previewed)).toString('base64url')
  return `${text}.${signer.sign(`onsite-preview:${text}`)}`
}

/** Reads a token made by `previewToken`; undefined when it is none of ours. Whether its time is over is the reader's to say. */
export function readPreviewToken(token: string, signer: LinkSigner): Previewed | undefined {
  const [text = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !signer.verify(`onsite-preview:${text}`, signature)) return undefined
  try {
    return Previewed.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}

/**
 * The address of a page with the token in it; undefined where it is no page of the shop's own site: another host than the
 * shop's and none beneath it. A shop that has not said where it is may name any page.
 */
export function previewAddress(page: string, shopUrl: string, token: string): string | undefined {
  const url = urlIn(page.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined
  const own = urlIn(shopUrl)?.hostname.replace(/^(www|m)\./, '')
  if (own && url.hostname !== own && !url.hostname.endsWith(`.${own}`)) return undefined
  url.searchParams.set(parameter, token)
  return url.href
}

function urlIn(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
