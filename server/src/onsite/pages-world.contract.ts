import { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { flows } from '../campaigns/flows.service.ts'
import { consent } from '../consent/consent.service.ts'
import { contactKey } from '../customers/contact.ts'
import { assignments } from '../experiments/assignments.service.ts'
import type { JsonObject } from '../lib/json.ts'
import { noticesRoom } from '../messages/notices/room.service.ts'
import { waitingMessages } from '../messages/onsite/waiting.service.ts'
import { registers } from '../segments/registers.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor } from '../web/route.ts'
import { couponsOnPage } from './coupon-words.service.ts'
import { formsSent } from './form-sent.service.ts'
import { liveCampaigns } from './live.service.ts'
import { meeting } from './meet.service.ts'
import { onsite } from './onsite.service.ts'
import { waitingShown } from './waiting-shown.service.ts'
import { OnsiteRequest } from './wire.ts'

const slide = {
  channel: 'onsite',
  form: 'slide',
  parts: [
    { kind: 'heading', id: 'p1', text: '{{ customer.name | nim }}, 첫 구매 추천' },
    {
      kind: 'cards',
      id: 'p2',
      from: {
        kind: 'written',
        cards: ['A', 'B', 'C'].map((title) => ({ title, url: `/p/${title}` })),
      },
    },
  ],
  order: 'random_person',
}

/** A shop whose pages ask: the line with campaigns in it, and what answers pages and forms, over real engines. */
export async function openPagesWorld() {
  const rooms: Campaigns[] = []
  const world = await openMessageWorld({
    rooms: (built) => {
      const room = campaigns(built)
      rooms.push(room)
      return [
        room.room({ inTurn: () => ({ isMember: () => false }) }),
        noticesRoom({
          consent: consent({ db: built.db }),
          messages: built.messages,
          shops: built.shops,
        }),
      ]
    },
  })
  const [room] = rooms
  if (!room) throw new Error('the line has no room of campaigns')
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  const { clock } = world
  const left = () => waitingMessages({ ...world, recheck: room.recheck })
  let made = 0
  return {
    ...world,
    room,
    actor,
    left,
    ...answering(world, left()),
    /** Starts a campaign with the slide, or with what is given instead; answers its id. */
    goLive: async (trigger: JsonObject, more: JsonObject = {}): Promise<number> => {
      const flow = Flow.parse({
        trigger: { kind: 'page', ...trigger },
        steps: [{ kind: 'message', id: 1, content: slide }],
        goal: { event: 'Order Completed', windowHours: 168 },
        holdoutShare: 0,
        ...more,
      })
      const { id } = await room.create(actor, { playbook: 'cart_abandonment' })
      await room.change(actor, id, { draft: flow })
      await room.start(actor, id)
      clock.advance(2_000)
      return id
    },
    stop: async (id: number) => {
      await room.stop(actor, id)
      clock.advance(2_000)
    },
    /** The question of a page that was just opened. */
    asked: (device: string, more: JsonObject = {}) =>
      OnsiteRequest.parse({
        writeKey: 'k',
        anonymousId: device,
        view: `abcdef0${++made}`.padEnd(16, '0'),
        page: { url: 'https://shop.example/' },
        visit: { startedAt: 1_000, views: 1, popups: 0, returning: false },
        ...more,
      }),
    /** An event that the page tells along. */
    told: (name: string, properties: JsonObject = {}) => ({
      id: `e${++made}`,
      name,
      properties,
      at: clock.now(),
    }),
  }
}
export type PagesWorld = Awaited<ReturnType<typeof openPagesWorld>>

/** What answers pages and forms. */
function answering(world: MessageWorld, waiting: ReturnType<typeof waitingMessages>) {
  const { db, clock, shops, vault, coupons, recommended, accept, messages } = world
  return {
    pages: onsite({
      clock,
      shops,
      live: liveCampaigns({
        db,
        clock,
        flows: flows(),
        assignments: assignments(),
        registers: registers(),
        contents: messages,
      }),
      meet: meeting({ db, clock, vouches: vault.vouchesFor }),
      coupons: couponsOnPage({ db, clock, coupons }),
      tables: recommended.tables,
      accept,
      signer: vault,
      fromFlows: waitingShown({ db, waiting: waiting, contents: messages, signer: vault }),
    }),
    form: formsSent({
      db,
      clock,
      flows: flows(),
      wordings: world.wordings,
      accept,
      signer: vault,
      protect: (kind, address) => contactKey(vault, kind, address),
    }),
  }
}
