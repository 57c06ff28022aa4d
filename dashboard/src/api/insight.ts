import type {
  CohortAnswer,
  FunnelAnswer,
  FunnelGroupsAnswer,
  RfmAnswer,
} from '../../../server/src/insight/answers.ts'
import type { CohortBase, CohortReturn, CohortUnit } from '../../../server/src/insight/cohort.ts'
import type { FunnelGrouping } from '../../../server/src/insight/funnel.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { api } from './client.ts'

export type { CohortAnswer, FunnelAnswer, FunnelGroupsAnswer, RfmAnswer }

type Fresh = { readonly fresh?: '1' }

export type FunnelQuestion = {
  readonly days: number
  readonly window_days: number | undefined
  readonly path: 'any' | 'search'
  readonly segment: number | undefined
  readonly product: string | undefined
  readonly category: string | undefined
}
export const getFunnel = (question: FunnelQuestion & Fresh, signal?: AbortSignal) =>
  api.get<Kept<FunnelAnswer>>('/api/reports/funnel', question, signal)
export const getFunnelGroups = (
  question: FunnelQuestion & { readonly by: FunnelGrouping } & Fresh,
  signal?: AbortSignal,
) => api.get<Kept<FunnelGroupsAnswer>>('/api/reports/funnel/groups', question, signal)
export const funnelCsv = '/api/reports/funnel.csv'

export type CohortQuestion = {
  readonly base: CohortBase
  readonly returns: CohortReturn
  readonly unit: CohortUnit
}
export const getCohort = (question: CohortQuestion & Fresh, signal?: AbortSignal) =>
  api.get<Kept<CohortAnswer>>('/api/reports/cohort', question, signal)
export const cohortCsv = '/api/reports/cohort.csv'

export const getRfm = (asked: Fresh, signal?: AbortSignal) =>
  api.get<Kept<RfmAnswer>>('/api/reports/rfm', asked, signal)
export const rfmCsv = '/api/reports/rfm.csv'
