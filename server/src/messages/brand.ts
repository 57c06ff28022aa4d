import { z } from 'zod'
import { readPicturePath } from '../images/address.ts'
import { contrast, inkOn, readable, socialKinds } from './look.ts'

/** Nothing, a picture of the library by its path, or an address elsewhere. */
const Picture = z
  .string()
  .trim()
  .max(2_000, 'an address of at most 2,000 characters')
  .refine(
    (text) =>
      text === '' ||
      readPicturePath(text) !== undefined ||
      z.url({ protocol: /^https?$/ }).safeParse(text).success,
    'a picture of the library or an http(s) address',
  )

const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1c7ed6')

/** How everything looks that a shop says: mails, the pages behind their links, popups. The settings section `brand`. */
export const Brand = z.object({
  /** Path of a picture of the library (`/i/...`) or an address; the shop's name stands in its place without one. */
  logo: Picture.default(''),
  /** Width of the logo in CSS pixels. */
  logoWidth: z.number().int().min(40).max(400).default(160),
  /** Colour of buttons and links, `#rrggbb`. */
  color: Colour.default('#111827'),
  /** Colour of words on it; `auto` takes whichever is easier to read. */
  ink: z.union([z.literal('auto'), Colour]).default('auto'),
  /** What words stand on, and the words. */
  background: Colour.default('#ffffff'),
  text: Colour.default('#111827'),
  font: z.enum(['sans', 'serif']).default('sans'),
  corners: z.enum(['round', 'square']).default('round'),
  /** How round, in CSS pixels of a button's corner. */
  radius: z.number().int().min(2).max(24).default(8),
  button: z.enum(['filled', 'outline']).default('filled'),
  /** Popups: always light, always dark, or as the visitor's device is set. Mails follow their reader anyway. */
  scheme: z.enum(['light', 'dark', 'auto']).default('light'),
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

/** Corner radius in CSS pixels of something `size` times as large as a button; 0 where corners are square. */
export function cornerOf(brand: Pick<Brand, 'corners' | 'radius'>, size = 1): number {
  return brand.corners === 'round' ? Math.round(brand.radius * size) : 0
}

/** Words that cannot be read where they stand: which field is at fault, how far the colours are apart, and one that would do. */
export type BrandFault = {
  readonly field: 'ink' | 'text' | 'button'
  readonly ratio: number
  readonly instead: string
  readonly ko: string
  readonly en: string
}

/** Pairs of colours that are too close to be read by everybody (WCAG 2.2 AA: 4.5 to 1). */
export function brandFaults(brand: Brand): readonly BrandFault[] {
  const { color, background, text, ink, button } = brand
  const faults: BrandFault[] = []
  const say = (fault: Pick<BrandFault, 'field' | 'instead'>, pair: Pair) => {
    const ratio = contrast(pair.one, pair.other)
    if (ratio >= readable) return
    const far = (Math.floor(ratio * 10) / 10).toFixed(1)
    faults.push({
      ...fault,
      ratio,
      ko: `${pair.ko} 읽기 어려워요. 두 색의 차이가 ${far} : 1이에요. ${readable} : 1 이상이어야 누구나 읽을 수 있어요.`,
      en: `${pair.en} hard to read: the colours are ${far} : 1 apart, and everybody can read ${readable} : 1.`,
    })
  }
  say(
    { field: 'text', instead: inkOn(background) },
    { one: text, other: background, ko: '글자가 배경에서', en: 'Text is' },
  )
  if (button === 'outline') {
    say(
      { field: 'button', instead: 'filled' },
      { one: color, other: background, ko: '테두리 버튼의 글자가', en: 'The outlined button is' },
    )
  } else if (ink !== 'auto') {
    say(
      { field: 'ink', instead: 'auto' },
      { one: ink, other: color, ko: '버튼 글자가', en: 'Words on the button are' },
    )
  }
  return faults
}

type Pair = {
  readonly one: string
  readonly other: string
  readonly ko: string
  readonly en: string
}
