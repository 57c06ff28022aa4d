import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import { type Route, route } from '../../web/route.ts'
import type { EnterByApi, Named } from './enter.service.ts'
import { RunSettings, runReasons, runSettings, runStates } from './run.ts'
import type { Runs, ShownRun, Word } from './runs.service.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const RunId = Id.extend({ run: z.coerce.number().int().positive() })
const Run = z.object({
  id: z.number(),
  dueAt: z.number(),
  state: z.enum(runStates),
  reason: z.enum(runReasons).nullable(),
  /** Null until counted, and where it is not known beforehand. */
  audience: z.number().nullable(),
  /** 0 to 1: how much of the audience is called first. */
  share: z.number(),
  called: z.number(),
  begunAt: z.number().nullable(),
  waitUntil: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Of the newest run only. */
  counts: z
    .object({
      sent: z.number(),
      failed: z.number(),
      optOuts: z.number(),
      queued: z.number(),
    })
    .nullable(),
})

/** One of the ways to name a person. */
const Person = z
  .strictObject({
    id: z.int().positive(),
    userId: z.string().trim().min(1).max(300),
    email: z.string().trim().min(3).max(254),
    phone: z.string().trim().min(5).max(40),
  })
  .partial()
  .refine((one) => Object.keys(one).length === 1, 'one of id, userId, email and phone')

const readers = ['marketer', 'developer', 'viewer'] as const

/** Runs of scheduled campaigns: how far they are, going on, giving up; and entering by API. */
export function runRoutes(needs: {
  readonly runs: Runs
  readonly enter: EnterByApi
  readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
}): readonly Route[] {
  return [...readingRoutes(needs.runs), enterRoute(needs.enter), ...settingRoutes(needs.shops)]
}

function readingRoutes(runs: Runs): readonly Route[] {
  const decide = (act: Word, summary: string) =>
    route({
      method: 'post',
      path: `/api/campaigns/{id}/runs/{run}/${act}`,
      summary,
      roles: ['marketer'],
      params: RunId,
      response: Run,
      handle: async ({ actor, params }) =>
        shownRun(await runs.decide(actor, { campaign: params.id, id: params.run }, act)),
    })
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/runs',
      summary:
        'When a scheduled campaign called its audience, newest first, and when it does next.',
      roles: readers,
      params: Id,
      response: z.object({ next: z.number().nullable(), items: z.array(Run) }),
      handle: async ({ actor, params }) => {
        const { next, items } = await runs.list(actor.shop, params.id)
        return { next, items: items.map(shownRun) }
      },
    }),
    decide('continue', 'Lets a run go on to everybody after its first share.'),
    decide('cancel', 'Gives a run up: nobody more is called.'),
  ]
}

function enterRoute(enter: EnterByApi): Route {
  return route({
    method: 'post',
    path: '/api/campaigns/{id}/enrolments',
    summary:
      'Calls people into a live campaign whose trigger is the API. The same Idempotency-Key calls them once.',
    roles: ['marketer', 'developer'],
    params: Id,
    body: z.object({
      customers: z.array(Person).min(1).max(100),
      data: z
        .custom<JsonObject>(isJsonObject, 'an object')
        .default({})
        .describe('Kept with the enrolment, for branches and texts.'),
    }),
    response: z.object({
      items: z.array(
        z.object({
          outcome: z.enum(['called', 'unknown', 'several']),
          customer: z.number().nullable(),
        }),
      ),
    }),
    handle: async ({ actor, params, body, request }) => {
      const called = await enter(actor.shop, {
        campaign: params.id,
        people: body.customers.map(named),
        data: body.data,
        key: request.headers.get('idempotency-key') ?? undefined,
      })
      const items = called.map((one) => ({
        outcome: one.outcome,
        customer: one.outcome === 'called' ? one.customer : null,
      }))
      return { items }
    },
  })
}

function named({ id, userId, email, phone }: z.infer<typeof Person>): Named {
  if (id !== undefined) return { kind: 'customer', value: String(id) }
  if (userId !== undefined) return { kind: 'user', value: userId }
  return email === undefined
    ? { kind: 'phone', value: phone ?? '' }
    : { kind: 'email', value: email }
}

function settingRoutes(shops: Pick<Shops, 'shop' | 'update' | 'audit'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sending/runs',
      summary: 'How bulk sends are begun: the share that is called first, and when a run asks.',
      roles: readers,
      response: RunSettings,
      handle: async ({ actor }) => runSettings((await shops.shop(actor.shop)).settings.runs),
    }),
    route({
      method: 'patch',
      path: '/api/sending/runs',
      summary: 'Changes what is given; the rest stays.',
      roles: ['marketer', 'developer'],
      body: z.record(z.string(), z.unknown()),
      response: RunSettings,
      handle: async ({ actor, body }) => {
        const after = await shops.update(actor.shop, 'runs', (before) => {
          const changed = RunSettings.safeParse({ ...runSettings(before), ...body })
          if (changed.success) return changed.data
          const [issue] = changed.error.issues
          throw new Refusal('invalid', issue?.message ?? 'not a setting', issue?.path.join('.'))
        })
        const detail = { changed: Object.keys(body) }
        await shops.audit(actor, 'runs.changed', { object: `shop:${actor.shop}`, detail })
        return after
      },
    }),
  ]
}

function shownRun(run: ShownRun): z.infer<typeof Run> {
  const { id, dueAt, state, reason, audience, share, called } = run
  const { begunAt, waitUntil, endedAt, counts } = run
  return {
    ...{ id, dueAt, state, reason, audience, share, called },
    ...{ begunAt, waitUntil, endedAt, counts },
  }
}
