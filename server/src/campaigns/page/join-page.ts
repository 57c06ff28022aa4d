import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'

/** What the address of the page after joining holds at Cafe24, and where nobody said otherwise. */
export const usualJoinPage = 'join_result'

/** The path of an address, as history keeps it; nothing of the host, of what is asked for, or of places on the page. */
const JoinPath = z
  .string()
  .trim()
  .max(500)
  .transform(pathOf)
  .refine((path) => path.length > 2, 'A path of your shop, such as /member/join_result.html')
  .refine((path) => !/\s/.test(path), 'A path of your shop, such as /member/join_result.html')

/** The shop's section `pages`. `joined`: what the path of the page after joining holds; null: what is usual. */
export const JoinPageSettings = z.object({ joined: JoinPath.nullable().default(null) })
export type JoinPageSettings = z.infer<typeof JoinPageSettings>

/**
 * What the path of the page after joining holds where the shop did not say: at Shopify and WooCommerce no such page is there by
 * itself ('': only `Signed Up` says that somebody joined), else Cafe24's.
 */
export function joinPageBy(platform: string | undefined): string {
  return platform === 'shopify' || platform === 'woocommerce' ? '' : usualJoinPage
}

/** What the path of the page after joining holds; '': there is no such page. */
export function joinPageOf(settings: JsonObject, platform: string | undefined): string {
  const read = JoinPageSettings.safeParse(settings.pages ?? {})
  return (read.success ? read.data.joined : null) ?? joinPageBy(platform)
}

function pathOf(typed: string): string {
  const bare = typed.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  return bare
}
