import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, isJsonObject, numberText, rawNumber } from './json.ts'
import { parseJson } from './json-parse.ts'
import { columnText, utf8Length, wellFormed } from './text.ts'

const value = (text: string) => {
  const parsed = parseJson(text)
  if (parsed.kind === 'refused') throw new Error(parsed.why)
  return parsed.value
}

describe('JSON of unknown origin', () => {
  test('parses as JSON.parse does, for everything JSON.parse keeps', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        fc.pre(!text.includes('__proto__'))
        // Equal as numbers: the long ones among them are held as text.
        expect(JSON.parse(JSON.stringify(value(text)))).toEqual(
          JSON.parse(JSON.stringify(JSON.parse(text))),
        )
      }),
    )
  })

  test.each([
    '12345678901234567890',
    '9007199254740993',
    '-9007199254740993',
    '0.1234567890123456789',
    '1e400',
    '-1E+400',
    '1e-400',
    '123456789012345.678',
  ])('%s keeps its digits', (text) => {
    expect(numberText(value(text))).toBe(text)
    expect(JSON.stringify({ n: value(text) })).toBe(`{"n":${text}}`)
    expect(canonicalJson([value(text)])).toBe(`[${text}]`)
    expect(isJsonObject(value(text))).toBe(false)
  })

  test.each([
    '0',
    '-0',
    '1.0',
    '1e3',
    '9007199254740991',
    '0.1',
    '100000000000000000000',
    '0.00',
    '1e-7',
    '123456789.123456',
  ])('%s is a plain number', (text) => {
    expect(value(text)).toBe(Number(text))
  })

  test('long digits inside texts stay texts', () => {
    expect(value('{"card":"1234 5678901234567890","b":[1]}')).toEqual({
      card: '1234 5678901234567890',
      b: [1],
    })
  })

  test.each([
    '',
    '{',
    '{a:1}',
    "{'a':1}",
    '[1,]',
    '01',
    '.5',
    '1.',
    '+1',
    'NaN',
    '\u00a0{}',
    '{}x',
    '"\n"',
    '"\\x"',
  ])('%j is refused in words', (text) => {
    expect(parseJson(text)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/\.$/) })
  })

  test('nesting ends at 32, however absurd, and nobody reaches a prototype', () => {
    expect(parseJson(`${'['.repeat(32)}${']'.repeat(32)}`).kind).toBe('json')
    expect(parseJson(`${'['.repeat(33)}${']'.repeat(33)}`)).toMatchObject({
      why: expect.stringContaining('32'),
    })
    expect(parseJson('['.repeat(100_000) + ']'.repeat(100_000)).kind).toBe('refused')
    expect(parseJson(`${'['.repeat(100_000)}1e500${']'.repeat(100_000)}`).kind).toBe('refused')
    expect(parseJson('{"a":[{"\\u005f_proto__":1}]}')).toMatchObject({
      why: expect.stringContaining('__proto__'),
    })
  })
})

test('a raw number is told from an object that looks like one', () => {
  expect(isJsonObject({ rawJSON: '1' })).toBe(true)
  expect(numberText({ rawJSON: '1' })).toBeUndefined()
  expect(numberText(rawNumber('1e999'))).toBe('1e999')
  expect(numberText('12')).toBeUndefined()
})

describe('text as it is kept', () => {
  test('is NFC, has no half surrogates, and is left alone otherwise', () => {
    expect(wellFormed('김하늘'.normalize('NFD'))).toBe('김하늘')
    expect(wellFormed('a\ud800b')).toBe('a\ufffdb')
    expect(wellFormed('🧡\u0000')).toBe('🧡\u0000')
    expect(columnText('a\u0000b\u0000')).toBe('ab')
  })

  test('is measured as UTF-8 is', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd800, max: 0xdfff }),
    )
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = String.fromCharCode(...units)
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
      }),
    )
    expect(utf8Length('\ud800\ud800\udc00')).toBe(7)
  })
})
