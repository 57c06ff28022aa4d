import type { SplitReport } from '../../../server/src/campaigns/split-report.ts'
import { api } from './client.ts'

/** The campaign's random splits, in the order of its flow; `windowHours`: how long the goal's `event` is counted. */
export type Splits = {
  readonly windowHours: number
  readonly event: string
  readonly splits: readonly SplitReport[]
}

export const getSplits = (campaign: number, signal?: AbortSignal) =>
  api.get<Splits>(`/api/campaigns/${campaign}/splits`, {}, signal)
