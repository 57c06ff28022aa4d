import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { NodeEnv } from '../events/body.driver.ts'
import type { Visitors } from '../events/visitors.service.ts'
import type { Arrival } from '../events/visitors.ts'
import type { ShopId } from '../lib/brand.ts'
import { parseJson } from '../lib/json-parse.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Scope } from '../shops/access.ts'
import { boundedBody } from '../web/bounded-body.ts'
import { problemOf } from '../web/problem.ts'
import type { OnsiteAnswer } from './answer.ts'
import type { FormsSent } from './form-sent.service.ts'
import type { Onsite } from './onsite.service.ts'
import type { CouponPresses } from './press.service.ts'
import type { PreviewedOnPage } from './previewed.service.ts'
import { CouponPress, FormSent, OnsiteRequest, wireLimits } from './wire.ts'

type Needs = {
  readonly onsite: Onsite
  readonly press: CouponPresses
  readonly form: FormsSent
  readonly previews: PreviewedOnPage
  /** Who of the visitors is a machine, or sits in the shop's own office. */
  readonly sight: Visitors['sight']
  readonly resolveKey: (
    key: string,
  ) => Promise<{ readonly shop: ShopId; readonly scope: Scope } | undefined>
  readonly onError?: (error: unknown) => void
}

/** What the script on the shop's pages asks. Open to every origin: the key is public and says only which shop it is. */
export function onsitePages(needs: Needs): Hono {
  const app = new Hono()
  const { previews } = needs
  const ask = <S extends z.ZodType<{ readonly writeKey: string }>>(
    path: string,
    schema: S,
    answer: (shop: ShopId, asked: z.infer<S>, context: Context) => Promise<object>,
  ) => {
    app.options(path, () => new Response(null, { status: 204, headers: open }))
    app.post(path, async (context) => {
      try {
        const asked = await readAsked(context, schema)
        const key = await needs.resolveKey(asked.writeKey)
        if (!key) throw new Refusal('unauthenticated', 'This key is unknown.', 'writeKey')
        return Response.json(await answer(key.shop, asked, context), { headers: open })
      } catch (error) {
        if (!(error instanceof Refusal)) needs.onError?.(error)
        const problem = problemOf(error)
        return Response.json(problem, { status: problem.status, headers: open })
      }
    })
  }
  ask('/v1/onsite', OnsiteRequest, async (shop, asked, context) => {
    // A page opened as a preview is nobody's visit, not even a bot's.
    if (asked.preview !== undefined) return await previews.show(shop, asked.preview)
    const { botOf, fromOffice } = await needs.sight({ shop }, arrivalOf(context))
    const isNobody = botOf(undefined) !== undefined || fromOffice(undefined)
    return isNobody ? nothing : await needs.onsite.answer(shop, asked)
  })
  ask('/v1/onsite/coupon', CouponPress, (shop, press) =>
    previews.isOne(press.token) ? previews.coupon(shop, press.token) : needs.press(shop, press),
  )
  ask('/v1/onsite/form', FormSent, (shop, sent) =>
    previews.isOne(sent.token) ? previews.form(shop, sent) : needs.form(shop, sent),
  )
  return app
}

/** Whom nothing is shown and nobody counts asks again this much later. */
const nothing: OnsiteAnswer = { watch: [], show: [], quietSeconds: 600 }

function arrivalOf(context: Context): Arrival {
  const socket = (context.env as NodeEnv | undefined)?.incoming?.socket.remoteAddress
  const forwarded = context.req.header('x-forwarded-for')?.slice(0, 500).split(',') ?? []
  return {
    browser: true,
    userAgent: context.req.header('user-agent'),
    addresses: [...(socket === undefined ? [] : [socket]), ...forwarded],
  }
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
