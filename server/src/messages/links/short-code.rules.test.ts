import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eucKrBytes } from '../sms/euc-kr.ts'
import { LinkSettings, linkSettings } from './link-settings.ts'
import { codeOf, isCode, linkBytes, sampleCode, shortPrefix } from './short-code.ts'

test('a short link on the longest host allowed takes 22 bytes', () => {
  const { host } = LinkSettings.parse({ host: 'link.onshop.kr' })
  expect(eucKrBytes(`${shortPrefix(host, 'https://crm.onshop.kr')}${sampleCode}`)).toBe(linkBytes)
  expect(LinkSettings.safeParse({ host: 'links.onshop.kr' }).success).toBe(false)
})

test('without a host of its own a shop uses the address of the server', () => {
  expect(shortPrefix('', 'https://crm.onshop.kr/')).toBe('https://crm.onshop.kr/s/')
  expect(linkSettings({})).toEqual({ host: '', expiryDays: 90, utm: true })
})

test.each(['onsh.kr/a', 'http://onsh.kr', 'onsh', 'on sh.kr', '127.0.0.1', 'a.kr:80', '-a.kr'])(
  '%s is no host',
  (host) => {
    expect(LinkSettings.safeParse({ host }).success).toBe(false)
  },
)

test('random bytes give codes in which no letter is read for another', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const code = codeOf(bytes)
      if (code === undefined) return
      expect(isCode(code)).toBe(true)
      expect(code).not.toMatch(/[0O1lI]/)
    }),
  )
  expect(codeOf(Uint8Array.of(1, 2, 3))).toBeUndefined()
  expect(codeOf(new Uint8Array(16).fill(255))).toBeUndefined()
})

test.each(['journey', 'Ab3dE7', 'Ab3dE7x8', 'Ab3dE0x', 'Ab3d-7x'])(
  '%s may be a code or not',
  (text) => {
    expect(isCode(text)).toBe(text === 'journey')
  },
)
