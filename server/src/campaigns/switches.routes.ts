import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import { asAnswer, Campaign } from './campaign-answer.ts'
import type { Campaigns } from './campaigns.service.ts'
import { movings } from './publish.service.ts'
import { stoppings } from './switches.service.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer'] as const

/** Publishing, starting, pausing and ending campaigns. */
export function switchRoutes(campaigns: Campaigns): readonly Route[] {
  const moves = (act: 'publish' | 'start', summary: string) =>
    route({
      method: 'post',
      path: `/api/campaigns/{id}/${act}`,
      summary: `${summary} People under way finish on their version (stay) or go on in the new one (move).`,
      roles: writers,
      params: Id,
      body: z.object({ moving: z.enum(movings).default('stay') }).optional(),
      response: Campaign,
      handle: async ({ actor, params, body }) =>
        asAnswer(await campaigns[act](actor, params.id, body?.moving)),
    })
  return [
    moves(
      'publish',
      'Checks and compiles the draft and makes it the version that people enter on.',
    ),
    moves('start', 'Publishes the draft where it is new and lets people in.'),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/pause',
      summary: 'Nobody enters and nothing leaves; people under way wait where they are.',
      roles: writers,
      params: Id,
      response: Campaign,
      handle: async ({ actor, params }) => asAnswer(await campaigns.pause(actor, params.id)),
    }),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/stop',
      summary:
        'Ends the campaign: nobody enters any more; those under way finish (drain), or it ends for them too (cancel).',
      roles: writers,
      params: Id,
      body: z.object({ how: z.enum(stoppings).default('cancel') }).optional(),
      response: Campaign,
      handle: async ({ actor, params, body }) =>
        asAnswer(await campaigns.stop(actor, params.id, body?.how)),
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}/under-way',
      summary: 'How many people are under way, by the version they are on.',
      roles: readers,
      params: Id,
      response: z.object({
        people: z.number(),
        versions: z.array(z.object({ version: z.number(), people: z.number() })),
      }),
      handle: async ({ actor, params }) => {
        const versions = await campaigns.underWay(actor.shop, params.id)
        const people = versions.reduce((sum, one) => sum + one.people, 0)
        return { people, versions: [...versions] }
      },
    }),
  ]
}
