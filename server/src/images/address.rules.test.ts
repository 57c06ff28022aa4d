import fc from 'fast-check'
import { expect, test } from 'vitest'
import { absolutePicture, isPublicHost, picturePath, readPicturePath } from './address.ts'
import { faultInField, fieldOfFault } from './faults.ts'
import { cutAround } from './image.ts'
import { mediaOf } from './signature.ts'

const key = 'q1w2e3r4t5y6u7i8o9p0_-'

test('addresses of pictures say nothing that a content blocker looks for, and are read back', () => {
  const path = picturePath(key, 'large.webp')
  expect(path).toBe(`/i/${key}/large.webp`)
  expect(readPicturePath(path)).toEqual({ key, file: 'large.webp' })
  for (const other of ['/i/short/large.webp', `/i/${key}/../secret`, `https://a.example${path}`]) {
    expect(readPicturePath(other)).toBe(undefined)
  }
  expect(absolutePicture(path, 'https://crm.example')).toBe(`https://crm.example${path}`)
  expect(absolutePicture('https://a.example/b.png', 'https://crm.example')).toBe(
    'https://a.example/b.png',
  )
})

test('only a host that mail programs can reach is public', () => {
  for (const here of [
    'http://localhost:4700',
    'http://127.0.0.1:4700',
    'http://192.168.0.4',
    'http://10.0.0.1',
    'http://shop',
  ]) {
    expect(isPublicHost(here)).toBe(false)
  }
  expect(isPublicHost('https://crm.onshop.example')).toBe(true)
  expect(isPublicHost('https://localhost')).toBe(false)
})

test('a cut has the asked shape, lies in the picture and keeps its focus', () => {
  const side = fc.integer({ min: 1, max: 8_000 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const shape = fc.constantFrom(2, 4 / 3, 1, 0.75)
  fc.assert(
    fc.property(
      side,
      side,
      fc.record({ x: share, y: share }),
      shape,
      (width, height, focus, at) => {
        const cut = cutAround({ width, height }, at, focus)
        expect(cut.left).toBeGreaterThanOrEqual(0)
        expect(cut.top).toBeGreaterThanOrEqual(0)
        expect(cut.left + cut.width).toBeLessThanOrEqual(width)
        expect(cut.top + cut.height).toBeLessThanOrEqual(height)
        expect(cut.left - 1).toBeLessThanOrEqual(focus.x * width)
        expect(cut.left + cut.width + 1).toBeGreaterThanOrEqual(focus.x * width)
        expect(cut.top - 1).toBeLessThanOrEqual(focus.y * height)
        expect(cut.top + cut.height + 1).toBeGreaterThanOrEqual(focus.y * height)
      },
    ),
  )
})

test('a file is what its first bytes say, whatever it is called', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(mediaOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg')
  expect(mediaOf(bytes('GIF89a....'))).toBe('image/gif')
  expect(mediaOf(bytes('RIFF....WEBPVP8 '))).toBe('image/webp')
  expect(mediaOf(bytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">'))).toBe(
    'svg',
  )
  expect(mediaOf(bytes('....ftypheic'))).toBe('heic')
  expect(mediaOf(bytes('<html><script>'))).toBe('kind')
  expect(mediaOf(new Uint8Array())).toBe('kind')
})

test('a refusal names its fault for the page, in whichever language that speaks', () => {
  expect(faultInField(fieldOfFault('svg'))).toBe('svg')
  expect(faultInField('image.unheard')).toBe(undefined)
  expect(faultInField('name')).toBe(undefined)
  expect(faultInField(undefined)).toBe(undefined)
})
