import { z } from 'zod'

const Picture = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/ }).max(2_000, 'an address of at most 2,000 characters'),
])

/** Where else the shop is; shown as words, for pictures of other companies' marks are fetched from other companies. */
export const SocialKind = z.enum([
  'instagram',
  'kakao',
  'naver_blog',
  'youtube',
  'facebook',
  'x',
  'threads',
  'website',
])
export type SocialKind = z.infer<typeof SocialKind>

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
    .array(z.object({ kind: SocialKind, url: z.url({ protocol: /^https?$/ }).max(2_000) }))
    .max(8)
    .default([]),
})
export type Brand = z.infer<typeof Brand>

/** A shop's brand; what was never set, or is damaged, is as it comes. */
export function brandOf(section: unknown): Brand {
  const parsed = Brand.safeParse(section ?? {})
  return parsed.success ? parsed.data : Brand.parse({})
}

/** Share of light a colour sends back, 0 to 1 (WCAG 2.2, relative luminance). */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Black or white, whichever is easier to read on the colour. */
export function inkOn(color: string): '#ffffff' | '#111827' {
  const light = luminance(color)
  return 1.05 / (light + 0.05) >= (light + 0.05) / (luminance('#111827') + 0.05)
    ? '#ffffff'
    : '#111827'
}

/** Fonts that are there without asking anybody for them. */
export const fontStack = {
  sans: "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif",
  serif: "'Nanum Myeongjo', AppleMyungjo, Batang, Georgia, serif",
} satisfies Record<Brand['font'], string>

/** What each place is called in a mail. */
export const socialName = {
  instagram: 'Instagram',
  kakao: 'KakaoTalk',
  naver_blog: 'NAVER Blog',
  youtube: 'YouTube',
  facebook: 'Facebook',
  x: 'X',
  threads: 'Threads',
  website: 'Website',
} satisfies Record<SocialKind, string>
