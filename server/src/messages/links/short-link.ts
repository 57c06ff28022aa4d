import { linkSettings } from './link-settings.ts'
import { sampleCode, shortPrefix } from './short-code.ts'

type Settings = { readonly settings: { readonly [section: string]: unknown } }

/** The address of a short link as the reader sees it: `onsh.kr/Ab3dE7x`. */
export function shortLink(shop: Settings, publicUrl: string, code: string): string {
  return shortPrefix(linkSettings(shop.settings).host, publicUrl) + code
}

/** A link as it looks: as long as a real one, and leading nowhere. */
export function sampleLink(shop: Settings, publicUrl: string): string {
  return shortLink(shop, publicUrl, sampleCode)
}

// Of the length of most; only a shop without a short host, whose text is near a limit, could tell the difference.
const someServer = 'https://crm.example.co.kr'

/**
 * The addresses of a message that is only looked at: where every byte of an address is paid for, one as long as the link
 * that will stand there; else the address itself.
 */
export function linksLookedAt(
  shop: Settings,
  channel: string,
  publicUrl = someServer,
): (url: string) => string {
  return channel === 'sms' ? () => sampleLink(shop, publicUrl) : (url) => url
}
