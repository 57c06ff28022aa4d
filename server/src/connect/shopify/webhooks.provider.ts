import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformSession } from '../platform/call.ts'
import { graph, Nodes, refuseErrors, UserErrors } from './graph.provider.ts'
import { moreScopes } from './keys.ts'
import { costs, dropWebhook, makeWebhook, shopQuery, webhooksQuery } from './queries.ts'

const topics = [
  ...['ORDERS_CREATE', 'ORDERS_UPDATED', 'ORDERS_DELETE', 'REFUNDS_CREATE'],
  ...['CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE', 'CUSTOMERS_DELETE'],
  ...['CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE', 'CUSTOMERS_MARKETING_CONSENT_UPDATE'],
  ...['PRODUCTS_CREATE', 'PRODUCTS_UPDATE', 'PRODUCTS_DELETE', 'APP_UNINSTALLED'],
] as const

const Webhook = z.object({ id: z.string(), topic: z.string(), uri: z.string() })

/** What the shop says of itself and of the app. */
export const ShopSaid = z.object({
  shop: z.object({
    name: z.string(),
    ianaTimezone: z.string(),
    currencyCode: z.string(),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})

/** Makes the webhooks that are missing (Shopify deletes one that failed eight times in a row), and says what the app may not do. */
export async function keepWebhooks(session: PlatformSession, url: string): Promise<JsonObject> {
  const known = (await webhooksOf(session)).filter(({ uri }) => uri === url)
  for (const topic of topics) {
    if (known.some((one) => one.topic === topic)) continue
    const variables = { topic, webhook: { uri: url, format: 'JSON' } }
    const made = await graph(
      session,
      { query: makeWebhook, variables, cost: costs.small, once: true },
      z.object({ webhookSubscriptionCreate: z.object({ userErrors: UserErrors }) }),
    )
    refuseErrors(made.webhookSubscriptionCreate.userErrors)
  }
  const said = await graph(session, { query: shopQuery, cost: costs.small }, ShopSaid)
  const scopes = said.currentAppInstallation.accessScopes.map(({ handle }) => handle)
  const missing = moreScopes.filter((one) => !scopes.includes(one))
  return {
    timeZone: said.shop.ianaTimezone,
    currency: said.shop.currencyCode,
    settleError: missing.length === 0 ? null : `The app lacks the scopes ${missing.join(', ')}.`,
  }
}

export async function dropWebhooks(session: PlatformSession, url: string): Promise<void> {
  for (const { id, uri } of await webhooksOf(session)) {
    if (uri !== url) continue
    const asked = { query: dropWebhook, variables: { id }, cost: costs.small }
    await graph(session, asked, z.record(z.string(), z.unknown()))
  }
}

async function webhooksOf(session: PlatformSession) {
  const found: z.infer<typeof Webhook>[] = []
  for (let after: string | null = null; ; ) {
    const answer: { webhookSubscriptions: z.infer<typeof Nodes> } = await graph(
      session,
      { query: webhooksQuery, variables: { after }, cost: 2 * costs.small },
      z.object({ webhookSubscriptions: Nodes }),
    )
    const { nodes, pageInfo } = answer.webhookSubscriptions
    found.push(...nodes.map((one) => Webhook.parse(one)))
    if (!pageInfo.hasNextPage) return found
    after = pageInfo.endCursor
  }
}
