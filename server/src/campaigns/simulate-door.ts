import type { ConsentState } from '../consent/consent.ts'
import { type Arm, armOf } from '../experiments/arm.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import { decide, type Earlier, type Verdict } from '../messages/decide.ts'
import type { SendingSettings } from '../messages/sending.ts'
import type { EndReason } from './end-reason.ts'
import type { Entry } from './enrolment.ts'
import type { LiveCampaign } from './entry.ts'

/** What the one door must know of a simulated person. */
export type SimulatedPerson = {
  readonly assignmentKey: string
  readonly hasContact: boolean
  /** Undefined: the person never said anything, so nothing is allowed. */
  readonly consent: ConsentState | undefined
}

/** One decision of the one door and what became of its message. */
export type SimulatedDecision = {
  readonly campaign: CampaignId
  readonly customer: CustomerId
  readonly enrolment: number
  readonly step: number
  readonly entry: Entry
  /** Event time of the entry. */
  readonly since: number
  /** UTC ms: the instant both arms are counted from. */
  readonly at: number
  readonly arm: Arm
  readonly wouldSend: boolean
  readonly state: 'queued' | 'sent' | 'refused' | 'held_out'
  readonly reason: string
  /** Held back until, UTC ms. */
  readonly until: number | null
  readonly sentAt: number | null
}

type Asked = {
  readonly campaign: LiveCampaign
  readonly facts: SimulatedPerson
  readonly customer: CustomerId
  readonly enrolment: number
  readonly entry: Entry
  readonly send: { readonly step: number }
  readonly since: number
  readonly products: readonly string[]
  readonly sellable: (productId: string) => boolean
  /** Decisions of this person so far. */
  readonly earlier: readonly SimulatedDecision[]
  /** Recorded arms; a first would-send adds one. */
  readonly arms: Map<string, Arm>
  readonly now: number
  readonly settings: SendingSettings
}

/** Asks the same rule as live (messages/decide.ts) with facts from memory. */
export function decisionFor(asked: Asked): SimulatedDecision {
  const { campaign, facts, now } = asked
  const { flow } = campaign
  const experiment = `campaign:${campaign.id}`
  const key = `${asked.customer}:${experiment}`
  const { assignmentKey } = facts
  const drawn = armOf({ experiment, assignmentKey, holdoutShare: flow.holdoutShare })
  const arm = flow.holdoutShare === 0 ? 'treatment' : (asked.arms.get(key) ?? drawn)
  const verdict = decide({
    channel: 'email',
    purpose: flow.nature.purpose,
    precedence: flow.precedence,
    now,
    settings: asked.settings,
    // Backtests ask what the campaign would have done, with a shop that is ready to send.
    locked: false,
    channelReady: true,
    hasContact: facts.hasContact,
    erased: false,
    suppressed: null,
    under14: false,
    consent: facts.consent,
    tradingRelation: false,
    earlier: asked.earlier.flatMap((one) => asEarlier(one, flow.precedence)),
    products:
      asked.products.length > 0 && !asked.products.some(asked.sellable) ? 'not_sellable' : 'fine',
    couponAvailable: null,
    drawn: 'fine',
    arm,
    notBefore: null,
    onNight: 'hold',
    seed: `${asked.customer}`,
    budgetSpent: false,
  })
  const wouldSend = verdict.kind !== 'refused'
  if (wouldSend && !asked.arms.has(key)) asked.arms.set(key, arm)
  return {
    campaign: campaign.id,
    customer: asked.customer,
    enrolment: asked.enrolment,
    step: asked.send.step,
    entry: asked.entry,
    since: asked.since,
    at: now,
    arm,
    wouldSend,
    state: stateOf(verdict),
    reason: verdict.kind === 'send' ? 'queued' : verdict.reason,
    until: verdict.kind === 'held' ? verdict.until : null,
    sentAt: null,
  }
}

/** The decision once its message has left, or was kept back at the last moment. */
export function handedOver(
  decision: SimulatedDecision,
  look: { readonly failed: EndReason | undefined; readonly now: number },
): SimulatedDecision {
  if (look.failed === undefined) {
    return { ...decision, state: 'sent', reason: 'sent', sentAt: look.now }
  }
  const reason = look.failed === 'ordered' ? 'goal_reached' : 'condition_no_longer'
  return { ...decision, state: 'refused', reason }
}

function stateOf(verdict: Verdict): SimulatedDecision['state'] {
  switch (verdict.kind) {
    case 'send':
    case 'held':
      return 'queued'
    case 'refused':
      return 'refused'
    case 'would_send':
      return 'held_out'
  }
}

function asEarlier(
  one: SimulatedDecision,
  precedence: { readonly class: string; readonly weight: number },
): readonly Earlier[] {
  if (one.state !== 'queued' && one.state !== 'sent') return []
  return [
    {
      at: one.sentAt ?? one.until ?? one.at,
      purpose: 'advertising',
      precedence,
      waiting: one.state === 'queued',
    },
  ]
}
