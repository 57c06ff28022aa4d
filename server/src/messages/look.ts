/** Where else a shop is; shown as words, for pictures of other companies' marks are fetched from other companies. */
export const socialKinds = [
  'instagram',
  'kakao',
  'naver_blog',
  'youtube',
  'facebook',
  'x',
  'threads',
  'website',
] as const
export type SocialKind = (typeof socialKinds)[number]

/** Share of light a colour sends back, 0 to 1 (WCAG 2.2, relative luminance). */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How far two colours (`#rrggbb`) stand apart, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** Text that everybody can read stands so far from what is behind it (WCAG 2.2 AA, 1.4.3). */
export const readable = 4.5

/** White or nearly black, whichever is easier to read on the colour; black itself where neither is readable. */
export function inkOn(color: string): '#ffffff' | '#111827' | '#000000' {
  const [white, dark] = [contrast('#ffffff', color), contrast('#111827', color)]
  if (Math.max(white, dark) < readable) return '#000000'
  return white >= dark ? '#ffffff' : '#111827'
}

/** A colour between two (`#rrggbb`): `share` 0 is the first, 1 the second. */
export function between(one: string, other: string, share: number): string {
  const part = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) =>
    Math.round(part(one, at) * (1 - share) + part(other, at) * share),
  )
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Fonts that are there without asking anybody for them. */
export const fontStack = {
  sans: "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif",
  serif: "'Nanum Myeongjo', AppleMyungjo, Batang, Georgia, serif",
} as const

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
