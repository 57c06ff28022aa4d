import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { nameFor, readers } from '../messages/listing.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import type { Why } from './why.service.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Id = z.object({ id: z.coerce.number().int().positive() })
const keptReasons = [
  'filtered',
  'too_late',
  'already_in',
  'reentry',
  'not_in_audience',
  'internal',
] as const

const Considering = z.object({
  campaign: z.number(),
  name: z.string(),
  state: z.string(),
  /** When it last had anything to do with the person, UTC ms. */
  at: z.number(),
  entries: z
    .array(
      z.object({
        enrolment: z.number(),
        enteredAt: z.number(),
        state: z.enum(['active', 'done', 'exited']),
        due: z.number().nullable(),
        line: Said,
      }),
    )
    .readonly(),
  decisions: z
    .array(
      z.object({
        id: z.number(),
        enrolment: z.number().nullable(),
        at: z.number(),
        channel: z.string(),
        outcome: z.string(),
        reason: z.string(),
        until: z.number().nullable(),
        message: z.number().nullable(),
        line: Said,
      }),
    )
    .readonly(),
  notEntered: z
    .array(
      z.object({
        why: z.enum(keptReasons),
        firstAt: z.number(),
        lastAt: z.number(),
        times: z.number(),
        line: Said,
      }),
    )
    .readonly(),
})

/** Why a message went or did not go: for a person, and for a campaign's people who did not enter. */
export function whyRoutes(why: Why): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/customers/{id}/why',
      summary:
        'Every campaign that considered the customer, the last one first: where they stand and what was decided, in a sentence.',
      roles: readers,
      params: Id,
      query: PageQuery.extend({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
      response: pageOf(Considering),
      handle: async ({ actor, params, query }) => {
        const items = await why.ofCustomer(actor.shop, {
          customer: params.id,
          before: beforeOf(query.after),
          limit: query.limit,
        })
        const last = items.at(-1)
        return {
          items,
          next:
            items.length === query.limit && last ? encodeCursor([last.at, last.campaign]) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}/not-entered',
      summary: 'Who was considered for the campaign and never entered, by their newest reason.',
      roles: readers,
      params: Id,
      query: PageQuery.extend({ why: z.enum(keptReasons) }),
      response: pageOf(
        z.object({
          customer: z.number(),
          name: z.string().nullable(),
          lastAt: z.number(),
          times: z.number(),
          line: Said,
        }),
      ),
      handle: async ({ actor, params, query }) => {
        const name = nameFor(actor)
        const rows = await why.notEntered(actor.shop, {
          campaign: params.id,
          why: query.why,
          before: query.after === undefined ? undefined : cursor(query.after)[0],
          limit: query.limit,
        })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({ ...row, name: name(row.name) })),
          next: rows.length === query.limit && last ? encodeCursor([last.customer]) : null,
        }
      },
    }),
  ]
}

function beforeOf(after: string | undefined) {
  if (after === undefined) return undefined
  const [at, campaign] = cursor(after)
  if (at === undefined || campaign === undefined) throw notOurs()
  return { at, campaign }
}

function cursor(after: string): readonly number[] {
  const keys = (decodeCursor(after) ?? []).filter((key) => typeof key === 'number')
  if (keys.length === 0) throw notOurs()
  return keys
}

const notOurs = () => new Refusal('invalid', 'This page link is not one of ours.', 'after')
