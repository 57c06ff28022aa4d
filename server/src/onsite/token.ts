import { z } from 'zod'
import type { LinkSigner } from '../messages/link.ts'

/** What a page gives back of a message it was shown: which, to whom, on which occasion. */
const Told = z.object({
  shop: z.number(),
  campaign: z.number(),
  version: z.number(),
  step: z.number(),
  device: z.string(),
  /** The occasion on which it was shown; with the campaign and the device it names the showing. */
  occasion: z.string(),
  /** The page it was shown on, cut to what fits. */
  url: z.string().default(''),
  /** UTC ms. */
  at: z.number(),
})
export type Told = z.infer<typeof Told>

/** Of the page's address so much goes into the token, in UTF-16 units: it is given back with every press. */
export const urlKept = 500

/** The token of a showing: readable, signed. */
export function tokenOf(told: Told, signer: LinkSigner): string {
  const text = Buffer.from(JSON.stringify(told)).toString('base64url')
  return `${text}.${signer.sign(`onsite:${text}`)}`
}

/** Reads a token made by `tokenOf`; undefined when a character was changed. */
export function readToken(token: string, signer: LinkSigner): Told | undefined {
  const [text = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !signer.verify(`onsite:${text}`, signature)) return undefined
  try {
    return Told.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}
