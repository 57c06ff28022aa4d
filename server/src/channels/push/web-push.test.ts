import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webPush from 'web-push'
import type { Push } from '../carrier.ts'
import { togetherOf, webPushProvider } from './web-push.provider.ts'

// A push service as RFC 8030 has it: 201 takes a message, 410 says that the browser is gone.
const heard: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
    response.writeHead(request.url === '/gone' ? 410 : 201).end()
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

/** A browser that reads what it is sent as RFC 8291 and RFC 8188 say, written apart from the sender's library. */
function browser() {
  const own = createECDH('prime256v1')
  own.generateKeys()
  const auth = randomBytes(16)
  const keys = { p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url') }
  const read = (body: Buffer) => {
    const salt = body.subarray(0, 16)
    const sender = body.subarray(21, 21 + body.readUInt8(20))
    const sealed = body.subarray(21 + sender.length)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender])
    const shared = derived(own.computeSecret(sender), { salt: auth, info, bytes: 32 })
    const of = (name: string, bytes: number) =>
      derived(shared, { salt, info: Buffer.from(`Content-Encoding: ${name}\0`), bytes })
    const opener = createDecipheriv('aes-128-gcm', of('aes128gcm', 16), of('nonce', 12))
    opener.setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
    return padded.subarray(0, padded.lastIndexOf(2)).toString()
  }
  return { keys, read }
}

function derived(
  key: Buffer,
  how: { readonly salt: Buffer; readonly info: Buffer; readonly bytes: number },
): Buffer {
  return Buffer.from(hkdfSync('sha256', key, how.salt, how.info, how.bytes))
}

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:help@shop.example' }
const pushTo = (to: Push['to']): Push => ({
  channel: 'web_push',
  shop: 1,
  message: 5,
  key: '1.5.1',
  advertising: true,
  at: 0,
  to,
  title: '(광고)온샵 새 상품',
  text: '봄옷이 왔어요',
  url: 'https://shop.example/',
  icon: null,
  image: null,
})

test('only the browser can read a notification, and one browser that takes it is enough', async () => {
  const gone: string[] = []
  const provider = webPushProvider(vapid, {
    allowPrivate: true,
    onGone: async (_, endpoint) => void gone.push(endpoint),
  })
  const [living, left] = [browser(), browser()]
  const to = [
    { endpoint: `${base}/living`, keys: living.keys },
    { endpoint: `${base}/gone`, keys: left.keys },
  ]
  expect(await provider.send(pushTo(to))).toEqual({ kind: 'accepted', providerId: '1.5.1' })
  const got = heard.find((one) => one.path === '/living')
  expect(JSON.parse(living.read(got?.body ?? Buffer.alloc(0)))).toMatchObject({
    title: '(광고)온샵 새 상품',
    text: '봄옷이 왔어요',
    url: 'https://shop.example/',
    tag: '1.5.1',
  })
  expect(got?.headers.authorization).toContain(vapid.publicKey)
  expect(gone).toEqual([`${base}/gone`])
  expect(await provider.send(pushTo(to.slice(1)))).toMatchObject({
    kind: 'permanent',
    cause: 'no_address',
  })
})

test('keys that are none are a browser that is gone, and take nothing from the others', async () => {
  const gone: string[] = []
  const provider = webPushProvider(vapid, {
    allowPrivate: true,
    onGone: async (_, endpoint) => void gone.push(endpoint),
  })
  const madeUp = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  const to = [
    { endpoint: `${base}/made-up`, keys: madeUp },
    { endpoint: `${base}/living`, keys: browser().keys },
  ]
  expect(await provider.send(pushTo(to))).toMatchObject({ kind: 'accepted' })
  expect(await provider.send(pushTo(to.slice(0, 1)))).toMatchObject({ kind: 'permanent' })
  expect(new Set(gone)).toEqual(new Set([`${base}/made-up`]))
})

test('an endpoint within our own network is not called', async () => {
  const provider = webPushProvider(vapid, { onGone: async () => {} })
  const before = heard.length
  const to = [{ endpoint: `${base}/inside`, keys: browser().keys }]
  expect(await provider.send(pushTo(to))).toMatchObject({ kind: 'temporary' })
  expect(heard.length).toBe(before)
})

test('what may have been taken by one browser is not sent again to the others', () => {
  const temporary = { kind: 'temporary', detail: '' } as const
  const ambiguous = { kind: 'ambiguous', detail: '' } as const
  expect(togetherOf([temporary, ambiguous]).kind).toBe('ambiguous')
  expect(togetherOf([]).kind).toBe('permanent')
})
