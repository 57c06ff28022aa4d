import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { hookPath } from '../hook-address.ts'
import { checkDomain } from './domain-check.driver.ts'
import type { Carrier } from './domain-check.ts'
import { type MailSettings, MailSettingsInput, mailSettings, storedMail } from './mail-settings.ts'
import { checkResend } from './resend.provider.ts'
import { checkSes } from './ses.provider.ts'
import { smtpSettings } from './settings.ts'

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal' | 'open' | 'sign'>
  /** Address that mail services reach the server at. */
  readonly publicUrl: string
}

const Answer = z.object({
  /** Who carries the shop's mail now. */
  carrier: z.enum(['inbox', 'smtp', 'ses', 'resend']),
  ses: z
    .object({
      region: z.string(),
      accessKeyId: z.string(),
      configurationSet: z.string(),
      topic: z.string(),
    })
    .nullable(),
  resend: z.object({ hasWebhookSecret: z.boolean() }).nullable(),
  /** Where each service is to post its reports. */
  hooks: z.object({ ses: z.string(), resend: z.string() }),
})

const Checked = z.object({ works: z.boolean(), detail: z.string().nullable() })

const Lights = z.object({
  domain: z.string(),
  lights: z.array(
    z.object({
      name: z.enum(['spf', 'dkim', 'dmarc']),
      state: z.enum(['good', 'weak', 'missing', 'wrong', 'unknown']),
      ko: z.string(),
      en: z.string(),
      found: z.string().nullable(),
      record: z
        .object({ type: z.enum(['TXT', 'CNAME']), host: z.string(), value: z.string() })
        .nullable(),
    }),
  ),
})

/** The shop's account at a mail service, and whether the sender's domain vouches for its mails. */
export function mailRoutes(needs: Needs): readonly Route[] {
  return [...accountRoutes(needs), checkRoute(needs), domainRoute(needs)]
}

function accountRoutes(needs: Needs): readonly Route[] {
  const { shops, vault } = needs
  const answer = async (id: Shop['id']) => answerOf(await shops.shop(id), needs)
  return [
    route({
      method: 'get',
      path: '/api/shop/mail',
      summary:
        'Who carries the mail, and where a mail service posts its reports. Keys are never sent back.',
      roles: ['marketer', 'developer'],
      response: Answer,
      handle: async ({ actor }) => await answer(actor.shop),
    }),
    route({
      method: 'put',
      path: '/api/shop/mail',
      summary:
        'Sends through Amazon SES or Resend from now on. An absent key keeps the stored one.',
      roles: ['developer'],
      body: MailSettingsInput,
      response: Answer,
      handle: async ({ actor, body }) => {
        const before = mailSettings((await shops.shop(actor.shop)).settings.mail)
        const settings = storedMail(body, before, vault.seal)
        if (!settings) {
          const field = body.provider === 'ses' ? 'secretKey' : 'key'
          throw new Refusal('invalid', 'The key of this account is needed once.', field)
        }
        await shops.set(actor.shop, 'mail', { ...settings })
        await shops.audit(actor, 'mail.changed', {
          object: `shop:${actor.shop}`,
          detail: { provider: settings.provider },
        })
        return await answer(actor.shop)
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/mail',
      summary: 'Forgets the mail service: mail goes by SMTP again, or into the test inbox.',
      roles: ['developer'],
      response: Answer,
      handle: async ({ actor }) => {
        await shops.set(actor.shop, 'mail', null)
        await shops.audit(actor, 'mail.removed', { object: `shop:${actor.shop}` })
        return await answer(actor.shop)
      },
    }),
  ]
}

function checkRoute({ shops, vault }: Needs): Route {
  return route({
    method: 'post',
    path: '/api/shop/mail/check',
    summary: 'Asks the mail service whether the stored key works, without sending anything.',
    roles: ['developer'],
    response: Checked,
    handle: async ({ actor }) => {
      const settings = mailSettings((await shops.shop(actor.shop)).settings.mail)
      switch (settings?.provider) {
        case undefined:
          throw new Refusal('conflict', 'No mail service is set yet.')
        case 'ses':
          return await checkSes(settings, vault.open(settings.sealedSecretKey))
        case 'resend':
          return await checkResend(vault.open(settings.sealedKey))
      }
    },
  })
}

function domainRoute({ shops }: Needs): Route {
  return route({
    method: 'get',
    path: '/api/shop/mail/domain',
    summary:
      'Looks at SPF, DKIM and DMARC of the domain that mails are sent from, and says what to enter.',
    roles: ['marketer', 'developer'],
    query: z.object({
      /** Name of the signing key at the mail service; the usual names are tried without it. */
      selector: z
        .string()
        .trim()
        .regex(/^([a-z0-9]([a-z0-9_-]{0,62})(\.[a-z0-9_-]{1,63}){0,3})?$/i, 'a name such as google')
        .default(''),
    }),
    response: Lights,
    handle: async ({ actor, query }) => {
      const shop = await shops.shop(actor.shop)
      const { fromEmail } = shop.sender
      const domain = fromEmail.slice(fromEmail.lastIndexOf('@') + 1)
      if (domain === '') {
        throw new Refusal(
          'conflict',
          'Set the address mails are sent from first.',
          'sender.fromEmail',
        )
      }
      const lights = await checkDomain({ domain, carrier: carrierOf(shop), ...query })
      return { domain, lights: [...lights] }
    },
  })
}

function carrierOf(shop: Shop): Carrier {
  const mail = mailSettings(shop.settings.mail)
  if (mail?.provider === 'ses') return { kind: 'ses', region: mail.region }
  if (mail?.provider === 'resend') return { kind: 'resend' }
  const smtp = smtpSettings(shop.settings.smtp)
  return smtp ? { kind: 'smtp', host: smtp.host } : { kind: 'none' }
}

function answerOf(shop: Shop, { publicUrl, vault }: Needs): z.infer<typeof Answer> {
  const mail = mailSettings(shop.settings.mail)
  const smtp = smtpSettings(shop.settings.smtp) ? 'smtp' : 'inbox'
  return {
    carrier: mail?.provider ?? smtp,
    ses: sesOf(mail),
    resend:
      mail?.provider === 'resend' ? { hasWebhookSecret: mail.sealedWebhookSecret !== '' } : null,
    hooks: {
      ses: publicUrl + hookPath('ses', shop.id, vault),
      resend: publicUrl + hookPath('resend', shop.id, vault),
    },
  }
}

function sesOf(mail: MailSettings | undefined): z.infer<typeof Answer>['ses'] {
  if (mail?.provider !== 'ses') return null
  const { region, accessKeyId, configurationSet, topic } = mail
  return { region, accessKeyId, configurationSet, topic }
}
