import { cartFor, messageContext } from '../campaigns/ask.ts'
import type { LiveCampaign } from '../campaigns/entry.ts'
import type { FirstMessage } from '../campaigns/page/first-message.ts'
import { pageCallProperties } from '../campaigns/page/page-call.ts'
import { occasionOf } from '../campaigns/page/page-fits.ts'
import type { When } from '../campaigns/page/page-trigger.ts'
import { calledEvent } from '../campaigns/trigger.ts'
import type { Accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import { layerNamesOf } from '../events/translate.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { LinkSigner } from '../messages/link.ts'
import { drawOnsite, orderSeed } from '../messages/onsite/draw.ts'
import type { OnsiteView } from '../messages/onsite/view.ts'
import type { Tables } from '../recommendations/tables.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { OnsiteAnswer, Shown, Watch } from './answer.ts'
import { choose, type PageCampaign, type PageDecision } from './choose.ts'
import type { CouponsOnPage } from './coupon-words.service.ts'
import type { Live, LiveCampaigns } from './live.service.ts'
import type { Meeting, Met } from './meet.service.ts'
import { recommendedFor } from './recommended.ts'
import { tokenOf, urlKept } from './token.ts'
import type { WaitingShown } from './waiting-shown.service.ts'
import type { OnsiteRequest } from './wire.ts'

/** A shop without anything on its pages is asked again this much later. */
const quietSeconds = 60

type Needs = {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly live: LiveCampaigns
  readonly meet: Meeting
  readonly coupons: CouponsOnPage
  /** What is recommended to whom, in memory. */
  readonly tables: (shop: ShopId) => Promise<Tables>
  readonly accept: Accept['accept']
  readonly signer: LinkSigner
  /** What flows have left for the person's next page. */
  readonly fromFlows: WaitingShown
}

/** What is drawn before it is known which arm the visitor plays. */
type Drawn = {
  readonly view: OnsiteView
  readonly seed: string
  readonly event: Happening['body']['properties']
}

/**
 * Answers what a page may show to its visitor now, and which moments it is to wait for. What is decided is in the log before
 * the answer leaves, in both arms alike; whoever asks the same again is answered the same and counted once.
 */
export function onsite(needs: Needs) {
  return {
    answer: async (shopId: ShopId, request: OnsiteRequest): Promise<OnsiteAnswer> => {
      const live = await needs.live.of(shopId)
      if (live.campaigns.length === 0 && !live.waits) return { watch: [], show: [], quietSeconds }
      const shop = await needs.shops.shop(shopId)
      const met = await needs.meet(shop, live, request)
      if (met.onlooking.internal) return nothing
      const pieces = await needs.coupons(shop, live)
      const tables = await needs.tables(shopId)
      const draw = drawing({ shop, live, met, tables, coupons: pieces, request })
      const flows = live.waits ? await needs.fromFlows({ shop, met, tables, request }) : noFlows
      const { taken } = flows
      const { decided, later } = choose(live.campaigns, { ...met.onlooking, taken }, draw)
      const counted = await count(needs, { shop, met, request, decided })
      return {
        watch: later.flatMap(({ campaign, fit }) =>
          fit.kind === 'later' ? [watchOf(campaign.id, fit.when)] : [],
        ),
        show: [
          ...flows.show,
          ...counted.flatMap((one) => shownOf(needs, { shop, request, met }, one)),
        ],
        quietSeconds: 0,
      }
    },
  }
}
export type Onsite = ReturnType<typeof onsite>

const noFlows = { show: [], taken: new Set<string>() }
const nothing: OnsiteAnswer = { watch: [], show: [], quietSeconds: 0 }

type Drawing = {
  readonly shop: Shop
  readonly live: Live
  readonly met: Met
  readonly tables: Tables
  readonly coupons: Awaited<ReturnType<CouponsOnPage>>
  readonly request: OnsiteRequest
}

function drawing({ shop, live, met, tables, coupons, request }: Drawing) {
  return (campaign: PageCampaign, { step }: FirstMessage): Drawn | undefined => {
    const content = live.contents.get(step.contentId ?? '')
    if (!content) return undefined
    const coupon = step.coupon === undefined ? undefined : coupons.get(step.coupon)
    if (step.coupon !== undefined && coupon === undefined) return undefined
    const { now } = met.onlooking.moment
    const event = met.onlooking.happenings.findLast(({ name }) => isAwaited(campaign, name))?.body
      .properties
    const { order, recommend } = content.compiled.content
    const seed = orderSeed(order, {
      campaign: campaign.id,
      version: campaign.version,
      assignmentKey: met.assignmentKey,
      visit: request.visit.startedAt,
      view: request.view,
    })
    const recs = recommend
      ? recommendedFor(recommend, tables, { met, now, seed, language: shop.language })
      : []
    const cart = cartFor({ entry: { kind: 'person', value: '' } }, met.memory)
    const drawn = drawOnsite(
      content,
      {
        context: {
          ...messageContext(met.mayName ? cart : undefined, step, shop.url),
          event: event ?? { url: met.onlooking.moment.url },
          recs: [...recs],
        },
        customer: { name: met.mayName ? met.name : null },
        facts: met.mayName ? met.facts : undefined,
        coupon,
        shop,
        at: now,
        unsubscribeUrl: shop.url,
        linkTo: (url) => url,
      },
      seed,
    )
    return drawn.kind === 'ok' ? { view: drawn.view, seed, event } : undefined
  }
}

function isAwaited({ trigger }: PageCampaign, name: string): boolean {
  return trigger.when.some((when) => when.kind === 'event' && when.event === name)
}

/** Writes the decisions into the log and answers those that are this request's own: not another tab's, not an earlier one's. */
async function count(
  needs: Needs,
  about: {
    readonly shop: Shop
    readonly met: Met
    readonly request: OnsiteRequest
    readonly decided: readonly PageDecision<Drawn>[]
  },
): Promise<readonly PageDecision<Drawn>[]> {
  const { shop, met, request, decided } = about
  if (decided.length === 0) return []
  const { moment } = met.onlooking
  const happenings = decided.map(({ campaign, message, arm, drawn }): Happening => {
    const occasion = occasionOf(campaign.trigger, moment)
    return {
      kind: 'derived',
      name: calledEvent,
      at: moment.now,
      receivedAt: moment.now,
      messageId: `${calledEvent}:page:${campaign.id}:${request.anonymousId}:${occasion}`,
      ids: { anonymous: request.anonymousId, verified: false },
      body: {
        properties: pageCallProperties({
          campaign: campaign.id,
          occasion,
          visit: request.visit.startedAt,
          url: moment.url,
          page: {
            step: message.step.id,
            arms: message.arms,
            arm,
            share: campaign.share,
            shop: campaign.flow.nature.purpose === 'advertising' ? met.shopPart : undefined,
          },
          event: drawn.event,
        }),
      },
    }
  })
  const fresh = await Promise.all(
    happenings.map(async (one) => (await needs.accept(shop.id, [one])).accepted === 1),
  )
  return decided.filter((_, at) => fresh[at])
}

function shownOf(
  { signer }: Needs,
  {
    shop,
    request,
    met,
  }: { readonly shop: Shop; readonly request: OnsiteRequest; readonly met: Met },
  { campaign, message, arm, drawn }: PageDecision<Drawn>,
): readonly Shown[] {
  if (arm === 'holdout') return []
  const { moment } = met.onlooking
  const token = tokenOf(
    {
      shop: shop.id,
      campaign: campaign.id,
      version: campaign.version,
      step: message.step.id,
      device: request.anonymousId,
      occasion: occasionOf(campaign.trigger, moment),
      url: moment.url.slice(0, urlKept),
      at: moment.now,
    },
    signer,
  )
  const { content } = message.step
  return [
    {
      campaign: campaign.id,
      token,
      view: drawn.view,
      properties: {
        campaign_id: campaign.id,
        creative: `${campaign.version}.${message.step.id}`,
        order: content.channel === 'onsite' ? content.order : 'fixed',
        order_seed: drawn.seed,
      },
    },
  ]
}

function watchOf(campaign: LiveCampaign['id'], when: readonly When[]): Watch {
  return {
    campaign,
    when: when.flatMap((one): Watch['when'] =>
      one.kind === 'event'
        ? [one.event, ...layerNamesOf(one.event)].map((event) => ({ kind: 'event', event }))
        : [one],
    ),
  }
}
