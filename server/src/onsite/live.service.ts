import type { LiveCampaign } from '../campaigns/entry.ts'
import { stepsOf } from '../campaigns/flow-map.ts'
import type { Flows } from '../campaigns/flows.service.ts'
import { chainOf } from '../campaigns/steps/message.ts'
import type { Database } from '../database/connection.store.ts'
import type { Assignments } from '../experiments/assignments.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import type { Contents } from '../messages/contents.service.ts'
import type { OnsiteContent } from '../messages/onsite/content.ts'
import type { ParsedOnsite } from '../messages/onsite/draw.ts'
import type { Register } from '../segments/register.ts'
import type { Registers } from '../segments/registers.service.ts'
import type { PageCampaign } from './choose.ts'

/** How long what is live is trusted: a campaign that was switched off shows for so long at most. */
const trustMs = secondMs

/** What a shop's pages are decided with, the same for every visitor. */
export type Live = {
  readonly campaigns: readonly PageCampaign[]
  readonly contents: ReadonlyMap<string, ParsedOnsite>
  readonly register: Register
  /** Some message waits for its person's next page, or some flow could leave one. */
  readonly waits: boolean
}

/** The live campaigns of each shop, held in memory and looked at again every second while somebody asks. */
export function liveCampaigns(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly flows: Flows
  readonly assignments: Pick<Assignments, 'sharesNow'>
  readonly registers: Registers
  readonly contents: Pick<Contents, 'load'>
}) {
  const { db, clock } = needs
  const known = new Map<ShopId, { readonly at: number; readonly live: Promise<Live> }>()

  async function read(shop: ShopId): Promise<Live> {
    const running = await needs.flows.running(db, shop)
    const flowOf = await needs.flows.load(
      db,
      shop,
      running.map(({ id, version }) => ({ campaign: id, version })),
    )
    const all = running.map(({ id, version, state }) => ({
      state,
      campaign: { id, version, flow: flowOf(id, version) },
    }))
    const onPages = all.flatMap(({ state, campaign }) =>
      state === 'live' ? (pageCampaignOf(campaign) ?? []) : [],
    )
    const shareOf = await needs.assignments.sharesNow(
      db,
      shop,
      onPages.map(({ id, flow }) => ({ experiment: `campaign:${id}`, set: flow })),
    )
    const campaigns = onPages.map((one) => ({
      ...one,
      share: shareOf(`campaign:${one.id}`, one.flow),
    }))
    const ids = campaigns.flatMap(({ flow }) =>
      onsiteOf(flow).flatMap(({ contentId }) => contentId ?? []),
    )
    const loaded = await needs.contents.load(db, shop, ids)
    const contents = new Map(
      [...loaded].flatMap(([id, one]) => (one.channel === 'onsite' ? [[id, one] as const] : [])),
    )
    const waits = all.some(
      // The first of a page's campaign is shown at once; what comes behind it waits like any other.
      ({ campaign: { flow } }) => onsiteOf(flow).length > (flow.trigger.kind === 'page' ? 1 : 0),
    )
    return { campaigns, contents, register: await needs.registers.load(db, shop), waits }
  }

  return {
    of: async (shop: ShopId): Promise<Live> => {
      const now = clock.now()
      const held = known.get(shop)
      if (held && Math.abs(now - held.at) < trustMs) return await held.live
      const live = read(shop)
      known.set(shop, { at: now, live })
      // Who asks meanwhile shares this reading; one that failed is not kept.
      live.catch(() => known.delete(shop))
      return await live
    },
    /** Forgets what is held: the next question reads anew. */
    forget: (shop: ShopId) => void known.delete(shop),
  }
}
export type LiveCampaigns = ReturnType<typeof liveCampaigns>

/** Messages of a flow that stand on pages. */
function onsiteOf(flow: LiveCampaign['flow']) {
  return stepsOf(flow)
    .flatMap((step) => (step.kind === 'message' ? chainOf(step) : []))
    .filter(({ content }) => content.channel === 'onsite')
}

function pageCampaignOf(campaign: LiveCampaign): Omit<PageCampaign, 'share'> | undefined {
  const { trigger } = campaign.flow
  if (trigger.kind !== 'page') return undefined
  return { ...campaign, trigger, asks: asksOf(campaign.flow) }
}

/** What any of its messages asks people to do. */
function asksOf(flow: LiveCampaign['flow']): OnsiteContent['asks'] {
  const asked = onsiteOf(flow).flatMap(({ content }) =>
    content.channel === 'onsite' ? content.asks : [],
  )
  return asked.find((asks) => asks !== 'nothing') ?? 'nothing'
}
