import { z } from 'zod'
import type { ShopId } from '../../lib/brand.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { hookPath } from '../hook-address.ts'
import { TextSettingsInput } from './settings.ts'
import type { TextPage, Texts } from './text.service.ts'

const Account = z
  .object({
    askedAt: z.number(),
    answeredAt: z.number().nullable(),
    error: z.string().nullable(),
    /** Money left in won; null where the provider sends a bill afterwards, or was not asked yet. */
    balanceWon: z.number().nullable(),
    isLow: z.boolean(),
    /** Numbers in its 080 list; null where it has none to read. */
    optOuts: z.number().nullable(),
  })
  .nullable()

const Answer = TextSettingsInput.omit({ secret: true, certified: true }).extend({
  hasSecret: z.boolean(),
  certified: z.object({ by: z.string(), at: z.number() }).nullable(),
  /** Path of the webhook to enter at the provider; null where it has none. */
  hook: z.string().nullable(),
  state: Account,
})

type Needs = {
  readonly texts: Texts
  readonly shops: Pick<Shops, 'audit'>
  readonly vault: Pick<Vault, 'sign'>
}

/** The shop's account for text messages. Without one, texts go to the built-in test inbox. */
export function textRoutes(needs: Needs): readonly Route[] {
  return [...settingRoutes(needs), ...accountRoutes(needs)]
}

function settingRoutes({ texts, shops, vault }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/text',
      summary: 'The account for text messages, and what the provider last told of it.',
      roles: ['marketer', 'developer'],
      response: Answer,
      moving: ['state'],
      handle: async ({ actor }) => answerOf(await texts.page(actor.shop), actor.shop, vault),
    }),
    route({
      method: 'put',
      path: '/api/shop/text',
      summary:
        'Sets the account for text messages. An absent secret keeps the stored one; a sender number must be registered there.',
      roles: ['developer'],
      body: TextSettingsInput,
      response: Answer,
      handle: async ({ actor, body }) => {
        const page = await texts.change(actor.shop, actor.name, body)
        const { provider, account, senderNumber, optOutNumber } = page.section
        await shops.audit(actor, 'text.changed', {
          object: `shop:${actor.shop}`,
          detail: { provider, account, senderNumber, optOutNumber },
        })
        return answerOf(page, actor.shop, vault)
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/text',
      summary: 'Forgets the account: texts go to the test inbox again.',
      roles: ['developer'],
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor }) => {
        await texts.forget(actor.shop)
        await shops.audit(actor, 'text.removed', { object: `shop:${actor.shop}` })
        return { ok: true }
      },
    }),
  ]
}

function accountRoutes({ texts, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/shop/text/check',
      summary:
        'Asks the provider whether the keys work, which numbers may send and what money is left. Nothing is sent.',
      roles: ['developer'],
      response: z.object({
        works: z.boolean(),
        detail: z.string().nullable(),
        senders: z.array(z.string()),
      }),
      handle: async ({ actor }) => {
        const { works, detail, senders } = await texts.check(actor.shop)
        await shops.audit(actor, 'text.checked', {
          object: `shop:${actor.shop}`,
          detail: { works },
        })
        return { works, detail, senders: [...senders] }
      },
    }),
  ]
}

function answerOf(
  { section, state }: TextPage,
  shop: ShopId,
  vault: Pick<Vault, 'sign'>,
): z.infer<typeof Answer> {
  const { sealedSecret, ...shown } = section
  const { provider } = section
  const hasHook = provider === 'solapi' || provider === 'nhn'
  return {
    ...shown,
    hasSecret: sealedSecret !== '',
    hook: hasHook ? hookPath(provider, shop, vault) : null,
    state: state
      ? {
          askedAt: state.askedAt,
          answeredAt: state.answeredAt,
          error: state.error,
          balanceWon: state.balanceWon,
          isLow: state.balanceWon !== null && state.balanceWon < section.warnBelowWon,
          optOuts: state.optOuts,
        }
      : null,
  }
}
