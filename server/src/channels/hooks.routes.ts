import { Hono } from 'hono'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Vault } from '../vault/vault.service.ts'
import { boundedBody } from '../web/bounded-body.ts'
import type { DeliveryReport, ProviderName } from './carrier.ts'
import type { MailHooks, Posted } from './email/mail-hooks.service.ts'
import { hookShop } from './hook-address.ts'
import { nhnKakaoReports } from './kakao/nhn-report.ts'
import { nhnReports } from './text/nhn-report.ts'
import { solapiReports } from './text/solapi-report.ts'

/** A report of 1,000 messages is some 400 KB. */
const bodyLimitBytes = 2 * 1024 * 1024

/** Providers that tell by calling us. */
const hookProviders = ['ses', 'resend', 'solapi', 'nhn'] as const
type HookProvider = (typeof hookProviders)[number] & ProviderName

type Needs = {
  readonly clock: Clock
  readonly vault: Pick<Vault, 'verify'>
  readonly mail: MailHooks
  /** Applies reports; resolves once they are kept for good. */
  readonly apply: (
    shop: ShopId,
    told: { readonly provider: HookProvider; readonly reports: readonly DeliveryReport[] },
  ) => Promise<void>
  readonly onError?: (error: unknown) => void
}

/** Reads what one provider posts; undefined when it is not for it to say. */
type Reader = (posted: Posted) => Promise<readonly DeliveryReport[] | undefined>

/**
 * `POST /hooks/<provider>/<shop>.<signature>`: what providers tell of messages. A call that cannot be kept is answered 503, so that
 * it comes again; whoever does not know the signature learns nothing.
 */
export function hookRoutes(needs: Needs): Hono {
  const app = new Hono()
  const readers = readersOf(needs)
  app.post('/hooks/:provider/:token', async (context) => {
    const provider = hookProviders.find((name) => name === context.req.param('provider'))
    const token = context.req.param('token')
    const shop = provider && hookShop(provider, token, needs.vault)
    if (!provider || !shop) return context.text('Not found', 404)
    const body = await boundedBody(context.req.raw, bodyLimitBytes)
    if (body === undefined) return context.text('Too large', 413)
    try {
      const posted = { shop: shop as ShopId, body, headers: context.req.raw.headers }
      const reports = await readers[provider](posted)
      if (!reports) return context.text('Not for us', 400)
      await needs.apply(posted.shop, { provider, reports })
      return context.text('ok')
    } catch (error) {
      needs.onError?.(error)
      return context.text('Not now', 503, { 'retry-after': '30' })
    }
  })
  return app
}

function readersOf({ mail, clock }: Needs): Record<HookProvider, Reader> {
  return {
    ses: mail.ses,
    resend: mail.resend,
    solapi: async ({ body }) => {
      const told = jsonOf(body)
      return told === undefined ? undefined : solapiReports(told, clock.now())
    },
    // One address for both of NHN Cloud's services: each reads its own ids.
    nhn: async ({ body }) => {
      const told = jsonOf(body)
      if (told === undefined) return undefined
      return [...nhnReports(told, clock.now()), ...nhnKakaoReports(told, clock.now())]
    },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
