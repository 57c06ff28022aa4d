import { z } from 'zod'
import type { MemberId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Vault } from '../vault/vault.service.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { roles, scopes } from './access.ts'
import type { Keys } from './keys.service.ts'
import type { Members } from './members.service.ts'
import { Sender, ShopChange } from './shop.ts'
import type { Shops } from './shops.service.ts'

type Needs = {
  readonly shops: Shops
  readonly keys: Keys
  readonly members: Members
  readonly vault: Pick<Vault, 'identitySecret'>
  readonly publicUrl: string
}

const ShopAnswer = z.object({
  id: z.number(),
  name: z.string(),
  url: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  language: z.string(),
  sender: Sender,
})
const KeyAnswer = z.object({
  id: z.number(),
  name: z.string(),
  scope: z.enum(scopes),
  shown: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
})
const MemberAnswer = z.object({
  id: z.number(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.number(),
  disabledAt: z.number().nullable(),
})
const Ok = z.object({ ok: z.boolean() })
const IdParams = z.object({ id: z.coerce.number().int().positive() })

/** Settings of the shop: itself, its keys, its people, the audit log. */
export function shopsRoutes(needs: Needs): readonly Route[] {
  return [...shopItself(needs), ...keyRoutes(needs), ...memberRoutes(needs), ...auditRoutes(needs)]
}

function shopItself({ shops }: Needs): readonly Route[] {
  // Nothing but what is declared: the sections of other rooms hold their sealed secrets.
  const answer = async (id: Parameters<Shops['shop']>[0]) => ShopAnswer.parse(await shops.shop(id))
  return [
    route({
      method: 'get',
      path: '/api/shop',
      summary: 'The shop: name, zone, currency and who it is in its messages.',
      roles: ['marketer', 'developer', 'viewer'],
      response: ShopAnswer,
      handle: ({ actor }) => answer(actor.shop),
    }),
    route({
      method: 'patch',
      path: '/api/shop',
      summary: 'Changes the shop.',
      roles: ['marketer', 'developer'],
      body: ShopChange,
      response: ShopAnswer,
      handle: async ({ actor, body }) => {
        await shops.change(actor.shop, body)
        await shops.audit(actor, 'shop.changed', {
          object: `shop:${actor.shop}`,
          detail: { fields: Object.keys(body) },
        })
        return answer(actor.shop)
      },
    }),
  ]
}

function keyRoutes({ keys, shops, vault }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/shop/identity-secret',
      summary:
        "The secret that the shop's server signs member ids with: hex(hmacSha256(secret, userId)). Looking is audited.",
      roles: ['developer'],
      response: z.object({ secret: z.string() }),
      handle: async ({ actor }) => {
        await shops.audit(actor, 'identity_secret.viewed', { object: `shop:${actor.shop}` })
        return { secret: vault.identitySecret(actor.shop) }
      },
    }),
    route({
      method: 'get',
      path: '/api/keys',
      summary: 'API keys of the shop. Secret keys are not shown again.',
      roles: ['developer'],
      response: z.object({ items: z.array(KeyAnswer) }),
      handle: async ({ actor }) => ({ items: [...(await keys.list(actor.shop))] }),
    }),
    route({
      method: 'post',
      path: '/api/keys',
      summary: 'Makes an API key; the answer is the only place where a secret key appears.',
      roles: ['developer'],
      body: z.object({ name: z.string().trim().min(1).max(100), scope: z.enum(scopes) }),
      response: z.object({ id: z.number(), key: z.string() }),
      handle: async ({ actor, body }) => {
        if (body.scope === 'admin' && actor.role !== 'owner')
          throw new Refusal(
            'forbidden',
            'Only an owner can make a key that may do everything.',
            'scope',
          )
        const made = await keys.create(actor.shop, body.name, body.scope)
        await shops.audit(actor, 'key.created', {
          object: `key:${made.id}`,
          detail: { scope: body.scope },
        })
        return made
      },
    }),
    route({
      method: 'delete',
      path: '/api/keys/{id}',
      summary: 'Revokes an API key; every server refuses it within five seconds.',
      roles: ['developer'],
      params: IdParams,
      response: Ok,
      handle: async ({ actor, params }) => {
        if (!(await keys.revoke(actor.shop, params.id)))
          throw new Refusal('not-found', 'There is no such key in use.')
        await shops.audit(actor, 'key.revoked', { object: `key:${params.id}` })
        return { ok: true }
      },
    }),
  ]
}

function memberRoutes({ members, shops, publicUrl }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/members',
      summary: 'People who can sign in to the shop.',
      roles: ['marketer', 'developer', 'viewer'],
      response: z.object({ items: z.array(MemberAnswer) }),
      handle: async ({ actor }) => ({
        items: (await members.list(actor.shop)).map((one) => ({ ...one })),
      }),
    }),
    route({
      method: 'post',
      path: '/api/members',
      summary:
        'Makes a one-time link that lets its bearer join with the role; valid for seven days.',
      roles: [],
      body: z.object({ role: z.enum(roles) }),
      response: z.object({ link: z.string() }),
      handle: async ({ actor, body }) => {
        const token = await members.invite(actor.shop, body.role)
        await shops.audit(actor, 'member.invited', {
          object: `shop:${actor.shop}`,
          detail: { role: body.role },
        })
        return { link: `${publicUrl}/welcome#${token}` }
      },
    }),
    route({
      method: 'patch',
      path: '/api/members/{id}',
      summary: "Changes a member's role, or lets them in or out.",
      roles: [],
      params: IdParams,
      body: z.object({ role: z.enum(roles), disabled: z.boolean() }).partial(),
      response: Ok,
      handle: async ({ actor, params, body }) => {
        await members.change(actor.shop, params.id as MemberId, body)
        await shops.audit(actor, 'member.changed', {
          object: `member:${params.id}`,
          detail: body as JsonObject,
        })
        return { ok: true }
      },
    }),
  ]
}

function auditRoutes({ shops }: Needs): readonly Route[] {
  const Entry = z.object({
    id: z.number(),
    at: z.number(),
    actor: z.string(),
    act: z.string(),
    object: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  return [
    route({
      method: 'get',
      path: '/api/audit',
      summary: 'Who looked at or changed what, newest first.',
      roles: ['developer'],
      query: PageQuery,
      response: pageOf(Entry),
      handle: async ({ actor, query }) => {
        const before =
          query.after === undefined ? undefined : Number(decodeCursor(query.after)?.[0])
        const items = await shops.auditLog(actor.shop, { before, limit: query.limit })
        const last = items.at(-1)
        const next = last && items.length === query.limit ? encodeCursor([last.id]) : null
        return { items: items.map((item) => ({ ...item, detail: { ...item.detail } })), next }
      },
    }),
  ]
}
