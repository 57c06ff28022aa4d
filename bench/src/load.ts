import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'

const connections = 64

/** What a route answered in a second; `refusedPerSecond` were asked to come again (503). */
export type Answered = { readonly perSecond: number; readonly refusedPerSecond: number }

/** Requests a second that a route answers under as much load as fits; other failures are an error, not a footnote. */
export async function requestsPerSecond(options: {
  readonly url: string
  readonly seconds: number
  readonly headers?: Readonly<Record<string, string>>
  /** A fresh body each time. */
  readonly body?: () => string
}): Promise<Answered> {
  const { url, seconds, headers = {}, body } = options
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: body ? 'POST' : 'GET',
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { requests: [{ setupRequest: (one) => ({ ...one, body: body() }) }] } : {}),
  })
  const refused = result.statusCodeStats?.['503']?.count ?? 0
  const failed = result.non2xx - refused + result.errors + result.timeouts
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`)
  return {
    perSecond: result['2xx'] / result.duration,
    refusedPerSecond: refused / result.duration,
  }
}

/** Where a body goes and with which key. */
export type Target = { readonly url: string; readonly key: string }

const agent = new Agent({ keepAlive: true, maxSockets: connections })

/** Posts JSON over a kept connection; answers the status. */
export function post(target: Target, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      target.url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Basic ${Buffer.from(`${target.key}:`).toString('base64')}`,
        },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

/**
 * Posts at a fixed pace, whatever the answers take: what a slow server does not answer piles up at its door, as it would
 * with shoppers. Beyond `connections` open requests a body waits here; the answer tells how many were taken and refused.
 */
export async function postAtPace(pace: {
  readonly target: Target
  readonly perSecond: number
  readonly seconds: number
  readonly body: (number: number) => string
  /** Told when a body was acknowledged. */
  readonly onTaken?: (number: number) => void
  /** Told when a second of the run has passed. */
  readonly onSecond?: (second: number) => void
}): Promise<{ readonly taken: number; readonly refused: number; readonly tookMs: number }> {
  const from = performance.now()
  const total = Math.round(pace.perSecond * pace.seconds)
  const open = new Set<Promise<void>>()
  let taken = 0
  let refused = 0
  let failed: string | undefined
  let told = 0
  for (let number = 0; number < total; number++) {
    const dueMs = (number / pace.perSecond) * 1_000
    const aheadMs = dueMs - (performance.now() - from)
    if (aheadMs > 1) await wait(aheadMs)
    for (; told < Math.floor((performance.now() - from) / 1_000); told++) pace.onSecond?.(told + 1)
    if (open.size >= connections) await Promise.race(open)
    const one: Promise<void> = post(pace.target, pace.body(number))
      .catch((error: unknown) => `${error}`)
      .then((answer) => {
        open.delete(one)
        if (answer === 503) refused++
        else if (typeof answer === 'number' && answer < 300) {
          taken++
          pace.onTaken?.(number)
        } else failed ??= `${answer}`
      })
    open.add(one)
  }
  await Promise.all(open)
  if (failed !== undefined) throw new Error(`${pace.target.url} answered ${failed}`)
  return { taken, refused, tookMs: performance.now() - from }
}

let made = 0
const run = randomUUID()

/** A message id that no other event of any run has. */
export const messageId = (): string => `${run}-${made++}`

/** One event of one of `people` customers, five in a row by the same one, as a session has. */
export function eventOf(people: number): Record<string, unknown> {
  const number = made++
  const user = Math.floor(number / 5) % people
  return {
    type: 'track',
    messageId: `${run}-${number}`,
    userId: `u${user}`,
    event: 'Product Viewed',
    timestamp: new Date().toISOString(),
    properties: { product_id: `p${number % 500}`, price: 12_900, category: '의류', quantity: 1 },
  }
}

/** A batch body of so many events. */
export function batchOf(size: number, people: number): string {
  return JSON.stringify({ batch: Array.from({ length: size }, () => eventOf(people)) })
}
