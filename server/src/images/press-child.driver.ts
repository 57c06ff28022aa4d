import sharp, { type Sharp } from 'sharp'
import {
  cutAround,
  type Focus,
  fileName,
  type ImageMediaOut,
  kakaoLeastWidth,
  pixelsLimit,
  type Variant,
  type VariantFile,
  variantLimits,
} from './image.ts'
import type { PressAnswer, PressAsked } from './press.driver.ts'

/**
 * The process that decodes what strangers drew: nothing but bytes goes in and comes out, and it lives for one picture. A fault in a
 * decoder ends it, not the server. Only the four formats of the library can be opened at all.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
  ],
})
sharp.cache(false)
sharp.concurrency(1)

process.on('disconnect', () => process.exit(0))
process.once('message', async (asked: PressAsked) => {
  const answer = await pressed(asked).catch((): PressAnswer => ({ kind: 'fault', fault: 'broken' }))
  process.send?.(answer, () => process.exit(0))
})

type Decoded = {
  readonly raw: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  readonly isClear: boolean
  /** The bytes where they move and are small enough to be kept moving. */
  readonly moving: Uint8Array | undefined
}

async function pressed({ bytes, focus, only }: PressAsked): Promise<PressAnswer> {
  const known = await sharp(bytes, { limitInputPixels: false }).metadata()
  const { width = 0, height = 0, pages = 1 } = known
  if (width * height > pixelsLimit) return { kind: 'fault', fault: 'pixels' }
  const isMoving = pages > 1 && width * height * pages <= pixelsLimit
  // Turned as the camera was held; colours come out as sRGB; whatever else was written into the file stays behind.
  const { data, info } = await sharp(bytes, { limitInputPixels: pixelsLimit, failOn: 'error' })
    .autoOrient()
    .toColourspace('srgb')
    .resize({ ...inside(variantLimits.whole.pixels) })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { isOpaque } = await sharp(data, { raw: info }).stats()
  const decoded: Decoded = {
    raw: data,
    width: info.width,
    height: info.height,
    channels: info.channels,
    isClear: !isOpaque,
    moving: isMoving ? bytes : undefined,
  }
  const turned = (known.orientation ?? 1) >= 5
  const files: VariantFile[] = []
  for (const variant of only) {
    const file = await makers[variant](decoded, focus)
    if (file) files.push(file)
  }
  return {
    kind: 'ok',
    width: turned ? height : width,
    height: turned ? width : height,
    isMoving,
    files,
  }
}

const inside = (pixels: number) =>
  ({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true }) as const

const drawn = ({ raw, width, height, channels }: Decoded) =>
  sharp(raw, { raw: { width, height, channels } })

/** What is transparent would become black where a format knows no transparency. */
const onWhite = (decoded: Decoded) => drawn(decoded).flatten({ background: '#ffffff' })

type Made = {
  readonly data: Buffer
  readonly info: { readonly width: number; readonly height: number }
}

function named(variant: Variant, media: ImageMediaOut, { data, info }: Made): VariantFile {
  const { width, height } = info
  return { variant, file: fileName(variant, media), media, width, height, bytes: data }
}

const makers: Readonly<
  Record<Variant, (decoded: Decoded, focus: Focus) => Promise<VariantFile | undefined>>
> = {
  whole: async (decoded) =>
    named('whole', 'image/webp', await webp(drawn(decoded), variantLimits.whole.pixels, 90)),
  large: async (decoded) => {
    const { pixels } = variantLimits.large
    if (!decoded.moving) return named('large', 'image/webp', await webp(drawn(decoded), pixels, 82))
    const frames = sharp(decoded.moving, { animated: true, limitInputPixels: pixelsLimit })
    const made = await webp(frames, pixels, 75)
    return named('large', 'image/webp', await sizeOf(made))
  },
  still: async (decoded) => {
    const made = await onWhite(decoded)
      .resize(inside(variantLimits.still.pixels))
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer({ resolveWithObject: true })
    return named('still', 'image/jpeg', made)
  },
  letter,
  card: async (decoded) =>
    named('card', 'image/jpeg', await jpegWithin(onWhite(decoded), variantLimits.card)),
  wide: (decoded, focus) => kakao('wide', decoded, focus),
  tall: (decoded, focus) => kakao('tall', decoded, focus),
  small: async (decoded) =>
    named('small', 'image/webp', await webp(drawn(decoded), variantLimits.small.pixels, 78)),
}

function webp(from: Sharp, pixels: number, quality: number): Promise<Made> {
  return from
    .resize(inside(pixels))
    .webp({ quality, effort: pixels > 2_000 ? 2 : 4 })
    .toBuffer({ resolveWithObject: true })
}

/** Of moving pictures the height that was told is that of all frames together. */
async function sizeOf({ data }: Made): Promise<Made> {
  const { width = 0, height = 0 } = await sharp(data).metadata()
  return { data, info: { width, height } }
}

/** Mail programs know JPEG, PNG and GIF: what moves stays moving where it fits, what is see-through stays see-through. */
async function letter(decoded: Decoded): Promise<VariantFile> {
  const limit = variantLimits.letter
  if (decoded.moving) {
    const frames = sharp(decoded.moving, { animated: true, limitInputPixels: pixelsLimit })
    const made = await frames
      .resize(inside(600))
      .gif({ colours: 128 })
      .toBuffer({ resolveWithObject: true })
    if (made.data.length < limit.bytes) return named('letter', 'image/gif', await sizeOf(made))
  }
  if (decoded.isClear) {
    for (const pixels of [1_200, 900, 600]) {
      const made = await drawn(decoded)
        .resize(inside(pixels))
        .png({ palette: true, quality: 90, compressionLevel: 9 })
        .toBuffer({ resolveWithObject: true })
      if (made.data.length < limit.bytes) return named('letter', 'image/png', made)
    }
  }
  return named('letter', 'image/jpeg', await jpegWithin(onWhite(decoded), limit))
}

/** Kakao shows a bubble's picture in its own shape; one that is too narrow for it is not made. */
async function kakao(
  variant: 'wide' | 'tall',
  decoded: Decoded,
  focus: Focus,
): Promise<VariantFile | undefined> {
  const { width, height, bytes } = variantLimits[variant]
  const piece = cutAround(decoded, width / height, focus)
  if (piece.width < kakaoLeastWidth) return undefined
  const cut = onWhite(decoded).extract(piece)
  return named(variant, 'image/jpeg', await jpegWithin(cut, { pixels: width, bytes }))
}

const qualities = [85, 75, 65, 55, 45] as const

/** The best JPEG below so many bytes: first its quality falls, then its size. Phones of all ages read the plain kind. */
async function jpegWithin(
  from: Sharp,
  limit: { readonly pixels: number; readonly bytes: number },
): Promise<Made> {
  const { data, info } = await from
    .resize(inside(limit.pixels))
    .raw()
    .toBuffer({ resolveWithObject: true })
  for (const share of [1, 0.7, 0.5, 0.35]) {
    for (const quality of qualities) {
      const made = await sharp(data, { raw: info })
        .resize(inside(Math.max(1, Math.round(limit.pixels * share))))
        .jpeg({ quality })
        .toBuffer({ resolveWithObject: true })
      if (made.data.length < limit.bytes) return made
    }
  }
  throw new Error('a JPEG of 350 pixels is larger than the limit')
}
