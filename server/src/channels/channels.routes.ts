import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { type Route, route } from '../web/route.ts'
import { type MailReach, refusePrivate } from './email/reach.driver.ts'
import { type SmtpSettings, SmtpSettingsInput, smtpSettings } from './email/settings.ts'
import { checkSmtp } from './email/smtp.provider.ts'

const Answer = z
  .object({
    host: z.string(),
    port: z.number(),
    secure: z.boolean(),
    user: z.string(),
    connections: z.number(),
    hasPassword: z.boolean(),
  })
  .nullable()

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly mailReach: MailReach
}

/** The shop's mail server. Without one, mail goes to the built-in test inbox. */
export function channelsRoutes(needs: Needs): readonly Route[] {
  return [...settingRoutes(needs), ...checkRoutes(needs)]
}

function settingRoutes({ shops, vault, mailReach }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/smtp',
      summary:
        'The mail server; null while mail goes to the test inbox. The password is never sent back.',
      roles: ['marketer', 'developer'],
      response: Answer,
      handle: async ({ actor }) =>
        answerOf(smtpSettings((await shops.shop(actor.shop)).settings.smtp)),
    }),
    route({
      method: 'put',
      path: '/api/shop/smtp',
      summary: 'Sets the mail server. An absent password keeps the stored one.',
      roles: ['developer'],
      body: SmtpSettingsInput,
      response: Answer,
      handle: async ({ actor, body }) => {
        const before = smtpSettings((await shops.shop(actor.shop)).settings.smtp)
        await refusePrivate(body.host, mailReach)
        const settings = stored(body, before, vault.seal)
        await shops.set(actor.shop, 'smtp', { ...settings })
        await shops.audit(actor, 'smtp.changed', {
          object: `shop:${actor.shop}`,
          detail: { host: settings.host, port: settings.port },
        })
        return answerOf(settings)
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/smtp',
      summary: 'Forgets the mail server: mail goes to the test inbox again.',
      roles: ['developer'],
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor }) => {
        await shops.set(actor.shop, 'smtp', null)
        await shops.audit(actor, 'smtp.removed', { object: `shop:${actor.shop}` })
        return { ok: true }
      },
    }),
  ]
}

function checkRoutes({ shops, vault, mailReach }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/shop/smtp/check',
      summary: 'Connects to the mail server and signs in, without sending anything.',
      roles: ['developer'],
      response: z.object({ works: z.boolean(), detail: z.string().nullable() }),
      handle: async ({ actor }) => {
        const settings = smtpSettings((await shops.shop(actor.shop)).settings.smtp)
        if (!settings) throw new Refusal('conflict', 'No mail server is set yet.')
        const password = settings.sealedPassword === '' ? '' : vault.open(settings.sealedPassword)
        const checked = await checkSmtp({ ...settings, reach: mailReach }, password)
        return { works: checked.works, detail: checked.works ? null : checked.detail }
      },
    }),
  ]
}

function stored(
  input: SmtpSettingsInput,
  before: SmtpSettings | undefined,
  seal: (text: string) => string,
): SmtpSettings {
  const { password, secure, ...rest } = input
  // The stored password was given for one server and one user; it is not shown to another.
  const isSame = before?.host === input.host && before.user === input.user
  const kept = isSame ? before.sealedPassword : ''
  return {
    ...rest,
    security: secure ? (input.port === 465 ? 'tls' : 'starttls') : 'none',
    sealedPassword: password === undefined ? kept : password === '' ? '' : seal(password),
  }
}

function answerOf(settings: SmtpSettings | undefined): z.infer<typeof Answer> {
  if (!settings) return null
  const { host, port, user, connections } = settings
  const hasPassword = settings.sealedPassword !== ''
  return { host, port, user, connections, secure: settings.security !== 'none', hasPassword }
}
