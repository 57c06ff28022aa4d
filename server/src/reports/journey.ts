import type { CampaignState } from '../campaigns/campaign.ts'
import { type Stage, stageEvents, stages } from '../facts/stage.ts'

/** Days whose moves the page shows; a day is 24 hours, the last one ends now. */
export const movesDays = 7

/** How many are in a stage now, and the median of how long they have been there (ms; null where unknown). */
export type StageSize = {
  readonly stage: string
  readonly people: number
  readonly medianMs: number | null
}

/** How often somebody came from one stage into another on a day (0 the oldest); `before` is null for newcomers. */
export type StageMove = {
  readonly day: number
  readonly before: Stage | null
  readonly stage: Stage
  readonly moves: number
}

/** One column of the page. */
export type StageColumn = {
  readonly stage: Stage
  readonly people: number
  readonly medianMs: number | null
  /** Times somebody came into it in the last seven days, and went on. */
  readonly entered: number
  readonly left: number
  /** Those who came in, day by day, the oldest first. */
  readonly days: readonly number[]
}

/** The five columns from what is there now and who moved in the last days: `entered - left` is the change of the size. */
export function columnsOf(
  sizes: readonly StageSize[],
  moves: readonly StageMove[],
): readonly StageColumn[] {
  return stages.map((stage) => {
    const size = sizes.find((one) => one.stage === stage)
    const came = moves.filter((one) => one.stage === stage)
    return {
      stage,
      people: size?.people ?? 0,
      medianMs: size?.medianMs ?? null,
      entered: sum(came),
      left: sum(moves.filter((one) => one.before === stage)),
      days: Array.from({ length: movesDays }, (_, day) =>
        sum(came.filter((one) => one.day === day)),
      ),
    }
  })
}

/** Moves of all days between two stages, the most frequent first. */
export function flowsOf(
  moves: readonly StageMove[],
): readonly { readonly from: Stage | null; readonly to: Stage; readonly moves: number }[] {
  const ways = Map.groupBy(moves, ({ before, stage }) => `${before}>${stage}`)
  return [...ways.values()]
    .flatMap((same) => {
      const [first] = same
      return first ? [{ from: first.before, to: first.stage, moves: sum(same) }] : []
    })
    .sort((a, b) => b.moves - a.moves)
}

function sum(moves: readonly StageMove[]): number {
  return moves.reduce((all, one) => all + one.moves, 0)
}

/** The ready-made campaigns of each stage, the one to begin with first. */
export const stagePlaybooks: Readonly<Record<Stage, readonly [string, ...string[]]>> = {
  visited: ['visit_no_signup'],
  searched: ['search_no_purchase'],
  considered: ['cart_abandonment', 'product_view_no_purchase', 'first_cart_limited_coupon'],
  checkout: ['checkout_abandonment', 'payment_failed'],
  bought: ['repurchase_due', 'repurchase_special_price', 'promo_repurchase'],
}

/** What the page knows of a campaign before it looks at its result. */
export type StageCampaign = {
  readonly id: number
  readonly name: string
  readonly state: CampaignState
  readonly playbook: string | null
  /** The event that lets people in. */
  readonly trigger: string
  /** Lets in only buyers of chosen goods and the like (campaigns/chosen-goods.ts). */
  readonly isForChosenGoods: boolean
}

const stageOfEvent: ReadonlyMap<string, Stage> = new Map([
  ...stageEvents,
  ['Page Viewed', 'visited'],
  ['Visit Started', 'visited'],
  ['Visit Ended', 'visited'],
  ['Order Completed', 'bought'],
])

/**
 * The stage a campaign serves: its playbook's, or without one the stage its trigger belongs to; undefined for campaigns outside the
 * journey, such as thanks for an order.
 */
export function stageServed({ playbook, trigger }: StageCampaign): Stage | undefined {
  const named = stages.find(
    (stage) => playbook !== null && stagePlaybooks[stage].includes(playbook),
  )
  return named ?? (playbook === null ? stageOfEvent.get(trigger) : undefined)
}

const rank = { live: 0, paused: 1, draining: 2, draft: 3, stopped: 4 } as const satisfies Record<
  CampaignState,
  number
>

/**
 * The campaigns of a stage that are not stopped, the one that serves it first: live before paused before draft, the newest of
 * equals. `chosen` counts those for chosen goods alone, which serve some of the stage and not the stage.
 */
export function servingFirst(
  campaigns: readonly StageCampaign[],
  stage: Stage,
): { readonly general: readonly StageCampaign[]; readonly chosen: number } {
  const ofStage = campaigns
    .filter((one) => one.state !== 'stopped' && stageServed(one) === stage)
    .sort((a, b) => rank[a.state] - rank[b.state] || b.id - a.id)
  const general = ofStage.filter((one) => !one.isForChosenGoods)
  return { general, chosen: ofStage.length - general.length }
}
