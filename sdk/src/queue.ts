import type { Page } from './page.ts'
import type { Store } from './store.ts'

/** Limits of one request and of what may wait. Oldest events give way when more wait than that. */
export const limits = {
  batchEvents: 50,
  batchChars: 50_000,
  waitingEvents: 1_000,
  gatherMs: 250,
  abandonedMs: 120_000,
}
const firstRetryMs = 1_000
const longestRetryMs = 300_000

/** Wait before the next attempt after `failures` in a row: doubling, half of it by chance, never under what the server asked. */
export function backoffMs(failures: number, retryAfterMs: number, random: number): number {
  const ceiling = Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs)
  return Math.max(ceiling / 2 + (ceiling / 2) * random, retryAfterMs)
}

/**
 * Events on their way, each as its JSON text. They stay in localStorage until the server has confirmed them, each page
 * under a key of its own, so that tabs never overwrite each other; what a page that is gone left behind is sent by
 * the next one. An event may arrive twice when a page is left in mid-request: its messageId makes it one.
 */
export function queue(needs: {
  readonly page: Page
  readonly kept: Store
  readonly url: string
  readonly key: string
}) {
  const { page, kept, url, key } = needs
  const mine = `q.${page.makeId()}`
  let waiting: readonly string[] = []
  let inFlight: readonly string[] = []
  let failures = 0
  let batchEvents = limits.batchEvents
  let refusedKey = false
  let cancel = () => {}

  const bodyOf = (texts: readonly string[]) =>
    `{"writeKey":${JSON.stringify(key)},"sentAt":"${new Date(page.now()).toISOString()}","batch":[${texts.join(',')}]}`

  const keep = (at: number) => {
    if (waiting.length) kept.set(mine, [at, ...waiting].join('\n'))
    else kept.remove(mine)
  }
  const wait = (ms: number) => {
    cancel()
    cancel = page.later(() => void send(), ms)
  }

  async function send(): Promise<void> {
    if (inFlight.length || !waiting.length || refusedKey || !kept.allowed()) return
    inFlight = firstPart(waiting, batchEvents)
    const heartbeat = page.later(() => keep(page.now()), limits.abandonedMs / 2)
    const { status, retryAfterMs } = await page.post(url, bodyOf(inFlight))
    heartbeat()
    const sent = inFlight
    inFlight = []
    const done = () => {
      waiting = waiting.filter((text) => !sent.includes(text))
      batchEvents = limits.batchEvents
      failures = 0
    }
    if (status >= 200 && status < 300) done()
    else if (status === 401 || status === 403) refusedKey = true
    else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      // One of them is at fault: halve until it stands alone, then let it go.
      if (sent.length > 1) batchEvents = Math.ceil(sent.length / 2)
      else done()
    } else failures++
    keep(page.now())
    if (waiting.length && !refusedKey)
      wait(failures ? backoffMs(failures, retryAfterMs, page.random()) : 0)
  }

  const adopt = () => {
    for (const other of kept.keys('q.')) {
      if (other === mine) continue
      const [at, ...texts] = (kept.get(other) ?? '').split('\n')
      if (page.now() - Number(at) < limits.abandonedMs) continue
      waiting = [...texts, ...waiting]
      // Ours first: a crash between the two lines doubles, which the messageId undoes, and loses nothing.
      keep(page.now())
      kept.remove(other)
    }
  }

  return {
    add: (text: string) => {
      waiting = [...waiting, text].slice(-limits.waitingEvents)
      keep(page.now())
      if (!failures) wait(limits.gatherMs)
    },
    /** Takes over what closed pages left and starts sending. */
    start: () => {
      adopt()
      wait(0)
    },
    /** Sends at once; for a page that goes to the background and may never come back. */
    flush: () => {
      if (!failures) void send()
    },
    /** The page is gone after this: the browser posts the rest, and the next page may take the key over at once. */
    leave: () => {
      let rest = waiting.filter((text) => !inFlight.includes(text))
      while (rest.length && kept.allowed() && !refusedKey) {
        const part = firstPart(rest, limits.batchEvents)
        if (!page.postAndLeave(url, bodyOf(part))) break
        rest = rest.slice(part.length)
      }
      keep(0)
    },
    clear: () => {
      waiting = []
      keep(0)
    },
  }
}

function firstPart(texts: readonly string[], most: number): readonly string[] {
  let chars = 0
  let count = 0
  for (const text of texts) {
    chars += text.length
    if (count === most || (count > 0 && chars > limits.batchChars)) break
    count++
  }
  return texts.slice(0, count)
}
