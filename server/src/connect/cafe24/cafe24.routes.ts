import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { Cafe24 } from './cafe24.service.ts'
import { cafe24Scopes, Mall } from './connect.ts'

const writers = ['developer'] as const
const Key = z.string().trim().min(4).max(200)

/** Connecting a Cafe24 mall. */
export function cafe24Routes(cafe24: Cafe24): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/connections/cafe24/app',
      summary:
        'What is written into the app at Cafe24: where it sends people back, and what it may do.',
      roles: writers,
      response: z.object({ redirectUri: z.string(), scopes: z.array(z.string()) }),
      handle: async () => ({ redirectUri: cafe24.redirectUri, scopes: [...cafe24Scopes] }),
    }),
    route({
      method: 'post',
      path: '/api/connections/cafe24',
      summary: 'Begins: answers where the shop says yes.',
      roles: writers,
      body: z.strictObject({
        mall: Mall,
        clientId: Key,
        clientSecret: Key,
        serviceKey: Key.optional(),
      }),
      response: z.object({ authorizeUrl: z.string() }),
      handle: async ({ actor, body }) => ({ authorizeUrl: await cafe24.begin(actor.shop, body) }),
    }),
    route({
      method: 'post',
      path: '/api/connections/cafe24/finish',
      summary: 'Ends it with what Cafe24 sent back; bringing begins.',
      roles: writers,
      body: z.strictObject({
        code: z.string().min(1).max(500),
        state: z.string().min(1).max(200),
      }),
      response: z.object({ id: z.number() }),
      handle: async ({ actor, body }) => ({ id: await cafe24.finish(actor, body) }),
    }),
  ]
}
