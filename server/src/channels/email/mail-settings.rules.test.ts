import { expect, test } from 'vitest'
import { MailSettingsInput, mailSettings, storedMail } from './mail-settings.ts'
import { MailboxInput, storedMailbox } from './mailbox-settings.ts'

const seal = (text: string) => `sealed(${text})`
const ses = {
  provider: 'ses',
  region: 'ap-northeast-2',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
} as const
const read = (input: object) => MailSettingsInput.parse(input)

test('a stored key stays with its account and is shown to no other', () => {
  const first = storedMail(read({ ...ses, secretKey: 'one' }), undefined, seal)
  expect(first).toMatchObject({ sealedSecretKey: 'sealed(one)', topic: '' })
  expect(storedMail(read({ ...ses, configurationSet: 'x' }), first, seal)).toMatchObject({
    sealedSecretKey: 'sealed(one)',
    configurationSet: 'x',
  })
  const other = read({ ...ses, accessKeyId: 'AKIAANOTHERACCOUNT00' })
  expect(storedMail(other, first, seal)).toBeUndefined()
  expect(storedMail(read({ provider: 'resend' }), first, seal)).toBeUndefined()
  const resend = storedMail(read({ provider: 'resend', key: 're_1' }), first, seal)
  expect(resend).toEqual({ provider: 'resend', sealedKey: 'sealed(re_1)', sealedWebhookSecret: '' })
})

test('a region is a region and never another host', () => {
  for (const region of ['ap-northeast-2', 'us-east-1', 'us-gov-west-1'])
    expect(MailSettingsInput.safeParse({ ...ses, region }).success, region).toBe(true)
  for (const region of [
    '',
    'evil.example/',
    'x@evil',
    'us-east-1.evil.example',
    '169.254.169.254',
    '../x',
  ])
    expect(MailSettingsInput.safeParse({ ...ses, region }).success, region).toBe(false)
})

test('a damaged section counts as none', () => {
  for (const section of [undefined, null, {}, { provider: 'ses' }, { provider: 'pigeon' }])
    expect(mailSettings(section)).toBeUndefined()
})

test('the password of a mailbox is needed once, and again for another server', () => {
  const input = { host: 'imap.shop.example', port: 993, secure: true, user: 'hello' }
  expect(storedMailbox(MailboxInput.parse(input), undefined, seal)).toBeUndefined()
  const stored = storedMailbox(MailboxInput.parse({ ...input, password: 'p' }), undefined, seal)
  expect(stored).toMatchObject({ security: 'tls', folder: 'INBOX', sealedPassword: 'sealed(p)' })
  expect(storedMailbox(MailboxInput.parse({ ...input, port: 143 }), stored, seal)).toMatchObject({
    security: 'starttls',
    sealedPassword: 'sealed(p)',
  })
  const elsewhere = MailboxInput.parse({ ...input, host: 'imap.evil.example' })
  expect(storedMailbox(elsewhere, stored, seal)).toBeUndefined()
})
