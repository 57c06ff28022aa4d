import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import { parseJson } from '../lib/json-parse.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Scope } from '../shops/access.ts'
import { boundedBody } from '../web/bounded-body.ts'
import { problemOf } from '../web/problem.ts'
import type { Onsite } from './onsite.service.ts'
import type { CouponPresses } from './press.service.ts'
import { CouponPress, OnsiteRequest, wireLimits } from './wire.ts'

type Needs = {
  readonly onsite: Onsite
  readonly press: CouponPresses
  readonly resolveKey: (
    key: string,
  ) => Promise<{ readonly shop: ShopId; readonly scope: Scope } | undefined>
  readonly onError?: (error: unknown) => void
}

/** What the script on the shop's pages asks. Open to every origin: the key is public and says only which shop it is. */
export function onsitePages(needs: Needs): Hono {
  const app = new Hono()
  const ask = <S extends z.ZodType<{ readonly writeKey: string }>>(
    path: string,
    schema: S,
    answer: (shop: ShopId, asked: z.infer<S>) => Promise<object>,
  ) => {
    app.options(path, () => new Response(null, { status: 204, headers: open }))
    app.post(path, async (context) => {
      try {
        const asked = await readAsked(context, schema)
        const key = await needs.resolveKey(asked.writeKey)
        if (!key) throw new Refusal('unauthenticated', 'This key is unknown.', 'writeKey')
        return Response.json(await answer(key.shop, asked), { headers: open })
      } catch (error) {
        if (!(error instanceof Refusal)) needs.onError?.(error)
        const problem = problemOf(error)
        return Response.json(problem, { status: problem.status, headers: open })
      }
    })
  }
  ask('/v1/onsite', OnsiteRequest, needs.onsite.answer)
  ask('/v1/onsite/coupon', CouponPress, needs.press)
  return app
}

const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
  'cache-control': 'no-store',
}

async function readAsked<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  const text = await boundedBody(context.req.raw, wireLimits.bodyBytes)
  if (text === undefined) throw new Refusal('too-large', 'The body is too large.', 'body')
  const json = parseJson(text)
  if (json.kind === 'refused') throw new Refusal('invalid', json.why, 'body')
  const read = schema.safeParse(json.value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refusal('invalid', issue?.message ?? 'This is no question.', issue?.path.join('.'))
}
