import type { Brand } from './brand.ts'
import { between, contrast, inkOn, luminance, readable } from './look.ts'

/** A brand's colours where it is light or dark around, all `#rrggbb`; every pair that carries words can be read. */
export type Palette = {
  readonly background: string
  readonly text: string
  /** Small print. */
  readonly faint: string
  readonly line: string
  /** Buttons, links, the frame of a coupon. */
  readonly color: string
  /** Words on `color`. */
  readonly ink: string
  /** A button as it is drawn: filled, or outlined on the background. */
  readonly button: { readonly background: string; readonly border: string; readonly text: string }
}

/** The colours of a brand, by day or by night. */
export function paletteOf(brand: Brand, scheme: 'light' | 'dark'): Palette {
  const isDarkAlready = luminance(brand.background) < 0.2
  if (scheme === 'light' || isDarkAlready) {
    const { background, text, color } = brand
    return withButton(brand, {
      background,
      text,
      faint: faintOn(background, text),
      line: between(background, text, 0.1),
      color,
      ink: brand.ink === 'auto' ? inkOn(color) : brand.ink,
    })
  }
  // A button as dark as the page would be gone.
  const color = luminance(brand.color) < 0.15 ? '#f9fafb' : brand.color
  return withButton(brand, {
    background: '#1f2937',
    text: '#f3f4f6',
    faint: '#9ca3af',
    line: '#374151',
    color,
    ink: color === brand.color && brand.ink !== 'auto' ? brand.ink : inkOn(color),
  })
}

function withButton(brand: Brand, palette: Omit<Palette, 'button'>): Palette {
  const { background, color, ink, text } = palette
  const written = contrast(color, background) >= readable ? color : text
  const button =
    brand.button === 'filled'
      ? { background: color, border: color, text: ink }
      : { background, border: written, text: written }
  return { ...palette, button }
}

/** As pale as can still be read. */
function faintOn(background: string, text: string): string {
  const shares = [0.55, 0.6, 0.65, 0.7, 0.8, 0.9]
  const colours = shares.map((share) => between(background, text, share))
  return colours.find((one) => contrast(one, background) >= readable) ?? text
}
