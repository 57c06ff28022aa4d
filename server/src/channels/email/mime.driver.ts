import { domainToASCII } from 'node:url'
import type { Mail } from '../carrier.ts'

/** Characters of one line of base64 (RFC 2045). */
const lineChars = 76

/**
 * A mail as bytes: multipart/alternative with a plain and an HTML part, both base64 (RFC 2045, 2046, 2047). Only what we
 * send is supported, which makes it several times cheaper than a general composer; no part of it ever reads a file or an
 * address.
 */
export function mimeOf(mail: Mail): Buffer {
  // `_` is not in base64's alphabet, so the boundary cannot appear in a part.
  const boundary = `=_${mail.messageId.replace(/[^A-Za-z0-9.]/g, '')}_=`.slice(0, 70)
  const headers: readonly (readonly [string, string])[] = [
    ['From', `${displayName(mail.from.name)}<${asciiDomain(mail.from.address)}>`],
    ['To', `<${asciiDomain(mail.to)}>`],
    ['Subject', encodedText(mail.subject)],
    ['Message-ID', `<${mail.messageId}>`],
    ['Date', new Date(mail.at).toUTCString().replace('GMT', '+0000')],
    ...Object.entries(mail.headers).map(
      ([name, value]) => [name, value.replace(/[\r\n]+/g, ' ')] as const,
    ),
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ]
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `${head.join('')}\r\n${part(boundary, 'text/plain', mail.text)}${part(boundary, 'text/html', mail.html)}--${boundary}--\r\n`,
  )
}

function part(boundary: string, type: string, text: string): string {
  const body = Buffer.from(text.replace(/\r?\n/g, '\r\n')).toString('base64')
  let lines = body.slice(0, lineChars)
  for (let at = lineChars; at < body.length; at += lineChars)
    lines += `\r\n${body.slice(at, at + lineChars)}`
  return `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`
}

/** Plain where it can be, else encoded words of at most 75 characters, no character split between two (RFC 2047). */
function encodedText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && text.length < 900) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}

function displayName(name: string): string {
  if (name === '') return ''
  const isPlain = /^[\x20-\x7e]*$/.test(name) && !name.includes('=?')
  return isPlain ? `"${name.replace(/["\\]/g, '\\$&')}" ` : `${encodedText(name)} `
}

/** The address with an international domain in the form every server knows. */
export function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return domain === '' ? address : `${address.slice(0, at)}@${domain}`
}
