import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { eucKrBytes, sendable, unsendable } from './euc-kr.ts'

/** What an encoder that shares nothing with ours makes of a character: its bytes, or undefined when it has none for it. */
function encoded(character: string): Uint8Array | undefined {
  const bytes = iconv.encode(character, 'euc-kr')
  return iconv.decode(bytes, 'euc-kr') === character ? bytes : undefined
}

test('every character of the basic plane travels as an independent EUC-KR encoder says', () => {
  const counted = { ascii: 0, standard: 0, extended: 0, none: 0 }
  const wrong: string[] = []
  for (let code = 0; code < 0x1_0000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue
    const character = String.fromCharCode(code)
    const bytes = encoded(character)
    const [lead = 0, trail = 0] = bytes ?? []
    const told =
      bytes === undefined
        ? 'none'
        : bytes.length === 1
          ? 'ascii'
          : lead >= 0xa1 && trail >= 0xa1
            ? 'standard'
            : 'extended'
    const ours = sendable(character)
    counted[ours] += 1
    if (ours !== told || (bytes && eucKrBytes(character) !== bytes.length)) {
      wrong.push(`${code.toString(16)} ${ours} ${told}`)
    }
  }
  expect(wrong).toEqual([])
  expect(counted).toEqual({ ascii: 128, standard: 8_226, extended: 8_822, none: 46_312 })
})

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
