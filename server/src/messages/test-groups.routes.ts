import { z } from 'zod'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import type { TestGroups } from './test-groups.service.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const Name = z.string().trim().min(1).max(100)
const Made = z.object({ id: z.number() })
const Ok = z.object({ ok: z.boolean() })

/** Test groups: named people who receive drafts. Addresses are shown masked. */
export function testGroupRoutes(needs: {
  readonly groups: TestGroups
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  const { groups, shops } = needs
  return [
    route({
      method: 'get',
      path: '/api/test-groups',
      summary: 'Groups of named people who receive drafts.',
      roles: ['marketer', 'developer', 'viewer'],
      response: z.object({
        items: z.array(
          z.object({
            id: z.number(),
            name: z.string(),
            people: z.array(
              z.object({
                id: z.number(),
                name: z.string(),
                email: z.string().nullable(),
                phone: z.string().nullable(),
              }),
            ),
          }),
        ),
      }),
      handle: async ({ actor }) => {
        const items = await groups.list(actor.shop)
        return {
          items: items.map(({ people, ...group }) => ({
            ...group,
            people: people.map(({ id, name, emailShown, phoneShown }) => ({
              id,
              name,
              email: emailShown,
              phone: phoneShown,
            })),
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/test-groups',
      summary: 'Makes a test group.',
      roles: ['marketer'],
      body: z.object({ name: Name }),
      response: Made,
      handle: async ({ actor, body }) => {
        const id = await groups.create(actor.shop, body.name)
        await shops.audit(actor, 'test-group.created', { object: `test-group:${id}` })
        return { id }
      },
    }),
    ...changing(needs),
  ]
}

function changing({
  groups,
  shops,
}: {
  readonly groups: TestGroups
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'delete',
      path: '/api/test-groups/{id}',
      summary: 'Takes a test group away, with its people.',
      roles: ['marketer'],
      params: Id,
      response: Ok,
      handle: async ({ actor, params }) => {
        await groups.remove(actor.shop, params.id)
        await shops.audit(actor, 'test-group.removed', { object: `test-group:${params.id}` })
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/test-groups/{id}/people',
      summary: 'Adds somebody to a test group: an e-mail address, a mobile number or both.',
      roles: ['marketer'],
      params: Id,
      body: z.object({
        name: Name,
        email: z.string().trim().max(254).default(''),
        phone: z.string().trim().max(40).default(''),
      }),
      response: Made,
      handle: async ({ actor, params, body }) => {
        const id = await groups.addPerson(actor.shop, { group: params.id, ...body })
        await shops.audit(actor, 'test-group.person-added', {
          object: `test-group:${params.id}`,
          detail: { person: id },
        })
        return { id }
      },
    }),
    route({
      method: 'delete',
      path: '/api/test-groups/{id}/people/{person}',
      summary: 'Takes somebody out of a test group.',
      roles: ['marketer'],
      params: Id.extend({ person: z.coerce.number().int().positive() }),
      response: Ok,
      handle: async ({ actor, params }) => {
        await groups.removePerson(actor.shop, { group: params.id, id: params.person })
        await shops.audit(actor, 'test-group.person-removed', {
          object: `test-group:${params.id}`,
          detail: { person: params.person },
        })
        return { ok: true }
      },
    }),
  ]
}
