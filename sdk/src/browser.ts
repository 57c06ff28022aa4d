import type { Answer, Page, Shelf, Where } from './page.ts'

// Browsers give all keepalive requests of a page 64 KiB together; a longer body goes without.
const keepaliveLimitChars = 60_000
const cookieDays = 400

/** The real browser behind the `Page` seam. */
export function browserPage(window: Window): Page {
  const { document, navigator } = window
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    makeId: () => hex(window.crypto.getRandomValues(new Uint8Array(16))),
    later: (run, delayMs) => {
      const timer = window.setTimeout(run, delayMs)
      return () => window.clearTimeout(timer)
    },
    storage: webStorage(window),
    cookies: cookieShelf(document),
    where: () => where(document),
    device: () => ({
      userAgent: navigator.userAgent,
      locale: navigator.language,
      timezone: attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
      screen: { width: window.innerWidth, height: window.innerHeight },
    }),
    post: (url, body) => post(window, url, body),
    ask: (url, body) => ask(window, url, body),
    postAndLeave: (url, body) => attempt(() => navigator.sendBeacon(url, body)) ?? false,
  }
}

function hex(bytes: Uint8Array): string {
  // Not `Array.from`: old libraries put their own in its place.
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

function where(document: Document): Where {
  const { href, pathname, search, hash } = document.location
  return {
    // What stands after # is the page's own business and may hold tokens.
    url: href.slice(0, href.length - hash.length),
    path: pathname,
    search,
    title: document.title,
    referrer: document.referrer,
  }
}

async function post(window: Window, url: string, body: string): Promise<Answer> {
  try {
    // text/plain is a simple request: the browser asks no preflight first.
    const answer = await window.fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
      keepalive: body.length < keepaliveLimitChars,
    })
    return {
      status: answer.status,
      retryAfterMs: Number(answer.headers.get('retry-after')) * 1000 || 0,
    }
  } catch {
    return { status: 0, retryAfterMs: 0 }
  }
}

async function ask(window: Window, url: string, body: string): Promise<unknown> {
  try {
    const answer = await window.fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
    })
    return answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}

function webStorage(window: Window): Shelf {
  return {
    get: (key) => attempt(() => window.localStorage.getItem(key)) ?? undefined,
    set: (key, value) => attempt(() => window.localStorage.setItem(key, value)),
    remove: (key) => attempt(() => window.localStorage.removeItem(key)),
    keys: () => attempt(() => Object.keys(window.localStorage)) ?? [],
  }
}

function cookieShelf(document: Document): Shelf {
  const all = () =>
    (attempt(() => document.cookie) ?? '').split('; ').map((pair) => pair.split('='))
  const get = (key: string) => all().find(([name]) => name === key)?.[1]
  const write = (key: string, value: string, seconds: number) => {
    const rest = `; path=/; max-age=${seconds}; samesite=lax${document.location.protocol === 'https:' ? '; secure' : ''}`
    const labels = document.location.hostname.split('.')
    // The widest domain the browser accepts: it refuses `co.kr` and takes `shop.co.kr`. An address or a bare
    // name takes no domain at all, which the last round tries.
    for (let from = labels.length - 2; from >= -1; from--) {
      const domain = from < 0 ? '' : `; domain=${labels.slice(from).join('.')}`
      attempt(() => {
        document.cookie = `${key}=${value}${rest}${domain}`
      })
      if ((get(key) === value) === seconds > 0) return
    }
  }
  return {
    get,
    set: (key, value) => write(key, value, cookieDays * 86_400),
    remove: (key) => write(key, '', 0),
    keys: () => all().map(([name = '']) => name),
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
