import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { budgetLimit, budgetWarning } from './budget.ts'
import { carriedChannels } from './intent.ts'
import { readers } from './listing.ts'
import { leftToday } from './night.ts'
import { estimateCost, forms, monthIn } from './price.ts'
import { SendingSettings, sendingSettings } from './sending.ts'
import { readResting, readSpending } from './spending.store.ts'
import { budgetOf } from './standing.service.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
}

const tenThousand = 10_000

const Spending = z.object({
  /** `202611` */
  month: z.number(),
  spent: z.number(),
  budget: z.number().nullable(),
  warning: z.enum(['none', 'near', 'spent']),
  items: z.array(
    z.object({
      channel: z.string(),
      form: z.string(),
      messages: z.number(),
      cost: z.number(),
    }),
  ),
  resting: z.array(
    z.object({
      channel: z.enum(carriedChannels),
      reason: z.enum(['provider_paused', 'no_balance']),
      messages: z.number(),
    }),
  ),
  hours: z.array(
    z.object({ channel: z.enum(carriedChannels), leftTodayMs: z.number().nullable() }),
  ),
})

/** Limits that hold over all campaigns, and what this month's messages cost. */
export function sendingRoutes(needs: Needs): readonly Route[] {
  return [...limitRoutes(needs), spendingRoute(needs), estimateRoute(needs)]
}

function limitRoutes({ shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sending/limits',
      summary: 'Caps, night margins, rates and the monthly budget that hold over all campaigns.',
      roles: readers,
      response: SendingSettings,
      handle: async ({ actor }) => sendingSettings((await shops.shop(actor.shop)).settings.sending),
    }),
    route({
      method: 'patch',
      path: '/api/sending/limits',
      summary: 'Changes what is given; the rest stays.',
      roles: ['marketer', 'developer'],
      body: z.record(z.string(), z.unknown()),
      response: SendingSettings,
      handle: async ({ actor, body }) => {
        const after = await shops.update(actor.shop, 'sending', (before) => {
          const changed = SendingSettings.strict().safeParse({
            ...sendingSettings(before),
            ...body,
          })
          if (changed.success) return stored(changed.data)
          const [issue] = changed.error.issues
          const field = issue?.path.join('.') ?? ''
          throw new Refusal('invalid', `${issue?.message ?? 'not a limit'}`, field)
        })
        await shops.audit(actor, 'sending.changed', {
          object: `shop:${actor.shop}`,
          detail: { changed: Object.keys(body) },
        })
        return sendingSettings(after)
      },
    }),
  ]
}

function estimateRoute({ db, clock, shops }: Needs): Route {
  return route({
    method: 'get',
    path: '/api/sending/estimate',
    summary:
      'What so many messages of a form cost at most, and whether the month’s budget holds them; null while nobody has said the price.',
    roles: readers,
    query: z.object({
      form: z.enum(forms),
      recipients: z.coerce.number().int().min(0).max(100_000_000),
    }),
    response: z
      .object({
        unit: z.number(),
        total: z.number(),
        /** What is left of the budget before it; null without one. */
        left: z.number().nullable(),
        fits: z.boolean(),
      })
      .nullable(),
    handle: async ({ actor, query }) => {
      const shop = await shops.shop(actor.shop)
      const cost = estimateCost(shop.settings, query)
      if (!cost) return null
      const budget = await budgetOf(db, { shop, now: clock.now() })
      const left = budget && Math.max(0, budget.limit - budget.spent) / tenThousand
      return { ...cost, left, fits: left === null || cost.total <= left }
    },
  })
}

/** As JSON: what is not said is not there. */
function stored(settings: SendingSettings): JsonObject {
  return JSON.parse(JSON.stringify(settings)) as JsonObject
}

function spendingRoute({ db, clock, shops }: Needs): Route {
  return route({
    method: 'get',
    path: '/api/sending/spending',
    summary:
      "What this month's messages cost by form, the budget, what waits on resting channels, and how long each may send today.",
    roles: readers,
    response: Spending,
    handle: async ({ actor }) => {
      const shop = await shops.shop(actor.shop)
      const now = clock.now()
      const month = monthIn(now, shop.timeZone)
      const rows = await readSpending(db, shop.id, month)
      const spent = rows.reduce((sum, row) => sum + row.cost, 0)
      const limit = budgetLimit(shop.settings)
      const { nightMarginMinutes: marginMinutes } = sendingSettings(shop.settings.sending)
      return {
        month,
        spent: spent / tenThousand,
        budget: limit === null ? null : limit / tenThousand,
        warning: budgetWarning(limit === null ? null : { limit, spent }),
        items: rows.map((row) => ({ ...row, cost: row.cost / tenThousand })),
        resting: [...(await readResting(db, shop.id))],
        hours: carriedChannels.map((channel) => ({
          channel,
          leftTodayMs: leftToday(now, { channel, purpose: 'advertising', marginMinutes }),
        })),
      }
    },
  })
}
