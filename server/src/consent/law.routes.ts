import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import type { Consent } from './consent.service.ts'
import { alarmsUpTo } from './due.ts'
import { consentSettings } from './settings.ts'
import type { Wordings } from './wordings.service.ts'

type Needs = {
  readonly consent: Pick<Consent, 'alarms'>
  readonly wordings: Wordings
  readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
  readonly clock: Clock
}

const readers = ['marketer', 'developer', 'viewer'] as const
const Ok = z.object({ ok: z.boolean() })
const Wording = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string(),
  text: z.string(),
  madeAt: z.number(),
  madeBy: z.string(),
  retiredAt: z.number().nullable(),
})
/** A name under a sentence. */
const Signed = z.strictObject({
  name: z.string().trim().min(1).max(100),
  sentence: z.string().trim().min(10).max(1_000),
})
const Settings = z.object({
  resultNotices: z.boolean(),
  reconfirms: z.boolean(),
  reconfirmOverdue: z.boolean(),
  existingCustomers: z.object({ by: z.string(), sentence: z.string(), at: z.number() }).nullable(),
})

/** What the law asks for around consent: the words shown, what falls due, and who answers for it. */
export function consentLawRoutes(needs: Needs): readonly Route[] {
  return [...wordingRoutes(needs), ...dueRoutes(needs), ...settingRoutes(needs)]
}

function wordingRoutes({ wordings, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consents/wordings',
      summary: 'The exact words people are asked for consent with; forms name one by its id.',
      roles: readers,
      response: z.object({ items: z.array(Wording) }),
      handle: async ({ actor }) => ({ items: [...(await wordings.list(actor.shop))] }),
    }),
    route({
      method: 'post',
      path: '/api/consents/wordings',
      summary: 'Keeps a wording. Its id is made from its text: a changed text is another wording.',
      roles: ['marketer', 'developer'],
      body: z.strictObject({
        name: z.string().trim().min(1).max(100),
        language: z.enum(['ko', 'en']).default('ko'),
        text: z.string().trim().min(5).max(5_000),
      }),
      response: z.object({ id: z.string() }),
      handle: async ({ actor, body }) => {
        const id = await wordings.keep(actor.shop, { ...body, by: actor.name })
        await shops.audit(actor, 'wording.kept', { object: `wording:${id}` })
        return { id }
      },
    }),
    route({
      method: 'delete',
      path: '/api/consents/wordings/{id}',
      summary:
        'Takes a wording out of use. The text stays, as proof of the consents that rest on it.',
      roles: ['marketer', 'developer'],
      params: z.object({ id: z.string().max(40) }),
      response: Ok,
      handle: async ({ actor, params }) => {
        await wordings.retire(actor.shop, params.id)
        await shops.audit(actor, 'wording.retired', { object: `wording:${params.id}` })
        return { ok: true }
      },
    }),
  ]
}

function dueRoutes({ consent, shops, clock }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consents/due',
      summary:
        'People who must soon be told something and were not: results of what they said (14 days, shown from the 10th), confirmations every two years (shown from the 7th day before).',
      roles: readers,
      response: z.object({
        result: z.number(),
        reconfirm: z.number(),
        soonest: z.array(
          z.object({
            kind: z.enum(['result', 'reconfirm']),
            customer: z.number(),
            channel: z.string(),
            dueAt: z.number(),
          }),
        ),
      }),
      handle: async ({ actor }) => {
        const shop = await shops.shop(actor.shop)
        // Invented shoppers wait for nothing.
        if (shop.isDemo) return { result: 0, reconfirm: 0, soonest: [] }
        const settings = consentSettings(shop.settings)
        const upTo = alarmsUpTo(clock.now())
        // What the shop's own system tells is not known here and raises no alarm.
        const alarms = await consent.alarms(actor.shop, {
          since: upTo.since,
          result: settings.resultNotices ? upTo.result : 0,
          reconfirm: settings.reconfirms ? upTo.reconfirm : 0,
        })
        return { ...alarms, soonest: [...alarms.soonest] }
      },
    }),
  ]
}

function settingRoutes({ shops, clock }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consents/settings',
      summary:
        'Whether Danggol sends the notices of the law, and the exception for customers of six months.',
      roles: readers,
      response: Settings,
      handle: async ({ actor }) => consentSettings((await shops.shop(actor.shop)).settings),
    }),
    route({
      method: 'put',
      path: '/api/consents/settings',
      summary:
        'Changes them. The exception needs somebody who answers by name for what the law asks: own goods of the same kind, address given in the transaction.',
      roles: ['marketer'],
      body: z.strictObject({
        resultNotices: z.boolean(),
        reconfirms: z.boolean(),
        reconfirmOverdue: z.boolean().default(false),
        /** null switches it off; absent leaves it as it is. */
        existingCustomers: Signed.nullable().optional(),
      }),
      response: Settings,
      handle: async ({ actor, body }) => {
        const { existingCustomers: asked, ...switches } = body
        const signed = asked && { by: asked.name, sentence: asked.sentence, at: clock.now() }
        const after = await shops.update(actor.shop, 'consent', (consent) => {
          const before = consentSettings({ consent: consent ?? null })
          const kept = asked === undefined ? before.existingCustomers : (signed ?? null)
          return { ...switches, existingCustomers: kept }
        })
        await shops.audit(actor, 'consent-settings.changed', {
          object: `shop:${actor.shop}`,
          detail: after,
        })
        return after
      },
    }),
  ]
}
