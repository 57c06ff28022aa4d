import type { Placed } from '../events/happening.ts'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { factsOf, passes } from '../segments/filter.ts'
import { campaignLimits, type Flow } from './campaign.ts'
import { type Enrolment, type Entry, entryKeyOf, type Notes } from './enrolment.ts'
import { keyIn } from './entry-key.ts'
import { type Memory, runEntry, withEntry, withRun } from './memory.ts'
import { type PageCall, pageCallIn } from './page/page-call.ts'
import { calledEvent, eventOfTrigger, keyOfTrigger, type Trigger } from './trigger.ts'

/** A live campaign as the line knows it. */
export type LiveCampaign = {
  readonly id: CampaignId
  readonly version: number
  readonly flow: Flow
}

/** Why a trigger let nobody in. */
export type NotEntered =
  | 'other_event'
  | 'filtered'
  | 'imported'
  | 'too_late'
  | 'already_in'
  | 'reentry'
  | 'not_in_audience'
  | 'internal'

export type Considered =
  | { readonly kind: 'enters'; readonly enrolment: Enrolment }
  | { readonly kind: 'not'; readonly why: NotEntered }

/**
 * Does this happening let its person into the campaign? Entry is edge-triggered: only the trigger itself lets in, and
 * the conditions are looked at when the wait is over. The enrolment returned stands before its first step.
 */
export function consider(
  campaign: LiveCampaign,
  happening: Placed,
  known: {
    /** Is the person in the segment now? */
    readonly isMember: (segment: number) => boolean
    readonly memory: Memory
    /** Entry keys of the campaign's open enrolments of this person. */
    readonly open: (entryKey: string) => boolean
    readonly now: number
    /** One of the shop's own people. */
    readonly internal?: boolean | undefined
  },
): Considered {
  const { flow } = campaign
  const { trigger } = flow
  const { now } = known
  if (!setsOff(trigger, campaign.id, happening)) return not('other_event')
  // History that is loaded into the system, and events that come a day late, tell; they do not set off messages.
  if (happening.importId !== undefined) return not('imported')
  if (now - happening.at > campaignLimits.triggerAgeHours * hourMs) return not('too_late')
  if (known.internal) return not('internal')
  if (!passesTrigger(trigger, happening)) return not('filtered')
  // What a page decided stands: the visitor has seen it.
  const page = trigger.kind === 'page' ? pageCallIn(happening) : undefined
  if (!page && flow.audience !== undefined && !known.isMember(flow.audience))
    return not('not_in_audience')
  const entry = entryOf(flow, happening)
  const entryKey = entryKeyOf(happening.customer, entry)
  if (known.open(entryKey)) return not('already_in')
  const run = runOf(happening)
  if (run !== undefined && known.memory.entered?.includes(runEntry(campaign.id, run)))
    return not('already_in')
  if (!page && !mayEnterAgain(flow.reentry.afterDays, rememberedEntry(campaign.id, entry), known))
    return not('reentry')
  return {
    kind: 'enters',
    enrolment: {
      campaign: campaign.id,
      version: campaign.version,
      customer: happening.customer,
      entryKey,
      cause: String(happening.position),
      state: 'active',
      step: flow.steps[0]?.id ?? 0,
      visit: 0,
      generation: 0,
      due: null,
      awaiting: false,
      enteredAt: now,
      since: happening.at,
      endedAt: null,
      endReason: null,
      entry,
      notes: page ? pageNotes(page, happening) : notesOf(trigger, happening),
    },
  }
}

/** The run that calls the person (campaigns/runs); undefined for every other happening. */
function runOf({ kind, name, body }: Placed): number | undefined {
  const run = kind === 'derived' && name === calledEvent ? body.properties?.run : undefined
  return typeof run === 'number' ? run : undefined
}

/** What is remembered of an entry. Of carts and products there is no end, so they are remembered only where it matters. */
export function withWayIn(
  memory: Memory,
  { id, flow }: LiveCampaign,
  { entry, happening }: { readonly entry: Entry; readonly happening: Placed },
): Memory {
  const matters = entry.kind === 'person' || flow.reentry.afterDays === null
  const known = matters ? withEntry(memory, rememberedEntry(id, entry)) : memory
  const run = runOf(happening)
  return run === undefined ? known : withRun(known, id, run)
}

/** Once is counted from the entry, however it ended; a number of days from the last decision to message the person. */
function mayEnterAgain(
  afterDays: number | null,
  entry: string,
  { memory, now }: { readonly memory: Memory; readonly now: number },
): boolean {
  const decidedAt = memory.decided[entry]
  if (afterDays === null) return decidedAt === undefined && !memory.entered?.includes(entry)
  return decidedAt === undefined || now >= decidedAt + afterDays * dayMs
}

/** Is this the happening that the trigger waits for? */
function setsOff(trigger: Trigger, campaign: CampaignId, happening: Placed): boolean {
  if (happening.name !== eventOfTrigger(trigger)) return false
  const properties = happening.body.properties ?? {}
  switch (trigger.kind) {
    case 'event':
      return true
    case 'segment':
      return properties.segment_id === trigger.segment
    default:
      // Who calls people into campaigns is the server alone; an event of this name from elsewhere is just an event.
      return happening.kind === 'derived' && properties.campaign_id === campaign
  }
}

function passesTrigger(trigger: Trigger, happening: Placed): boolean {
  return trigger.kind !== 'event' || !trigger.filter || passes(trigger.filter, factsOf(happening))
}

/** Longest properties (JSON) of a trigger that an enrolment keeps; longer ones are dropped whole. */
const triggerNotesLength = 4_000

/** The arms that the page drew, and the event whose moment it was. */
function pageNotes(page: PageCall, { body }: Placed): Notes {
  const event = body.properties?.event
  const told = isJsonObject(event) && JSON.stringify(event).length <= triggerNotesLength
  return { page, arms: page.arms, ...(told ? { trigger: event } : {}) }
}

function notesOf(trigger: Trigger, happening: Placed): Notes {
  const { properties } = happening.body
  if (!properties || trigger.kind === 'schedule' || trigger.kind === 'anniversary') return {}
  const fits = isPlainlyShort(properties) || JSON.stringify(properties).length <= triggerNotesLength
  return fits ? { trigger: properties } : {}
}

/** Longest that one character of a text, and a number or word with its commas and quotes, can become as JSON. */
const [longestCharacter, longestWord] = [6, 30]

/** Surely short enough, seen without writing it down: most triggers are a handful of short texts and numbers. */
function isPlainlyShort(properties: JsonObject): boolean {
  let length = 2
  for (const key in properties) {
    const value = properties[key]
    if (typeof value === 'object' && value !== null) return false
    const text = typeof value === 'string' ? value.length : 0
    length += (key.length + text) * longestCharacter + longestWord
    if (length > triggerNotesLength) return false
  }
  return true
}

/** How the memory of decisions names a campaign and entry; it does not name the person, who may merge. */
export function rememberedEntry(campaign: CampaignId, entry: Entry): string {
  return entry.kind === 'person' ? String(campaign) : `${campaign}:${entry.kind}:${entry.value}`
}

/** What the entry is about: the person, or the cart or product that the happening names. */
export function entryOf({ trigger }: Flow, happening: Placed): Entry {
  const kind = keyOfTrigger(trigger)
  return { kind, value: keyIn(kind, happening) }
}

function not(why: NotEntered): Considered {
  return { kind: 'not', why }
}
