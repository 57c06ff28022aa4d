import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../carrier.ts'
import { signedHeaders } from './signature.ts'
import { webhookProvider } from './webhook.provider.ts'

const heard: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString()
  })
  request.on('end', () => {
    heard.push({ path: request.url ?? '', headers: request.headers, body })
    if (request.url === '/hang-up') request.socket.destroy()
    else if (request.url === '/busy') response.writeHead(503, { 'retry-after': '60' }).end()
    else response.writeHead(request.url === '/no' ? 422 : 204).end()
  })
})
let base = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const at = Date.UTC(2026, 2, 2, 1)
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const call = (path: string): Call => ({
  channel: 'webhook',
  shop: 1,
  message: 5,
  key: '1.5.1',
  advertising: false,
  at,
  url: base + path,
  secret,
  body: { type: 'message', values: { 쿠폰: 'A-1' } },
})
const provider = webhookProvider({ allowPrivate: true, now: () => at })

test('a call is signed over what was sent, under an id that stays the same', async () => {
  expect(await provider.send(call('/'))).toEqual({ kind: 'accepted', providerId: '1.5.1:204' })
  const got = heard.at(-1)
  expect(JSON.parse(got?.body ?? '')).toEqual(call('/').body)
  expect(got?.headers).toMatchObject(
    signedHeaders({ id: 'msg_1.5.1', seconds: at / 1_000, body: got?.body ?? '' }, secret),
  )
})

test('what the server says decides: tried again, refused, or nobody knows', async () => {
  expect(await provider.send(call('/busy'))).toMatchObject({
    kind: 'temporary',
    retryAt: at + 60_000,
  })
  expect(await provider.send(call('/no'))).toMatchObject({ kind: 'permanent', cause: 'other' })
  expect(await provider.send(call('/hang-up'))).toMatchObject({ kind: 'ambiguous' })
  const nobody = { ...call('/'), url: 'http://127.0.0.1:1/' }
  expect(await provider.send(nobody)).toMatchObject({ kind: 'temporary' })
})

test('a private address is not called', async () => {
  const strict = webhookProvider()
  const before = heard.length
  const answer = await strict.send({ ...call('/'), url: base.replace('http:', 'https:') })
  expect(answer).toMatchObject({ kind: 'temporary' })
  expect(heard.length).toBe(before)
})
