import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kakao, kakaoOf } from '../../channels/kakao/kakao.service.ts'
import { contactKey } from '../../customers/contact.ts'
import { type MessageWorld, openMessageWorld, wish } from '../../testing/message-world.driver.ts'
import { applyReports } from '../reports.service.ts'
import { AlimtalkContent } from './content.ts'

/** A shop with an account at Solapi, which this server stands for: it takes messages and says later what came of them. */
type Sent = { readonly to: string; readonly customFields: { readonly key: string } }
const sent: Sent[] = []
let status = 'APPROVED'
const template = {
  templateId: 'T',
  channelId: 'P',
  name: '재입고',
  content: '#{이름}님, 다시 들어왔어요.',
}
const server = createServer((incoming, response) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const path = new URL(incoming.url ?? '/', 'http://local').pathname
    const body = Buffer.concat(chunks).toString()
    const messages = body === '' ? [] : (JSON.parse(body) as { messages: Sent[] }).messages
    const messageList = messages.map((one, at) => ({
      ...one,
      messageId: `M${sent.length + at}`,
      statusCode: '2000',
    }))
    sent.push(...messages)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        path.endsWith('channels')
          ? { channelList: [{ channelId: 'P', searchId: '@온샵' }] }
          : path.endsWith('templates')
            ? { templateList: [{ ...template, status }] }
            : { failedMessageList: [], messageList },
      ),
    )
  })
}).listen(0, '127.0.0.1')

const content = AlimtalkContent.parse({
  channel: 'kakao',
  kind: 'alimtalk',
  profile: 'P',
  template: 'T',
  variables: { 이름: "{{ customer.name | default: '고객' }}" },
})
const nature = { purpose: 'informational', because: 'restock_requested' } as const

let world: MessageWorld
let room: ReturnType<typeof kakao>
let baseUrl: string
beforeAll(async () => {
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world = await openMessageWorld()
  room = kakao({ ...world, world: { baseUrl } })
  const sealedSecret = world.vault.seal('sesame')
  const account = { provider: 'solapi', apiKey: 'KEY', sealedSecret, profile: 'P' }
  await world.shops.set(world.shop, 'kakao', account)
  await room.sync(world.shop)
})
afterAll(async () => {
  await world?.close()
  server.closeAllConnections()
  server.close()
})

async function queued(user: string, phone: string, id: string) {
  const customer = await world.member(user)
  const ids = { user, verified: true, phone: contactKey(world.vault, 'phone', phone) }
  await world.say({ kind: 'identify', name: 'Identified', ids })
  await world.line.drain(world.shop)
  const [outcome] = await world.ask(
    wish(customer, id, { channel: 'kakao', purpose: 'informational' }),
  )
  expect(outcome).toMatchObject({ kind: 'queued' })
  return customer
}

async function handOver() {
  const about = await world.shops.shop(world.shop)
  const provider = kakaoOf(about, world, { baseUrl, gatherMs: 1 })?.open()
  await world.sender({ carry: () => provider }).drain(world.shop)
  await provider?.close()
}

const rowOf = async (customer: number) => {
  const [row] = await world.db`
    select state, cause, provider_id from outbox where customer = ${customer} order by id desc limit 1`
  return row
}

test('who has no KakaoTalk is told of on the log with the cause, so that a campaign can try a text', async () => {
  const { id } = await world.messages.publish(world.shop, content, nature)
  const customer = await queued('nobody', '+821055556666', id)
  await handOver()
  expect(sent.map((one) => one.to)).toEqual(['01055556666'])
  const row = await rowOf(customer)
  expect(row).toMatchObject({ state: 'sent' })
  const report = {
    providerId: String(row?.provider_id),
    at: world.clock.now(),
    outcome: { kind: 'failed', cause: 'not_on_kakao', detail: '3104' },
  } as const
  const reported = { ...world, onRefused: async () => undefined }
  await applyReports(reported, world.shop, { provider: 'solapi', reports: [report, report] })
  await world.receipts.drain()
  const told = await world.db<{ name: string; body: string }[]>`
    select name, body from log
    where kind = 'receipt' and name = 'Message Failed' and (ids::jsonb->>'customer')::bigint = ${customer}`
  expect(told).toHaveLength(1)
  expect(JSON.parse(told[0]?.body ?? '{}').properties).toMatchObject({ cause: 'not_on_kakao' })
})

test('a template that was stopped is neither sent with nor published again, and says why', async () => {
  const { id } = await world.messages.publish(world.shop, content, nature)
  const customer = await queued('late', '+821077778888', id)
  status = 'REJECTED'
  await room.sync(world.shop)
  const before = sent.length
  await handOver()
  expect(sent).toHaveLength(before)
  expect(await rowOf(customer)).toMatchObject({ state: 'failed', cause: 'template_mismatch' })
  await expect(world.messages.publish(world.shop, content, nature)).rejects.toThrow('반려')
})
