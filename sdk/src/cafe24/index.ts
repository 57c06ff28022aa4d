import { cartLines, recognise } from './recognise.ts'

type Answer = (error: unknown, told?: { readonly [key: string]: unknown }) => void
/** What Cafe24 puts on the pages of its shops for the scripts of apps, as far as it is used. */
type Cafe24Api = {
  readonly getCustomerIDInfo?: (answer: Answer) => void
  readonly getEncryptedMemberId?: (app: string, answer: Answer) => void
  readonly getCartList?: (answer: Answer) => void
}
type Holder = Window & {
  danggol?: { push: (...calls: unknown[]) => unknown; [method: string]: unknown }
  CAFE24API?: { readonly init?: (app: { readonly client_id: string }) => Cafe24Api }
}

const methods = ['track', 'identify', 'page', 'alias', 'group', 'reset', 'consent']
/** Who was vouched for on this device lately: a page asks our server once in a while, not each time. */
const knownKey = 'dg.cafe24'
const knownMs = 30 * 60_000

type Known = { readonly user: string; readonly signature?: string; readonly at: number }

/**
 * What Cafe24's script tag loads on every page of a shop: it brings the SDK with the key in its own address, says what each page is,
 * and who is signed in by a token that Cafe24 signed and our server checks. Never throws into the shop's page.
 */
function begin(window: Holder & typeof globalThis, script: HTMLScriptElement): void {
  const { origin, searchParams: asked } = new URL(script.src)
  const key = asked.get('key')
  if (!key || document.querySelector('script[data-key][src*="/sdk"]')) return
  if (!window.danggol) {
    const waiting: unknown[] & { [method: string]: unknown } = [] as never
    for (const method of methods)
      waiting[method] = (...given: unknown[]) => waiting.push([method, ...given])
    window.danggol = waiting
  }
  const tell = (...call: unknown[]) => window.danggol?.push(call)
  const here = recognise({
    path: location.pathname,
    search: location.search,
    meta: (name) => document.querySelector<HTMLMetaElement>(`meta[property="${name}"]`)?.content,
    left: (name) => (window as unknown as { [key: string]: unknown })[name],
  })
  const app = asked.get('app') ?? ''
  const cafe24 = app ? window.CAFE24API?.init?.({ client_id: app }) : undefined
  // Who signed out is told before the page they are on as a stranger.
  if (cafe24) say(cafe24, { app, origin, key, tell })
  tell('page', here.kind, { page_type: here.kind })
  const { event } = here
  if (event?.name === 'Cart Viewed' && cafe24?.getCartList) {
    cafe24.getCartList((error, told) => {
      const products = error ? undefined : cartLines(told)
      tell('track', event.name, products ? { products } : {})
    })
  } else if (event) tell('track', event.name, event.properties)

  const sdk = document.createElement('script')
  sdk.async = true
  sdk.src = `${origin}/sdk.js`
  // Views and what happens on a page are told above, goods in the cart and orders by Cafe24 itself: GA4's words would count them twice.
  Object.assign(sdk.dataset, { key, page: 'off', datalayer: 'off' })
  document.head.append(sdk)
}

function say(
  cafe24: Cafe24Api,
  {
    app,
    origin,
    key,
    tell,
  }: {
    readonly app: string
    readonly origin: string
    readonly key: string
    readonly tell: (...call: unknown[]) => void
  },
): void {
  cafe24.getCustomerIDInfo?.((error, told) => {
    if (error) return
    const user = (told?.id as { readonly member_id?: string | null } | undefined)?.member_id
    const known = remembered()
    if (!user) {
      if (known) {
        localStorage.removeItem(knownKey)
        tell('reset')
      }
      return
    }
    if (known?.user === user && Date.now() - known.at < knownMs) return
    cafe24.getEncryptedMemberId?.(app, async (failed, signed) => {
      const token = failed ? undefined : signed?.member_id
      const vouched =
        typeof token === 'string' ? await vouch(origin, { writeKey: key, token }) : undefined
      // Nobody vouched: what the page says itself is a claim, as everywhere else, and names nobody in a message.
      const who = vouched ?? { user }
      localStorage.setItem(knownKey, JSON.stringify({ ...who, at: Date.now() }))
      tell('identify', who.user, {}, who.signature ? { userSignature: who.signature } : {})
    })
  })
}

function remembered(): Known | undefined {
  try {
    return JSON.parse(localStorage.getItem(knownKey) ?? '') as Known
  } catch {
    return undefined
  }
}

async function vouch(
  origin: string,
  asked: { readonly writeKey: string; readonly token: string },
): Promise<Omit<Known, 'at'> | undefined> {
  try {
    // text/plain is a simple request: the browser asks no preflight first.
    const answer = await fetch(`${origin}/v1/member`, {
      method: 'POST',
      body: JSON.stringify(asked),
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
    })
    return answer.ok ? ((await answer.json()) as Known) : undefined
  } catch {
    return undefined
  }
}

try {
  const script = document.currentScript ?? document.querySelector('script[src*="/cafe24.js?key="]')
  if (script instanceof HTMLScriptElement) begin(window, script)
} catch (problem) {
  console.warn('danggol:', problem)
}
