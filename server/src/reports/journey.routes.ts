import { z } from 'zod'
import { campaignStates } from '../campaigns/campaign.ts'
import { goalMetrics } from '../campaigns/goal-metric.ts'
import { maskName } from '../customers/mask-name.ts'
import { stages } from '../facts/stage.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import type { Journeys } from './journey.service.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

const Stage = z.enum(stages)
const Count = z.number().int()
const Result = z.object({
  verdict: z.enum(['helps', 'harms', 'open', 'too_little']),
  metric: z.enum(goalMetrics).describe('What the campaign is judged by.'),
  margin: z.number().nullable().describe('What profit is told from; null: the shop has not said.'),
  people: z.object({ treatment: Count, holdout: Count }),
  lift: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
  needed: Count.nullable().describe('People still needed to be certain; null where unknown.'),
  isMismatched: z.boolean().describe('The groups are not as large as set: nothing is claimed.'),
  madeAt: z
    .number()
    .nullable()
    .describe('When it was counted, UTC ms; null: it is being counted for the first time.'),
})
const Column = z.object({
  stage: Stage,
  people: Count,
  medianMs: z.number().nullable().describe('Median of how long they have been there.'),
  entered: Count.describe('Times somebody came in during the last seven days.'),
  left: Count.describe('Times somebody went on; entered - left is the change of the size.'),
  days: z.array(Count).describe('Those who came in, day by day, the oldest first.'),
  campaign: z
    .object({
      id: Count,
      name: z.string(),
      state: z.enum(campaignStates),
      others: Count.describe('Further campaigns that serve this stage.'),
      result: Result.nullable().describe('Null for a draft.'),
    })
    .nullable(),
  chosen: Count.describe('Campaigns for chosen goods alone; they serve some of the stage.'),
  playbook: z.object({
    id: z.string(),
  }),
})
const Flow = z.object({
  from: Stage.nullable().describe('Null: newcomers.'),
  to: Stage,
  moves: Count,
})

/** The five stages of the shop's people. */
export function journeyRoutes(journeys: Journeys): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/journey',
      summary:
        'The five stages: who is there, who moved in seven days, and the campaign that serves each.',
      roles: readers,
      response: z.object({ at: z.number(), columns: z.array(Column), flows: z.array(Flow) }),
      handle: async ({ actor }) => {
        const { at, columns, flows } = await journeys.journey(actor.shop)
        return { at, columns: columns.map(shown), flows: flows.map((flow) => ({ ...flow })) }
      },
    }),
    route({
      method: 'get',
      path: '/api/journey/{stage}/people',
      summary: 'People of a stage, those who came last first.',
      roles: readers,
      params: z.object({ stage: Stage }),
      query: PageQuery,
      response: pageOf(
        z.object({
          id: z.number(),
          name: z.string().nullable().describe('Masked for viewers and developers.'),
          member: z.boolean(),
          since: z.number().nullable(),
        }),
      ),
      handle: async ({ actor, params, query }) => {
        const rows = await journeys.people(actor.shop, {
          stage: params.stage,
          after: query.after === undefined ? undefined : cursor(query.after),
          limit: query.limit,
        })
        const knowsNames = actor.role === 'owner' || actor.role === 'marketer'
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...row, name: knowsNames ? row.name : maskName(row.name) })),
          next:
            rows.length === query.limit && last ? encodeCursor([last.since ?? 0, last.id]) : null,
        }
      },
    }),
  ]
}

type Shown = Awaited<ReturnType<Journeys['journey']>>['columns'][number]

function shown(column: Shown): z.infer<typeof Column> {
  const { campaign, days, ...rest } = column
  return {
    ...rest,
    days: [...days],
    campaign: campaign && { ...campaign, result: resultOf(campaign) },
  }
}

function resultOf({ result }: NonNullable<Shown['campaign']>): z.infer<typeof Result> | null {
  if (!result) return null
  const { difference, ...rest } = result
  const lift = difference && {
    estimate: difference.value,
    low: difference.low,
    high: difference.high,
  }
  return { ...rest, lift }
}

function cursor(text: string): readonly [number, number] {
  const [since, customer] = decodeCursor(text) ?? []
  if (typeof since !== 'number' || typeof customer !== 'number')
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return [since, customer]
}
