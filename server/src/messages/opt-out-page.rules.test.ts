import { expect, test } from 'vitest'
import { readOptOutBody } from './opt-out-page.ts'

const form = 'application/x-www-form-urlencoded'

// RFC 8058 sections 8.1 and 8.3, the latter as errata 5117, 8927 and 5559 correct it and as it was printed.
const multipart = (boundary: string) =>
  [
    `multipart/form-data; boundary=${boundary}`,
    '---FormBoundaryjWmhtjORrn\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n---FormBoundaryjWmhtjORrn--',
  ] as const

test('the one-click POST is taken as receivers send it', () => {
  expect(readOptOutBody(form, 'List-Unsubscribe=One-Click')).toBe('one-click')
  expect(readOptOutBody(`${form}; charset=UTF-8`, 'List-Unsubscribe=One-Click\r\n')).toBe(
    'one-click',
  )
  expect(readOptOutBody(...multipart('-FormBoundaryjWmhtjORrn'))).toBe('one-click')
  expect(readOptOutBody(...multipart('---FormBoundaryjWmhtjORrn'))).toBe('one-click')
})

test('anything else opts nobody out', () => {
  for (const body of [
    '',
    'List-Unsubscribe=Two-Clicks',
    'list-unsubscribe=One-Click',
    'One-Click',
    'save=yes',
  ])
    expect(readOptOutBody(form, body), body).toBe('other')
  expect(readOptOutBody('application/json', '{"List-Unsubscribe":"One-Click"}')).toBe('other')
  expect(readOptOutBody('multipart/form-data; boundary=x', '--x\r\n\r\nOne-Click\r\n--x--')).toBe(
    'other',
  )
})

test('the button of the page is told from it', () => {
  expect(readOptOutBody(form, 'confirm=yes&language=ko')).toBe('confirmed')
})
