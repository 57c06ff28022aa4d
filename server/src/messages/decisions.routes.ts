import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import { pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { beforeOf, Filter, nameFor, nextOf, readers, ShownRule } from './listing.ts'
import { readDecisions } from './lists.store.ts'
import { reasonLine } from './reason-line.ts'

const outcomes = [
  'sent',
  'held',
  'refused',
  'would_send',
  'queued',
  'unconfirmed',
  'failed',
] as const

const Why = z.object({ ko: z.string(), en: z.string(), rule: ShownRule.nullable() })
const Decision = z.object({
  id: z.number(),
  at: z.number(),
  campaign: z.number().nullable(),
  campaignName: z.string().nullable(),
  version: z.number().nullable(),
  step: z.number().nullable(),
  enrolment: z.number().nullable(),
  customer: z.number(),
  customerName: z.string().nullable(),
  channel: z.string(),
  purpose: z.string(),
  arm: z.enum(['treatment', 'holdout']),
  wouldSend: z.boolean(),
  outcome: z.enum(outcomes),
  reason: z.string(),
  why: Why,
  until: z.number().nullable(),
  message: z.number().nullable(),
})

/** Why each message went, waits or did not go. */
export function decisionsRoutes({ db }: { readonly db: Database }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/decisions',
      summary:
        'Why each message went, waits or did not go, newest first; held-out people included.',
      roles: readers,
      query: Filter.extend({ outcome: z.enum(outcomes).optional() }),
      response: pageOf(Decision),
      handle: async ({ actor, query }) => {
        const filter = { ...query, before: beforeOf(query.after) }
        const rows = await readDecisions(db, actor.shop, filter)
        const name = nameFor(actor)
        return {
          items: rows.map((row) => ({
            ...row,
            customerName: name(row.customerName),
            why: reasonLine(row.reason),
          })) as z.infer<typeof Decision>[],
          next: nextOf(rows, query.limit),
        }
      },
    }),
  ]
}
