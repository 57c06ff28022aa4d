import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { hourMs } from '../../lib/duration.ts'
import { cafe24MemberOf } from './member-token.driver.ts'

const now = Date.UTC(2026, 10, 23)
const credentials = { serviceKey: 'service-key' }
// Made here: Cafe24 publishes no token of its own with its key. That it is a JWT of HS512 under the Service Key is what its front SDK
// says of getEncryptedMemberId; that such a token verifies is our reading, not met with a real mall.
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (body: object, { key = 'service-key', alg = 'HS512' } = {}) => {
  const said = `${part({ typ: 'JWT', alg })}.${part(body)}`
  return `${said}.${createHmac('sha512', key).update(said).digest('base64url')}`
}

test('a member is named by a token that the shop’s own app key signed', () => {
  const fresh = { member_id: 'sujin', iat: now / 1_000 }
  expect(cafe24MemberOf(token(fresh), credentials, now)).toBe('sujin')
})

test.each([
  ['signed with another key', token({ member_id: 'sujin' }, { key: 'another' })],
  ['of another algorithm', token({ member_id: 'sujin' }, { alg: 'none' })],
  ['without a signature', token({ member_id: 'sujin' }).split('.').slice(0, 2).join('.')],
  [
    'changed on the way',
    token({ member_id: 'sujin' }).replace(/\.[^.]+\./, `.${part({ member_id: 'mina' })}.`),
  ],
  ['made long ago', token({ member_id: 'sujin', iat: (now - 2 * hourMs) / 1_000 })],
  ['that has ended', token({ member_id: 'sujin', exp: now / 1_000 - 1 })],
  ['that names nobody', token({ iat: now / 1_000 })],
  ['of no shape', 'x'],
])('a token %s names nobody', (_, forged) => {
  expect(cafe24MemberOf(forged, credentials, now)).toBeUndefined()
})

test('without a Service Key nobody is named', () => {
  expect(cafe24MemberOf(token({ member_id: 'sujin' }), {}, now)).toBeUndefined()
})
