import { Hono } from 'hono'
import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { Challenges } from './challenge.service.ts'
import { Note } from './note.ts'

const Share = z.object({ url: z.string(), until: z.number() }).nullable()
const Answer = z.object({
  note: Note,
  proposedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  isFixedBefore: z.boolean().describe('The hypothesis stands as it stood before the start.'),
  mayPropose: z.boolean(),
  exposure: z.object({
    days: z.number(),
    people: z.number(),
    pressed: z.number(),
    seen: z.boolean().describe('People who saw it on a page; else whom messages arrived at.'),
    isEnough: z.boolean(),
  }),
  mail: z.string().describe('The six fields of the challenge as a text to send.'),
  share: Share,
})
const params = z.object({ id: z.coerce.number().int().positive() })
const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer', 'developer'] as const
const path = '/api/campaigns/{id}/challenge'

/** The notes of a campaign's hypothesis, and the page that tells of it. */
export function challengeRoutes({
  challenges,
}: {
  readonly challenges: Challenges
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path,
      summary: 'The notes of the hypothesis, how far the exposure is, and the link to the page.',
      roles: readers,
      params,
      response: Answer,
      moving: [
        'exposure',
        'mail',
        'share',
        'isFixedBefore',
        'mayPropose',
        'startedAt',
        'proposedAt',
      ],
      handle: ({ actor, params: { id } }) => challenges.get(actor.shop, id),
    }),
    route({
      method: 'put',
      path,
      summary:
        'Writes the notes. The hypothesis and its target are fixed once the campaign started.',
      roles: writers,
      params,
      body: Note,
      response: Answer,
      handle: async ({ actor, params: { id }, body }) => {
        await challenges.put(actor, id, body)
        return await challenges.get(actor.shop, id)
      },
    }),
    route({
      method: 'get',
      path: `${path}/page`,
      summary: 'The page as strangers would see it, as HTML.',
      roles: readers,
      params,
      response: z.object({ html: z.string() }),
      handle: async ({ actor, params: { id } }) => ({
        html: await challenges.page(actor.shop, id),
      }),
    }),
    route({
      method: 'post',
      path: `${path}/share`,
      summary:
        'Opens the page to whoever has the link, for thirty days; an older link stops working.',
      roles: writers,
      params,
      response: z.object({ share: Share }),
      handle: async ({ actor, params: { id } }) => ({ share: await challenges.share(actor, id) }),
    }),
    route({
      method: 'delete',
      path: `${path}/share`,
      summary: 'Closes the link.',
      roles: writers,
      params,
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params: { id } }) => {
        await challenges.unshare(actor, id)
        return { ok: true }
      },
    }),
  ]
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
} as const

/** `/r/...`: a report that was opened to whoever has the link. No cookies, no sign-in, no scripts. */
export function challengePages(needs: {
  readonly challenges: Pick<Challenges, 'shared'>
  readonly onError: (error: unknown) => void
}): Hono {
  const app = new Hono()
  app.get('/r/:token', async (context) => {
    try {
      const page = await needs.challenges.shared(context.req.param('token'))
      return page ? context.body(page, 200, headers) : context.body(gone, 404, headers)
    } catch (error) {
      needs.onError(error)
      return context.body(busy, 503, headers)
    }
  })
  return app
}

const plain = (text: string) =>
  `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>보고서</title><body style="font:16px/1.7 sans-serif;padding:32px;word-break:keep-all"><p>${text}</p></body></html>`
const gone = plain(
  '이 보고서의 링크는 닫혔거나 기간이 지났어요. 보내준 분께 새 링크를 부탁해 주세요.',
)
const busy = plain('지금은 보고서를 열 수 없어요. 잠시 뒤에 다시 열어 주세요.')
