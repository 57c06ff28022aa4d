import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'

const connections = 64

/** Requests a second that a route answers under as much load as fits; failures are an error, not a footnote. */
export async function requestsPerSecond(options: {
  readonly url: string
  readonly seconds: number
  readonly headers?: Readonly<Record<string, string>>
  /** A fresh body each time. */
  readonly body?: () => string
}): Promise<number> {
  const { url, seconds, headers = {}, body } = options
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: body ? 'POST' : 'GET',
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }] } : {}),
  })
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`)
  return result.requests.total / result.duration
}

let made = 0
const run = randomUUID()

/** One event of one of `people` customers, five in a row by the same one, as a session has. */
export function eventOf(people: number, name = 'Product Viewed'): Record<string, unknown> {
  const number = made++
  const user = Math.floor(number / 5) % people
  return {
    type: 'track',
    messageId: `${run}-${number}`,
    userId: `u${user}`,
    event: name,
    timestamp: new Date().toISOString(),
    properties: { product_id: `p${number % 500}`, price: 12_900, category: '의류', quantity: 1 },
  }
}

/** A batch body of so many events. */
export function batchOf(size: number, people: number): string {
  return JSON.stringify({ batch: Array.from({ length: size }, () => eventOf(people)) })
}
