import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  contactIdentity,
  contactKey,
  maskContact,
  normaliseEmail,
  normalisePhone,
} from './contact.ts'

describe('an e-mail address', () => {
  test.each([
    [' Kim.Haneul@EXAMPLE.com ', 'Kim.Haneul@example.com'],
    ['a+b@mail.example.co.kr', 'a+b@mail.example.co.kr'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['김하늘@예시.한국', '김하늘@예시.한국'],
    ['김하늘@예시.한국'.normalize('NFD'), '김하늘@예시.한국'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s is kept as %s', (text, kept) => {
    expect(normaliseEmail(text)).toBe(kept)
  })

  test.each([
    '',
    '@',
    'kim',
    'kim@',
    '@example.com',
    'kim@localhost',
    'kim@example.',
    'kim@-example.com',
    'kim@1.2.3.4',
    'a@b@example.com',
    '.kim@example.com',
    'kim.@example.com',
    'k..im@example.com',
    'kim lee@example.com',
    'Kim <kim@example.com>',
    'kim@example.com,lee@example.com',
    'kim@example.com\nBcc: x@example.com',
    'kim\u0000@example.com',
    `${'a'.repeat(65)}@example.com`,
    `kim@${'a'.repeat(250)}.com`,
    `kim@${'a'.repeat(64)}.com`,
  ])('%j is not one', (text) => {
    expect(normaliseEmail(text)).toBeUndefined()
  })
})

type PhoneCase = {
  readonly input: string
  readonly valid: boolean | null
  readonly e164: string | null
  readonly type: string | null
}
const casesFile = resolve(import.meta.dirname, '../../../../shared/data/phone-kr.json')
const hasCases = existsSync(casesFile)

describe('a phone number', () => {
  test.skipIf(!hasCases)(
    'is judged as by the numbering plans, but for letters, which no shop means',
    () => {
      const { cases } = JSON.parse(readFileSync(casesFile, 'utf8')) as {
        readonly cases: readonly PhoneCase[]
      }
      expect(cases).toHaveLength(78)
      // A keypad reading of letters is an American custom; here it is a typing error.
      const ours = new Map([['010-1234-ABCD', undefined]])
      const judged = cases.map(({ input }) => [input, normalisePhone(input)?.e164])
      const expected = cases.map(({ input, valid, e164 }) => [
        input,
        ours.has(input) ? ours.get(input) : valid ? (e164 ?? undefined) : undefined,
      ])
      expect(judged).toEqual(expected)
    },
  )

  test.each([
    ['０１０－１２３４－５６７８', '+821012345678'],
    ['+82 010-1234-5678', '+821012345678'],
    ['1012345678', '+821012345678'],
    ['="010-1234-5678"', '+821012345678'],
    ['“010-1234-5678”', '+821012345678'],
    ['010-1234-5678 내선 3', '+821012345678'],
    ["'01012345678", '+821012345678'],
  ])('%s is %s', (text, e164) => {
    expect(normalisePhone(text)).toEqual({ e164, kind: 'mobile' })
  })

  test.each([
    ['0507-1234-5678', 'safe'],
    ['050-1234-5678', 'safe'],
    ['02-3123-4567', 'landline'],
    ['1588-1234', 'other'],
    ['070-1234-5678', 'other'],
    ['012-1234-5678', 'other'],
    ['010-123-4567', 'other'],
    ['011-123-4567', 'mobile'],
    ['+81 90-1234-5678', 'mobile'],
    ['+44 20 7946 0958', 'landline'],
  ])('%s is %s: advertising goes to mobiles only', (text, kind) => {
    expect(normalisePhone(text)?.kind).toBe(kind)
  })
})

test('masks show enough to recognise and too little to use', () => {
  expect(maskContact('email', 'kim@example.com')).toBe('k***@example.com')
  expect(maskContact('email', '𐐷im@example.com')).toBe('𐐷***@example.com')
  expect(maskContact('phone', '+821012345678')).toBe('010-****-5678')
  expect(maskContact('phone', '+16502530000')).toBe('+16-****-0000')
})

test('an opt-out holds however the address is written', () => {
  const vault = {
    hash: (kind: string, value: string) => `${kind}:${value}`,
    seal: (text: string) => `sealed:${text}`,
  }
  expect(contactIdentity('email', 'Kim@example.com')).toBe('kim@example.com')
  expect(contactKey(vault, 'email', 'Kim@example.com')).toEqual({
    hash: 'email:kim@example.com',
    sealed: 'sealed:Kim@example.com',
    masked: 'K***@example.com',
  })
})
