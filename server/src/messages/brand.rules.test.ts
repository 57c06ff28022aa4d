import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Brand, brandFaults, brandOf, cornerOf } from './brand.ts'
import { between, contrast, inkOn, readable } from './look.ts'
import { askPage } from './opt-out-page.ts'
import { paletteOf } from './palette.ts'

const key = 'q1w2e3r4t5y6u7i8o9p0_-'
const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('a brand from before there were more colours looks as it did', () => {
  const before = brandOf({ logo: '', logoWidth: 160, color: '#e8590c', corners: 'square' })
  expect(before).toMatchObject({ ink: 'auto', background: '#ffffff', text: '#111827', radius: 8 })
  expect([cornerOf(before), cornerOf(brandOf({}), 1.5)]).toEqual([0, 12])
  expect(brandOf({ color: 'red; }' })).toEqual(brandOf(undefined))
})

test('a logo is a picture of the library or an address, never anything that runs', () => {
  const isLogo = (logo: string) => Brand.safeParse({ logo }).success
  expect(isLogo(`/i/${key}/letter.png`)).toBe(true)
  expect(isLogo('https://shop.example/logo.png')).toBe(true)
  for (const wrong of ['javascript:alert(1)', '/logo.png', `//evil.example/i/${key}/a.png`]) {
    expect(isLogo(wrong)).toBe(false)
  }
})

test('words can be read on every colour a brand may have', () => {
  fc.assert(
    fc.property(colour, colour, fc.constantFrom('light', 'dark'), (color, background, scheme) => {
      expect(contrast(inkOn(color), color)).toBeGreaterThanOrEqual(readable)
      const brand = brandOf({ color, background, text: inkOn(background) })
      expect(brandFaults(brand)).toEqual([])
      const palette = paletteOf(brand, scheme)
      expect(contrast(palette.text, palette.background)).toBeGreaterThanOrEqual(readable)
      expect(contrast(palette.faint, palette.background)).toBeGreaterThanOrEqual(readable)
      const { button } = palette
      expect(contrast(button.text, button.background)).toBeGreaterThanOrEqual(readable)
    }),
  )
})

test('colours that are too close are named with a sentence and a colour that would do', () => {
  const pale = brandOf({ text: '#bbbbbb', color: '#ffd43b', ink: '#ffffff' })
  expect(brandFaults(pale)).toMatchObject([
    { field: 'text', instead: '#111827', ko: expect.stringContaining('1.9 : 1') },
    { field: 'ink', instead: 'auto', en: expect.stringContaining('4.5 : 1') },
  ])
  expect(brandFaults(brandOf({ color: '#ffd43b', button: 'outline' }))).toMatchObject([
    { field: 'button', instead: 'filled' },
  ])
  expect(between('#000000', '#ffffff', 0.5)).toBe('#808080')
})

test('pages behind the links of messages wear the brand, their logo only from here', () => {
  const shop = (logo: string) =>
    ({
      name: '온<샵>',
      settings: { brand: { logo, color: '#e8590c', background: '#fff4e6' } },
    }) as never
  const about = { channel: 'email', masked: null, more: '' } as const
  const page = askPage(shop(`/i/${key}/letter.png`), about, 'ko')
  expect(page).toContain(`<img src="/i/${key}/letter.png" alt="온&#60;샵&#62;"`)
  expect(page).toContain('background:#fff4e6')
  expect(page).toContain('button{background:#e8590c')
  expect(askPage(shop('https://elsewhere.example/logo.png'), about, 'ko')).not.toContain('<img')
})
