import { z } from 'zod'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { Consent } from './consent.service.ts'
import type { ConsentChange } from './consent.ts'

export type ConsentRoutesNeeds = {
  readonly consent: Consent
  readonly clock: Clock
  /** Appends the `Consent Changed` happening of a customer; the line records it. */
  readonly append: (
    shop: ShopId,
    edit: { readonly customer: CustomerId; readonly change: ConsentChange; readonly at?: number },
  ) => Promise<void>
  readonly audit: (actor: Actor, act: string, what: { readonly object: string }) => Promise<unknown>
}

const Channel = z.enum(['email', 'sms', 'kakao', 'web_push', 'app_push', 'phone'])
const Entry = z.object({
  id: z.number(),
  customer: z.number(),
  channel: Channel,
  kind: z.enum(['grant', 'refuse', 'withdraw', 'reconfirm_sent', 'result_notice_sent']),
  scope: z.enum(['ad_day', 'ad_night', 'personal_data_marketing']),
  at: z.number(),
  source: z.string(),
  wording: z.string().nullable(),
  evidence: z.record(z.string(), z.string()),
})

/** The consent ledger: what people said, when and with what proof. */
export function consentRoutes({
  consent,
  append,
  audit,
  clock,
}: ConsentRoutesNeeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/consents',
      summary: 'What people said about advertising, newest first; of one customer when asked.',
      roles: ['marketer', 'viewer'],
      query: PageQuery.extend({ customer: z.coerce.number().int().positive().optional() }),
      response: pageOf(Entry),
      handle: async ({ actor, query }) => {
        const { customer, limit } = query
        const items = await consent.list(actor.shop, {
          customer,
          before: beforeOf(query.after),
          limit,
        })
        const last = items.at(-1)
        return {
          items: [...items],
          next: items.length === limit && last ? encodeCursor([last.id]) : null,
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/consents',
      summary:
        'Records what a person said, with its proof: a grant needs the wording shown and evidence.',
      roles: ['marketer'],
      body: z.object({
        customer: z.number().int().positive(),
        channel: Channel,
        kind: z.enum(['grant', 'refuse', 'withdraw']),
        scope: z.enum(['ad_day', 'ad_night', 'personal_data_marketing']).default('ad_day'),
        at: z.number().int().positive().optional(),
        wording: z.string().min(1).max(200).optional(),
        evidence: z.record(z.string().max(100), z.string().max(2_000)).default({}),
      }),
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, body }) => {
        if (
          body.kind === 'grant' &&
          (body.wording === undefined || Object.keys(body.evidence).length === 0)
        ) {
          throw new Refusal(
            'invalid',
            'A consent needs the wording that was shown and its evidence.',
            'evidence',
          )
        }
        const { channel, kind, scope, evidence } = body
        const customer = body.customer as CustomerId
        const change = {
          channel,
          kind,
          scope,
          source: 'admin' as const,
          evidence: { ...evidence, recorded_by: actor.name },
          ...(body.wording === undefined ? {} : { wording: body.wording }),
        }
        // What is said to have been refused long ago may have been taken back since: the ledger knows.
        if (kind !== 'grant' && scope === 'ad_day' && body.at === undefined)
          await consent.close(actor.shop, { customer, channels: [channel], at: clock.now() })
        await append(actor.shop, {
          customer,
          change,
          ...(body.at === undefined ? {} : { at: body.at }),
        })
        await audit(actor, 'consent.recorded', { object: `customer:${body.customer}` })
        return { ok: true }
      },
    }),
  ]
}

function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id !== 'number')
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return id
}
