import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { nameFor, readers } from '../../messages/listing.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../../web/page.ts'
import { type Actor, type Route, route } from '../../web/route.ts'
import { Flow } from '../campaign.ts'
import { BacktestAsked, BacktestResult, backtestStates, SampleNames } from './backtest.ts'
import type { Backtests } from './backtests.service.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const Row = z.object({
  id: z.number(),
  campaign: z.number().nullable(),
  from: z.number(),
  to: z.number(),
  state: z.enum(backtestStates),
  /** People gone through, and in all; 0 before that is known. */
  done: z.number(),
  people: z.number(),
  /** Why it came to no end. */
  problem: z.object({ code: z.string(), ko: z.string(), en: z.string() }).nullable(),
  /** A person's name, or `key:3` or `system`. */
  by: z.string(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
})
const Listed = Row.extend({
  /** People who entered, and messages; null while it is not done. */
  entered: z.number().nullable(),
  sent: z.number().nullable(),
  /** Two flows lived through it; the numbers are those of the first. */
  compares: z.boolean(),
})
const Whole = Row.extend({
  flow: Flow,
  against: Flow.nullable(),
  result: BacktestResult.nullable(),
  names: SampleNames,
})

/** Campaigns tried on the past. Nothing is sent, and nobody's data changes. */
export function backtestRoutes(backtests: Backtests): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/backtests',
      summary:
        'Tries a campaign, or a flow nobody has saved, on a past period: whom it would have reached, when, and what each guard would have held. Sends nothing.',
      roles: ['marketer', 'developer'],
      body: BacktestAsked,
      response: z.object({ id: z.number() }),
      handle: ({ actor, body }) => backtests.ask(actor, body),
    }),
    route({
      method: 'get',
      path: '/api/backtests',
      summary: 'Backtests of the last 30 days, newest first.',
      roles: readers,
      query: PageQuery.extend({ campaign: z.coerce.number().int().positive().optional() }),
      response: pageOf(Listed),
      handle: async ({ actor, query }) => {
        const { campaign, limit } = query
        const before = beforeOf(query.after)
        const items = await backtests.list(actor.shop, { campaign, limit, before })
        const last = items.length === limit ? items.at(-1) : undefined
        return { items: [...items], next: last ? encodeCursor([last.id]) : null }
      },
    }),
    route({
      method: 'get',
      path: '/api/backtests/{id}',
      summary: 'One backtest: how far it is, and what it found.',
      roles: readers,
      params: Id,
      response: Whole,
      handle: async ({ actor, params }) =>
        masked(actor, await backtests.get(actor.shop, params.id)),
    }),
    route({
      method: 'post',
      path: '/api/backtests/{id}/cancel',
      summary: 'Calls a backtest off; it stops within a second.',
      roles: ['marketer', 'developer'],
      params: Id,
      response: Whole,
      handle: async ({ actor, params }) =>
        masked(actor, await backtests.cancel(actor.shop, params.id)),
    }),
  ]
}

/** Who need not see names sees their first letters. */
function masked(actor: Actor, one: Awaited<ReturnType<Backtests['get']>>) {
  const shown = nameFor(actor)
  const names = one.names.map(({ customer, name }) => ({ customer, name: shown(name) }))
  return { ...one, names }
}

function beforeOf(after: string | undefined): number | undefined {
  if (after === undefined) return undefined
  const [id] = decodeCursor(after) ?? []
  if (typeof id !== 'number')
    throw new Refusal('invalid', 'This is not a page of this list.', 'after')
  return id
}
