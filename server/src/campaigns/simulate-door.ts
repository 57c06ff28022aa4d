import type { ConsentState } from '../consent/consent.ts'
import { type Arm, armOf } from '../experiments/arm.ts'
import { shareInForce } from '../experiments/learning.ts'
import { shopExperiment } from '../experiments/shop-wide.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { isUnder14 } from '../messages/age.ts'
import { decide, decideAgain, type Earlier, type Facts, type Verdict } from '../messages/decide.ts'
import type {
  MessageChannel,
  MessageIntent,
  OnNight,
  Precedence,
  Purpose,
} from '../messages/intent.ts'
import { fallen } from '../messages/onsite/shown-already.ts'
import type { SendingSettings } from '../messages/sending.ts'
import type { Entry } from './enrolment.ts'
import type { LiveCampaign } from './entry.ts'

/** How one channel reaches a simulated person. */
export type SimulatedReach = {
  readonly hasContact: boolean
  /** Undefined: the person never said anything, so nothing is allowed. */
  readonly consent: ConsentState | undefined
  /** Why the address is closed; open unless told. */
  readonly suppressed?: Facts['suppressed']
}

/** A message that something outside the simulation sent the person. Times are UTC ms. */
export type SentElsewhere = Earlier & {
  /** When it was decided: nobody could know of it before. */
  readonly madeAt: number
}

/** What the one door must know of a simulated person; what is said of a channel outweighs the rest. */
export type SimulatedPerson = SimulatedReach & {
  readonly assignmentKey: string
  readonly channels?: { readonly [C in MessageChannel]?: SimulatedReach }
  /** What is known of them; left out: as it was. */
  readonly traits?: JsonObject
}

/** One decision of the one door and what became of its message. */
export type SimulatedDecision = {
  readonly campaign: CampaignId
  readonly customer: CustomerId
  readonly enrolment: number
  readonly step: number
  /** With the enrolment and the step it names the decision. */
  readonly visit: number
  /** The message's own number, by which its receipts name it. */
  readonly message: number
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly precedence: Precedence
  readonly entry: Entry
  /** Event time of the entry. */
  readonly since: number
  /** UTC ms: the instant both arms are counted from. */
  readonly at: number
  readonly arm: Arm
  readonly wouldSend: boolean
  /** failed: it left and did not arrive, so it fills no day. */
  readonly state: 'queued' | 'sent' | 'failed' | 'refused' | 'held_out'
  readonly reason: string
  /** Held back until, UTC ms. */
  readonly until: number | null
  readonly sentAt: number | null
  readonly onNight: OnNight
  /** The hours in which its campaign sends. */
  readonly hours?: Facts['hours']
  /** The coupon taken for it. */
  readonly coupon: number | null
}

type Asked = {
  readonly campaign: LiveCampaign
  readonly facts: SimulatedPerson
  readonly customer: CustomerId
  readonly enrolment: number
  readonly entry: Entry
  readonly send: {
    readonly step: number
    readonly visit: number
    readonly message: number
    readonly channel: MessageChannel
    readonly onNight: OnNight
    readonly hours: Facts['hours']
  }
  readonly since: number
  readonly products: readonly string[]
  readonly sellable: (productId: string) => boolean
  /** Null: it carries none. */
  readonly coupon: 'available' | 'gone' | 'had' | null
  /** Decisions of this person so far. */
  readonly earlier: readonly SimulatedDecision[]
  readonly elsewhere: readonly SentElsewhere[]
  /** What is known of the person now. */
  readonly traits: JsonObject
  readonly arm: Arm
  /** What a page decided while it waited. */
  readonly shown?: MessageIntent['shown']
  readonly now: number
  readonly settings: SendingSettings
  /** Spreads the mornings: messages/outbox.ts seedOf. */
  readonly seed: string
}

/** The arm a person plays: the recorded one, else the one the draw gives. */
export function simulatedArm(
  { id, flow }: LiveCampaign,
  person: { readonly customer: number; readonly assignmentKey: string },
  {
    arms,
    assigned,
  }: {
    readonly arms: ReadonlyMap<string, Arm>
    /** How many play in each campaign's experiment. */
    readonly assigned: ReadonlyMap<CampaignId, number>
  },
): Arm {
  const holdoutShare = shareInForce(flow, assigned.get(id) ?? 0)
  if (holdoutShare === 0) return 'treatment'
  const experiment = `campaign:${id}`
  const { assignmentKey } = person
  return arms.get(armKey(person.customer, id)) ?? armOf({ experiment, assignmentKey, holdoutShare })
}

/** Names a person's arm among those recorded. */
export function armKey(customer: number, campaign: CampaignId): string {
  return `${customer}:campaign:${campaign}`
}

/** Asks the same rule as live (messages/decide.ts) with facts from memory. */
export function decisionFor(asked: Asked): SimulatedDecision {
  const { campaign, now, send, coupon, shown } = asked
  const { purpose } = campaign.flow.nature
  const { precedence } = campaign.flow
  const about = {
    channel: send.channel,
    purpose,
    precedence,
    onNight: send.onNight,
    hours: send.hours,
  }
  const verdict = shown
    ? fallen(shown)
    : decide({
        ...looked(asked, about),
        products:
          asked.products.length > 0 && !asked.products.some(asked.sellable)
            ? 'not_sellable'
            : 'fine',
        couponAvailable: coupon === null ? null : coupon === 'available',
        couponHad: coupon === 'had',
        arm: asked.arm,
        shopArm: shopArmOf(asked, purpose),
      })
  const isOfShop = verdict.kind === 'would_send' && verdict.reason === 'shop_held_out'
  const isOnPage = shown !== undefined && verdict.kind === 'send'
  return {
    campaign: campaign.id,
    customer: asked.customer,
    enrolment: asked.enrolment,
    step: send.step,
    visit: send.visit,
    message: send.message,
    ...about,
    entry: asked.entry,
    since: asked.since,
    at: now,
    arm: shown?.arm ?? asked.arm,
    wouldSend: verdict.kind !== 'refused' && !isOfShop,
    state: isOnPage ? 'sent' : stateOf(verdict),
    reason: verdict.kind === 'send' ? (isOnPage ? 'sent' : 'queued') : verdict.reason,
    until: verdict.kind === 'held' ? verdict.until : null,
    sentAt: isOnPage ? now : null,
    coupon: null,
  }
}

/** Who gets no advertising at all, by the draw: what was recorded of it is not known here. */
function shopArmOf({ facts, settings }: Asked, purpose: Purpose): Arm {
  const { assignmentKey } = facts
  const holdoutShare = purpose === 'advertising' ? settings.shopHoldout : 0
  return armOf({ experiment: shopExperiment, assignmentKey, holdoutShare })
}

/** The look of the transaction that leases a message: law and limits once more. */
export function lookedAgain(decision: SimulatedDecision, around: Around): Verdict {
  const left = around.earlier.filter((one) => one.state === 'sent')
  const facts = looked({ ...around, earlier: left }, decision)
  return decideAgain(facts, { createdAt: decision.at, dueAt: decision.until ?? decision.at })
}

/** The decision once it is known what becomes of its message. */
export function settled(
  decision: SimulatedDecision,
  became: Pick<SimulatedDecision, 'state' | 'reason'> &
    Partial<Pick<SimulatedDecision, 'until' | 'sentAt'>>,
): SimulatedDecision {
  return { ...decision, ...became }
}

type Around = Pick<
  Asked,
  'facts' | 'traits' | 'earlier' | 'elsewhere' | 'now' | 'settings' | 'seed'
>

/** What both looks see alike. */
function looked(
  around: Around,
  about: Pick<SimulatedDecision, 'channel' | 'purpose' | 'precedence' | 'onNight' | 'hours'>,
): Facts {
  const { facts: person } = around
  const own = isApart(about) ? withoutAddress : person.channels?.[about.channel]
  const { hasContact, consent, suppressed = null } = own ?? person
  return {
    channel: about.channel,
    purpose: about.purpose,
    precedence: about.precedence,
    now: around.now,
    settings: around.settings,
    // Backtests ask what the campaign would have done, with a shop that is ready to send.
    locked: false,
    channelReady: true,
    hasContact,
    erased: false,
    suppressed,
    under14: isUnder14(around.traits, around.now),
    consent,
    tradingRelation: false,
    earlier: [
      ...around.earlier.flatMap(asEarlier),
      ...around.elsewhere
        .filter(({ madeAt }) => madeAt <= around.now)
        .map((one) => ({ ...one, waiting: one.at > around.now })),
    ],
    products: 'fine',
    couponAvailable: null,
    drawn: 'fine',
    arm: 'treatment',
    notBefore: null,
    onNight: about.onNight,
    hours: about.hours,
    seed: around.seed,
    budgetSpent: false,
  }
}

const withoutAddress: SimulatedReach = { hasContact: true, consent: undefined }

/** What goes to the shop's own server or stands on its page fills nobody's day, and nobody's day keeps it away. */
export function isApart({ channel }: Pick<SimulatedDecision, 'channel'>): boolean {
  return channel === 'webhook' || channel === 'onsite'
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

function asEarlier(one: SimulatedDecision): readonly Earlier[] {
  if (one.state !== 'queued' && one.state !== 'sent') return []
  if (isApart(one)) return []
  return [
    {
      at: one.sentAt ?? one.until ?? one.at,
      purpose: one.purpose,
      precedence: one.precedence,
      waiting: one.state === 'queued',
    },
  ]
}
