import { z } from 'zod'
import { keptOf, keptQuery } from '../../jobs/kept-result.ts'
import { Refusal } from '../../lib/refusal.ts'
import { boundedBytes } from '../../web/bounded-body.ts'
import { InFile } from '../../web/csv-heads.ts'
import { type Route, route } from '../../web/route.ts'
import { Split, SplitInput } from './split.ts'
import { SplitEffect, type Splits } from './splits.service.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const params = z.object({ id: z.coerce.number().int().positive() })
/** A file of people, as those for lists. */
const fileBytes = 16 * 1024 * 1024

const Plan = z.object({
  people: z.number().describe('People who would be drawn now.'),
  leftOut: z
    .number()
    .describe('About so many get no advertising at all and would be on neither list.'),
  base: z.number().nullable().describe('What each of them did in as many days before.'),
  lift: z.number().describe('The relative effect that is to become clear.'),
  shares: z.array(
    z.object({ share: z.number(), people: z.number(), smallest: z.number().nullable() }),
  ),
})

/** Segments split at random for other tools. */
export function splitRoutes({ splits }: { readonly splits: Splits }): readonly Route[] {
  return [...making(splits), ...using(splits)]
}

function making(splits: Splits): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/splits',
      summary: 'Segments that were split at random for another tool, the newest first.',
      roles: readers,
      response: z.object({ items: z.array(Split) }),
      handle: async ({ actor }) => ({ items: [...(await splits.list(actor.shop))] }),
    }),
    route({
      method: 'get',
      path: '/api/splits/plan',
      summary:
        'What a split could show: how many would be drawn, and by share held out the people needed and the smallest effect they can show.',
      roles: readers,
      query: z.object({
        segment: z.coerce.number().int().positive(),
        reach: SplitInput.shape.reach,
        metric: SplitInput.shape.metric,
        window_days: z.coerce.number().int().min(1).max(90).default(14),
      }),
      response: Plan,
      handle: async ({ actor, query: { window_days: windowDays, ...asked } }) => {
        const plan = await splits.plan(actor.shop, { ...asked, windowDays })
        return { ...plan, shares: [...plan.shares] }
      },
    }),
    route({
      method: 'post',
      path: '/api/splits',
      summary:
        'Splits a segment at random into whom another tool is to send to and whom not. Who is a member when the draw begins is drawn, beside the requests: ask for the split to see how far it is.',
      roles: ['marketer'],
      body: SplitInput,
      response: Split,
      handle: ({ actor, body }) => splits.create(actor, body),
    }),
    route({
      method: 'get',
      path: '/api/splits/{id}',
      summary: 'A split, how far its draw is, and what its exposure file says.',
      roles: readers,
      params,
      response: Split,
      handle: ({ actor, params: { id } }) => splits.get(actor.shop, id),
    }),
  ]
}

/** The lists as their files are called. */
const listNames = {
  ko: { treatment: '보낼 사람', holdout: '대조군' },
  en: { treatment: 'to send to', holdout: 'held out' },
} as const

function using(splits: Splits): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/splits/{id}/people.csv',
      summary:
        'One of the two lists as CSV (id, member_id, name, email, phone), streamed. Masked but for owners and marketers; in the audit log.',
      roles: readers,
      params,
      query: InFile.extend({ arm: z.enum(['treatment', 'holdout']) }),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, params: { id }, query: { arm, language } }) => {
        const { name, body } = await splits.file(actor, { id, arm, language })
        const file = encodeURIComponent(`${name}-${listNames[language][arm]}.csv`).replaceAll(
          "'",
          '%27',
        )
        return new Response(body, {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="split-${id}-${arm}.csv"; filename*=UTF-8''${file}`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        })
      },
    }),
    route({
      method: 'post',
      path: '/api/splits/{id}/exposure',
      summary:
        'Takes a CSV file (sent as the body) of who really got it: customer ids, member ids, e-mails or phones; 16 MiB and 100,000 lines at most. It describes and never changes who is compared; a later file takes its place.',
      roles: ['marketer'],
      params,
      query: z.object({ name: z.string().max(200).default('file.csv') }),
      media: { request: 'text/csv' },
      response: Split,
      handle: async ({ actor, params: { id }, query: { name }, request }) => {
        const bytes = await boundedBytes(request, fileBytes)
        if (!bytes) throw new Refusal('too-large', 'A file may have 16 MiB at most.', 'file')
        return splits.expose(actor, { id, name, bytes: Buffer.from(bytes) })
      },
    }),
    route({
      method: 'get',
      path: '/api/splits/{id}/effect',
      summary:
        'What sending caused, judged by the draw: everyone in the group they were drawn into, from the instant of the draw, whoever really got it.',
      roles: readers,
      params,
      query: z.object(keptQuery),
      response: keptOf(SplitEffect),
      handle: ({ actor, params: { id }, query }) =>
        splits.effect(actor.shop, id, query.fresh !== undefined),
    }),
  ]
}
