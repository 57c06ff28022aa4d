import { Hono } from 'hono'
import type { ShopId } from '../lib/brand.ts'
import { boundedBody } from '../web/bounded-body.ts'
import { readLink } from './link.ts'
import { follower } from './links/follow.service.ts'
import { answerHere } from './links/host-check.service.ts'
import { openings } from './opens.service.ts'
import { sorryPage } from './opt-out-page.ts'
import { html } from './preferences/html.driver.ts'
import { choicePages } from './preferences/preferences.service.ts'

/** Far more than any receiver sends. */
const bodyLimitBytes = 16 * 1024

type Needs = Parameters<typeof choicePages>[0] & {
  readonly onError?: (error: unknown) => void
}

/**
 * What links in messages open: `/c/...` and `/s/...` count a click and go on, `/u/...` is the way out. No cookies, no
 * sign-in. On a short host of its own a shop's links are the code alone.
 */
export function messagePages(needs: Needs): Hono {
  const app = new Hono()
  const { follow, followCode } = follower(needs)
  const ownHost = new URL(needs.publicUrl).host
  app.get('/c/:token', async (context) => {
    const target = readLink('click', context.req.param('token'), needs.vault)
    if (target?.kind !== 'click') return html(sorryPage('invalid', 'ko'), 404)
    return await follow({ ...target, shop: target.shop as ShopId }, context.req.raw)
  })
  const opened = openings(needs)
  app.get('/o/:token', (context) => opened(context.req.param('token'), context.req.raw))
  app.get('/s/:code', async (context) => {
    const followed = await followCode(context.req.param('code'), context.req.raw)
    return followed ?? html(sorryPage('invalid', 'ko'), 404)
  })
  app.get('/:code', async (context, next) => {
    // Pages of the dashboard are words of seven letters too: there a code is asked for only under /s/.
    if (hostOf(context.req.raw) === ownHost) return await next()
    return (await followCode(context.req.param('code'), context.req.raw)) ?? (await next())
  })
  app.post('/s/here', async (context) =>
    answerHere(needs.vault, hostOf(context.req.raw), await bodyOf(context.req.raw)),
  )
  const choices = choicePages(needs)
  app.get('/u/:token', (context) =>
    choices.show(context.req.param('token'), context.req.query('language')),
  )
  app.post('/u/:token', async (context) => {
    const { raw } = context.req
    return await choices.take(context.req.param('token'), {
      contentType: raw.headers.get('content-type') ?? '',
      body: await bodyOf(raw),
      evidence: evidenceOf(raw, context.env),
    })
  })
  return app
}

function hostOf(request: Request): string {
  return (request.headers.get('host') ?? new URL(request.url).host).toLowerCase()
}

/** Who spoke, as far as the connection tells; a proxy before us adds what it was told. */
function evidenceOf(request: Request, env: unknown): Readonly<Record<string, string>> {
  const { incoming } = (env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
  }
  const told = {
    ip: incoming?.socket?.remoteAddress,
    forwarded_for: request.headers.get('x-forwarded-for')?.slice(0, 200),
    user_agent: request.headers.get('user-agent')?.slice(0, 500),
  }
  return Object.fromEntries(
    Object.entries(told).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  )
}

/** A body that is too long asks for nothing. */
async function bodyOf(request: Request): Promise<string> {
  return (await boundedBody(request, bodyLimitBytes)) ?? ''
}
