import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { eucKrBytes, isSendable } from './euc-kr.ts'
import { cutToBytes, replaced, replacedValues, sendableName, suggestions } from './replace.ts'

test.each([
  ['₩12,000 할인', '12,000원 할인'],
  ['₩ 5', '5원'],
  ['값은 ₩', '값은 원'],
  ['3–5일 — 끝', '3-5일 - 끝'],
  ['• 하나', '· 하나'],
  ['봄맞이 세일 🎉🎉 시작', '봄맞이 세일 시작'],
  ['고마워요 😀\n또 와요', '고마워요\n또 와요'],
  ['사랑해요 ❤️', '사랑해요 ♥'],
  ['1️⃣ 담기', '1 담기'],
  ['Café Beyoncé', 'Cafe Beyonce'],
  ['⑳ ﬁnal 𝐀', '20 final A'],
  ['한국'.normalize('NFD'), '한국'],
  ['믜 똠', 'ㅁㅢ ㄸㅗㅁ'],
  ['张伟', '□□'],
  ['안\u00a0녕\u200b', '안 녕'],
])('%s is sent as %s', (written, sent) => {
  expect(replaced(written)).toBe(sent)
})

test('whatever is written, what is sent can be sent, and is left alone the second time', () => {
  // Latin, decomposed Hangul, signs, kana and hanja, syllables, compatibility forms, halves, emoji.
  const blocks = [
    [0x20, 0x24f],
    [0x1100, 0x11ff],
    [0x2000, 0x27bf],
    [0x3000, 0x4fff],
    [0xac00, 0xd7ff],
    [0xd800, 0xffff],
    [0x1f000, 0x1faff],
    [0xe0000, 0xe01ff],
  ] as const
  const letter = fc.oneof(...blocks.map(([min, max]) => fc.integer({ min, max })))
  const anything = fc.array(letter).map((codes) => String.fromCodePoint(...codes))
  fc.assert(
    fc.property(anything, (text) => {
      const sent = replaced(text)
      expect(isSendable(sent)).toBe(true)
      expect(iconv.decode(iconv.encode(sent, 'euc-kr'), 'euc-kr')).toBe(sent)
      expect(iconv.encode(sent, 'euc-kr').length).toBe(eucKrBytes(sent))
      expect(replaced(sent)).toBe(sent)
    }),
    { numRuns: 500 },
  )
})

test('what could be sent anyway is not touched', () => {
  const text = '(광고)온샵 ▶ 12,345원  ①·“봄” ★\n무료수신거부 080-123-4567'
  expect(replaced(text)).toBe(text)
})

test.each([
  ['김하늘', '김하늘'],
  ['김하늘🌸', '김하늘'],
  ['André', 'Andre'],
  ['설믜', null],
  ['张伟', null],
  ['🌸', null],
  [null, null],
])('a person called %s is greeted as %s', (name, greeted) => {
  expect(sendableName(name)).toBe(greeted)
})

test('values are replaced wherever they are, addresses are percent-encoded', () => {
  const url = 'https://shop.example/é'
  expect(
    replacedValues({ cart: { items: [{ name: '컵☕', price: 3, url }] }, none: null }),
  ).toEqual({
    cart: { items: [{ name: '컵', price: 3, url: 'https://shop.example/%C3%A9' }] },
    none: null,
  })
})

test('a marketer is told what to write instead, and where', () => {
  expect(suggestions('₩5 🎁').map(({ at, kind, by }) => ({ at, kind, by }))).toEqual([
    { at: 0, kind: 'same', by: '원' },
    { at: 3, kind: 'left_out', by: '' },
  ])
})

test('a subject is cut at the byte and never within a character', () => {
  expect(cutToBytes('(광고)온샵 봄맞이', 12)).toBe('(광고)온샵')
  expect(cutToBytes('가나다', 5)).toBe('가나')
  expect(cutToBytes('가나', 4)).toBe('가나')
})
