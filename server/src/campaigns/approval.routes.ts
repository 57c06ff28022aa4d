import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import type { Approvals } from './approval.service.ts'
import { ApprovalSettings, approvalSettings } from './approval.ts'

const Id = z.object({ id: z.coerce.number().int().positive() })
const readers = ['marketer', 'developer', 'viewer'] as const
const Approval = z.object({
  /** The limits that the draft is above; none: it may be switched on at once. */
  passed: z.array(z.enum(['people', 'coupon_budget'])).readonly(),
  /** Null where nobody can say, and where the shop has no limits. */
  people: z.number().nullable(),
  /** Currency units; null: there is no end of them, or no limits. */
  couponCost: z.number().nullable(),
  limits: z.object({ people: z.number().nullable(), couponBudget: z.number().nullable() }),
  /** void: the draft changed after it was asked for; outgrown: it did not, and reaches more people or coupons than were approved. */
  state: z.enum(['none', 'asked', 'approved', 'declined', 'void', 'outgrown']),
  /** How large it was when it was approved and in what it outgrew that; null unless it did. */
  approved: z
    .object({
      people: z.number().nullable(),
      couponCost: z.number().nullable(),
      grown: z.array(z.enum(['people', 'coupon_budget'])),
    })
    .nullable(),
  note: z.string(),
  askedBy: z.string().nullable(),
  askedAt: z.number().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.number().nullable(),
  decisionNote: z.string().nullable(),
  /** Whether whoever asks may say yes or no now. */
  mayDecide: z.boolean(),
})

const Waiting = z.object({
  campaign: z.number(),
  name: z.string(),
  note: z.string(),
  askedBy: z.string(),
  /** UTC ms */
  askedAt: z.number(),
})

/** A second person's word on campaigns above the shop's limits. */
export function approvalRoutes(needs: {
  readonly approvals: Approvals
  readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
}): readonly Route[] {
  const { approvals, shops } = needs
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/approval',
      summary: 'Whether the draft needs the approval of another member, and what was said.',
      roles: readers,
      params: Id,
      response: Approval,
      handle: ({ actor, params }) => approvals.look(actor, params.id),
    }),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/approval',
      summary:
        'Asks another member to approve the saved draft (ask), or answers (approve, decline). A changed draft is to be asked anew.',
      roles: readers,
      params: Id,
      body: z.object({
        act: z.enum(['ask', 'approve', 'decline']),
        note: z.string().trim().max(500).default(''),
      }),
      response: Approval,
      handle: async ({ actor, params, body }) => {
        const { act, note } = body
        if (act !== 'ask') {
          const state = act === 'approve' ? 'approved' : 'declined'
          await approvals.decide(actor, params.id, { state, note })
        } else if (actor.role === 'owner' || actor.role === 'marketer') {
          await approvals.ask(actor, params.id, note)
        } else throw new Refusal('forbidden', 'Marketers ask for approval.')
        return await approvals.look(actor, params.id)
      },
    }),
    route({
      method: 'get',
      path: '/api/approvals',
      summary: 'Campaigns that wait for the word of whoever asks, the newest first.',
      roles: readers,
      response: z.object({ items: z.array(Waiting) }),
      handle: async ({ actor }) => ({ items: [...(await approvals.waiting(actor))] }),
    }),
    route({
      method: 'get',
      path: '/api/approval-limits',
      summary: 'Above which size a campaign needs the approval of another member, and whose.',
      roles: readers,
      response: ApprovalSettings,
      handle: async ({ actor }) =>
        approvalSettings((await shops.shop(actor.shop)).settings.approval),
    }),
    route({
      method: 'put',
      path: '/api/approval-limits',
      summary: 'Sets the limits; null takes one away.',
      roles: [],
      body: ApprovalSettings,
      response: ApprovalSettings,
      handle: async ({ actor, body }) => {
        const after = await shops.update(actor.shop, 'approval', () => body)
        const object = `shop:${actor.shop}`
        await shops.audit(actor, 'approval.changed', { object, detail: body })
        return after
      },
    }),
  ]
}
