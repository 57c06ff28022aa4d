import { z } from 'zod'
import { Shown } from '../channels/shown.ts'
import { Refusal } from '../lib/refusal.ts'
import { nameFor, readers, ShownRule } from '../messages/listing.ts'
import { reasonLine } from '../messages/reason-line.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import { CampaignName, Flow } from './campaign.ts'
import { asAnswer, Campaign, CampaignRow } from './campaign-answer.ts'
import type { Campaigns } from './campaigns.service.ts'
import { GivenAnswers } from './playbooks/answers.ts'
import type { Fill } from './playbooks/fill.service.ts'
import { playbookIds } from './playbooks/gallery.ts'
import type { Previews } from './preview.service.ts'
import { endReasonLine } from './reasons.ts'
import { switchRoutes } from './switches.routes.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Id = z.object({ id: z.coerce.number().int().positive() })
const EnrolmentEntry = z.object({
  id: z.number(),
  customer: z.number(),
  name: z.string().nullable(),
  version: z.number(),
  state: z.enum(['active', 'done', 'exited']),
  step: z.number(),
  due: z.number().nullable(),
  enteredAt: z.number(),
  endedAt: z.number().nullable(),
  endReason: z.string().nullable(),
  decision: z.string().nullable(),
  reason: z.string().nullable(),
  arm: z.string().nullable(),
  decidedAt: z.number().nullable(),
  why: Said,
})
const TextForm = z.enum(['SMS', 'LMS', 'MMS'])
const TextPreview = z.object({
  form: TextForm,
  bytes: z.number(),
  prices: z.record(TextForm, z.number().nullable()),
  sizes: z.object({
    people: z.number(),
    forms: z.record(TextForm, z.number()),
    failed: z.number(),
    renamed: z.number(),
    worst: z.object({ text: z.string(), bytes: z.number(), form: TextForm }).nullable(),
  }),
  sample: z.object({
    name: z.string().nullable(),
    product: z.string(),
    products: z.number(),
    total: z.number(),
  }),
})
/** What the bubble of a Kakao message is drawn from. */
export const KakaoPreviewAnswer = z.object({
  kind: z.enum(['alimtalk', 'brand']),
  around: z
    .object({
      header: z.string(),
      title: z.string(),
      subtitle: z.string(),
      items: z.array(z.object({ title: z.string(), description: z.string() })).readonly(),
      extra: z.string(),
    })
    .partial(),
  buttons: z.array(z.object({ name: z.string() })).readonly(),
  coupon: z.object({ title: z.string(), description: z.string() }).nullable(),
})
const MailPreview = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  problems: z.array(
    Said.extend({ code: z.string(), field: z.string(), rule: ShownRule.optional() }),
  ),
  sms: TextPreview.nullable(),
  kakao: KakaoPreviewAnswer.nullable(),
  shown: Shown.nullable(),
  view: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('Of a message on the page: what the page draws.'),
})

const writers = ['marketer'] as const

/** Campaigns over HTTP: make, change, publish, switch, look at. */
export function campaignRoutes(
  campaigns: Campaigns,
  previews: Previews,
  fill?: Fill,
): readonly Route[] {
  return [
    ...readingRoutes(campaigns),
    ...writingRoutes(campaigns, fill),
    ...switchRoutes(campaigns),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/preview',
      summary: 'Draws a message of the campaign, for a customer or a sample. Sends nothing.',
      roles: readers,
      params: Id,
      body: z.object({
        draft: Flow.optional().describe('An unsaved draft; the saved one unless given.'),
        step: z.number().int().optional(),
        customer: z.number().int().positive().optional(),
      }),
      response: MailPreview,
      handle: async ({ actor, params, body }) => {
        const flow = body.draft ?? (await campaigns.get(actor.shop, params.id)).draft
        const preview = await previews.draw(actor.shop, {
          flow,
          step: body.step,
          customer: body.customer,
          shownName: nameFor(actor),
        })
        return { ...preview, problems: [...preview.problems] }
      },
    }),
  ]
}

function readingRoutes(campaigns: Campaigns): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaigns',
      summary: 'Campaigns, newest first: those in use, or those put away.',
      roles: readers,
      query: PageQuery.extend({
        archived: z.enum(['true', 'false']).default('false'),
        folder: z.string().max(60).optional(),
      }),
      response: pageOf(CampaignRow),
      handle: async ({ actor, query }) => {
        const items = await campaigns.list(actor.shop, {
          ...beforeOf(query.after),
          limit: query.limit,
          archived: query.archived === 'true',
          folder: query.folder,
        })
        return { items: [...items], next: nextOf(items, query.limit) }
      },
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}',
      summary: 'One campaign with its draft and everything that keeps it from going live.',
      roles: readers,
      params: Id,
      response: Campaign,
      handle: async ({ actor, params }) => asAnswer(await campaigns.get(actor.shop, params.id)),
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}/enrolments',
      summary: 'Who entered, where they are and why the message went or did not go.',
      roles: readers,
      params: Id,
      query: PageQuery.extend({
        state: z.enum(['active', 'done', 'exited']).optional(),
        reason: z.string().max(100).optional(),
      }),
      response: pageOf(EnrolmentEntry),
      handle: async ({ actor, params, query }) => {
        const rows = await campaigns.enrolments(actor.shop, {
          campaign: params.id,
          state: query.state ?? null,
          reason: query.reason ?? null,
          before: beforeOf(query.after).before,
          limit: query.limit,
        })
        const name = nameFor(actor)
        const items = rows.map((row) => ({ ...row, name: name(row.name), why: whyOf(row) }))
        return { items, next: nextOf(rows, query.limit) }
      },
    }),
  ]
}

function writingRoutes(campaigns: Campaigns, fill: Fill | undefined): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/campaigns',
      summary: 'Makes a draft, from a playbook or blank.',
      roles: writers,
      body: z.object({
        playbook: z.enum(playbookIds).optional(),
        name: CampaignName.optional(),
        answers: GivenAnswers.default({}).describe('To what the playbook asks.'),
      }),
      response: Campaign,
      handle: async ({ actor, body: { playbook, name, answers } }) => {
        const draft = playbook && (await fill?.(actor, { playbook, answers }))
        return asAnswer(await campaigns.create(actor, { playbook, name, draft }))
      },
    }),
    route({
      method: 'patch',
      path: '/api/campaigns/{id}',
      summary: 'Changes the name or the draft. What is published stays until it is published anew.',
      roles: writers,
      params: Id,
      body: z.object({ name: CampaignName.optional(), draft: Flow.optional() }),
      response: Campaign,
      handle: async ({ actor, params, body }) =>
        asAnswer(await campaigns.change(actor, params.id, body)),
    }),
  ]
}

/** One sentence for where the person is: the decision says it best, else the end, else that they wait. */
function whyOf(row: {
  readonly state: string
  readonly reason: string | null
  readonly endReason: string | null
}): z.infer<typeof Said> {
  if (row.reason !== null) return { ...reasonLine(row.reason) }
  if (row.endReason !== null) return endReasonLine(row.endReason)
  return { ko: '다음 단계를 기다리고 있어요.', en: 'Waiting for the next step.' }
}

function beforeOf(after: string | undefined): { readonly before?: number } {
  if (after === undefined) return {}
  const [before] = decodeCursor(after) ?? []
  if (typeof before !== 'number')
    throw new Refusal('invalid', 'This is not a page we gave.', 'after')
  return { before }
}

function nextOf(rows: readonly { readonly id: number }[], limit: number): string | null {
  const last = rows.at(-1)
  return last && rows.length === limit ? encodeCursor([last.id]) : null
}
