import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OwnServer, ownServer } from '../testing/own-server.driver.ts'

// 20,000 mails to a real SMTP server, the sender killed without warning twice on the way.
const people = 20_000
const killsAt = [4_000, 12_000] as const
/** Events in one batch, batches on their way at once. */
const batchSize = 450
const lanes = 3

let server: OwnServer
/** The head of each mail by its reader, as often as it came. */
const heads = new Map<string, string[]>()
/** A few mails whole. */
const whole: string[] = []
let received = 0

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString('latin1')
      const to = session.envelope.rcptTo[0]?.address ?? ''
      const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
      heads.set(to, [...(heads.get(to) ?? []), head])
      if (received++ % 1_000 === 0) whole.push(Buffer.from(raw, 'latin1').toString('utf8'))
      done()
    })
  },
})
// A killed sender resets its connections: that is the test, not a failure of it.
smtp.on('error', () => {})

beforeAll(async () => {
  server = await ownServer()
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  await server.close()
  await new Promise<void>((closed) => smtp.close(() => closed()))
})

test('20,000 mails leave once each with the right head, through two kills, and whoever opts out gets no more', async () => {
  await server.start()
  const { port } = smtp.server.address() as AddressInfo
  const { admin, write } = await server.openShop({ port, connections: 20 })
  await server.call('PATCH', '/api/sending/limits', {
    key: admin,
    body: { adsPerDay: 5, adsPerWeek: 5 },
  })
  await campaign(admin, 'Consent Changed', granted)
  await introduce(write)
  for (const count of killsAt) {
    while (received < count) await wait(20)
    await server.kill()
    await server.start()
  }
  await server.settled('queued')
  await server.expireLeases()
  await server.settled('queued|sending')

  // None twice; whoever got none is on the list that a person looks through, and nothing of that list is sent again.
  const unclear = await unconfirmed(admin)
  expect([...heads].filter(([, mails]) => mails.length > 1)).toEqual([])
  const unmailed = Array.from({ length: people }, (_, i) => i).filter(
    (i) => !heads.has(addressOf(i)),
  )
  expect(unmailed.filter((i) => !unclear.has(`u${i}`))).toEqual([])
  expect(heads.size + unmailed.length).toBe(people)
  console.log(
    `${heads.size} mails; ${unclear.size} unclear, ${unmailed.length} of them never arrived`,
  )

  const messageIds = new Set<string>()
  for (const [to, [head = '']] of heads) messageIds.add(checkedHead(head, to))
  expect(messageIds.size).toBe(heads.size)
  for (const raw of whole) {
    const mail = await PostalMime.parse(raw)
    expect(mail.subject).toMatch(/^\(광고\)/)
    for (const part of [mail.html, mail.text]) expect(part).toContain('수신거부(Unsubscribe)')
  }

  // Somebody of the first mails, of the last, and of each life of the server between.
  const mailed = [...heads.keys()]
  const leaving = [0.001, 0.2, 0.5, 0.8, 0.999].map(
    (at) => mailed[Math.floor(at * mailed.length)] ?? '',
  )
  const staying = [0.1, 0.6, 0.9].map((at) => mailed[Math.floor(at * mailed.length)] ?? '')
  await campaign(admin, 'Sale Ended')
  for (const to of leaving) await optOut(heads.get(to)?.[0] ?? '')
  await track(
    write,
    [...leaving, ...staying].map((to) => ({ user: userOf(to), event: 'Sale Ended' })),
  )
  await server.settled('queued|sending')
  for (const to of staying) expect(heads.get(to), to).toHaveLength(2)
  for (const to of leaving) expect(heads.get(to), to).toHaveLength(1)
  const { items } = (await server.call('GET', '/api/decisions?limit=8', { key: admin })) as {
    items: { reason: string; why: { rule: { article: { ko: string } } | null } }[]
  }
  const refused = items.filter((one) => one.reason === 'opted_out')
  expect(refused).toHaveLength(leaving.length)
  expect(refused[0]?.why.rule?.article.ko).toContain('제50조 제2항')
  // A minute where nothing else runs; a machine that is busy with other things takes several.
}, 600_000)

// The list shows addresses masked, their domain whole: each person has one.
const addressOf = (person: number) => `u${person}@u${person}.example`
const userOf = (address: string) => address.slice(0, address.indexOf('@'))

/** Checks the head of one mail; answers its Message-ID. */
function checkedHead(head: string, to: string): string {
  const header = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? `no ${name}`
  const subject = decoded(header('Subject'))
  // One comparison a mail: twenty thousand of them should not take longer than the mails.
  const isRight =
    subject.startsWith('(광고)') &&
    /^.+ <shop@shop\.example>$/.test(header('From')) &&
    header('To').includes(to) &&
    /^<https?:\/\/[^>]+\/u\/[^>]+>$/.test(header('List-Unsubscribe')) &&
    header('List-Unsubscribe-Post') === 'List-Unsubscribe=One-Click' &&
    /^<[^@>]+@shop\.example>$/.test(header('Message-ID'))
  if (!isRight) expect.fail(`not a right head:\n${head}`)
  return header('Message-ID')
}

/** RFC 2047 words in UTF-8. */
function decoded(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('latin1')
        : word
            .replaceAll('_', ' ')
            .replace(/=([0-9a-f]{2})/gi, (__, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
    )
    .replace(/[\s\S]*/, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
}

async function campaign(key: string, event: string, filter?: object): Promise<void> {
  const body = { name: event }
  const made = (await server.call('POST', '/api/campaigns', { key, body })) as {
    id: number
    draft: object
  }
  const content = {
    channel: 'email',
    subject: '{{ customer.name | nim }}, 소식이 있어요',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'text', text: '{{ customer.name | nim }}, 오늘부터 세일이에요.' },
        { kind: 'button', label: '보러 가기', url: 'https://shop.example/sale' },
      ],
    },
  }
  const draft = {
    ...made.draft,
    trigger: { kind: 'event', event, key: 'person', ...(filter ? { filter } : {}) },
    conditions: [],
    holdoutShare: 0,
    steps: [{ kind: 'message', id: 1, content }],
  }
  await server.call('PATCH', `/api/campaigns/${made.id}`, { key, body: { draft } })
  await server.call('POST', `/api/campaigns/${made.id}/start`, { key })
}

/** Who agrees is welcomed; who refuses later says so by the same event. */
const granted = {
  kind: 'property',
  path: 'kind',
  is: { type: 'text', op: 'equals', value: 'grant' },
}

/** Everybody agrees to advertising by mail and gives the address with it: one event a person, which lets them in too. */
async function introduce(key: string): Promise<void> {
  const properties = { channel: 'email', kind: 'grant', scope: 'ad_day', source: 'signup_form' }
  const events = Array.from({ length: people }, (_, i) => ({
    ...{ type: 'track', userId: `u${i}`, messageId: `c${i}` },
    ...{ event: 'Consent Changed', properties, context: { traits: { email: addressOf(i) } } },
  }))
  await inBatches(key, events)
}

async function track(
  key: string,
  all: readonly { readonly user: string; readonly event: string }[],
): Promise<void> {
  const batch = all.map(({ user, event }) => ({
    ...{ type: 'track', userId: user, messageId: `${event}${user}`, event },
  }))
  await server.call('POST', '/v1/batch', { key, body: { batch } })
}

async function inBatches(key: string, events: readonly object[]): Promise<void> {
  const batches: object[][] = []
  for (let from = 0; from < events.length; from += batchSize)
    batches.push(events.slice(from, from + batchSize))
  const queue = batches.values()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const batch of queue) await accepted(key, batch)
    }),
  )
}

/** Posts until it is taken: a line that is behind says when to come again. */
async function accepted(key: string, batch: readonly object[]): Promise<void> {
  for (;;) {
    const answer = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ batch }),
    })
    if (answer.ok) return
    if (answer.status !== 503) throw new Error(`${answer.status} ${await answer.text()}`)
    await wait(200)
  }
}

/** User ids of the messages that the list of unclear ones shows. */
async function unconfirmed(key: string): Promise<ReadonlySet<string>> {
  const users = new Set<string>()
  for (let after = ''; ; ) {
    const path = `/api/messages?state=unconfirmed&limit=100${after && `&after=${after}`}`
    const page = (await server.call('GET', path, { key })) as {
      items: { recipient: string | null }[]
      next: string | null
    }
    for (const { recipient } of page.items)
      users.add(/@(u\d+)\.example$/.exec(recipient ?? '')?.[1] ?? '')
    if (page.next === null) return users
    after = page.next
  }
}

/** What a mail program does when its reader presses its own button (RFC 8058). */
async function optOut(head: string): Promise<void> {
  const [, path = ''] = /List-Unsubscribe: <https?:\/\/[^/]+([^>]+)>/i.exec(head) ?? []
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(answer.status).toBe(200)
}
