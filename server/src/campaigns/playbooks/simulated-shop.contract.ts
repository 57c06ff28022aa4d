import { assert } from '../../lib/assert.ts'
import type { CampaignId } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { hash32, seededRandom } from '../../lib/random.ts'
import type { SendingSettings } from '../../messages/sending.ts'
import type { LiveCampaign } from '../entry.ts'
import { runsBetween } from '../schedule.ts'
import { type Simulation, simulation } from '../simulate.ts'
import type { SimulatedPool } from '../simulate-coupons.ts'
import type { SimulatedResult } from '../simulate-state.ts'
import { playbookIds, runnable } from './gallery.ts'
import type { Playbook } from './playbook.ts'
import { madeFor } from './sample.contract.ts'
import {
  longestStay,
  type SeenOnPage,
  type SimulatedPages,
  simulatedPages,
} from './simulated-pages.contract.ts'
import {
  type Channels,
  channelsOf,
  isIn,
  newShopper,
  type Shopper,
  visit,
} from './simulated-shopper.contract.ts'

/** Monday 2 March 2026 in Seoul. */
export const start = Date.UTC(2026, 2, 1, 15)
/** Eight weeks later. */
export const end = start + 56 * dayMs
/** Who came later might still be there at the end. */
const lastComing = end - hourMs
const zone = 'Asia/Seoul'
const people = 120
/** Pieces of the limited pool: few, so that it runs out. */
const limitedPieces = 12

/** Every playbook that can run, as one shop has them live at once: campaigns and pools by the same number, segments their own. */
const houses = playbookIds.map((id, at) => {
  const playbook: Playbook = runnable[id]
  const number = (at + 1) as CampaignId
  const sample = madeFor(playbook)
  const keys = Object.entries(sample.segments).map(
    ([key, nth]) => [number * 10 + nth, key] as const,
  )
  const draft = playbook.coupon?.('ko', 'KRW')
  const flow = playbook.flow('ko', {
    ...sample,
    segments: Object.fromEntries(keys.map(([segment, key]) => [key, segment])),
    pool: draft ? number : 'none',
    // Shorter than a shop's, so that two messages fit into eight weeks.
    repurchaseDays: 14,
  })
  const left = draft && draft.total !== null ? limitedPieces : null
  const pool: SimulatedPool | undefined = draft && {
    id: number,
    left,
    perPerson: draft.perPerson,
    endsAt: null,
  }
  return { id, campaign: { id: number, version: 1, flow } satisfies LiveCampaign, keys, pool }
})

export const campaigns: readonly LiveCampaign[] = houses.map((one) => one.campaign)
export const pools: readonly SimulatedPool[] = houses.flatMap(({ pool }) => pool ?? [])
const segments = new Map(houses.flatMap(({ keys }) => keys))

/** What a person's addresses and consents were from a time on. */
export type ConsentAt = {
  readonly customer: number
  readonly at: number
  readonly channels: Channels
}

/** Eight weeks of a shop with these campaigns on, from one seed; after the end nobody does anything. */
export function simulatedShop(
  seed: string,
  settings: Partial<SendingSettings>,
  on = campaigns,
): {
  readonly run: Simulation
  readonly consents: readonly ConsentAt[]
  /** What its pages decided, in order. */
  readonly seen: readonly SeenOnPage[]
} {
  const shoppers = new Map<number, Shopper>()
  const consents: ConsentAt[] = []
  const run = simulation({
    campaigns: on,
    pools,
    settings,
    timeZone: zone,
    handoverMs: 3_000,
    isMember: ({ customer }, segment, at) => {
      const one = shoppers.get(customer)
      return one !== undefined && isIn(segments.get(segment) ?? '', one, at)
    },
    // Named by what does not change when another campaign comes to the shop.
    result: ({ campaign, customer, step, sentAt }) =>
      resultOf(hash32(`${seed}:${campaign}:${customer}:${step}:${sentAt}`) / 2 ** 32),
  })
  const pages = simulatedPages(run, on, { seed, zone })
  const introduce = ({ customer, channels }: Shopper, at: number) => {
    consents.push({ customer, at, channels })
    run.person({
      customer,
      assignmentKey: `k${customer}`,
      hasContact: false,
      consent: undefined,
      channels,
    })
  }
  for (let customer = 1; customer <= people; customer++) {
    const one = newShopper(customer, seededRandom(`${seed}:${customer}`), start)
    shoppers.set(customer, one)
    introduce(one, 0)
  }
  const calls = callsOf(on)
  const clock = { at: start }
  for (;;) {
    const next = soonest(shoppers)
    const [call] = calls
    if (call && call.at <= next.nextAt) {
      calls.shift()
      // Everybody is called; the audience of the flow decides who enters.
      for (const customer of shoppers.keys())
        run.call({ campaign: call.campaign, customer, at: Math.max(call.at, clock.at) })
    } else if (next.nextAt < lastComing) live({ run, pages, clock }, next, introduce)
    else return { run, consents, seen: pages.seen() }
  }
}

function soonest(shoppers: ReadonlyMap<number, Shopper>): Shopper {
  let next: Shopper | undefined
  for (const one of shoppers.values()) if (!next || one.nextAt < next.nextAt) next = one
  assert(next, 'somebody shops')
  return next
}

/** What lives in one shop: one person after another, each as long as their visit. */
type Life = {
  readonly run: Simulation
  readonly pages: SimulatedPages
  /** When the next person may do something, UTC ms: the same whatever stands on pages, so that a shop without them can be compared. */
  readonly clock: { at: number }
}

/** Comes, does things and goes; half an hour after the last of them the visit is over. */
function live(
  { run, pages, clock }: Life,
  one: Shopper,
  introduce: (one: Shopper, at: number) => void,
): void {
  const { customer, random } = one
  let at = Math.max(one.nextAt, clock.at)
  if (one.next === 'gone') {
    run.feed({ customer, at, name: 'Visit Ended', kind: 'derived' })
    one.next = 'visit'
    one.nextAt = at + hourMs + Math.round(random.exponential(3.5 * dayMs))
    return
  }
  run.feed({ customer, at, name: 'Visit Started', kind: 'derived' })
  one.visits += 1
  pages.begin(customer, at)
  pages.view(one, `${shopUrl}/`, { at })
  if (random.chance(0.05)) {
    one.channels = channelsOf(random)
    introduce(one, at)
  }
  const now = () => at + 20_000
  visit(one, now, (name, properties = {}) => {
    at = now()
    run.feed({ customer, at, name, properties })
    const path = pathOf(name, properties)
    const told = { name, properties, at }
    if (path === undefined) pages.tell(one, told)
    else pages.view(one, shopUrl + path, told)
  })
  clock.at = at + longestStay
  one.next = 'gone'
  one.nextAt = at + 30 * minuteMs
}

/** When schedules let people in, in order. */
function callsOf(on: readonly LiveCampaign[]) {
  return on
    .flatMap(({ id, flow: { trigger } }) => {
      if (trigger.kind !== 'schedule') return []
      const runs = runsBetween(trigger.schedule, { from: start, to: end, max: 100 }, zone)
      return runs.map((at) => ({ at, campaign: id }))
    })
    .sort((a, b) => a.at - b.at)
}

const shopUrl = 'https://shop.example'

/** The page on which an event happens; undefined: it opens none. */
function pathOf(name: string, properties: JsonObject): string | undefined {
  switch (name) {
    case 'Signed Up':
      return '/member/welcome.html'
    case 'Products Searched':
      return `/search?q=${encodeURIComponent(String(properties.query))}`
    case 'Product Viewed':
      return `/product/${properties.product_id}`
    case 'Checkout Started':
      return '/order/orderform.html'
    case 'Order Completed':
      return '/order/done.html'
    default:
      return undefined
  }
}

/** What the provider says of a message, by chance. */
function resultOf(chance: number): SimulatedResult {
  const afterMs = Math.floor(chance * 20) * minuteMs
  if (chance < 0.08) return { kind: 'failed', afterMs }
  if (chance < 0.12) return { kind: 'bounced', afterMs }
  return { kind: chance < 0.18 ? 'unconfirmed' : 'delivered', afterMs }
}
