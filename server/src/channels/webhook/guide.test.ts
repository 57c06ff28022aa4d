import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhookProvider } from './webhook.provider.ts'

type Receives = (headers: IncomingHttpHeaders, rawBody: string, secret: string) => boolean

const guide = readFileSync(new URL('../../../../docs/guide/webhooks.md', import.meta.url), 'utf8')
/** The receiver as the guide writes it, run as it stands there. */
const receiver = async (): Promise<Receives> => {
  const code = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  const module = `data:text/javascript,${encodeURIComponent(`${code}\nexport { isOurs }`)}`
  return ((await import(module)) as { readonly isOurs: Receives }).isOurs
}

let heard: { readonly headers: IncomingHttpHeaders; readonly body: string } | undefined
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    response.writeHead(204).end()
  })
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const send = (now: number) =>
  webhookProvider({ allowPrivate: true, now: () => now }).send({
    channel: 'webhook',
    shop: 1,
    message: 5,
    key: '1.5.1',
    advertising: false,
    at: now,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    secret,
    body: { type: 'message', values: { 쿠폰: 'A-1 \u2028 "따옴표"' } },
  })

test('the receiver of the guide takes what a campaign sends, and nothing that was changed', async () => {
  const isOurs = await receiver()
  expect(await send(Date.now())).toMatchObject({ kind: 'accepted' })
  const { headers = {}, body = '' } = heard ?? {}
  expect(isOurs(headers, body, secret)).toBe(true)
  expect(isOurs(headers, body.replace('A-1', 'A-2'), secret)).toBe(false)
  expect(isOurs({ ...headers, 'webhook-id': 'msg_other' }, body, secret)).toBe(false)
  expect(isOurs(headers, body, `whsec_${Buffer.alloc(24).toString('base64')}`)).toBe(false)
})

test('a call that is played again later is refused by it', async () => {
  const isOurs = await receiver()
  await send(Date.now() - 6 * 60_000)
  expect(isOurs(heard?.headers ?? {}, heard?.body ?? '', secret)).toBe(false)
})
