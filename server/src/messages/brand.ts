import { z } from 'zod'
import { socialKinds } from './look.ts'

const Picture = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/ }).max(2_000, 'an address of at most 2,000 characters'),
])

/** How the shop's mails look: the settings section `brand`. It is put into a mail when the mail is published. */
export const Brand = z.object({
  /** Address of the logo; the shop's name stands in its place without one. */
  logo: Picture.default(''),
  /** Width of the logo in CSS pixels. */
  logoWidth: z.number().int().min(40).max(400).default(160),
  /** Colour of buttons and links, `#rrggbb`. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1c7ed6')
    .default('#111827'),
  font: z.enum(['sans', 'serif']).default('sans'),
  corners: z.enum(['round', 'square']).default('round'),
  social: z
    .array(z.object({ kind: z.enum(socialKinds), url: z.url({ protocol: /^https?$/ }).max(2_000) }))
    .max(8)
    .default([]),
})
export type Brand = z.infer<typeof Brand>

/** A shop's brand; what was never set, or is damaged, is as it comes. */
export function brandOf(section: unknown): Brand {
  const parsed = Brand.safeParse(section ?? {})
  return parsed.success ? parsed.data : Brand.parse({})
}
