import { askMemory } from './ask-memory.ts'
import { type AskWords, softAsk, words } from './soft-ask.ts'

/** The version of the standard wording; a shop's own words name their own. */
const wordingVersion = 'push-1'

export type PushOptions = {
  /** The file on the shop's own address that imports `worker.js` of Danggol. */
  readonly worker?: string
  readonly words?: Partial<AskWords>
  /** Which wording the shop's own words are. */
  readonly wording?: string
}

type Asked = {
  /** Where Danggol is, without a slash at the end. */
  readonly host: string
  readonly key: string
  readonly anonymousId: string
  readonly options: PushOptions
}

/**
 * Asks for notifications once, softly, and subscribes the browser. What came of it: `unsupported` (browser, private window,
 * or the shop has web push off), `resting` (said no lately), `refused`, or `subscribed`.
 */
export async function askPush(
  window: Window & typeof globalThis,
  asked: Asked,
): Promise<'unsupported' | 'resting' | 'refused' | 'subscribed'> {
  const { navigator, document } = window
  const { options } = asked
  const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!can || window.Notification.permission === 'denied') return 'unsupported'
  const publicKey = await publicKeyOf(window, asked)
  if (!publicKey) return 'unsupported'

  // Only who was shown the words agreed to them: a permission from before names none.
  let wording: string | undefined
  const memory = askMemory(storageOf(window), 'push', () => Date.now())
  if (window.Notification.permission !== 'granted' || !memory.agreed()) {
    if (!memory.mayAsk()) return 'resting'
    const said = words[document.documentElement.lang.startsWith('en') ? 'en' : 'ko']
    const answer = await softAsk(document, options.words ? { ...said, ...options.words } : said)
    memory.remember(answer)
    if (answer !== 'agreed') return 'refused'
    if ((await window.Notification.requestPermission()) !== 'granted') return 'refused'
    wording = options.words ? (options.wording ?? 'own') : wordingVersion
  }
  const worker = await navigator.serviceWorker.register(options.worker ?? '/danggol-worker.js')
  const subscription = await subscribed(worker.pushManager, bytesOf(publicKey))
  const sent = await tell(window, asked, {
    act: 'subscribe',
    subscription: subscription.toJSON(),
    ...(wording && { wording }),
  })
  return sent ? 'subscribed' : 'unsupported'
}

/** The browser's subscription under this key; one made under a key that the shop has replaced is given up. */
async function subscribed(
  manager: PushManager,
  applicationServerKey: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const known = await manager.getSubscription()
  const key = known?.options.applicationServerKey
  const isSame = key && String(new Uint8Array(key)) === String(applicationServerKey)
  if (known && isSame) return known
  await known?.unsubscribe()
  return await manager.subscribe({ userVisibleOnly: true, applicationServerKey })
}

async function publicKeyOf(window: Window, { host, key }: Asked): Promise<string | undefined> {
  const answer = await window.fetch(`${host}/v1/push?key=${encodeURIComponent(key)}`)
  const { publicKey } = (await answer.json()) as { readonly publicKey?: string | null }
  return publicKey ?? undefined
}

async function tell(window: Window, asked: Asked, said: object): Promise<boolean> {
  const { host, key, anonymousId } = asked
  const answer = await window.fetch(`${host}/v1/push`, {
    method: 'POST',
    // text/plain is a simple request: the browser asks no preflight first.
    headers: { 'content-type': 'text/plain' },
    credentials: 'omit',
    body: JSON.stringify({ writeKey: key, anonymousId, ...said }),
  })
  return answer.ok
}

function storageOf(window: Window): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
