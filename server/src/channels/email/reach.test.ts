import { expect, test } from 'vitest'
import { checkMailbox } from './mailbox.driver.ts'
import { type MailReach, reachable, refusePrivate } from './reach.driver.ts'
import { checkSmtp } from './smtp.provider.ts'

const insides = ['127.0.0.1', 'localhost', '10.0.0.5', '169.254.169.254', '::1', '::ffff:10.0.0.5']
const named: MailReach = { privateHosts: new Set(['localhost', '127.0.0.1']) }

test.each(insides)(
  'a shop may not name %s as its mail server, nor is it talked to',
  async (host) => {
    await expect(refusePrivate(host)).rejects.toThrow('MAIL_HOSTS')
    await expect(reachable(host)).rejects.toThrow('사설망')
  },
)

test('whoever runs the installation names private servers, by exact name', async () => {
  await refusePrivate('LocalHost', named)
  expect(await reachable('localhost', named)).toEqual({ host: 'localhost' })
  await expect(refusePrivate('10.0.0.5', named)).rejects.toThrow('MAIL_HOSTS')
})

test('a server of the public internet needs no name', async () => {
  expect(await reachable('1.1.1.1')).toEqual({ host: '1.1.1.1' })
})

test('neither mail nor mailbox settings that were there before reach inside', async () => {
  const server = { host: '127.0.0.1', port: 1, security: 'none', user: 'a' } as const
  const smtp = await checkSmtp({ ...server, sealedPassword: '', connections: 1 }, '')
  expect(smtp).toMatchObject({ works: false, detail: expect.stringContaining('사설망') })
  const mailbox = await checkMailbox({ ...server, sealedPassword: '', folder: 'INBOX' }, '')
  expect(mailbox).toMatchObject({ works: false, detail: expect.stringContaining('사설망') })
})
