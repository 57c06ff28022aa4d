import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Route, route } from '../web/route.ts'
import { gallery } from './playbooks/gallery.ts'
import { peopleSinceYesterday } from './playbooks.store.ts'
import { eventOfTrigger } from './trigger.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Card = z.object({
  id: z.string(),
  name: Said,
  about: Said,
  enters: Said,
  sketch: z.array(z.object({ kind: z.enum(['trigger', 'wait', 'message', 'goal']), text: Said })),
  wouldEnterToday: z.number().describe('People of the last 24 hours it would have taken in.'),
})

/** The gallery of ready-made campaigns. */
export function playbookRoutes(needs: {
  readonly warehouse: Warehouse
  readonly clock: Clock
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/playbooks',
      summary: 'Ready-made campaigns, and how many people each would have taken in today.',
      roles: ['marketer', 'developer', 'viewer'],
      response: z.object({ items: z.array(Card) }),
      handle: async ({ actor }) => {
        const items = Object.values(gallery).map(async ({ flow, sketch, ...card }) => {
          const { trigger, exits, goal } = flow('ko')
          const wouldEnterToday = await peopleSinceYesterday(needs.warehouse, actor.shop, {
            event: eventOfTrigger(trigger),
            exits: [
              goal.event,
              ...exits.flatMap((exit) => (exit.kind === 'event' ? [exit.event] : [])),
            ],
            now: needs.clock.now(),
          })
          return { ...card, sketch: [...sketch], wouldEnterToday }
        })
        return { items: await Promise.all(items) }
      },
    }),
  ]
}
