import type { Placed } from '../events/happening.ts'
import { unreachable } from '../lib/assert.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { failing, failingJson } from '../segments/failing.ts'
import { factsOf } from '../segments/filter.ts'
import { entryOf, type LiveCampaign, type NotEntered, rememberedEntry } from './entry.ts'
import type { Memory } from './memory.ts'

/** Reasons that are kept for a person: an event that is none of the campaign's is no news, and imports set nothing off. */
export type KeptReason = Exclude<NotEntered, 'other_event' | 'imported'>

/** Is this a reason that is kept? */
export function isKept(why: NotEntered): why is KeptReason {
  return why !== 'other_event' && why !== 'imported'
}

/** What the rules knew when they let somebody into nothing. */
export type KnownThen = {
  readonly campaign: LiveCampaign
  readonly happening: Placed
  readonly memory: Memory
  /** When the open enrolment of the same key began (UTC ms), where there is one. */
  readonly openSince: number | undefined
}

/**
 * The data that decided it, small enough to keep: the condition that failed and what it found, the segment, the last decision
 * that counts for re-entry (UTC ms; null: entered before, once only), the open enrolment's beginning.
 */
export function decidedBy(why: KeptReason, known: KnownThen): JsonObject {
  const { campaign, happening, memory } = known
  const { trigger, audience, reentry } = campaign.flow
  switch (why) {
    case 'filtered':
      return trigger.kind === 'event' && trigger.filter
        ? failingJson(failing(trigger.filter, factsOf(happening)))
        : {}
    case 'too_late':
      return { happenedAt: happening.at }
    case 'not_in_audience':
      return audience === undefined ? {} : { segment: audience }
    case 'already_in':
      return known.openSince === undefined ? {} : { enteredAt: known.openSince }
    case 'reentry': {
      const key = rememberedEntry(campaign.id, entryOf(campaign.flow, happening))
      const decidedAt = memory.decided[key] ?? null
      const { afterDays } = reentry
      const until = decidedAt === null || afterDays === null ? null : decidedAt + afterDays * dayMs
      return { decidedAt, until }
    }
    case 'internal':
      return {}
    default:
      return unreachable(why)
  }
}
