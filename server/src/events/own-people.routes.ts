import { z } from 'zod'
import type { Customers } from '../customers/customers.service.ts'
import { maskName } from '../customers/mask-name.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import type { OwnPeople } from './own-people.service.ts'

type Needs = {
  readonly ownPeople: OwnPeople
  readonly customers: Pick<Customers, 'get'>
  readonly audit: Shops['audit']
}

const Office = z.object({ network: z.string(), name: z.string() })
const Ok = z.object({ ok: z.boolean() })
const Name = z.string().trim().min(1).max(100)
const Overview = z.object({
  addresses: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(['email', 'phone', 'domain']),
      shown: z.string(),
      name: z.string(),
      addedAt: z.number(),
    }),
  ),
  offices: z.array(Office),
  leaveOutBots: z.boolean(),
  people: z.object({
    count: z.number(),
    people: z.array(
      z.object({
        customer: z.number(),
        name: z.string().nullable(),
        /** internal: by hand; office: seen in the office; null: an address of staff. */
        said: z.enum(['internal', 'office']).nullable(),
        lastSeenAt: z.number(),
      }),
    ),
  }),
  /** What bots sent in the last 30 days, the most first. */
  bots: z.array(z.object({ bot: z.string(), happenings: z.number(), lastAt: z.number() })),
})

/** Staff, the office and bots: who is outside segments, campaigns and reports. */
export function ownPeopleRoutes(needs: Needs): readonly Route[] {
  return [...addressRoutes(needs), ...visitRoutes(needs), ...handRoutes(needs)]
}

function addressRoutes({ ownPeople, audit }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/own-people',
      summary: 'Addresses of staff, offices, who is marked as staff, and what bots sent.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Overview,
      handle: async ({ actor }) => {
        const { people, addresses, bots, offices, leaveOutBots } = await ownPeople.overview(
          actor.shop,
        )
        const whole = actor.role === 'owner' || actor.role === 'marketer'
        const shown = people.people.map((one) => ({
          ...one,
          name: whole ? one.name : maskName(one.name),
        }))
        return {
          addresses: [...addresses],
          offices,
          leaveOutBots,
          people: { count: people.count, people: shown },
          bots: [...bots],
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/own-people/addresses',
      summary:
        'Lists an e-mail address, a phone number or a domain of staff; customers who have it leave segments, campaigns and reports.',
      roles: ['marketer'],
      body: z.object({ text: z.string().trim().min(1).max(254), name: Name }),
      response: z.object({ people: z.number() }),
      handle: async ({ actor, body }) => {
        const { people, shown } = await ownPeople.addAddress(actor.shop, {
          ...body,
          by: actor.name,
        })
        const detail = { address: shown, people }
        await audit(actor, 'own-people.address-added', { object: `shop:${actor.shop}`, detail })
        return { people }
      },
    }),
    route({
      method: 'delete',
      path: '/api/own-people/addresses/{id}',
      summary: 'Takes an address of staff away; customers who have it come back.',
      roles: ['marketer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: Ok,
      handle: async ({ actor, params }) => {
        const address = await ownPeople.removeAddress(actor.shop, params.id, actor.name)
        const detail = { address }
        await audit(actor, 'own-people.address-removed', { object: `shop:${actor.shop}`, detail })
        return { ok: true }
      },
    }),
  ]
}

function visitRoutes({ ownPeople, audit }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/own-people/offices',
      summary: 'Names the internet address of an office: whoever visits from there is staff.',
      roles: ['marketer', 'developer'],
      body: z.object({ network: z.string().trim().min(1).max(50), name: Name }),
      response: Ok,
      handle: async ({ actor, body }) => {
        await ownPeople.addOffice(actor.shop, body)
        await audit(actor, 'own-people.office-added', {
          object: `shop:${actor.shop}`,
          detail: { network: body.network },
        })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/own-people/offices/remove',
      summary: 'Forgets an office; visitors who were marked because of it stay marked.',
      roles: ['marketer', 'developer'],
      body: z.object({ network: z.string().max(50) }),
      response: Ok,
      handle: async ({ actor, body }) => {
        await ownPeople.removeOffice(actor.shop, body.network)
        await audit(actor, 'own-people.office-removed', {
          object: `shop:${actor.shop}`,
          detail: { network: body.network },
        })
        return { ok: true }
      },
    }),
    route({
      method: 'put',
      path: '/api/own-people/bots',
      summary: 'Whether visits of bots are left out from now on.',
      roles: ['marketer', 'developer'],
      body: z.object({ leaveOut: z.boolean() }),
      response: Ok,
      handle: async ({ actor, body }) => {
        await ownPeople.leaveOutBots(actor.shop, body.leaveOut)
        await audit(actor, 'own-people.bots-switched', {
          object: `shop:${actor.shop}`,
          detail: { leaveOut: body.leaveOut },
        })
        return { ok: true }
      },
    }),
  ]
}

function handRoutes({ ownPeople, customers, audit }: Needs): readonly Route[] {
  return [
    route({
      method: 'put',
      path: '/api/customers/{id}/internal',
      summary:
        'Marks a customer as staff (internal), as a customer whatever the rules say (customer), or lets the rules decide again (auto).',
      roles: ['marketer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      body: z.object({ as: z.enum(['internal', 'customer', 'auto']) }),
      response: Ok,
      handle: async ({ actor, params, body }) => {
        const found = await customers.get(actor.shop, params.id)
        if (!found || found.erasedAt !== null)
          throw new Refusal('not-found', `There is no customer ${params.id}.`)
        await ownPeople.mark(actor.shop, { customer: found.id, word: body.as, by: actor.name })
        await audit(actor, 'customer.marked', {
          object: `customer:${found.id}`,
          detail: { as: body.as },
        })
        return { ok: true }
      },
    }),
  ]
}
