import type { Happening } from '../../events/happening.ts'
import { unreachable } from '../../lib/assert.ts'
import { dayMs } from '../../lib/duration.ts'
import type { OnsiteContent } from '../../messages/onsite/content.ts'
import { factsOf, passes } from '../../segments/filter.ts'
import type { PageMemory } from './page-memory.ts'
import type { PagePattern, PageTrigger, When } from './page-trigger.ts'

/** One page view of one visitor as the rules see it. Times are UTC ms. */
export type PageMoment = {
  /** Without what stands after #. */
  readonly url: string
  /** Names the page view. */
  readonly view: string
  readonly visit: {
    /** When it began: it names the visit. */
    readonly startedAt: number
    /** Page views in it, this one counted. */
    readonly views: number
    readonly returning: boolean
  }
  readonly member: boolean
  /** Somebody signed in on this device within a year. */
  readonly knownMember: boolean
  /** What the cart holds, ten-thousandths of the currency unit. */
  readonly cartValue: number
  /** What happened on this page so far, oldest first. */
  readonly events: readonly Pick<Happening, 'name' | 'at' | 'body'>[]
  readonly now: number
  /** When the shop's day began. */
  readonly dayStartsAt: number
}

/** Why a campaign has nothing for this page view. */
export type PageNo =
  | 'other_page'
  | 'other_visitor'
  | 'too_few_views'
  | 'small_cart'
  | 'seen_often'
  | 'resting'

/** Does a campaign have something for this page view, now or at a moment still to come? */
export type PageFit =
  | { readonly kind: 'no'; readonly why: PageNo }
  | { readonly kind: 'now' }
  | { readonly kind: 'later'; readonly when: readonly When[] }

const tenThousand = 10_000

/**
 * Judges everything of a page trigger but who is in its audience. `fired`: the page says that a moment the campaign waited for
 * has come; moments that are events are looked up in what the page told, for their filters stay here.
 */
export function fitsPage(
  trigger: PageTrigger,
  at: {
    readonly campaign: number
    readonly asks: OnsiteContent['asks']
    readonly moment: PageMoment
    readonly memory: PageMemory
    readonly fired: boolean
  },
): PageFit {
  const { moment } = at
  const no =
    whyOtherPage(trigger, moment) ?? whyOtherVisitor(trigger, moment) ?? whySeen(trigger, at)
  if (no) return { kind: 'no', why: no }
  const isDue = trigger.when.some((when) => hasCome(when, moment, at.fired))
  return isDue ? { kind: 'now' } : { kind: 'later', when: trigger.when }
}

/** Names the occasion on which the visitor may see it once: the page view, the visit, the day, or ever. */
export function occasionOf(trigger: PageTrigger, moment: PageMoment): string {
  switch (trigger.often) {
    case 'view':
      return `view:${moment.view}`
    case 'visit':
      return `visit:${moment.visit.startedAt}`
    case 'day':
      return `day:${moment.dayStartsAt}`
    case 'week':
      // Seven days begin with the visit that saw it; two tabs of one visit are one occasion.
      return `week:${moment.visit.startedAt}`
    case 'once':
      return 'once'
    default:
      return unreachable(trigger.often)
  }
}

/** Does the address fit? Of the path `is` and `starts` compare whole; `holds` is part of the whole address. */
export function isPage(pattern: PagePattern, url: string): boolean {
  const path = pathOf(url)
  switch (pattern.by) {
    case 'is':
      return path === pattern.value || path === `${pattern.value}/`
    case 'starts':
      return path.startsWith(pattern.value)
    case 'holds':
      return decoded(url).includes(decoded(pattern.value))
    default:
      return unreachable(pattern.by)
  }
}

function whyOtherPage({ only, never }: PageTrigger, { url }: PageMoment): PageNo | undefined {
  const isOne = only.length === 0 || only.some((pattern) => isPage(pattern, url))
  return isOne && !never.some((pattern) => isPage(pattern, url)) ? undefined : 'other_page'
}

function whyOtherVisitor(trigger: PageTrigger, moment: PageMoment): PageNo | undefined {
  if (!isVisitor(trigger.visitor, moment)) return 'other_visitor'
  const { views, returning } = moment.visit
  if (views < trigger.fromView && !returning) return 'too_few_views'
  const { cartFrom } = trigger
  return cartFrom !== undefined && moment.cartValue < cartFrom * tenThousand
    ? 'small_cart'
    : undefined
}

function isVisitor(visitor: PageTrigger['visitor'], moment: PageMoment): boolean {
  switch (visitor) {
    case 'all':
      return true
    case 'stranger':
      return !moment.member && !moment.knownMember
    case 'member':
      return moment.member
    case 'new':
      return !moment.visit.returning
    case 'returning':
      return moment.visit.returning
    default:
      return unreachable(visitor)
  }
}

function whySeen(trigger: PageTrigger, at: Parameters<typeof fitsPage>[1]): PageNo | undefined {
  const { moment, memory, campaign, asks } = at
  const named = asks === 'nothing' ? [String(campaign)] : [String(campaign), asks]
  if (named.some((of) => (memory.rests?.[of] ?? 0) > moment.now)) return 'resting'
  const seen = memory.shown?.[campaign]
  if (!seen) return undefined
  switch (trigger.often) {
    case 'view':
      return undefined
    case 'visit':
      return seen.visit === moment.visit.startedAt ? 'seen_often' : undefined
    case 'day':
      return seen.at >= moment.dayStartsAt ? 'seen_often' : undefined
    case 'week':
      return seen.at > moment.now - 7 * dayMs ? 'seen_often' : undefined
    case 'once':
      return 'seen_often'
    default:
      return unreachable(trigger.often)
  }
}

function hasCome(when: When, moment: PageMoment, fired: boolean): boolean {
  if (when.kind === 'now') return true
  if (when.kind !== 'event') return fired
  const { filter } = when
  return moment.events.some(
    (told) => told.name === when.event && (!filter || passes(filter, factsOf(told))),
  )
}

function pathOf(url: string): string {
  const from = url.indexOf('//')
  const slash = url.indexOf('/', from < 0 ? 0 : from + 2)
  return slash < 0 ? '/' : decoded(url.slice(slash).split(/[?#]/)[0] ?? '/')
}

/** Korean paths come escaped from the browser and unescaped from the marketer. */
function decoded(text: string): string {
  try {
    return decodeURI(text).normalize('NFC')
  } catch {
    return text
  }
}
