import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import { campaignStates } from './campaign.ts'
import type { PlaybookCards } from './playbooks/cards.service.ts'
import type { PictureStep } from './playbooks/picture.ts'
import { families, questions } from './playbooks/playbook.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Picture: z.ZodType<PictureStep> = z.lazy(() =>
  z.object({
    kind: z.enum(pictureKinds),
    text: z.string(),
    lanes: z.array(z.object({ name: z.string(), steps: z.array(Picture) })),
  }),
)
const Card = z.object({
  id: z.string(),
  family: z.enum(families),
  name: Said,
  about: Said,
  enters: Said,
  asks: z.array(z.enum(questions)).describe('What is asked before the draft is made.'),
  picture: z
    .object({ ko: z.array(Picture), en: z.array(Picture) })
    .describe('The flow drawn small, as this shop would begin it.'),
  wouldEnterToday: z
    .number()
    .nullable()
    .describe('People it would have taken in within a day up to now; null: not counted.'),
  campaign: z
    .object({ id: z.number(), name: z.string(), state: z.enum(campaignStates) })
    .nullable()
    .describe('The campaign this shop made of it for everybody it is for.'),
  chosen: z
    .number()
    .describe('How many more it made for chosen goods alone, such as buyers of one product.'),
})
const Season = z.object({
  key: z.string(),
  name: Said,
  days: z.object({ from: z.string(), to: z.string() }),
  first: z.string().describe('The first day on which anything would be said.'),
})

/** The gallery of ready-made campaigns. */
export function playbookRoutes(cards: PlaybookCards): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/playbooks',
      summary: 'Ready-made campaigns, and how many people each would have taken in today.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({ count: z.enum(['true', 'false']).default('true') }),
      response: z.object({ items: z.array(Card), seasons: z.array(Season) }),
      handle: async ({ actor, query }) => {
        const { items, seasons } = await cards.list(actor.shop, { counted: query.count === 'true' })
        return {
          seasons: seasons.map((one) => ({ ...one })),
          items: items.map((one) => ({
            ...one,
            asks: [...one.asks],
            picture: { ko: [...one.picture.ko], en: [...one.picture.en] },
          })),
        }
      },
    }),
  ]
}

const pictureKinds = [
  'trigger',
  'wait',
  'wait_until',
  'wait_for',
  'branch',
  'split',
  'message',
  'coupon',
  'set_trait',
  'list',
  'webhook',
  'goto',
  'exit',
  'goal',
] as const satisfies readonly PictureStep['kind'][]
