import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeliveryReport } from '../channels/carrier.ts'
import { readReturned } from '../channels/email/returned-mail.driver.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { startSmtpSink } from '../testing/smtp-sink.driver.ts'
import { applyReports } from './reports.service.ts'
import { returnedMail } from './returned-mail.service.ts'

let world: MessageWorld
let raw: string
let told: { readonly provider: string; readonly reports: readonly DeliveryReport[] }[] = []

beforeAll(async () => {
  world = await openMessageWorld()
  const sink = await startSmtpSink()
  await world.useSmtp(sink.port)
  const { id } = await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })
  await world.ask(wish(await world.member('gone'), id))
  await world.sender().drain(world.shop)
  raw = sink.received[0]?.raw.toString() ?? ''
  await sink.close()
})
afterAll(() => world?.close())

/** A bounce of the mail as Postfix writes it. */
const bounceOf = (mail: string, recipient: string) =>
  [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=B',
    '',
    '--B',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--B',
    'Content-Type: message/rfc822',
    '',
    mail,
    '--B--',
    '',
  ].join('\r\n')

async function tell(mail: string, recipient: string, shop = world.shop): Promise<number> {
  told = []
  const matcher = returnedMail({
    db: world.db,
    clock: world.clock,
    vault: world.vault,
    record: async (_, one) => {
      told.push(one)
    },
  })
  return await matcher(shop, await readReturned(Buffer.from(bounceOf(mail, recipient))))
}

test('a mail that came back finds its message, whatever the case of the address', async () => {
  expect(await tell(raw, 'GONE@customer.example')).toBe(1)
  const [row] = await world.db<{ provider_id: string }[]>`select provider_id from outbox limit 1`
  expect(told).toEqual([
    {
      provider: 'smtp',
      reports: [
        {
          providerId: row?.provider_id,
          at: world.clock.now(),
          outcome: { kind: 'failed', cause: 'no_address', detail: '5.1.1' },
        },
      ],
    },
  ])
})

test('an address that does not exist is closed, and the next message does not go there', async () => {
  const matcher = returnedMail({
    db: world.db,
    clock: world.clock,
    vault: world.vault,
    record: (shop, one) => applyReports(world, shop, one),
  })
  const returned = await readReturned(Buffer.from(bounceOf(raw, 'gone@customer.example')))
  // A mailbox may be read twice.
  for (let look = 0; look < 2; look++) expect(await matcher(world.shop, returned)).toBe(1)
  const [row] = await world.db<{ state: string; bounced: boolean }[]>`
    select state, bounced_at is not null as bounced from outbox limit 1`
  expect(row).toEqual({ state: 'failed', bounced: true })
  const { id } = await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })
  const [next] = await world.ask(wish(await world.member('gone'), id))
  expect(next).toMatchObject({ kind: 'refused', reason: 'hard_bounced' })
})

test('a forged report closes nobody: not another address, not a guessed number, not another shop', async () => {
  expect(await tell(raw, 'stranger@customer.example')).toBe(0)
  const guessed = raw.replace(
    /Message-ID: <(\d+)\.(\d+)\./i,
    (_, shop: string, message: string) => `Message-ID: <${shop}.${Number(message) + 1}.`,
  )
  expect(guessed).not.toBe(raw)
  expect(await tell(guessed, 'gone@customer.example')).toBe(0)
  const other = await world.shops.create('다른 가게', false)
  expect(await tell(raw, 'gone@customer.example', other)).toBe(0)
  expect(told).toEqual([])
})
