import { z } from 'zod'

/** Largest file that is taken, bytes. */
export const uploadBytesLimit = 10 * 1024 * 1024
/** Largest picture that is decoded, pixels of all its frames together. */
export const pixelsLimit = 40_000_000
/** Pictures a shop may keep, deleted ones that can be brought back among them. */
export const imagesLimit = 5_000
/** A deleted picture can be brought back for so many days. */
export const keptDays = 30

/** What names a picture in addresses and in contents. */
export const ImageKey = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** The point of a picture that must stay visible when it is cut: shares of width and height from the top left. */
export const Focus = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })
export type Focus = z.infer<typeof Focus>

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\r\n]/.test(text), 'one line only')

const Tag = oneLine(40).min(1)

/** What may be changed of a picture: its name, what is read to who cannot see it, its focus and tags. */
export const ImageChange = z
  .strictObject({
    name: oneLine(100).min(1),
    alt: oneLine(200),
    focus: Focus,
    tags: z.array(Tag).max(20),
  })
  .partial()
export type ImageChange = z.infer<typeof ImageChange>

/**
 * What is made of each picture: `large` for popups (WebP, moving pictures still moving, and a JPEG without motion), `letter` for
 * mails, `card` for text messages (MMS), `wide` and `tall` for KakaoTalk, `small` for lists, and `whole`, of which new kinds can
 * be made. The word is the file's name in its address.
 */
export const variants = [
  'large',
  'still',
  'letter',
  'card',
  'wide',
  'tall',
  'small',
  'whole',
] as const
export type Variant = (typeof variants)[number]

/** Variants that are served to everybody. The others follow the focus, or are what new kinds are made of. */
export const publicVariants: readonly Variant[] = ['large', 'still', 'letter', 'card', 'small']

/** Limits of each variant: longest side or exact size in pixels, most bytes. */
export const variantLimits = {
  large: { pixels: 1_200 },
  still: { pixels: 1_200 },
  letter: { pixels: 1_200, bytes: 300 * 1024 },
  // Solapi's SDK says 200 KB, NHN Cloud 300 KB and 1,000 pixels; Aligo does not tell.
  card: { pixels: 1_000, bytes: 200 * 1024 },
  wide: { width: 800, height: 400, bytes: 500 * 1024 },
  tall: { width: 800, height: 600, bytes: 500 * 1024 },
  small: { pixels: 320 },
  whole: { pixels: 2_400 },
} as const satisfies Record<Variant, object>

/** Kakao refuses pictures narrower than this, pixels. */
export const kakaoLeastWidth = 500

/** A file made of a picture. */
export type VariantFile = {
  readonly variant: Variant
  /** Name in its address: `letter.jpg`. */
  readonly file: string
  readonly media: ImageMediaOut
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}
export type ImageMediaOut = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'

const endings = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
} satisfies Record<ImageMediaOut, string>

/** A variant's name in its address. */
export function fileName(variant: Variant, media: ImageMediaOut): string {
  return `${variant}.${endings[media]}`
}

/**
 * The largest piece of a picture with this shape (width / height), whole pixels: what `object-fit: cover` shows with
 * `object-position` at the focus. A point stays where it was by share, so the focus is never cut off.
 */
export function cutAround(
  size: { readonly width: number; readonly height: number },
  shape: number,
  focus: Focus,
): {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
} {
  const width = Math.max(1, Math.min(size.width, Math.round(size.height * shape)))
  const height = Math.max(1, Math.min(size.height, Math.round(size.width / shape)))
  const place = (whole: number, piece: number, share: number) => Math.round(share * (whole - piece))
  return {
    left: place(size.width, width, focus.x),
    top: place(size.height, height, focus.y),
    width,
    height,
  }
}
