import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Mail } from '../carrier.ts'
import type { SesSettings } from './mail-settings.ts'
import { checkSes, sesProvider } from './ses.provider.ts'

/** SES as its API reference describes SendEmail and GetAccount, each answer said by the test. */
type Request = {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
let answer: (request: Request, response: ServerResponse) => void = () => undefined
let requests: Request[] = []
const server = createServer((incoming, response) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const request = {
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    }
    requests.push(request)
    answer(request, response)
  })
}).listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const settings: SesSettings = {
  provider: 'ses',
  region: 'ap-northeast-2',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  sealedSecretKey: '',
  configurationSet: 'danggol',
  topic: '',
}
const provider = sesProvider(settings, 'secret', { endpoint })

const mail: Mail = {
  channel: 'email',
  shop: 1,
  message: 7,
  key: '1.7.1',
  advertising: true,
  at: Date.UTC(2026, 10, 22),
  from: { name: '온샵', address: 'hello@shop.example' },
  to: 'kim@customer.example',
  subject: '(광고) 안녕하세요',
  html: '<p>안녕</p>',
  text: '안녕',
  headers: { 'List-Unsubscribe': '<https://shop.example/u/1>' },
  messageId: '1.7.1.0@shop.example',
}

function say(status: number, body: object, type?: string) {
  answer = (_, response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type ? { 'x-amzn-errortype': type } : {}),
    })
    response.end(JSON.stringify(body))
  }
}

beforeEach(() => {
  requests = []
})
afterAll(async () => {
  await provider.close()
  server.closeAllConnections()
  server.close()
})

test('SES receives the raw mail, signed for the shop’s account, and its id is kept', async () => {
  say(200, { MessageId: '0100-abc' })
  expect(await provider.send(mail)).toEqual({ kind: 'accepted', providerId: '0100-abc' })
  const [request] = requests
  expect(request?.path).toBe('/v2/email/outbound-emails')
  expect(request?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/ap-northeast-2\/ses\/aws4_request/,
  )
  const body = JSON.parse(request?.body ?? '{}')
  expect(body).toMatchObject({
    ConfigurationSetName: 'danggol',
    Destination: { ToAddresses: ['kim@customer.example'] },
    FromEmailAddress: 'hello@shop.example',
  })
  const read = await PostalMime.parse(Buffer.from(body.Content.Raw.Data, 'base64'))
  expect(read.subject).toBe(mail.subject)
  expect(read.messageId).toBe(`<${mail.messageId}>`)
  expect(read.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(
    '<https://shop.example/u/1>',
  )
})

test('what SES refuses is told apart: the mail, the sender, the rate, the account', async () => {
  const cases = [
    [
      429,
      'TooManyRequestsException',
      'Maximum sending rate exceeded.',
      { kind: 'temporary', retryAt: mail.at + 2_000 },
    ],
    [
      400,
      'ThrottlingException',
      'Daily message quota exceeded.',
      { kind: 'temporary', retryAt: mail.at + 3_600_000 },
    ],
    [
      400,
      'MessageRejected',
      'Email address is not verified.',
      { kind: 'permanent', cause: 'sender_unregistered' },
    ],
    [400, 'MessageRejected', 'Virus found.', { kind: 'permanent', cause: 'other' }],
    [400, 'BadRequestException', 'Illegal address', { kind: 'permanent', cause: 'other' }],
    [400, 'SendingPausedException', 'Sending is paused.', { kind: 'temporary' }],
    [403, 'InvalidClientTokenId', 'The security token is invalid.', { kind: 'temporary' }],
    [503, 'ServiceUnavailable', 'busy', { kind: 'ambiguous' }],
  ] as const
  for (const [status, type, message, expected] of cases) {
    say(status, { message }, type)
    expect(await provider.send(mail), type).toMatchObject(expected)
  }
  expect(requests, 'nothing is sent again by the client itself').toHaveLength(cases.length)
})

test('an answer that never comes after the mail was taken is ambiguous, and is asked for once', async () => {
  const impatient = sesProvider(settings, 'secret', { endpoint, callMs: 3_000 })
  answer = () => undefined
  expect(await impatient.send(mail)).toMatchObject({ kind: 'ambiguous' })
  await impatient.close()
  answer = (_, response) => response.destroy()
  expect(await provider.send(mail)).toMatchObject({ kind: 'ambiguous' })
  expect(requests).toHaveLength(2)
})

test('a mail that found no free call in time goes back; it has certainly not left', async () => {
  const held: ServerResponse[] = []
  answer = (_, response) => void held.push(response)
  const busy = sesProvider(settings, 'secret', { endpoint, waitMs: 300 })
  const sent = Array.from({ length: 33 }, () => busy.send(mail))
  expect(await Promise.race(sent)).toMatchObject({ kind: 'temporary' })
  answer = (_, response) => response.destroy()
  for (const response of held) response.destroy()
  expect(new Set((await Promise.all(sent)).map((one) => one.kind))).toEqual(
    new Set(['temporary', 'ambiguous']),
  )
  expect(requests).toHaveLength(32)
  await busy.close()
})

test('a server that cannot be reached has certainly not taken the mail', async () => {
  const nowhere = sesProvider(settings, 'secret', { endpoint: 'http://127.0.0.1:9' })
  expect(await nowhere.send(mail)).toMatchObject({ kind: 'temporary' })
  await nowhere.close()
})

test('the check tells the quota, the sandbox and a wrong key', async () => {
  say(200, {
    SendingEnabled: true,
    ProductionAccessEnabled: false,
    SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 3 },
  })
  expect(await checkSes(settings, 'secret', { endpoint })).toEqual({
    works: true,
    detail: expect.stringContaining(
      '3 of 200 mails sent in 24 hours, 1 a second. The account is still in the sandbox',
    ),
  })
  say(403, { message: 'The request signature does not match.' }, 'SignatureDoesNotMatch')
  expect(await checkSes(settings, 'secret', { endpoint })).toMatchObject({ works: false })
  say(403, { message: 'not authorized to perform ses:GetAccount' }, 'AccessDeniedException')
  expect(await checkSes(settings, 'secret', { endpoint })).toMatchObject({ works: true })
})
