import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { type Api, apiClient } from './api.ts'
import { messageId, post } from './load.ts'
import { type Line, type Measured, percentile, rounded, type Size } from './measured.ts'
import { cpuSecondsOf, type ServerProcess, startServer } from './server-process.ts'
import { introduceShop } from './shop-life.ts'

const perSecond = 500
const goalMs = 20
const campaigns = 20
const secondsLimit = 30
const floorSeconds = 10
/** Pages on which a message waits to be shown at once; on all others campaigns wait for a moment or do not fit. */
const showing = 4
const pages = 40

/** What a page is told, while the shop is asked 500 times a second. */
export const onsiteAnswers: Line = {
  name: 'onsite',
  sentence:
    'POST /v1/onsite at 500 requests/s, 20 live campaigns, 100,000 known people; floor: the same pace on the empty route',
  run: async (size) => {
    const server = await startServer({ port: 4811 })
    try {
      const api = apiClient(server.url, server.key('admin'))
      await knownPeople({ url: `${server.url}/v1/batch`, key: server.key('write') }, size.people)
      await server.drained(600_000)
      await introduceShop(api)
      await liveCampaigns(api)
      await server.rested(120_000)
      return [await answersAtPace(server, size)]
    } finally {
      await server.stop()
    }
  },
}

async function answersAtPace(server: ServerProcess, size: Size): Promise<Measured> {
  const key = server.key('browser')
  const seconds = Math.min(size.seconds, secondsLimit)
  const ask = (body: string) => send(`${server.url}/v1/onsite`, body)
  // The first questions read what is live into memory.
  await atPace(perSecond, 3, () => ask(questionOf(key, size.people)))
  const loadBefore = loadavg()[0] ?? 0
  const floor = await atPace(perSecond, floorSeconds, () => send(`${server.url}/healthz`))
  const cpuBefore = cpuSecondsOf(server.pid)
  const seen = await atPace(perSecond, seconds, () => ask(questionOf(key, size.people)))
  const cpu = cpuSecondsOf(server.pid) - cpuBefore
  const p99 = percentile(seen.took, 0.99)
  const floorP99 = percentile(floor.took, 0.99)
  const shown = seen.answers.filter((text) => !text.includes('"show":[]')).length
  return {
    line: 'onsite p99',
    value: rounded(p99),
    unit: 'ms',
    floor: rounded(floorP99),
    ratio: rounded(p99 / floorP99),
    goal: `${goalMs} ms at ${perSecond} requests/s`,
    met: p99 <= goalMs && seen.perSecond >= 0.99 * perSecond,
    notes: {
      p50: rounded(percentile(seen.took, 0.5)),
      floorP50: rounded(percentile(floor.took, 0.5)),
      // Of the server's own process, engines apart; what the line does with the decisions is in it.
      cpuMsEach: rounded((cpu * 1_000) / seen.answers.length),
      perSecond: rounded(seen.perSecond),
      shownShare: rounded(shown / seen.answers.length),
      load: rounded(loadBefore),
      loadAfter: rounded(loadavg()[0] ?? 0),
      processors: cpus().length,
    },
  }
}

/** Half of them signed in on their device once; everybody looked at something. */
async function knownPeople(
  target: { readonly url: string; readonly key: string },
  people: number,
): Promise<void> {
  const size = 250
  const at = new Date().toISOString()
  for (let first = 0; first < people; first += size) {
    const batch = Array.from({ length: Math.min(size, people - first) }, (_, index) => {
      const person = first + index
      return {
        type: 'track',
        messageId: messageId(),
        anonymousId: `device${person}`,
        ...(person % 2 === 0 ? { userId: `u${person}` } : {}),
        event: 'Product Viewed',
        timestamp: at,
        properties: { product_id: `p${person % 500}`, price: 12_900, category: '의류' },
      }
    })
    for (;;) {
      const status = await post(target, JSON.stringify({ batch }))
      if (status === 200) break
      if (status !== 503) throw new Error(`the people could not be made: ${status}`)
      await wait(500)
    }
  }
}

async function liveCampaigns(api: Api): Promise<void> {
  for (let at = 0; at < campaigns; at++) {
    const { id, draft } = await api<{ id: number; draft: object }>('POST', '/api/campaigns', {
      name: `화면 ${at + 1}`,
    })
    const { audience: _, ...rest } = draft as { readonly audience?: number }
    await api('PATCH', `/api/campaigns/${id}`, { draft: { ...rest, ...flowOf(at) } })
    await api('POST', `/api/campaigns/${id}/start`)
  }
}

/** Four show at once where they fit, the others wait for a moment: seconds, scrolling, leaving, an event. */
function flowOf(at: number) {
  const moments = [
    { kind: 'seconds', seconds: 5 },
    { kind: 'scroll', percent: 50 },
    { kind: 'exit' },
    { kind: 'event', event: 'Product Added' },
  ]
  const path = `/c/${at}`
  return {
    trigger: {
      kind: 'page',
      ...(at < showing
        ? { only: [{ by: 'is', value: path }], often: 'view' }
        : { when: [moments[at % moments.length]] }),
    },
    conditions: [],
    steps: [{ kind: 'message', id: 1, content: contentOf(at) }],
    goal: { event: 'Order Completed', windowHours: 72 },
    holdoutShare: 0.1,
  }
}

function contentOf(at: number) {
  const cards = ['A', 'B', 'C'].map((title) => ({ title: `상품 ${title}`, url: `/p/${title}` }))
  return {
    channel: 'onsite',
    form: at % 2 === 0 ? 'slide' : 'toast',
    parts: [
      { kind: 'heading', id: 'p1', text: '{{ customer.name | nim }}, 어서 오세요' },
      { kind: 'cards', id: 'p2', from: { kind: 'written', cards } },
    ],
    order: 'random_person',
  }
}

let asked = 0
const startedAt = Date.now()

/** A page that was just opened, with what it told so far. */
function questionOf(key: string, people: number): string {
  const number = asked++
  const at = Date.now()
  // Far apart, so that the same person does not come twice in a row.
  const person = (number * 7_919) % people
  return JSON.stringify({
    writeKey: key,
    anonymousId: `device${person}`,
    view: (number + 0x10000000).toString(16).padStart(16, '0'),
    page: { url: `https://shop.example/c/${number % pages}?q=1`, title: '상품' },
    visit: { startedAt, views: 2, popups: 0, returning: true },
    events: [
      { id: messageId(), name: 'Page Viewed', properties: { path: '/c' }, at },
      { id: messageId(), name: 'Product Viewed', properties: { product_id: 'p1' }, at },
    ],
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Sends over a kept connection, as text/plain as pages do; GET without a body. Answers the text. */
function send(url: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) }
    const options = { method: body === undefined ? 'GET' : 'POST', agent, headers }
    const sent = request(url, options, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () => {
        const text = Buffer.concat(parts).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`${url} answered ${answer.statusCode}: ${text.slice(0, 200)}`))
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Sends at a fixed pace, whatever the answers take: what a slow server does not answer piles up at its door. */
async function atPace(pace: number, seconds: number, one: () => Promise<string>) {
  const from = performance.now()
  const took: number[] = []
  const answers: string[] = []
  const open: Promise<void>[] = []
  for (let number = 0; number < pace * seconds; number++) {
    const due = from + (number / pace) * 1_000
    const aheadMs = due - performance.now()
    if (aheadMs > 0.5) await wait(aheadMs)
    // A timer of this process that comes late is not the server's doing.
    const sent = performance.now()
    open.push(
      one().then((answer) => {
        took.push(performance.now() - sent)
        answers.push(answer)
      }),
    )
  }
  await Promise.all(open)
  return { took, answers, perSecond: took.length / ((performance.now() - from) / 1_000) }
}
