import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { type Api, apiClient } from './api.ts'
import { consentedPeople } from './consented-people.ts'
import { type Line, rounded } from './measured.ts'
import { startServer } from './server-process.ts'
import { introduceShop } from './shop-life.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

const fullPeople = 40_000
const goalPerSecond = 2_000
/** A mail that has not come by then is counted as missing. */
const patienceMs = 300_000
const floorMails = 10_000
const connections = 8

/** One message to everybody of a segment: decided, drawn and taken by a mail server. */
export const blast: Line = {
  name: 'blast',
  sentence: 'a scheduled campaign to 40,000 people, until the mail server has taken the last mail',
  run: async (size) => {
    const people = size.rows ?? fullPeople
    const sink = await startSmtpSink()
    const server = await startServer({ port: 4809 })
    try {
      const api = apiClient(server.url, server.key('admin'))
      const target = { url: `${server.url}/v1/batch`, key: server.key('write') }
      await consentedPeople(target, people)
      await server.drained(300_000)
      const segment = await everybody(api)
      await introduceShop(api)
      const { port } = sink
      await api('PUT', '/api/shop/smtp', {
        host: '127.0.0.1',
        port,
        secure: false,
        user: '',
        connections,
      })
      await api('PATCH', '/api/sending/runs', { firstPercent: 0 })
      await sendNow(api, segment)
      const came = await takeAll(sink, people)
      const times = came.map(([, at]) => at).sort((a, b) => a - b)
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000
      const perSecond = came.length / seconds
      const floor = await nodemailerAlone(sink)
      const twice = came.length - new Set(came.map(([to]) => to)).size
      return [
        {
          line: 'blast',
          value: rounded(perSecond),
          unit: 'messages/s',
          floor: rounded(floor),
          ratio: rounded(perSecond / floor),
          goal: `${goalPerSecond}/s decided, rendered and accepted, none twice, none missing`,
          met: perSecond >= goalPerSecond && came.length === people && twice === 0,
          notes: { people, missing: people - came.length, twice, seconds: rounded(seconds) },
        },
      ]
    } finally {
      await server.stop()
      sink.stop()
    }
  },
}

async function everybody(api: Api): Promise<number> {
  const { id } = await api<{ id: number }>('POST', '/api/segments', {
    name: '모두',
    definition: { format: 1, where: { kind: 'member', is: 'member' } },
  })
  for (;;) {
    const { state } = await api<{ state: string }>('GET', `/api/segments/${id}`)
    if (state === 'failed') throw new Error('the segment could not be built')
    if (state === 'live') return id
    await wait(200)
  }
}

async function sendNow(api: Api, segment: number): Promise<void> {
  const { id, draft } = await api<{ id: number; draft: object }>('POST', '/api/campaigns', {
    name: '모두에게',
  })
  await api('PATCH', `/api/campaigns/${id}`, {
    draft: {
      ...draft,
      trigger: {
        kind: 'schedule',
        schedule: { kind: 'once', at: Date.now() + 5_000, zone: 'shop' },
      },
      audience: segment,
      conditions: [],
      holdoutShare: 0,
      steps: [{ kind: 'message', id: 1, content }],
    },
  })
  await api('POST', `/api/campaigns/${id}/start`)
}

async function takeAll(sink: SmtpSink, people: number) {
  const came: (readonly [to: string, at: number])[] = []
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(200)) {
    came.push(...(await sink.take()))
    if (came.length >= people) break
  }
  return came
}

/** What the same mail library does alone with a mail that is drawn already. */
async function nodemailerAlone(sink: SmtpSink): Promise<number> {
  await sink.take()
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port: sink.port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  const html = `<html><body><h1>안녕하세요</h1>${'<p>기다리시던 소식을 전해 드려요.</p>'.repeat(60)}</body></html>`
  const from = performance.now()
  let next = 0
  const work = async () => {
    for (let at = next++; at < floorMails; at = next++)
      await transport.sendMail({
        from: 'hello@shop.example',
        to: `floor${at}@shop.example`,
        subject: '소식이 있어요',
        html,
        text: '기다리시던 소식을 전해 드려요.',
      })
  }
  await Promise.all(Array.from({ length: connections * 2 }, work))
  const perSecond = floorMails / ((performance.now() - from) / 1_000)
  transport.close()
  return perSecond
}

const content = {
  channel: 'email',
  subject: '{{ customer.name | nim }}, 소식이 있어요',
  body: {
    kind: 'blocks',
    blocks: [
      { kind: 'heading', text: '{{ customer.name | nim }}, 안녕하세요' },
      { kind: 'text', text: '기다리시던 소식을 전해 드려요.' },
      { kind: 'button', label: '보러 가기', url: 'https://shop.example/' },
    ],
  },
}
