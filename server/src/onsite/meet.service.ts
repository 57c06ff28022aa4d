import { type Memory, readMemory, remembered } from '../campaigns/memory.ts'
import { noPages, type PageMemory } from '../campaigns/page/page-memory.ts'
import { factsFor } from '../campaigns/person-turn.ts'
import { deviceKey } from '../customers/device-key.ts'
import type { Database } from '../database/connection.store.ts'
import { dedupeKey } from '../events/logged.ts'
import { sectionReader } from '../events/turn-people.ts'
import { type Arm, armOf } from '../experiments/arm.ts'
import { type ShopPart, shopExperiment } from '../experiments/shop-wide.ts'
import { cartValue, wholeCart } from '../facts/cart.ts'
import { factsIn, factsSection, readKnown } from '../facts/person.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { startOfLocalDay } from '../lib/zone.ts'
import { sendingSettings } from '../messages/sending.ts'
import { membersAtOnce } from '../segments/at-once.ts'
import type { Shop } from '../shops/shop.ts'
import type { Onlooking } from './choose.ts'
import type { Live } from './live.service.ts'
import { keyHashOf, readVisitor, type VisitorRow } from './visitor.store.ts'
import { inLogsWords, pageHappenings } from './visitor.ts'
import type { OnsiteRequest } from './wire.ts'

/** A chapter of a device that nobody signed in on lasts so long (customers/resolve.ts). */
const chapterMs = 30 * dayMs

/** A visitor as this page view meets them. */
export type Met = {
  readonly onlooking: Onlooking & { readonly internal: boolean }
  readonly memory: Memory
  readonly customer: number | null
  readonly assignmentKey: string
  /** Their part in the hold-out of the whole shop; undefined while there is none. */
  readonly shopPart: ShopPart | undefined
  readonly name: string | null
  readonly facts: JsonObject | undefined
  /** The section in which facts are kept, for whoever recommends. */
  readonly factsSection: Json | undefined
  /**
   * What is shown may speak of the person: nobody signed in here, or the shop has signed who did. A page's own word that it
   * shows a member tells no stranger what the member's name is or what lies in their cart.
   */
  readonly mayName: boolean
}
export type Meeting = ReturnType<typeof meeting>

/** Reads the visitor in one statement and folds over it what the page told and the log does not have yet. */
export function meeting(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly vouches: (shop: number, user: string, signature: string) => boolean
}) {
  return async (shop: Shop, live: Live, asked: OnsiteRequest): Promise<Met> => {
    const now = needs.clock.now()
    const request = { ...asked, events: inLogsWords(asked.events) }
    const { userId, userSignature, anonymousId } = request
    const isVouched =
      userId !== undefined &&
      userSignature !== undefined &&
      needs.vouches(shop.id, userId, userSignature)
    const keys = request.events.map(({ id }) => browserKey(id))
    const row = await readVisitor(needs.db, shop.id, {
      anonymous: anonymousId,
      user: isVouched ? userId : undefined,
      keys,
      chapterSince: now - chapterMs,
      experiments: [shopExperiment, ...live.campaigns.map(({ id }) => `campaign:${id}`)],
    })
    return metOf({ shop, live, request, row, isVouched, now })
  }
}

function browserKey(id: string): string {
  const ids = { verified: false }
  return dedupeKey({
    kind: 'event',
    name: '',
    at: 0,
    receivedAt: 0,
    messageId: id,
    ids,
    body: { browser: true },
  })
}

type About = {
  readonly shop: Shop
  readonly live: Live
  readonly request: OnsiteRequest
  readonly row: VisitorRow
  readonly isVouched: boolean
  readonly now: number
}

function metOf(about: About): Met {
  const { shop, live, request, row, now } = about
  const happenings = happeningsOf(about)
  const section = sectionReader(row.sections ?? '{}')
  const traits = traitsOf(row.traits)
  const assignmentKey = row.assignmentKey ?? deviceKey(request.anonymousId)
  const memory = happenings.reduce(remembered, readMemory(section('campaigns')))
  const stored = section(factsSection)
  const facts = stored === undefined ? undefined : factsIn(stored)
  const { revision } = readKnown(stored)
  const members = membersAtOnce(
    live.register,
    {
      customer: row.id ?? 0,
      member: row.member,
      internal: row.internal,
      version: row.version,
      traits,
      facts: { facts, revision },
      section: section('segments'),
    },
    { happenings, now },
  )
  const isMember = (segment: number) => members.has(segment)
  const arms = JSON.parse(row.arms) as { readonly [experiment: string]: Arm }
  const armWith = (experiment: string, holdoutShare: number): Arm => {
    if (holdoutShare === 0) return 'treatment'
    return arms[experiment] ?? armOf({ experiment, assignmentKey, holdoutShare })
  }
  const shopShare = sendingSettings(shop.settings.sending).shopHoldout
  const heldOut = armWith(shopExperiment, shopShare) === 'holdout'
  const shopPart = shopShare === 0 ? undefined : { share: shopShare, heldOut }
  const subject = { customer: (row.id ?? 0) as CustomerId, traits, assignmentKey }
  const desk = {
    sellable: () => true,
    isMember: (_: CustomerId, segment: number) => isMember(segment),
    timeZone: shop.timeZone,
    sharesOf: () => undefined,
  }
  return {
    memory,
    customer: row.id,
    assignmentKey,
    shopPart,
    name: typeof traits.name === 'string' ? traits.name : null,
    facts,
    factsSection: stored,
    mayName: !row.member || about.isVouched,
    onlooking: {
      internal: row.internal,
      moment: momentOf(about, memory),
      memory: withDevice(memory.pages ?? noPages, request, now),
      happenings,
      isMember,
      factsFor: ({ id }) =>
        factsFor(desk, {
          subject,
          memory,
          enrolment: { campaign: id, entry: { kind: 'person', value: '' } },
          paused: false,
        }),
      armIn: ({ id, flow, share }) =>
        shopPart?.heldOut && flow.nature.purpose === 'advertising'
          ? 'holdout'
          : armWith(`campaign:${id}`, share),
      busy: request.busy,
      popups: request.visit.popups,
      fired: request.fired,
    },
  }
}

function happeningsOf({ request, row, now }: About) {
  const accepted = new Set(row.accepted)
  const underWay = new Set(row.underWay)
  return pageHappenings(request, {
    customer: row.id ?? 0,
    now,
    skew: skewOf(request, now),
    isKnown: (id) => accepted.has(keyHashOf(browserKey(id))) && !underWay.has(id),
  })
}

/** The newest thing the page told happened just now. */
function skewOf({ events }: OnsiteRequest, now: number): number {
  const newest = events.at(-1)?.at
  return newest === undefined ? 0 : newest - now
}

function momentOf({ shop, request, row, now }: About, { carts }: Memory) {
  const cart = wholeCart(carts)
  return {
    url: request.page.url.split('#')[0] ?? '',
    view: request.view,
    visit: request.visit,
    member: row.member,
    knownMember: row.knownMember || row.member,
    cartValue: cart ? cartValue(cart) : 0,
    events: request.events.map(({ name, at, properties }) => ({
      name,
      at,
      body: { properties: properties as JsonObject },
    })),
    now,
    dayStartsAt: startOfLocalDay(now, shop.timeZone),
  }
}

/** What the device remembers beside what the log does: it knows at once, and its own silence is its own. */
function withDevice(pages: PageMemory, { seen, rests }: OnsiteRequest, now: number): PageMemory {
  const shown = { ...pages.shown }
  for (const { campaign, at, visit } of seen) {
    const known = shown[campaign]
    if (!known || known.at < at) shown[campaign] = { at: Math.min(at, now), visit }
  }
  const until = { ...pages.rests }
  for (const rest of rests) until[rest.of] = Math.max(until[rest.of] ?? 0, rest.until)
  return { shown, rests: until }
}

function traitsOf(text: string | null): JsonObject {
  const traits: unknown = JSON.parse(text ?? '{}')
  return isJsonObject(traits) ? traits : {}
}
