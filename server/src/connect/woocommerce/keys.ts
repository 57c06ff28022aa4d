import { z } from 'zod'

/** The keys of a connected shop as they are sealed. */
export const WooKeys = z.object({
  consumerKey: z.string(),
  consumerSecret: z.string(),
  /** With it the shop signs its webhooks; made here. */
  hookSecret: z.string(),
})
export type WooKeys = z.infer<typeof WooKeys>

/**
 * A shop's address as it is kept: host and folder, without scheme (it is always https), query and slash at the end; undefined: it is no
 * address. `shop.example/store`.
 */
export function shopNameOf(text: string): string | undefined {
  const trimmed = text.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = URL.canParse(full) ? new URL(full) : undefined
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined
  // A name or password in it would be sent along.
  if (/^[^/]*\/\/[^/]*@/.test(full) || !url.hostname.includes('.')) return undefined
  const folder = url.pathname.replace(/\/(?:wp-admin|wp-json)(?:\/.*)?$/, '').replace(/\/+$/, '')
  const name = `${url.host}${folder}`
  return name.length <= 200 ? name : undefined
}
