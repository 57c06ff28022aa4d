import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import { described } from '../describe.ts'
import type { Ready } from './ready.service.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Offered = z.object({
  id: z.string(),
  group: z.enum(['journey', 'usual']),
  name: Said,
  purpose: Said,
  /** The definition read aloud. */
  sentence: Said,
  needs: Said.nullable().describe('What has to arrive before anybody can be in it.'),
  left: Said.nullable().describe('What is left to the campaign that uses it.'),
  figure: Said.nullable().describe('Where its numbers come from.'),
  definition: z.looseObject({ format: z.literal(1) }),
  made: z.number().nullable().describe('The segment made of it.'),
  count: z.number().nullable(),
})

/** The gallery of ready segments; making one is an ordinary POST of its definition with `ready: id`. */
export function readyRoutes(ready: Ready): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/ready',
      summary: 'Ready definitions with the shop’s own numbers, and which of them are made already.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({ count: z.enum(['true', 'false']).default('false') }),
      response: z.object({ items: z.array(Offered) }),
      handle: async ({ actor, query }) => {
        const items = await ready.list(actor.shop, { counted: query.count === 'true' })
        return {
          items: items.map((one) => ({
            ...one,
            definition: { ...one.definition },
            sentence: described(one.definition),
          })),
        }
      },
    }),
  ]
}
