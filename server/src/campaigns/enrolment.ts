import type { Placed } from '../events/happening.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import type { EndReason } from './end-reason.ts'
import type { PageCall } from './page/page-call.ts'
import type { Answer } from './steps/act.ts'
import type { keyOfTrigger } from './trigger.ts'

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
  /** Something outside the flow was asked (the one door, a coupon) and has not answered yet. */
  readonly awaiting: boolean
  /** Processing time of the entry, UTC ms. */
  readonly enteredAt: number
  /** Event time of the trigger: orders from here on count as made since the entry. */
  readonly since: number
  readonly endedAt: number | null
  readonly endReason: EndReason | null
  /** What of the trigger the flow still needs. */
  readonly entry: Entry
  readonly notes: Notes
}

/** What a random split drew for a person. */
export type DrawnBySplit = {
  readonly arm: string
  /** Drawn by the shares that were set and not by what was learnt, so it may be compared. */
  readonly even: boolean
  /** Those shares (split-shares.ts); null or missing: not recorded, or drawn by what was learnt. */
  readonly shares?: string | null
}

/** What an enrolment keeps on its way: 4,000 characters of its trigger, 32,000 of webhooks' answers (kept-answers.ts), and small marks. */
export type Notes = {
  /** Properties of what let the person in, for branches and texts. */
  readonly trigger?: JsonObject
  /** What the page decided that let the person in: they begin at its step, which was shown already. */
  readonly page?: PageCall
  /**
   * How far the channel chain of a message step is. `asked`: the one door was asked for that content; `message`: it queued
   * this message, and only its receipts move the chain.
   */
  readonly link?: {
    readonly step: number
    readonly index: number
    readonly asked: boolean
    readonly message?: number
  }
  /** The webhook step that was called and the message that calls; its receipt brings the answer. */
  readonly called?: { readonly step: number; readonly message: number | null }
  /** Split step -> the arm that was drawn. */
  readonly arms?: { readonly [step: string]: DrawnBySplit }
  /** Webhook step -> what it was answered. */
  readonly answers?: { readonly [step: string]: Json }
  /** Those steps, the one that was answered longest ago first: it is forgotten first (kept-answers.ts). */
  readonly answered?: readonly number[]
  /** What the last coupon step gave: messages after it show that coupon. */
  readonly coupon?: { readonly step: number; readonly pool: number; readonly issued: IssuedNote }
}

/** The coupon's id; `gone`: there was none to give. A held-out person is given none: their messages look as if they had one. */
export type IssuedNote = number | 'gone' | 'held_out'

export type Entry = {
  readonly kind: ReturnType<typeof keyOfTrigger>
  /** Cart id, product id, or the occasion on which a page showed it; '' for the person. */
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

const outcomes: { readonly [name: string]: Answer['outcome'] } = {
  'Message Queued': 'queued',
  'Message Refused': 'refused',
  'Message Held Out': 'held_out',
  'Step Done': 'done',
}

/** What a happening answers: which enrolment's which step, and how. */
export type AnswerTo = {
  readonly enrolment: number
  readonly step: number
  readonly answer: Answer
}

/** The answer a happening is to something a flow asked for; undefined for every other happening. */
export function answerIn(happening: Placed): AnswerTo | undefined {
  const outcome = outcomes[happening.name]
  if (happening.kind !== 'derived' || !outcome) return undefined
  const { enrolment, step, reason, until, coupon_id, message_id } = happening.body.properties ?? {}
  if (typeof enrolment !== 'number' || typeof step !== 'number') return undefined
  const answer: Answer = {
    outcome: reason === 'held_out' ? 'held_out' : outcome,
    reason: typeof reason === 'string' ? reason : '',
    until: typeof until === 'number' ? until : undefined,
    coupon: typeof coupon_id === 'number' ? coupon_id : undefined,
    message: typeof message_id === 'number' ? message_id : undefined,
  }
  return { enrolment, step, answer }
}
