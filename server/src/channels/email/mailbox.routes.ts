import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { checkMailbox } from './mailbox.driver.ts'
import { MailboxInput, mailboxRead, mailboxSettings, storedMailbox } from './mailbox-settings.ts'
import { type MailReach, refusePrivate } from './reach.driver.ts'

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly mailReach: MailReach
}

const Answer = z
  .object({
    host: z.string(),
    port: z.number(),
    secure: z.boolean(),
    user: z.string(),
    folder: z.string(),
    /** UTC ms of the last look; null before the first. */
    readAt: z.number().nullable(),
    /** Mails that came back and were recognised, ever. */
    found: z.number(),
    error: z.string().nullable(),
  })
  .nullable()

/** The mailbox in which mails sent by SMTP come back. */
export function mailboxRoutes({ shops, vault, mailReach }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/mailbox',
      summary:
        'The mailbox that is read for returned mail; null when none is. The password is never sent back.',
      roles: ['marketer', 'developer'],
      response: Answer,
      moving: ['readAt', 'found', 'error'],
      handle: async ({ actor }) => answerOf(await shops.shop(actor.shop)),
    }),
    route({
      method: 'put',
      path: '/api/shop/mailbox',
      summary:
        'Reads this mailbox for returned mail every five minutes. An absent password keeps the stored one.',
      roles: ['developer'],
      body: MailboxInput,
      response: Answer,
      handle: async ({ actor, body }) => {
        const before = mailboxSettings((await shops.shop(actor.shop)).settings.mailbox)
        const settings = storedMailbox(body, before, vault.seal)
        if (!settings) throw new Refusal('invalid', 'The password is needed once.', 'password')
        await refusePrivate(settings.host, mailReach)
        await shops.set(actor.shop, 'mailbox', { ...settings })
        await shops.set(actor.shop, 'mailboxRead', null)
        await shops.audit(actor, 'mailbox.changed', {
          object: `shop:${actor.shop}`,
          detail: { host: settings.host, user: settings.user },
        })
        return answerOf(await shops.shop(actor.shop))
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/mailbox',
      summary: 'Reads no mailbox any more.',
      roles: ['developer'],
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor }) => {
        await shops.set(actor.shop, 'mailbox', null)
        await shops.set(actor.shop, 'mailboxRead', null)
        await shops.audit(actor, 'mailbox.removed', { object: `shop:${actor.shop}` })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/shop/mailbox/check',
      summary:
        'Signs in to the mailbox and opens the folder; `detail` is the number of mails in it, or what went wrong.',
      roles: ['developer'],
      response: z.object({ works: z.boolean(), detail: z.string().nullable() }),
      handle: async ({ actor }) => {
        const settings = mailboxSettings((await shops.shop(actor.shop)).settings.mailbox)
        if (!settings) throw new Refusal('conflict', 'No mailbox is set yet.')
        return await checkMailbox(
          { ...settings, reach: mailReach },
          vault.open(settings.sealedPassword),
        )
      },
    }),
  ]
}

function answerOf(shop: Shop): z.infer<typeof Answer> {
  const settings = mailboxSettings(shop.settings.mailbox)
  if (!settings) return null
  const { host, port, user, folder } = settings
  const read = mailboxRead(shop.settings.mailboxRead)
  return {
    host,
    port,
    user,
    folder,
    secure: settings.security !== 'none',
    readAt: read?.at ?? null,
    found: read?.found ?? 0,
    error: read?.error ?? null,
  }
}
