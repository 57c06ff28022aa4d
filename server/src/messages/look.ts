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
