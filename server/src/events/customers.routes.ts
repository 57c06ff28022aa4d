import { z } from 'zod'
import type { Consent } from '../consent/consent.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import { maskName } from '../customers/mask-name.ts'
import type { CustomerId } from '../lib/brand.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { Edits } from './edits.service.ts'
import { positionOf, ShownHappening } from './events.routes.ts'
import type { Feed } from './feed.service.ts'
import { countVisits } from './feed.store.ts'
import { visitGapMs } from './visits.ts'

export type CustomersRoutesNeeds = {
  readonly customers: Customers
  readonly consent: Pick<Consent, 'shown'>
  readonly warehouse: Warehouse
  readonly feed: Pick<Feed, 'list'>
  readonly edits: Edits
  readonly vault: { readonly open: (sealed: string) => string }
  readonly audit: (
    actor: Actor,
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<unknown>
}

const Listed = z.object({
  id: z.number(),
  member: z.boolean(),
  internal: z.boolean(),
  name: z.string().nullable(),
  createdAt: z.number(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
})
const Detail = Listed.extend({
  traits: z.record(z.string(), z.unknown()),
  identities: z.array(
    z.object({
      kind: z.enum(['anonymous', 'user', 'email', 'phone']),
      value: z.string().nullable(),
      verified: z.boolean(),
      shared: z.boolean(),
      since: z.number(),
    }),
  ),
  contacts: z.array(
    z.object({ channel: z.enum(['email', 'phone']), masked: z.string(), verified: z.boolean() }),
  ),
  consents: z.array(
    z.object({
      channel: z.string(),
      adDay: z.boolean(),
      adNight: z.boolean(),
      personalDataMarketing: z.boolean(),
      grantedAt: z.number().nullable(),
      refusedAt: z.number().nullable(),
      /** Why nothing is sent to the address, whatever was agreed to; null while it is open. */
      closed: z.enum(['opted_out', 'hard_bounce', 'complaint', 'admin']).nullable(),
    }),
  ),
  visits: z.object({ count: z.number(), here: z.boolean(), lastAt: z.number().nullable() }),
  devices: z.number(),
  merged: z.array(z.number()),
  /** Why they are staff or not: by hand, seen in the office, or null for what the shop's addresses say. */
  internalSaid: z.enum(['internal', 'customer', 'office']).nullable(),
})
const IdParams = z.object({ id: z.coerce.number().int().positive() })
const Ok = z.object({ ok: z.boolean() })

/** Customers: lists, one person, and what the team may change about them. */
export function customersRoutes(needs: CustomersRoutesNeeds): readonly Route[] {
  return [...reading(needs), ...sensitive(needs), ...changing(needs)]
}

function reading(needs: CustomersRoutesNeeds): readonly Route[] {
  const { customers, feed } = needs
  return [
    route({
      method: 'get',
      path: '/api/customers',
      summary:
        'Customers, last seen first; found by a part of the name, or a whole e-mail address, phone number or id.',
      roles: ['marketer', 'developer', 'viewer'],
      query: PageQuery.extend({ search: z.string().max(200).optional() }),
      response: pageOf(Listed),
      handle: async ({ actor, query }) => {
        const { search, limit } = query
        const items = await customers.list(actor.shop, {
          search,
          limit,
          after: afterOf(query.after),
        })
        const last = items.at(-1)
        return {
          items: items.map((one) => ({ ...one, name: nameFor(actor, one.name) })),
          next: items.length === limit && last ? encodeCursor([last.lastSeenAt, last.id]) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/customers/{id}',
      summary: 'One customer whole, addresses masked; the survivor when the id was merged away.',
      roles: ['marketer', 'developer', 'viewer'],
      params: IdParams,
      response: Detail,
      handle: ({ actor, params }) => detailOf(needs, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/api/customers/{id}/timeline',
      summary: 'What the customer did and what happened to them, newest first.',
      roles: ['marketer', 'developer', 'viewer'],
      params: IdParams,
      query: PageQuery.extend({ name: z.string().max(200).optional() }),
      response: pageOf(ShownHappening),
      handle: async ({ actor, params, query }) => {
        const { name, limit } = query
        const customer = (await known(needs, actor, params.id)).id
        const items = await feed.list(actor.shop, {
          name,
          customer,
          before: positionOf(query.after),
          limit,
        })
        const last = items.at(-1)
        return {
          items: [...items],
          next: items.length === limit && last ? encodeCursor([last.position]) : null,
        }
      },
    }),
  ]
}

function sensitive(needs: CustomersRoutesNeeds): readonly Route[] {
  const { customers, vault, audit } = needs
  return [
    route({
      method: 'get',
      path: '/api/customers/{id}/contacts',
      summary: 'The addresses in the clear. Each look is in the audit log.',
      roles: ['marketer'],
      params: IdParams,
      response: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
      handle: async ({ actor, params }) => {
        const { id } = await known(needs, actor, params.id)
        await audit(actor, 'customer.contacts-viewed', { object: `customer:${id}` })
        const address = async (channel: 'email' | 'phone') => {
          const contact = await customers.contactOf(actor.shop, id, channel)
          return contact ? vault.open(contact.sealed) : null
        }
        return { email: await address('email'), phone: await address('phone') }
      },
    }),
  ]
}

function changing(needs: CustomersRoutesNeeds): readonly Route[] {
  const { edits, audit } = needs
  return [
    route({
      method: 'patch',
      path: '/api/customers/{id}',
      summary: 'Sets traits; null removes one. Becomes a happening that the line applies.',
      roles: ['marketer'],
      params: IdParams,
      body: z.object({ traits: z.record(z.string().min(1).max(200), z.json()) }),
      bodyLimitBytes: 32_768,
      response: Ok,
      handle: async ({ actor, params, body }) => {
        const { id } = await known(needs, actor, params.id)
        await edits.traits(actor.shop, {
          customer: id,
          traits: traitsOf(body.traits),
          by: actor.name,
        })
        await audit(actor, 'customer.edited', {
          object: `customer:${id}`,
          detail: { traits: Object.keys(body.traits) },
        })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/customers/{id}/merge',
      summary: 'Two customers are one person: `other` becomes this one. It cannot be undone.',
      roles: ['marketer'],
      params: IdParams,
      body: z.object({ other: z.number().int().positive() }),
      response: Ok,
      handle: async ({ actor, params, body }) => {
        const { id } = await known(needs, actor, params.id)
        const other = await known(needs, actor, body.other)
        if (other.id === id)
          throw new Refusal('conflict', 'They are the same customer already.', 'other')
        await edits.merge(actor.shop, { customer: id, other: other.id, by: actor.name })
        await audit(actor, 'customer.merged', {
          object: `customer:${id}`,
          detail: { other: other.id },
        })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/customers/{id}/erase',
      summary: 'Erases who the customer is, from everything that is kept. It cannot be undone.',
      roles: ['marketer'],
      params: IdParams,
      response: Ok,
      handle: async ({ actor, params }) => {
        const { id } = await known(needs, actor, params.id)
        await edits.erase(actor.shop, { customer: id, by: actor.name })
        await audit(actor, 'customer.erased', { object: `customer:${id}` })
        return { ok: true }
      },
    }),
  ]
}

async function known({ customers }: CustomersRoutesNeeds, actor: Actor, id: number) {
  const found = await customers.get(actor.shop, id)
  if (!found || found.erasedAt !== null)
    throw new Refusal('not-found', `There is no customer ${id}.`)
  return found
}

async function detailOf(
  needs: CustomersRoutesNeeds,
  actor: Actor,
  id: number,
): Promise<z.infer<typeof Detail>> {
  const found = await known(needs, actor, id)
  const open = openVisit(found.sections)
  return {
    id: found.id,
    member: found.member,
    internal: found.internal,
    name: nameFor(actor, found.name),
    createdAt: found.createdAt,
    firstSeenAt: found.firstSeenAt,
    lastSeenAt: found.lastSeenAt,
    traits: traitsFor(actor, JSON.parse(found.traits) as JsonObject),
    identities: [...found.identities],
    contacts: found.contacts.map(({ channel, masked, verified }) => ({
      channel,
      masked,
      verified,
    })),
    consents: [...(await needs.consent.shown(actor.shop, found.id))],
    visits: {
      count: await countVisits(needs.warehouse, actor.shop, [found.id, ...found.merged]),
      here: open !== undefined,
      lastAt: open ?? found.lastSeenAt,
    },
    devices: found.identities.filter((one) => one.kind === 'anonymous').length,
    merged: [...found.merged],
    internalSaid: found.internalSaid,
  }
}

/** When the last event of the open visit was; undefined while there is none. */
function openVisit(sections: string | null): number | undefined {
  const parsed: unknown = sections === null ? undefined : JSON.parse(sections)
  const visit = isJsonObject(parsed) ? parsed.visits : undefined
  const lastAt = isJsonObject(visit) ? visit.lastAt : undefined
  return typeof lastAt === 'number' && lastAt + visitGapMs > 0 ? lastAt : undefined
}

/** Only those who write to customers need their whole names. */
function nameFor(actor: Actor, name: string | null): string | null {
  return actor.role === 'owner' || actor.role === 'marketer' ? name : maskName(name)
}

function traitsFor(actor: Actor, traits: JsonObject): JsonObject {
  const name = typeof traits.name === 'string' ? nameFor(actor, traits.name) : undefined
  return name === undefined ? traits : { ...traits, name }
}

function traitsOf(input: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value as Json]))
}

function afterOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [lastSeenAt, id] = decodeCursor(cursor) ?? []
  if (typeof lastSeenAt !== 'number' || typeof id !== 'number') {
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  }
  return { lastSeenAt, id: id as CustomerId }
}
