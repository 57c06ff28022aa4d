/** Where the visitor is; `referrer` is the page before, also inside a single-page app. */
export type Where = {
  readonly url: string
  readonly path: string
  readonly search: string
  readonly title: string
  readonly referrer: string
}

/** The server's answer; status 0 when there was none. `retryAfterMs` is what it asked for, 0 for nothing. */
export type Answer = { readonly status: number; readonly retryAfterMs: number }

/** A place for text by key. Full, blocked or missing storage behaves as an empty one; nothing throws. */
export type Shelf = {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly remove: (key: string) => void
  readonly keys: () => readonly string[]
}

/** The few things of a browser that the SDK uses. `browser.ts` is the real one; tests give honest fakes. */
export type Page = {
  /** Milliseconds since the Unix epoch by the visitor's clock; the server corrects it with `sentAt`. */
  readonly now: () => number
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** 32 hexadecimal digits, never the same twice. */
  readonly makeId: () => string
  /** Runs once after the delay; the answer cancels it. */
  readonly later: (run: () => void, delayMs: number) => () => void
  readonly storage: Shelf
  /** First-party cookies of the whole shop (`www.` and `m.` share them). */
  readonly cookies: Shelf
  readonly where: () => Where
  readonly device: () => { readonly [key: string]: unknown }
  /** Posts text; survives the page where the browser allows it. Never rejects. */
  readonly post: (url: string, body: string) => Promise<Answer>
  /** Posts text and answers the JSON that came back; undefined for none. Never rejects. */
  readonly ask: (url: string, body: string) => Promise<unknown>
  /** Hands text to the browser to post after the page is gone; false when it declines. */
  readonly postAndLeave: (url: string, body: string) => boolean
}
