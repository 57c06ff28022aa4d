import { linkSettings } from './link-settings.ts'
import { codeLength, shortPrefix } from './short-code.ts'

type Settings = { readonly settings: { readonly [section: string]: unknown } }

/** The address of a short link as the reader sees it: `onsh.kr/Ab3dE7x`. */
export function shortLink(shop: Settings, publicUrl: string, code: string): string {
  return shortPrefix(linkSettings(shop.settings).host, publicUrl) + code
}

/** What stands for a link while a message is only looked at: as long as the real one, and leading nowhere. */
export function sampleLink(shop: Settings, publicUrl: string): string {
  return shortLink(shop, publicUrl, 'Xx'.repeat(codeLength).slice(0, codeLength))
}
