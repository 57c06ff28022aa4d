import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import {
  insertCampaign,
  listCampaigns,
  listEnrolments,
  readCampaign,
  updateDraft,
  type WholeCampaignRow,
} from './campaigns.store.ts'
import { asDraft } from './flow-differences.ts'
import { validate } from './flow-problems.ts'
import { type PlaybookId, runnable } from './playbooks/gallery.ts'

/** Making, reading and changing campaigns; nothing here reaches a person. */
export function drafts(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
}) {
  const { db, clock } = needs

  async function found(shop: ShopId, id: number): Promise<WholeCampaignRow> {
    const row = await readCampaign(db, shop, id)
    if (!row) throw new Refusal('not-found', `There is no campaign ${id}.`)
    return row
  }
  const get = async (shop: ShopId, id: number) => shown(await found(shop, id))

  return {
    found,
    get,
    list: async (
      shop: ShopId,
      page: {
        readonly before?: number
        readonly limit: number
        readonly archived?: boolean | undefined
        readonly folder?: string | undefined
      },
    ) => {
      const { before, limit, archived = false, folder = null } = page
      const rows = await listCampaigns(db, shop, { before, limit, archived, folder })
      return rows.map(({ draft: _, ...row }) => row)
    },
    create: async (
      actor: Actor,
      made: {
        readonly playbook?: PlaybookId | undefined
        readonly name?: string | undefined
        /** The playbook filled in for the shop (playbooks/fill.service.ts); bare unless given. */
        readonly draft?: Flow | undefined
      },
    ) => {
      const { language } = await needs.shops.shop(actor.shop)
      const playbook = made.playbook === undefined ? undefined : runnable[made.playbook]
      const id = await insertCampaign(db, actor.shop, {
        name: made.name ?? playbook?.name[language] ?? blankName[language],
        playbook: made.playbook ?? null,
        draft: canonicalJson(made.draft ?? playbook?.flow(language) ?? blankFlow),
        now: clock.now(),
      })
      const detail = { playbook: made.playbook ?? null }
      await needs.shops.audit(actor, 'campaign.created', { object: `campaign:${id}`, detail })
      return await get(actor.shop, id)
    },
    change: async (
      actor: Actor,
      id: number,
      change: { readonly name?: string | undefined; readonly draft?: Flow | undefined },
    ) => {
      await found(actor.shop, id)
      await updateDraft(db, actor.shop, {
        id,
        name: change.name ?? null,
        draft: change.draft === undefined ? null : canonicalJson(change.draft),
        now: clock.now(),
      })
      await needs.shops.audit(actor, 'campaign.changed', { object: `campaign:${id}` })
      return await get(actor.shop, id)
    },
    enrolments: async (shop: ShopId, asked: Parameters<typeof listEnrolments>[2]) => {
      await found(shop, asked.campaign)
      return await listEnrolments(db, shop, asked)
    },
  }
}
export type Drafts = ReturnType<typeof drafts>

const blankName = { ko: '새 캠페인', en: 'New campaign' } as const

/** Where a campaign without a playbook begins: everything is still to be said. */
const blankFlow = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  exits: ['Order Completed'],
  conditions: ['no_order_since_entry'],
  steps: [],
  goal: { event: 'Order Completed', windowHours: 72 },
})

/** A campaign as the API shows it, with everything that keeps its draft from going live. */
export function shown({ publishedFlow, publishedBy, publishedAt, ...row }: WholeCampaignRow) {
  const draft = Flow.parse(JSON.parse(row.draft))
  const published =
    publishedFlow === null || publishedBy === null || publishedAt === null
      ? null
      : publishedAs(Flow.parse(JSON.parse(publishedFlow)), draft, {
          by: publishedBy,
          at: publishedAt,
        })
  return { ...row, draft, problems: validate(draft), published }
}

function publishedAs<Who extends object>(live: Flow, draft: Flow, who: Who) {
  const isDraft = canonicalJson(asDraft(live)) === canonicalJson(asDraft(draft))
  return { nature: live.nature, ...who, isDraft }
}
