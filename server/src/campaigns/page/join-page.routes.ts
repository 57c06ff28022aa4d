import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { JoinPages } from './join-page.service.ts'
import { JoinPageSettings } from './join-page.ts'

const Answer = z.object({
  joined: z.string().nullable().describe('What the shop said; null: what is usual.'),
  usual: z.string().describe('What is usual with its platform; empty: no such page.'),
  holds: z.string().describe('What counts now: a path that holds it says that somebody joined.'),
})
const path = '/api/settings/join-page'

/** The page that a shop shows after joining. */
export function joinPageRoutes(joinPages: JoinPages): readonly Route[] {
  return [
    route({
      method: 'get',
      path,
      summary: 'What the path of the page holds that the shop shows after joining.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Answer,
      handle: ({ actor }) => joinPages.get(actor.shop),
    }),
    route({
      method: 'put',
      path,
      summary:
        'Says which page the shop shows after joining; null: the one usual with its platform.',
      roles: ['marketer', 'developer'],
      body: JoinPageSettings,
      response: Answer,
      handle: ({ actor, body }) => joinPages.set(actor, body),
    }),
  ]
}
