import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Shop } from '../../shops/shop.ts'
import { checkMailbox, readMailbox } from './mailbox.driver.ts'
import { watchMailboxes } from './mailbox.jobs.ts'
import type { MailboxSettings } from './mailbox-settings.ts'
import type { Returned } from './returned.ts'

const bounce = `Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx

Final-Recipient: rfc822; kim@customer.example
Action: failed
Status: 5.1.1

--B
Content-Type: message/rfc822

Message-ID: <1.7.1.0.s@shop.example>
To: kim@customer.example

hello
--B--
`.replace(/\n/g, '\r\n')
const letter = 'Content-Type: text/plain\r\n\r\nWhere is my parcel?\r\n'

/** Enough of IMAP4rev1 (RFC 3501) for one who reads: mails in an array, uid 11 upwards. */
let mails: string[] = [letter, bounce]
let uidValidity = 5
const said: string[] = []
const server = createServer((socket) => {
  socket.write('* OK [CAPABILITY IMAP4rev1 ID] ready\r\n')
  let rest = ''
  socket.on('data', (data) => {
    const lines = (rest + data).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) answer(socket, line)
  })
  socket.on('error', () => undefined)
}).listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))
afterAll(() => server.close())

function answer(socket: Socket, line: string) {
  said.push(line)
  const [tag = '', ...words] = line.split(' ')
  const command = words.join(' ').toUpperCase()
  const ok = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`)
  if (command.startsWith('LOGIN') && !line.includes('right')) {
    socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong password\r\n`)
  } else if (/^(SELECT|EXAMINE)/.test(command)) {
    socket.write(
      `* ${mails.length} EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY ${uidValidity}] ok\r\n`,
    )
    socket.write(`* OK [UIDNEXT ${11 + mails.length}] ok\r\n`)
    ok('[READ-ONLY] selected')
  } else if (command.startsWith('UID FETCH')) {
    const [from = 0, to = from] = (words[2] ?? '').split(':').map(Number)
    for (const [at, mail] of mails.entries()) {
      const uid = 11 + at
      if (uid < from || uid > to) continue
      const [head = ''] = mail.split('\r\n\r\n')
      const part = command.includes('HEADER')
        ? `RFC822.SIZE ${mail.length} BODY[HEADER.FIELDS (CONTENT-TYPE)] {${head.length + 4}}\r\n${head}\r\n\r\n`
        : `BODY[] {${mail.length}}\r\n${mail}`
      socket.write(`* ${at + 1} FETCH (UID ${uid} ${part})\r\n`)
    }
    ok()
  } else if (command.startsWith('CAPABILITY')) {
    socket.write('* CAPABILITY IMAP4rev1 ID\r\n')
    ok()
  } else if (command.startsWith('LIST')) {
    socket.write('* LIST (\\HasNoChildren) "/" INBOX\r\n')
    ok()
  } else ok()
}

const settings: MailboxSettings & { readonly reach: 'anywhere' } = {
  reach: 'anywhere',
  host: '127.0.0.1',
  port: (server.address() as AddressInfo).port,
  security: 'none',
  user: 'hello',
  sealedPassword: 'right',
  folder: 'INBOX',
}

test('mails that came back are found among letters, once each, and the mailbox stays as it is', async () => {
  const first = await readMailbox(settings, 'right', undefined)
  expect(first.returned).toMatchObject([
    { messageId: '1.7.1.0.s@shop.example', cause: 'no_address' },
  ])
  expect(first.place).toEqual({ uidValidity: '5', uid: 12 })
  expect((await readMailbox(settings, 'right', first.place)).returned).toEqual([])
  mails = [...mails, letter, bounce]
  const second = await readMailbox(settings, 'right', first.place)
  expect(second.returned).toHaveLength(1)
  expect(second.place.uid).toBe(14)
  expect(said.some((line) => /STORE|SELECT|EXPUNGE|MOVE/i.test(line.split(' ')[1] ?? ''))).toBe(
    false,
  )
})

test('a mailbox that was made anew is read anew', async () => {
  uidValidity = 6
  const look = await readMailbox(settings, 'right', { uidValidity: '5', uid: 14 })
  expect(look.returned.length).toBeGreaterThan(0)
  expect(look.place.uidValidity).toBe('6')
})

test('the check says what the server says', async () => {
  expect(await checkMailbox(settings, 'right')).toEqual({
    works: true,
    detail: String(mails.length),
  })
  expect(await checkMailbox(settings, 'wrong')).toEqual({ works: false, detail: 'wrong password' })
})

test('each shop’s mailbox is looked into every five minutes, and its failure is shown', async () => {
  const sections: Record<string, JsonObject | null> = { mailbox: { ...settings } }
  let now = 1_000_000
  const told: Returned[] = []
  const watch = watchMailboxes({
    clock: { now: () => now },
    vault: { open: (text) => text },
    mailReach: 'anywhere',
    shops: {
      ids: async () => [1 as ShopId],
      shop: async () => ({ settings: sections }) as unknown as Shop,
      set: async (_, name, value) => {
        sections[name] = value
      },
    },
    tell: async (_, returned) => {
      told.push(...returned)
      return returned.length
    },
  })
  await watch.turn()
  const found = told.length
  expect(found).toBeGreaterThan(0)
  expect(sections.mailboxRead).toMatchObject({ found, error: null, at: now })
  mails = [...mails, bounce]
  await watch.turn()
  expect(told).toHaveLength(found)
  now += 5 * 60_000
  await watch.turn()
  expect(told).toHaveLength(found + 1)
  sections.mailbox = { ...settings, sealedPassword: 'wrong' }
  now += 5 * 60_000
  await watch.turn()
  expect(sections.mailboxRead).toMatchObject({ error: 'wrong password', found: found + 1 })
})
