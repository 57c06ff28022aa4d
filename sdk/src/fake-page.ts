import type { Answer, Page, Shelf } from './page.ts'

/** What outlives a page on one device. Two fake pages with the same device are two tabs or one after the other. */
export type FakeDevice = {
  readonly stored: Map<string, string>
  readonly cookies: Map<string, string>
  /** Makes ids of the device differ from one another. */
  made: number
}

export function fakeDevice(): FakeDevice {
  return { stored: new Map(), cookies: new Map(), made: 0 }
}

/** A received message as the server sees it. */
export type Received = {
  readonly type: string
  readonly messageId: string
  readonly anonymousId: string
  readonly [key: string]: unknown
}

/** A server that answers what it is told to and remembers what it confirmed, each messageId once, as the real one does. */
export function fakeServer() {
  const answers: Answer[] = []
  const confirmed = new Map<string, Received>()
  const bodies: string[] = []
  const take = (body: string): Answer => {
    bodies.push(body)
    const answer = answers.shift() ?? { status: 200, retryAfterMs: 0 }
    if (answer.status === 200)
      for (const message of batchOf(body)) confirmed.set(message.messageId, message)
    return answer
  }
  return {
    take,
    bodies,
    /** The next answers, in order; 200 after the last. */
    answerNext: (...statuses: readonly number[]) =>
      answers.push(...statuses.map((status) => ({ status, retryAfterMs: 0 }))),
    answerWith: (answer: Answer) => answers.push(answer),
    confirmed: (): readonly Received[] => [...confirmed.values()],
    events: (): readonly unknown[] =>
      [...confirmed.values()].map((message) => message.event ?? message.type),
  }
}
export type FakeServer = ReturnType<typeof fakeServer>

export function batchOf(body: string): readonly Received[] {
  return (JSON.parse(body) as { readonly batch: readonly Received[] }).batch
}

/** A page whose time stands still until `pass`; its requests reach the given server at once. */
export function fakePage(device: FakeDevice, server: FakeServer, startAt = Date.UTC(2026, 10, 22)) {
  let now = startAt
  let timers: { readonly at: number; readonly run: () => void }[] = []
  let url = 'https://shop.example/'
  let referrer = ''
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  const page: Page = {
    now: () => now,
    random: () => 0.5,
    makeId: () => `id${String(++device.made).padStart(4, '0')}`,
    later: (run, delayMs) => {
      const timer = { at: now + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    storage: shelf(device.stored),
    cookies: shelf(device.cookies),
    where: () => {
      const { pathname, search } = new URL(url)
      return { url, path: pathname, search, title: '', referrer }
    },
    device: () => ({ locale: 'ko-KR' }),
    post: async (_url, body) => server.take(body),
    ask: async () => undefined,
    postAndLeave: (_url, body) => {
      server.take(body)
      return true
    },
  }
  return {
    page,
    visit: (to: string, from = '') => {
      url = to
      referrer = from
    },
    /** Lets time pass, timer by timer, with every answer arriving in between. */
    pass: async (ms: number) => {
      const until = now + ms
      await settle()
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      now = until
    },
    waitingTimers: () => timers.map((timer) => timer.at - now),
  }
}

function shelf(map: Map<string, string>): Shelf {
  return {
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}
