import type { LiveCampaign } from '../campaigns/entry.ts'
import type { Facts } from '../campaigns/facts.ts'
import { isGoal } from '../campaigns/goal.ts'
import { type FirstMessage, firstMessage } from '../campaigns/page/first-message.ts'
import { fitsPage, type PageFit, type PageMoment } from '../campaigns/page/page-fits.ts'
import type { PageMemory } from '../campaigns/page/page-memory.ts'
import type { PageTrigger } from '../campaigns/page/page-trigger.ts'
import { seen } from '../campaigns/watch.ts'
import type { Placed } from '../events/happening.ts'
import type { Arm } from '../experiments/arm.ts'
import { isPopup, type OnsiteContent } from '../messages/onsite/content.ts'

/** A live campaign whose trigger is a page; `asks`: what its first messages ask people to do. */
export type PageCampaign = LiveCampaign & {
  readonly trigger: PageTrigger
  readonly asks: OnsiteContent['asks']
  /** Held out of it now, 0 to 1. */
  readonly share: number
}

/** One visitor at one page view, as everything that decides sees them. */
export type Onlooking = {
  readonly moment: PageMoment
  readonly memory: PageMemory
  /** What the page told, as happenings of the visitor. */
  readonly happenings: readonly Placed[]
  readonly isMember: (segment: number) => boolean
  readonly factsFor: (campaign: LiveCampaign) => Facts
  readonly armIn: (campaign: PageCampaign) => Arm
  /** A popup stands or stood in this page view. */
  readonly busy: boolean
  /** Popups of this visit so far. */
  readonly popups: number
  /** The campaign whose moment the page says has come. */
  readonly fired: number | undefined
  /** Places that are taken already. */
  readonly taken?: ReadonlySet<string>
}

/** What is decided for a visitor: counted in both arms at the same instant, shown in one. */
export type PageDecision<D> = {
  readonly campaign: PageCampaign
  readonly message: FirstMessage
  readonly arm: Arm
  readonly drawn: D
}

/** Popups of one visit, at most. */
export const popupsAVisit = 2

/**
 * What this page view gets: of popups the first that can be shown, of everything else one a place. Campaigns are asked by
 * weight, then the newest first. Who is held out takes no place, so that the next may be shown. `draw` answers undefined where
 * a message cannot be drawn now: nothing to recommend, no coupon left.
 */
export function choose<D>(
  campaigns: readonly PageCampaign[],
  by: Onlooking,
  draw: (campaign: PageCampaign, message: FirstMessage) => D | undefined,
): {
  readonly decided: readonly PageDecision<D>[]
  readonly later: readonly { readonly campaign: PageCampaign; readonly fit: PageFit }[]
} {
  const decided: PageDecision<D>[] = []
  const later: { campaign: PageCampaign; fit: PageFit }[] = []
  const taken = new Set<string>(by.taken)
  if (by.busy || by.popups >= popupsAVisit) taken.add('popup')
  for (const campaign of inOrder(campaigns)) {
    const { id, trigger, asks } = campaign
    const { moment, memory } = by
    const fired = by.fired === id
    const fit = fitsPage(trigger, { campaign: id, asks, moment, memory, fired })
    if (fit.kind === 'no' || isOver(campaign, by)) continue
    const { audience } = campaign.flow
    if (audience !== undefined && !by.isMember(audience)) continue
    if (fit.kind === 'later') {
      later.push({ campaign, fit })
      continue
    }
    const message = firstMessage(campaign, by.factsFor(campaign), moment.now)
    if (message?.step.content.channel !== 'onsite') continue
    const place = placeOf(message.step.content)
    if (taken.has(place)) continue
    const drawn = draw(campaign, message)
    if (drawn === undefined) continue
    const arm = by.armIn(campaign)
    if (arm === 'treatment') taken.add(place)
    decided.push({ campaign, message, arm, drawn })
  }
  return { decided, later }
}

/** Where it stands: what covers the page is one; a bar, a toast and a button each have a place of their own, an inline block its selector. */
export function placeOf(content: OnsiteContent): string {
  if (isPopup(content.form)) return 'popup'
  return `${content.form}:${content.selector ?? content.place ?? ''}`
}

/** The goal or an exit was reached on this very page. */
function isOver({ flow }: PageCampaign, { happenings }: Onlooking): boolean {
  return happenings.some(
    (happening) => isGoal(flow.goal, happening) || flow.exits.some((exit) => seen(exit, happening)),
  )
}

function inOrder(campaigns: readonly PageCampaign[]): readonly PageCampaign[] {
  return campaigns.toSorted(
    (a, b) => b.flow.precedence.weight - a.flow.precedence.weight || b.id - a.id,
  )
}
