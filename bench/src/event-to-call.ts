import { setTimeout as wait } from 'node:timers/promises'
import { type Api, apiClient } from './api.ts'
import { addressOf, consentedPeople } from './consented-people.ts'
import { messageId, postAtPace } from './load.ts'
import { type Line, percentile, rounded } from './measured.ts'
import { startServer } from './server-process.ts'
import { makeCampaigns } from './shop-life.ts'
import { startSmtpSink } from './smtp-sink.ts'

const perSecond = 200
const secondsLimit = 20
const warmUpSeconds = 3
/** A mail that has not come by then is counted as missing. */
const patienceMs = 30_000
const goals = [
  { name: 'p50', p: 0.5, ms: 60 },
  { name: 'p99', p: 0.99, ms: 250 },
] as const

/** How long a mail takes to leave after the event that asks for it. */
export const eventToCall: Line = {
  name: 'event-to-call',
  sentence:
    'from sending the POST of an event to DATA at the mail server, 200 events/s of different consented customers, 51 live campaigns',
  run: async (size) => {
    const seconds = Math.min(size.seconds, secondsLimit)
    const sink = await startSmtpSink()
    const server = await startServer({ port: 4805 })
    try {
      const key = server.key('write')
      const people = perSecond * (seconds + warmUpSeconds)
      await consentedPeople({ url: `${server.url}/v1/batch`, key }, people)
      await server.drained(120_000)
      await makeCampaign(apiClient(server.url, server.key('admin')), sink.port)

      const sent = new Map<string, number>()
      const body = (person: number) => {
        sent.set(addressOf(person), performance.timeOrigin + performance.now())
        return JSON.stringify({
          messageId: messageId(),
          userId: `u${person}`,
          event: 'Answer Asked',
          timestamp: new Date().toISOString(),
        })
      }
      const target = { url: `${server.url}/v1/track`, key }
      await postAtPace({ target, perSecond, seconds: warmUpSeconds, body })
      await wait(1_000)
      await sink.take()
      sent.clear()
      const warm = perSecond * warmUpSeconds
      await postAtPace({ target, perSecond, seconds, body: (number) => body(warm + number) })

      const latencies: number[] = []
      for (const until = Date.now() + patienceMs; Date.now() < until; await wait(200)) {
        for (const [to, at] of await sink.take()) {
          const from = sent.get(to)
          if (from !== undefined) latencies.push(at - from)
        }
        if (latencies.length >= sent.size) break
      }
      const missing = sent.size - latencies.length
      return goals.map(({ name, p, ms }) => {
        const value = percentile(latencies, p)
        return {
          line: `event to provider call, ${name}`,
          value: rounded(value),
          unit: 'ms',
          floor: null,
          ratio: null,
          goal: `${ms} ms`,
          met: missing === 0 && value <= ms,
          notes: { mails: latencies.length, missing, longest: rounded(Math.max(...latencies)) },
        }
      })
    } finally {
      await server.stop()
      sink.stop()
    }
  },
}

async function makeCampaign(api: Api, port: number): Promise<void> {
  // Fifty others are live beside it, as in a shop that works.
  await makeCampaigns(api)
  await api('PUT', '/api/shop/smtp', { host: '127.0.0.1', port, secure: false, user: '' })
  const { id, draft } = await api<{ id: number; draft: object }>('POST', '/api/campaigns', {
    name: '곧바로',
  })
  await api('PATCH', `/api/campaigns/${id}`, {
    draft: {
      ...draft,
      trigger: { kind: 'event', event: 'Answer Asked', key: 'person' },
      conditions: [],
      holdoutShare: 0,
      steps: [{ kind: 'message', id: 1, content }],
    },
  })
  await api('POST', `/api/campaigns/${id}/start`)
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
