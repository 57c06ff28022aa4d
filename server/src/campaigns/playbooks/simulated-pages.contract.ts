import { dayMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { hash32, type Random, seededRandom } from '../../lib/random.ts'
import { startOfLocalDay } from '../../lib/zone.ts'
import { isPopup, type OnsiteContent, rests, restsOfAsking } from '../../messages/onsite/content.ts'
import { choose, type PageCampaign } from '../../onsite/choose.ts'
import type { LiveCampaign } from '../entry.ts'
import { stepsOf } from '../flow-map.ts'
import type { FirstMessage } from '../page/first-message.ts'
import { pageCallProperties } from '../page/page-call.ts'
import { occasionOf, type PageMoment } from '../page/page-fits.ts'
import { dismissedEvent, noPages } from '../page/page-memory.ts'
import type { Simulation } from '../simulate.ts'
import { cardsFor } from './simulated-recommended.contract.ts'
import type { Shopper } from './simulated-shopper.contract.ts'

/** How long people stay on a page without doing anything, at most, in ms. */
export const longestStay = 10_000

/** What a page decided about one person. */
export type SeenOnPage = {
  readonly campaign: number
  readonly customer: number
  readonly url: string
  readonly view: string
  /** When the visit began, UTC ms. */
  readonly visit: number
  readonly at: number
  readonly arm: 'treatment' | 'holdout'
  readonly isPopup: boolean
  readonly joined: boolean
  readonly asks: OnsiteContent['asks']
  /** Products it recommended, in order, and what lay in their cart then; empty: it recommends none. */
  readonly cards: readonly string[]
  readonly carted: readonly string[]
  /** What pressing for its coupon gave; null: it has none, or they did not press. */
  readonly pressed: 'available' | 'gone' | 'had' | null
  /** Until when they asked for silence after it, UTC ms; 0: they did not. */
  readonly restUntil: number
}

const restDays = { today: 1, '7d': 7, '30d': 30, never: 100 * 365 } as const

/** The pages of a simulated shop: what stands on them is decided by the rules that live pages ask (onsite/choose.ts). */
export function simulatedPages(
  run: Simulation,
  campaigns: readonly LiveCampaign[],
  { seed, zone }: { readonly seed: string; readonly zone: string },
) {
  const shop: Pages = { run, campaigns: campaigns.flatMap(asPageCampaign), seen: [] }
  const visits = new Map<number, Visit>()
  const randoms = new Map<number, Random>()
  let views = 0

  function randomOf(customer: number): Random {
    const random = randoms.get(customer) ?? seededRandom(`${seed}:pages:${customer}`)
    randoms.set(customer, random)
    return random
  }

  return {
    seen: (): readonly SeenOnPage[] => shop.seen,
    begin: (customer: number, startedAt: number) =>
      visits.set(customer, { startedAt, views: 0, popups: 0, page: undefined }),
    /** The person opens a page, where they may do something at once, and stays for `longestStay` at most. */
    view: (one: Shopper, url: string, told: Told): void => {
      const visit = visits.get(one.customer)
      if (!visit) return
      visit.views += 1
      views += 1
      visit.page = {
        url,
        view: `v${views}`,
        busy: false,
        events: told.name ? [happened(told)] : [],
      }
      const random = randomOf(one.customer)
      // Some stay until the moment comes that a campaign waits for; two may come at once.
      for (const { id } of look(one, told.at))
        if (random.chance(0.4)) look(one, told.at + longestStay - 1_000, id)
    },
    /** The person does something on the page they are on. */
    tell: (one: Shopper, told: Told): void => {
      const visit = visits.get(one.customer)
      if (!visit?.page) return
      visit.page.events.push(happened(told))
      look(one, told.at)
    },
  }

  /** The page asks; answers what it has to wait for. */
  function look(one: Shopper, at: number, fired?: number): readonly PageCampaign[] {
    const visit = visits.get(one.customer)
    if (!visit) return []
    const { startedAt, page } = visit
    if (!page) return []
    const { url, view, busy, events } = page
    const moment: PageMoment = {
      url,
      view,
      visit: { startedAt, views: visit.views, returning: one.visits > 1 },
      member: one.joined,
      knownMember: one.joined,
      cartValue: one.cart.size * 9_000 * 10_000,
      events,
      now: at,
      dayStartsAt: startOfLocalDay(at, zone),
    }
    const by = { busy, popups: visit.popups, fired }
    const asked = ask(shop, { one, random: randomOf(one.customer), moment, ...by })
    if (asked.popup) visit.popups += 1
    page.busy ||= asked.popup
    return asked.later
  }
}

/** What somebody does at a time (UTC ms); without a name nothing but being there. */
type Told = { readonly name?: string; readonly properties?: JsonObject; readonly at: number }

/** One visit under way, and the page it is on. */
type Visit = {
  readonly startedAt: number
  views: number
  popups: number
  page: OpenPage | undefined
}
type OpenPage = {
  readonly url: string
  readonly view: string
  busy: boolean
  readonly events: PageMoment['events'][number][]
}

function happened({ name = '', properties = {}, at }: Told): OpenPage['events'][number] {
  return { name, at, body: { properties } }
}
export type SimulatedPages = ReturnType<typeof simulatedPages>

type Pages = {
  readonly run: Simulation
  readonly campaigns: readonly PageCampaign[]
  readonly seen: SeenOnPage[]
}

type Asking = {
  readonly one: Shopper
  readonly random: Random
  readonly moment: PageMoment
  readonly busy: boolean
  readonly popups: number
  readonly fired: number | undefined
}

/** One question of the page: what it gets now goes into the log before the answer leaves. */
function ask(
  { run, campaigns, seen }: Pages,
  { one, random, moment, ...by }: Asking,
): { readonly popup: boolean; readonly later: readonly PageCampaign[] } {
  const { customer, joined } = one
  const known = run.onPage(customer)
  const onlooking = { ...known, ...by, moment, memory: known.memory.pages ?? noPages }
  const { decided, later } = choose(campaigns, { ...onlooking, happenings: [] }, (_, message) => {
    const { content } = message.step
    if (content.channel !== 'onsite' || !hasCoupon(run, { message, customer, at: moment.now }))
      return undefined
    const seed = `${moment.visit.startedAt}`
    return cardsFor(content, one, { now: moment.now, url: moment.url, seed })
  })
  const { url, view, now: at } = moment
  const visit = moment.visit.startedAt
  let popup = false
  for (const { campaign, message, arm, drawn: cards } of decided) {
    const { id, asks } = campaign
    const { content } = message.step
    const page = { step: message.step.id, arms: message.arms, arm }
    const occasion = occasionOf(campaign.trigger, moment)
    const properties = pageCallProperties({ campaign: id, occasion, visit, url, page })
    run.call({ campaign: id, customer, at, properties })
    const covers = content.channel === 'onsite' && isPopup(content.form)
    if (covers && arm === 'treatment') popup = true
    const restUntil = arm === 'holdout' ? 0 : refused(run, { customer, random, campaign, at })
    const showing = `onsite:${id}:${occasion}:${customer}`
    const pressed =
      arm === 'holdout'
        ? null
        : pressedFor(run, { campaign: id, customer, at, step: message.step, showing })
    const what = { campaign: id, arm, asks, isPopup: covers, restUntil, pressed }
    const products = { cards, carted: [...one.cart] }
    seen.push({ ...products, customer, joined, url, view, visit, at, ...what })
  }
  return { popup, later: later.map(({ campaign }) => campaign) }
}

/** A message whose coupons are all gone is not drawn (onsite/coupon-words.service.ts). */
function hasCoupon(
  run: Simulation,
  about: { readonly message: FirstMessage; readonly customer: number; readonly at: number },
): boolean {
  const { message, customer, at } = about
  const pool = message.step.coupon
  return pool === undefined || run.lookForCoupon({ pool, customer, now: at }) !== 'gone'
}

/** Two of three press for the coupon, and twice, as people do. */
function pressedFor(
  run: Simulation,
  by: {
    readonly campaign: number
    readonly customer: number
    readonly at: number
    readonly step: FirstMessage['step']
    readonly showing: string
  },
): SeenOnPage['pressed'] {
  const { campaign, customer, at, step, showing } = by
  if (step.coupon === undefined || hash32(showing) % 3 === 0) return null
  const press = { pool: step.coupon, customer, campaign, step: step.id, message: showing, at }
  const first = run.pressForCoupon(press)
  const again = run.pressForCoupon(press)
  return first === again ? first : null
}

/** Half of them ask for silence; answers until when, UTC ms, or 0. */
function refused(
  run: Simulation,
  by: {
    readonly customer: number
    readonly random: Random
    readonly campaign: PageCampaign
    readonly at: number
  },
): number {
  const { customer, random, at } = by
  const { id, asks } = by.campaign
  if (!random.chance(0.5)) return 0
  const rest = random.pick(asks === 'nothing' ? rests : restsOfAsking)
  const properties = { campaign_id: id, rest, ...(asks === 'nothing' ? {} : { asks }) }
  run.feed({ customer, at, name: dismissedEvent, properties })
  return at + restDays[rest] * dayMs
}

function asPageCampaign(campaign: LiveCampaign): readonly PageCampaign[] {
  const { trigger } = campaign.flow
  if (trigger.kind !== 'page') return []
  const asked = stepsOf(campaign.flow).flatMap((step) =>
    step.kind === 'message' && step.content.channel === 'onsite' ? step.content.asks : [],
  )
  const asks = asked.find((one) => one !== 'nothing') ?? 'nothing'
  return [{ ...campaign, trigger, asks, share: campaign.flow.holdoutShare }]
}
