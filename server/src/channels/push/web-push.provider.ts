import webPush from 'web-push'
import { handoverOfStatus } from '../call-answer.ts'
import type { Handover, Provider, Push } from '../carrier.ts'
import { guardedPost } from '../webhook/guarded-post.driver.ts'

/** How long a push service keeps a notification for a browser that is off, seconds: older news is no news. */
const keepSeconds = 24 * 60 * 60

type Keys = { readonly publicKey: string; readonly privateKey: string; readonly subject: string }

type Options = {
  /** Told of subscriptions that are gone for good. */
  readonly onGone: (shop: number, endpoint: string) => Promise<void>
  /** Lets push services of this machine be called; for tests. */
  readonly allowPrivate?: boolean
  readonly now?: () => number
}

/**
 * Web push (RFC 8030, 8291, 8292) to every browser of a person at once. The addresses come from browsers, so they are called
 * like any stranger's: public ones only, bounded, redirects not followed. One browser that took it makes it sent.
 */
export function webPushProvider(keys: Keys, options: Options): Provider<Push> {
  const { allowPrivate = false, now = Date.now } = options
  const one = async (push: Push, to: Push['to'][number]): Promise<Handover> => {
    const { title, text, url, icon, image } = push
    const payload = JSON.stringify({ title, text, url, icon, image, tag: push.key })
    const details = sealedFor(to, payload, keys)
    if (!details) {
      await options.onGone(push.shop, to.endpoint)
      return { kind: 'permanent', cause: 'no_address', detail: 'no keys of a browser' }
    }
    const headers = Object.fromEntries(
      Object.entries(details.headers).map(([name, value]) => [name, String(value)]),
    )
    const body = new Uint8Array(details.body ?? Buffer.alloc(0))
    const answer = await guardedPost({ url: details.endpoint, headers, body }, { allowPrivate })
    if (answer.kind === 'failed') {
      return { kind: answer.left ? 'ambiguous' : 'temporary', detail: answer.why }
    }
    const { status, retryAfter } = answer
    if (status >= 200 && status < 300) return { kind: 'accepted', providerId: push.key }
    if (status === 404 || status === 410) {
      await options.onGone(push.shop, to.endpoint)
      return { kind: 'permanent', cause: 'no_address', detail: `${status} unsubscribed` }
    }
    return handoverOfStatus({ status, retryAfter: retryAfter ?? null, words: '', now: now() })
  }

  return {
    name: 'web_push',
    reportsDelivery: false,
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    close: async () => {},
    send: async (push) => togetherOf(await Promise.all(push.to.map((to) => one(push, to)))),
  }
}

/** The notification encrypted for one browser; undefined where its keys, which anybody may make up, are none. */
function sealedFor(to: Push['to'][number], payload: string, keys: Keys) {
  try {
    webPush.encrypt(to.keys.p256dh, to.keys.auth, 'x', 'aes128gcm')
  } catch {
    return undefined
  }
  return webPush.generateRequestDetails({ ...to }, payload, {
    vapidDetails: { ...keys },
    TTL: keepSeconds,
    urgency: 'normal',
  })
}

const byWeight = ['accepted', 'ambiguous', 'temporary', 'no_balance', 'permanent'] as const

/** What came of all browsers together: taken by one is taken; perhaps taken by one is not tried again. */
export function togetherOf(all: readonly Handover[]): Handover {
  for (const kind of byWeight) {
    const found = all.find((one) => one.kind === kind)
    if (found) return found
  }
  return { kind: 'permanent', cause: 'no_address', detail: 'no browser is subscribed' }
}
