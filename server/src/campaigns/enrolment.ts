import type { Placed } from '../events/happening.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import type { Trigger } from './campaign.ts'
import type { EndReason } from './steps/step-kind.ts'

/** One person's way through one version of a campaign's flow. A plain value; `advance` makes the next one. */
export type Enrolment = {
  readonly campaign: CampaignId
  readonly version: number
  readonly customer: CustomerId
  /** Unique among the open enrolments of the campaign. */
  readonly entryKey: string
  /** The log position that let the person in. */
  readonly cause: string
  /** done: reached the end of the flow; exited: left before it. */
  readonly state: 'active' | 'done' | 'exited'
  /** Id of the step the person stands on. */
  readonly step: number
  /** How many steps were entered so far: with the step it names a message for ever. */
  readonly visit: number
  /** Counts timers; a timer of an older generation is void. */
  readonly generation: number
  /** When the open timer runs out, UTC ms; null when the person does not wait for time. */
  readonly due: number | null
  /** The one door was asked and has not answered yet. */
  readonly awaiting: boolean
  /** Processing time of the entry, UTC ms. */
  readonly enteredAt: number
  /** Event time of the trigger: orders from here on count as made since the entry. */
  readonly since: number
  readonly endedAt: number | null
  readonly endReason: EndReason | null
  /** What of the trigger the flow still needs. */
  readonly entry: Entry
}

export type Entry = {
  readonly kind: Trigger['key']
  /** Cart id or product id; '' for the person. */
  readonly value: string
}

/** The key that may be open once: the person, or the person with a cart or product. */
export function entryKeyOf(customer: CustomerId, entry: Entry): string {
  return entry.kind === 'person' ? String(customer) : `${customer}:${entry.kind}:${entry.value}`
}

/** Names the message of a step for ever: enrolment:step:visit. `id` is the enrolment's row. */
export function causeKeyOf(id: number, at: Pick<Enrolment, 'step' | 'visit'>): string {
  return `${id}:${at.step}:${at.visit}`
}

const answers: ReadonlySet<string> = new Set([
  'Message Queued',
  'Message Refused',
  'Message Held Out',
])

/** Which enrolment's which step the one door answers; undefined for every other happening. */
export function answerIn(
  happening: Placed,
): { readonly enrolment: number; readonly step: number } | undefined {
  if (happening.kind !== 'derived' || !answers.has(happening.name)) return undefined
  const { enrolment, step } = happening.body.properties ?? {}
  if (typeof enrolment !== 'number' || typeof step !== 'number') return undefined
  return { enrolment, step }
}
