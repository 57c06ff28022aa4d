import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Resend } from 'resend'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Mail } from '../carrier.ts'
import type { ResendSettings } from './mail-settings.ts'
import { checkResend, resendProvider } from './resend.provider.ts'

type Request = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
type Answer = (request: Request, response: ServerResponse) => void

/** Resend as its documents say: a batch is taken once per idempotency key, whoever asks again gets the first answer. */
const remembered = new Map<string, { readonly body: string; readonly answer: string }>()
let taken: unknown[] = []
const works: Answer = (request, response) => {
  const key = String(request.headers['idempotency-key'] ?? '')
  const known = remembered.get(key)
  if (known && known.body !== request.body)
    return fail(409, 'invalid_idempotent_request')(request, response)
  const mails = JSON.parse(request.body) as unknown[]
  const answer =
    known?.answer ??
    JSON.stringify({ data: mails.map((_, at) => ({ id: `id-${taken.length + at}` })) })
  if (!known) taken.push(...mails)
  remembered.set(key, { body: request.body, answer })
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
}
const fail =
  (status: number, name: string, message = name, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ statusCode: status, name, message }))
  }
/** Takes the batch and never says so. */
const takesSilently: Answer = (request, response) => {
  works(request, {
    writeHead: () => ({ end: () => response.destroy() }),
  } as unknown as ServerResponse)
}

let answers: Answer[] = []
let requests: Request[] = []
const server = createServer((incoming, response) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    }
    requests.push(request)
    const answer = answers.shift() ?? works
    answer(request, response)
  })
}).listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const settings: ResendSettings = { provider: 'resend', sealedKey: 'x', sealedWebhookSecret: '' }
const provider = resendProvider(settings, 're_test', {
  base,
  wait: async () => undefined,
})

const mailTo = (number: number): Mail => ({
  channel: 'email',
  shop: 1,
  message: number,
  key: `1.${number}.1`,
  advertising: true,
  at: Date.UTC(2026, 10, 22),
  from: { name: '온샵', address: 'hello@shop.example' },
  to: `kim${number}@customer.example`,
  subject: '(광고) 안녕하세요',
  html: '<p>안녕</p>',
  text: '안녕',
  headers: { 'List-Unsubscribe': '<https://shop.example/u/1>' },
  messageId: `1.${number}.1.0@shop.example`,
})

beforeEach(() => {
  answers = []
  requests = []
  taken = []
  remembered.clear()
})
afterAll(async () => {
  await provider.close()
  server.closeAllConnections()
  server.close()
})

test('a mail that waited a minute for the calls before it goes back; it cannot leave after its lease', async () => {
  let passed = 0
  let release = () => {}
  const slow = resendProvider(settings, 're_test', { base, ticks: () => passed })
  const held = new Promise<void>((go) => {
    answers.push((request, response) => {
      go()
      release = () => works(request, response)
    })
  })
  const first = slow.send(mailTo(1))
  await held
  const others = Promise.all([slow.send(mailTo(2)), slow.send(mailTo(3))])
  passed = 60_001
  release()
  expect(await first).toMatchObject({ kind: 'accepted' })
  expect(await others).toMatchObject([{ kind: 'temporary' }, { kind: 'temporary' }])
  expect(requests).toHaveLength(1)
  expect(await slow.send(mailTo(4))).toMatchObject({ kind: 'accepted' })
})

test('mails that come together travel in one call, each with the id it got', async () => {
  const sent = await Promise.all([1, 2, 3].map((number) => provider.send(mailTo(number))))
  expect(sent).toEqual(
    ['id-0', 'id-1', 'id-2'].map((providerId) => ({ kind: 'accepted', providerId })),
  )
  expect(requests).toHaveLength(1)
  expect(requests[0]).toMatchObject({
    path: '/emails/batch',
    headers: { authorization: 'Bearer re_test', 'x-batch-validation': 'permissive' },
  })
})

test('the official client sends the same request', async () => {
  await provider.send(mailTo(1))
  const mail = mailTo(1)
  const official = new Resend('re_test', { baseUrl: base })
  await official.batch.send(
    [
      {
        from: '온샵 <hello@shop.example>',
        to: [mail.to],
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        headers: { ...mail.headers, 'Message-ID': `<${mail.messageId}>` },
      },
    ],
    { idempotencyKey: 'k', batchValidation: 'permissive' },
  )
  const [ours, theirs] = requests
  expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''))
  expect([ours?.method, ours?.path]).toEqual([theirs?.method, theirs?.path])
  for (const name of ['authorization', 'content-type', 'x-batch-validation']) {
    expect(ours?.headers[name], name).toBe(theirs?.headers[name])
  }
  expect(Object.keys(theirs?.headers ?? {})).toContain('idempotency-key')
})

test('a lost answer is asked for again with the same key, and nobody gets two', async () => {
  answers = [takesSilently]
  expect(await provider.send(mailTo(1))).toEqual({ kind: 'accepted', providerId: 'id-0' })
  expect(requests).toHaveLength(2)
  expect(requests[0]?.headers['idempotency-key']).toBe(requests[1]?.headers['idempotency-key'])
  expect(taken).toHaveLength(1)
})

test('when no answer comes at all, nobody knows', async () => {
  answers = [takesSilently, takesSilently, takesSilently, takesSilently]
  expect(await provider.send(mailTo(1))).toMatchObject({ kind: 'ambiguous' })
  expect(requests).toHaveLength(4)
  answers = Array.from({ length: 4 }, () => fail(500, 'internal_server_error'))
  expect(await provider.send(mailTo(2))).toMatchObject({ kind: 'ambiguous' })
})

test('what may have been taken is not called refused by a later answer', async () => {
  answers = [takesSilently, fail(403, 'invalid_api_key')]
  expect(await provider.send(mailTo(1))).toMatchObject({ kind: 'ambiguous' })
})

test('a rate limit is waited out, a full quota is not', async () => {
  answers = [fail(429, 'rate_limit_exceeded', 'slow', { 'retry-after': '1' })]
  expect(await provider.send(mailTo(1))).toMatchObject({ kind: 'accepted' })
  answers = [fail(429, 'rate_limit_exceeded', 'slow', { 'retry-after': '60' })]
  expect(await provider.send(mailTo(2))).toMatchObject({
    kind: 'temporary',
    retryAt: mailTo(2).at + 60_000,
  })
  answers = [fail(429, 'daily_quota_exceeded')]
  expect(await provider.send(mailTo(3))).toMatchObject({
    kind: 'temporary',
    retryAt: mailTo(3).at + 3_600_000,
  })
  answers = [fail(429, 'monthly_quota_exceeded')]
  expect(await provider.send(mailTo(4))).toMatchObject({ kind: 'no_balance' })
})

test('one wrong address in a batch does not hold the others back', async () => {
  answers = [
    (_, response) =>
      response.end(
        JSON.stringify({
          data: [{ id: 'a' }, { id: 'c' }],
          errors: [
            { index: 1, message: 'Invalid `to` field. The email address needs to follow ...' },
          ],
        }),
      ),
  ]
  const sent = await Promise.all([1, 2, 3].map((number) => provider.send(mailTo(number))))
  expect(sent).toMatchObject([
    { kind: 'accepted', providerId: 'a' },
    { kind: 'permanent', cause: 'no_address' },
    { kind: 'accepted', providerId: 'c' },
  ])
})

test('what is wrong with the account is told apart from what is wrong with the mail', async () => {
  const cases = [
    [
      403,
      'validation_error',
      'The shop.example domain is not verified.',
      { kind: 'permanent', cause: 'sender_unregistered' },
    ],
    [403, 'invalid_api_key', 'API key is invalid', { kind: 'temporary' }],
    [422, 'validation_error', 'Too long', { kind: 'permanent', cause: 'other' }],
    [409, 'invalid_idempotent_request', 'other body', { kind: 'temporary' }],
  ] as const
  for (const [status, name, message, expected] of cases) {
    answers = [fail(status, name, message)]
    expect(await provider.send(mailTo(status)), message).toMatchObject(expected)
  }
})

test('a server that cannot be reached has certainly not taken the mail', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => closed.once('listening', ready))
  const gone = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise((done) => closed.close(done))
  const nowhere = resendProvider(settings, 're_test', { base: gone })
  expect(await nowhere.send(mailTo(1))).toMatchObject({ kind: 'temporary' })
  await nowhere.close()
})

test('the check knows a key, one that may only send, and a wrong one', async () => {
  answers = [(_, response) => response.end('{"data":[]}')]
  expect(await checkResend('re_test', { base })).toMatchObject({ works: true })
  answers = [fail(401, 'restricted_api_key')]
  expect(await checkResend('re_test', { base })).toMatchObject({ works: true })
  answers = [fail(400, 'validation_error', 'API key is invalid')]
  expect(await checkResend('re_test', { base })).toEqual({
    works: false,
    detail: '400 API key is invalid',
  })
})
