import { Hono } from 'hono'
import { boundedBody } from '../../web/bounded-body.ts'
import type { Notices } from './notices.service.ts'
import { platformKinds } from './platform.ts'

/** An order of a few hundred lines is some 500 KB. */
const bodyLimitBytes = 2 * 1024 * 1024

/**
 * `POST /webhooks/<platform>/<secret>`: what shop platforms tell. Answered once it is kept; who does not know the secret learns nothing.
 * A call that cannot be kept is answered 503, so that it comes again.
 */
export function platformWebhooks(needs: {
  readonly notices: Pick<Notices, 'note'>
  readonly onError?: (error: unknown) => void
}): Hono {
  const app = new Hono()
  app.post('/webhooks/:kind/:secret', async (context) => {
    const { kind, secret } = context.req.param()
    if (!platformKinds.some((one) => one === kind)) return context.text('Not found', 404)
    const body = await boundedBody(context.req.raw, bodyLimitBytes)
    if (body === undefined) return context.text('Too large', 413)
    try {
      const headers = Object.fromEntries(context.req.raw.headers.entries())
      const noted = await needs.notices.note({ kind, secret, headers, body })
      // 401, as Shopify asks for where a signature is wrong; whether the address is known is not told.
      return noted === undefined ? context.text('Not signed', 401) : context.text('ok')
    } catch (error) {
      needs.onError?.(error)
      return context.text('Not now', 503, { 'retry-after': '30' })
    }
  })
  return app
}
