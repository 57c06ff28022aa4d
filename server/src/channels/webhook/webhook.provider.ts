import { secondMs } from '../../lib/duration.ts'
import { handoverOfStatus } from '../call-answer.ts'
import type { Call, Handover, Provider } from '../carrier.ts'
import { guardedPost } from './guarded-post.driver.ts'
import { signedHeaders } from './signature.ts'

/**
 * Calls the shop's own server, signed (standardwebhooks.com), at addresses of the public internet only. The id of a call is
 * the same for each try of it. A call that broke after it had begun is not made again: nobody knows what it did.
 */
export function webhookProvider(
  options: { readonly allowPrivate?: boolean; readonly now?: () => number } = {},
): Provider<Call> {
  const { allowPrivate = false, now = Date.now } = options
  return {
    name: 'webhook',
    reportsDelivery: false,
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    close: async () => {},
    send: async (call): Promise<Handover> => {
      const body = JSON.stringify(call.body)
      const seconds = Math.floor(now() / secondMs)
      const headers = signedHeaders({ id: `msg_${call.key}`, seconds, body }, call.secret)
      const answer = await guardedPost({ url: call.url, headers, body }, { allowPrivate })
      if (answer.kind === 'failed') {
        return { kind: answer.left ? 'ambiguous' : 'temporary', detail: answer.why }
      }
      const { status, retryAfter } = answer
      if (status >= 200 && status < 300) {
        const providerId = `${call.key}:${status}`
        return { kind: 'accepted', providerId, ...(answer.words ? { answer: answer.words } : {}) }
      }
      return handoverOfStatus({ status, retryAfter: retryAfter ?? null, words: '', now: now() })
    },
  }
}
