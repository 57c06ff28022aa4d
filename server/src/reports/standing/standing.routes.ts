import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { StandingFiles } from './standing.service.ts'
import { Every, Place, StandingDraft, What } from './standing.ts'

// Files hold addresses in the clear: only those who write to customers may see them.
const roles = ['marketer'] as const

const Run = z.object({
  id: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  begunAt: z.number(),
  endedAt: z.number().nullable(),
  rows: z.number(),
  problem: z.string().nullable().describe('Why it failed: a code, after a colon what was said.'),
  mail: z
    .object({ untold: z.array(z.string()), problem: z.string(), againAt: z.number().nullable() })
    .nullable()
    .describe('Who could not be told that it is ready, why, and when that is tried again.'),
  /** Where it can be fetched without signing in, for seven days. */
  url: z.string().nullable(),
})
const StandingFile = z.object({
  id: z.number(),
  name: z.string(),
  what: What,
  place: Place,
  hasKey: z.boolean(),
  emails: z.array(z.string()),
  every: Every,
  isOn: z.boolean(),
  nextAt: z.number(),
  isAgain: z.boolean().describe('The next one is another try of one that failed.'),
  runs: z.array(Run),
})
const Params = z.object({ id: z.coerce.number().int().positive() })
const Ok = z.object({ ok: z.boolean() })

/** Segments and events that leave as files by themselves. */
export function standingRoutes(files: StandingFiles): readonly Route[] {
  return [...keeping(files), ...running(files)]
}

function keeping(files: StandingFiles): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/standing-files',
      summary: 'Files that are written again and again, with what came of the last ones.',
      roles,
      response: z.object({ items: z.array(StandingFile) }),
      handle: async ({ actor }) => ({
        items: (await files.list(actor.shop)).map((one) => ({
          ...one,
          emails: [...one.emails],
        })),
      }),
    }),
    route({
      method: 'post',
      path: '/api/standing-files',
      summary:
        'Write members of a segment, or events since the last file, each hour, day or week: kept here for seven days, posted to a server, or into a Google sheet.',
      roles,
      body: StandingDraft,
      response: z.object({ id: z.number() }),
      handle: async ({ actor, body }) => ({ id: await files.create(actor, body) }),
    }),
    route({
      method: 'delete',
      path: '/api/standing-files/{id}',
      summary: 'End a standing file; what was written of it is forgotten, and its key.',
      roles,
      params: Params,
      response: Ok,
      handle: async ({ actor, params }) => {
        await files.remove(actor, params.id)
        return { ok: true }
      },
    }),
  ]
}

function running(files: StandingFiles): readonly Route[] {
  return [
    route({
      method: 'put',
      path: '/api/standing-files/{id}',
      summary: 'Switch the times of a standing file on or off.',
      roles,
      params: Params,
      body: z.strictObject({ isOn: z.boolean() }),
      response: Ok,
      handle: async ({ actor, params, body }) => {
        await files.put(actor, params.id, body.isOn)
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/standing-files/{id}/run',
      summary: 'Write a standing file now.',
      roles,
      params: Params,
      response: Ok,
      handle: async ({ actor, params }) => {
        await files.run(actor, params.id)
        return { ok: true }
      },
    }),
    route({
      method: 'get',
      path: '/api/standing-files/fetch/{link}',
      summary: 'The file behind a signed link, as CSV, while it is kept.',
      roles: 'anyone',
      params: z.object({ link: z.string().max(200) }),
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ params }) => {
        const { name, body } = await files.fetch(params.link)
        const file = encodeURIComponent(`${name}.csv`).replaceAll("'", '%27')
        return new Response(body, {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="danggol.csv"; filename*=UTF-8''${file}`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        })
      },
    }),
  ]
}
