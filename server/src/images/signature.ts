import type { ImageFault } from './faults.ts'

export const imageMedia = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const
export type ImageMedia = (typeof imageMedia)[number]

const startsWith = (bytes: Uint8Array, at: number, expected: readonly number[]): boolean =>
  expected.every((byte, place) => bytes[at + place] === byte)

const ascii = (text: string): readonly number[] => [...text].map((one) => one.charCodeAt(0))

/** What a file is by its first bytes; neither its name nor what its sender calls it is asked. */
export function mediaOf(bytes: Uint8Array): ImageMedia | ImageFault {
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (startsWith(bytes, 0, ascii('RIFF')) && startsWith(bytes, 8, ascii('WEBP'))) {
    return 'image/webp'
  }
  if (startsWith(bytes, 0, ascii('GIF87a')) || startsWith(bytes, 0, ascii('GIF89a'))) {
    return 'image/gif'
  }
  if (startsWith(bytes, 4, ascii('ftyphei')) || startsWith(bytes, 4, ascii('ftypmif'))) {
    return 'heic'
  }
  const head = new TextDecoder().decode(bytes.subarray(0, 4_096))
  return /<svg[\s>]/i.test(head) ? 'svg' : 'kind'
}
