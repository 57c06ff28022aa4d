import type { CampaignState } from '../../../server/src/campaigns/campaign.ts'
import type { GoalMetric } from '../../../server/src/campaigns/goal-metric.ts'
import type { Stage } from '../../../server/src/facts/stage.ts'
import { api, type PageOf } from './client.ts'

export type { Stage }

/** What the campaign of a stage caused, against the people it left out on purpose. */
export type StageResult = {
  readonly verdict: 'helps' | 'harms' | 'open' | 'too_little'
  /** What the campaign is judged by. */
  readonly metric: GoalMetric
  readonly margin: number | null
  readonly people: { readonly treatment: number; readonly holdout: number }
  readonly lift: { readonly estimate: number; readonly low: number; readonly high: number } | null
  /** People still needed to be certain; null where unknown. */
  readonly needed: number | null
  /** The groups are not as large as set: nothing is claimed. */
  readonly isMismatched: boolean
  /** When it was counted, UTC ms; null: it is being counted for the first time. */
  readonly madeAt: number | null
}

export type StageCampaign = {
  readonly id: number
  readonly name: string
  readonly state: CampaignState
  /** Further campaigns that serve the stage. */
  readonly others: number
  /** Null for a draft. */
  readonly result: StageResult | null
}

export type StageColumn = {
  readonly stage: Stage
  readonly people: number
  /** Median of how long they have been there, in milliseconds. */
  readonly medianMs: number | null
  /** Times somebody came in and went on during the last seven days. */
  readonly entered: number
  readonly left: number
  /** Those who came in, day by day, the oldest first. */
  readonly days: readonly number[]
  readonly campaign: StageCampaign | null
  /** Campaigns for chosen goods alone: they serve some of the stage. */
  readonly chosen: number
  readonly playbook: { readonly id: string }
}

/** How often somebody went from one stage to another in seven days; `from` is null for newcomers. */
export type StageFlow = {
  readonly from: Stage | null
  readonly to: Stage
  readonly moves: number
}

export type Journey = {
  readonly at: number
  readonly columns: readonly StageColumn[]
  readonly flows: readonly StageFlow[]
}
export const getJourney = (signal?: AbortSignal) => api.get<Journey>('/api/journey', {}, signal)

export type StagePerson = {
  readonly id: number
  readonly name: string | null
  readonly member: boolean
  readonly since: number | null
}
export const listStagePeople = (
  stage: Stage,
  query: { readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<StagePerson>>(`/api/journey/${stage}/people`, query, signal)
