import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { eucKrBytes, sendable, unsendable } from './euc-kr.ts'

/** The basic plane, a character a line; surrogates are no characters, and the line feed itself would end a line. */
const plane = Array.from({ length: 0x1_0000 }, (_, code) => code)
  .filter((code) => code !== 0x0a && !(code >= 0xd800 && code < 0xe000))
  .map((code) => String.fromCharCode(code))

test('every character of the basic plane travels as an independent EUC-KR encoder says', () => {
  const bytes = iconv.encode(plane.join('\n'), 'euc-kr')
  const back = iconv.decode(bytes, 'euc-kr').split('\n')
  const lines: Uint8Array[] = []
  // No second byte of a character is a line feed.
  for (let from = 0, to = 0; from <= bytes.length; from = to + 1) {
    to = bytes.indexOf(0x0a, from)
    if (to === -1) to = bytes.length
    lines.push(bytes.subarray(from, to))
  }
  expect(lines.length).toBe(plane.length)
  const counted = { ascii: 0, standard: 0, extended: 0, none: 0 }
  const wrong: string[] = []
  plane.forEach((character, at) => {
    const [lead = 0, trail = 0] = lines[at] ?? []
    const length = lines[at]?.length ?? 0
    const told = back[at] !== character ? 'none' : kindOf(length, lead, trail)
    const ours = sendable(character)
    counted[ours] += 1
    if (ours !== told || (told !== 'none' && eucKrBytes(character) !== length)) {
      wrong.push(`${character.charCodeAt(0).toString(16)} ${ours} ${told}`)
    }
  })
  expect(wrong).toEqual([])
  expect(counted).toEqual({ ascii: 127, standard: 8_226, extended: 8_822, none: 46_312 })
  expect([sendable('\n'), eucKrBytes('\n'), iconv.encode('\n', 'euc-kr').length]).toEqual([
    'ascii',
    1,
    1,
  ])
})

/** KS X 1001 has both bytes from A1 on; what Microsoft added has one below. */
function kindOf(length: number, lead: number, trail: number): 'ascii' | 'standard' | 'extended' {
  if (length === 1) return 'ascii'
  return lead >= 0xa1 && trail >= 0xa1 ? 'standard' : 'extended'
}

test('halves of a character and what lies beyond the basic plane cannot be sent', () => {
  for (const character of ['\ud83d', '\ude00', '😀', '𠮷', '𝒜', '']) {
    expect(sendable(character)).toBe('none')
  }
})

test('the bytes of whole texts agree with the encoder', () => {
  const texts = [
    '(광고)온샵 김하늘님 담아두신 상품이 기다려요 onsh.kr/c1 무료거부0801234567',
    '(광고)온샵 김하늘님 첫구매 5천원 쿠폰 도착 onsh.kr/f1 무료거부0801234567',
    '▶ ★ ♥ … “ ” ① ㎏ 漢字\n12,345원',
  ]
  expect(texts.map(eucKrBytes)).toEqual(texts.map((text) => iconv.encode(text, 'euc-kr').length))
  expect(texts.slice(0, 2).map(eucKrBytes)).toEqual([74, 72])
})

test('what cannot be sent is found where it stands', () => {
  expect(unsendable('😀 안녕 뷁 ₩')).toEqual([
    { character: '😀', at: 0 },
    { character: '뷁', at: 6 },
    { character: '₩', at: 8 },
  ])
})
