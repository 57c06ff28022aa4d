import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { sessionHeader, sessionOf } from '../web/cookie.ts'
import { type Route, route } from '../web/route.ts'
import { roles } from './access.ts'
import type { Members } from './members.service.ts'
import type { Shops } from './shops.service.ts'

const sessionSeconds = 30 * 24 * 3600

const Password = z.string().min(10, 'at least 10 characters').max(200)
const Session = z.object({
  member: z.object({ id: z.number(), name: z.string(), email: z.string(), role: z.enum(roles) }),
  shop: z.object({
    id: z.number(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    language: z.string(),
    isDemo: z.boolean(),
    demoShopUrl: z.string().optional(),
  }),
  publicUrl: z.string(),
})

type Needs = {
  readonly members: Members
  readonly shops: Shops
  readonly publicUrl: string
  readonly demoShopUrl: string | undefined
}

/** Signing in and out, and the first owner's one-time link. */
export function sessionRoutes(needs: Needs): readonly Route[] {
  const { members, shops, publicUrl } = needs
  const secure = publicUrl.startsWith('https:')
  const signedIn = (token: string) =>
    Response.json(
      { ok: true },
      {
        headers: { 'set-cookie': sessionHeader(token, { secure, maxAgeSeconds: sessionSeconds }) },
      },
    )

  return [
    route({
      method: 'post',
      path: '/api/session',
      summary: 'Signs a member in; the answer sets the session cookie.',
      roles: 'anyone',
      body: z.object({ email: z.string().max(320), password: z.string().max(200) }),
      response: z.object({ ok: z.boolean() }),
      handle: async ({ body }) => signedIn(await members.signIn(body.email, body.password)),
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Signs the member out.',
      roles: 'anyone',
      response: z.object({ ok: z.boolean() }),
      handle: async ({ request }) => {
        const token = sessionOf(request.headers.get('cookie'))
        if (token) await members.signOut(token)
        return Response.json(
          { ok: true },
          { headers: { 'set-cookie': sessionHeader('', { secure, maxAgeSeconds: 0 }) } },
        )
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Who is signed in, and to which shop.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Session,
      handle: async ({ actor }) => {
        const shop = await shops.shop(actor.shop)
        const member = (await members.list(actor.shop)).find((one) => one.id === actor.member)
        if (!member)
          throw new Refusal('unauthenticated', 'This needs a signed-in member, not an API key.')
        return {
          member: { id: member.id, name: member.name, email: member.email, role: member.role },
          shop: {
            id: shop.id,
            name: shop.name,
            timeZone: shop.timeZone,
            currency: shop.currency,
            language: shop.language,
            isDemo: shop.isDemo,
            ...(shop.isDemo && needs.demoShopUrl ? { demoShopUrl: needs.demoShopUrl } : {}),
          },
          publicUrl,
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/owner',
      summary: 'Makes a member of the bearer of a one-time link and signs them in.',
      roles: 'anyone',
      body: z.object({
        token: z.string().min(1).max(100),
        name: z.string().trim().min(1).max(100),
        email: z.email().max(320),
        password: Password,
      }),
      response: z.object({ ok: z.boolean() }),
      handle: async ({ body }) => signedIn(await members.join(body)),
    }),
  ]
}
