import { expect, test } from 'vitest'
import { handoverOf } from './smtp-answer.ts'

const refused = (message: string, command = 'RCPT TO') =>
  handoverOf({ textBegun: false, command, code: Number(message.slice(0, 3)), message })

test('an address is closed only when the server speaks of the address', () => {
  const gone = [
    '550 5.1.1 User unknown',
    '550 No such user here',
    '553 5.1.2 Bad host',
    '550 5.2.1 Disabled',
  ]
  for (const message of gone)
    expect(refused(message), message).toMatchObject({ cause: 'no_address' })
  const other = [
    '550 5.1.8 Sender address rejected: Domain not found',
    '550 5.7.1 Relaying denied',
    '550 Message blocked: sender reputation',
    '552 5.2.2 Mailbox full',
    '554 5.7.1 Spam',
  ]
  for (const message of other)
    expect(refused(message), message).toMatchObject({ kind: 'permanent', cause: 'other' })
  expect(refused('550 5.1.1 unknown', 'DATA')).toMatchObject({ cause: 'other' })
})

test('what may be tried again, and what nobody knows', () => {
  expect(refused('451 4.7.1 Greylisted')).toMatchObject({ kind: 'temporary' })
  expect(refused('535 5.7.8 Wrong password', 'AUTH PLAIN')).toMatchObject({ kind: 'temporary' })
  const silent = { command: 'DATA', code: undefined, message: 'closed' }
  expect(handoverOf({ ...silent, textBegun: true })).toMatchObject({ kind: 'ambiguous' })
  expect(handoverOf({ ...silent, textBegun: false })).toMatchObject({ kind: 'temporary' })
})
