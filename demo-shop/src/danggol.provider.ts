import { setTimeout as sleep } from 'node:timers/promises'

/** A message of Segment's HTTP tracking API. */
export type Message = {
  readonly type: string
  readonly messageId?: string
  readonly [key: string]: unknown
}

const attempts = 8
/** A slow machine takes minutes to make its way through a year: the longest waits alone are a quarter of an hour. */
const historyAttempts = 64
const firstWaitMs = 500
const longestWaitMs = 15_000

/**
 * What the shop's own server says to Danggol, over HTTP as any shop would: events with the write key, and reading with
 * the admin key. Busy answers are waited out; the messageId makes a repetition harmless.
 */
export function danggolApi(needs: {
  readonly url: string
  readonly writeKey: string
  readonly adminKey: string
  /** How it waits between two tries. */
  readonly wait?: (ms: number) => Promise<unknown>
}) {
  const { url, writeKey, adminKey, wait = sleep } = needs

  const post = async (path: string, body: string, most = attempts): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await once(`${url}${path}`, body, writeKey)
      if (outcome.kind === 'done') return
      if (outcome.kind === 'refused' || attempt === most) throw new Error(outcome.why)
      const ownMs = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs)
      await wait(Math.max(outcome.afterMs, ownMs))
    }
  }

  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined)
    return answer?.ok ? await answer.json() : undefined
  }

  return {
    /** Live events; resolves when they are durable. */
    send: (messages: readonly Message[]) =>
      post('/v1/batch', JSON.stringify({ batch: messages, sentAt: new Date().toISOString() })),
    /** What people did on the pages, told later: times are taken as they are, and nothing that is older than a day sets off a message. */
    tellLate: (messages: readonly Message[]) =>
      post('/v1/batch', JSON.stringify({ batch: messages }), historyAttempts),
    /** Events of the past: their timestamps are taken as they are. */
    importHistory: (messages: readonly Message[]) =>
      post('/v1/import', JSON.stringify({ batch: messages }), historyAttempts),
    /** A GET of `/api/...`; undefined when the answer is not a success. */
    read: (path: string) => ask('GET', path),
    /** A change through `/api/...`; undefined when it was not made. */
    change: (method: 'POST' | 'PATCH', path: string, body: unknown) => ask(method, path, body),
  }
}
export type DanggolApi = ReturnType<typeof danggolApi>

type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'busy'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }

async function once(url: string, body: string, key: string): Promise<Outcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
      signal: AbortSignal.timeout(60_000),
    })
    const said = await answer.text()
    if (answer.ok) return { kind: 'done' }
    const why = `${url} answered ${answer.status}: ${said.slice(0, 300)}`
    if (answer.status !== 429 && answer.status < 500) return { kind: 'refused', why }
    return { kind: 'busy', afterMs: Number(answer.headers.get('retry-after') ?? 0) * 1_000, why }
  } catch (problem) {
    return {
      kind: 'busy',
      afterMs: 0,
      why: `${url}: ${problem instanceof Error ? problem.message : problem}`,
    }
  }
}
