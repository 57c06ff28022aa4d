import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import type { Mail } from '../carrier.ts'
import { asciiDomain, mimeOf } from './mime.driver.ts'

const mail: Mail = {
  channel: 'email',
  shop: 1,
  message: 5,
  key: '1.5.1',
  advertising: true,
  from: { name: '온샵', address: 'hello@shop.example' },
  to: 'kim@customer.example',
  subject: '(광고) 김하늘님, 담아두신 순면 티셔츠 외 2개가 아직 기다리고 있어요, 지금 보러 오세요',
  html: '<p>안녕하세요</p>',
  text: '안녕하세요\n두 번째 줄',
  headers: { 'List-Unsubscribe': '<https://danggol.example/u/x>' },
  messageId: '1.5.1.0@shop.example',
  at: Date.UTC(2026, 2, 2, 1),
}

test('a mail reads back as it was written', async () => {
  const raw = mimeOf(mail)
  const read = await PostalMime.parse(raw)
  expect(read).toMatchObject({
    from: mail.from,
    to: [{ name: '', address: mail.to }],
    subject: mail.subject,
    html: mail.html,
    messageId: `<${mail.messageId}>`,
    date: '2026-03-02T01:00:00.000Z',
  })
  expect(read.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(mail.text)
  expect(
    raw
      .toString()
      .split('\r\n')
      .every((line) => line.length <= 998),
  ).toBe(true)
  expect(raw.toString()).not.toMatch(/[^\r]\n/)
})

test('whatever stands in subject, name and text reads back, and adds no header', async () => {
  const typed = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'a\r\nBcc: x@y.example',
        '=?UTF-8?B?eA==?=',
        '"q\\" <a@b>',
        '.\r\n.\r\n',
        '=_1.5.1.0shop.example_=',
      ),
    )
    .map((text) => text.toWellFormed())
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
      const read = await PostalMime.parse(
        mimeOf({ ...mail, subject: line, text, from: { ...mail.from, name: line } }),
      )
      expect(read.subject ?? '').toBe(line)
      expect(read.from?.address).toBe(mail.from.address)
      expect(read.bcc).toBeUndefined()
      expect(read.html).toContain('안녕하세요')
      const lines = (some: string) => some.replace(/\r\n?/g, '\n').trimEnd()
      expect(lines(read.text ?? '')).toBe(lines(text))
      const forced = await PostalMime.parse(mimeOf({ ...mail, subject: text }))
      expect(forced.bcc).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('an international domain travels in ASCII', () => {
  expect(asciiDomain('kim@한국.kr')).toBe('kim@xn--3e0b707e.kr')
  expect(asciiDomain('kim@shop.example')).toBe('kim@shop.example')
})
