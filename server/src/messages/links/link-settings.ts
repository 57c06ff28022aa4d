import { z } from 'zod'
import { hostBytes } from './short-code.ts'

/** A host name without scheme, port or path. */
const hostName =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** The shop's settings section `links`: where short links of text messages live, and for how long. */
export const LinkSettings = z.object({
  /** `onsh.kr`; empty: the address of this server. At most 14 bytes, so that a link takes 22. */
  host: z
    .string()
    .trim()
    .toLowerCase()
    .max(hostBytes, `at most ${hostBytes} letters, so that a link takes 22 bytes`)
    .refine((host) => host === '' || hostName.test(host), 'a host name such as onsh.kr')
    .default(''),
  /** After so many days a link leads to the shop's front page. */
  expiryDays: z.number().int().min(1).max(365).default(90),
  /** Whether links to the shop say where the visit came from (utm.ts). */
  utm: z.boolean().default(true),
})
export type LinkSettings = z.infer<typeof LinkSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function linkSettings(settings: { readonly [section: string]: unknown }): LinkSettings {
  const parsed = LinkSettings.safeParse(settings.links ?? {})
  return parsed.success ? parsed.data : LinkSettings.parse({})
}
