import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import type { EffectReport } from '../../../server/src/proof/effect-report.ts'
import type { SharePlan } from '../../../server/src/proof/splits/plan.ts'
import type {
  Split,
  SplitInput,
  SplitMetric,
  SplitReach,
} from '../../../server/src/proof/splits/split.ts'
import { address, api } from './client.ts'

export type { Split, SplitInput, SplitMetric, SplitReach }

/** What could be shown by splitting a segment now. */
export type SplitPlan = {
  readonly people: number
  readonly leftOut: number
  readonly base: number | null
  readonly lift: number
  readonly shares: readonly SharePlan[]
}

export const listSplits = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly Split[] }>('/api/splits', {}, signal)
export const getSplit = (id: number, signal?: AbortSignal) =>
  api.get<Split>(`/api/splits/${id}`, {}, signal)
export const makeSplit = (input: SplitInput) => api.post<Split>('/api/splits', input)
export const planSplit = (
  asked: {
    readonly segment: number
    readonly reach: SplitReach
    readonly metric: SplitMetric
    readonly window_days: number
  },
  signal?: AbortSignal,
) => api.get<SplitPlan>('/api/splits/plan', asked, signal)
export const splitFile = (
  id: number,
  asked: { readonly arm: 'treatment' | 'holdout'; readonly language: 'ko' | 'en' },
) => address(`/api/splits/${id}/people.csv`, asked)
export const bringExposure = (id: number, file: File) =>
  api.upload<Split>(address(`/api/splits/${id}/exposure`, { name: file.name.slice(0, 200) }), {
    bytes: file,
    type: 'text/csv',
  })

const nothing = { orders: 0, revenue: 0 }

/** What sending caused, as the cards of a campaign's report read it: nothing is known of clicks, coupons and costs there. */
export async function getSplitEffect(
  id: number,
  asked: { readonly fresh?: '1' },
  signal?: AbortSignal,
): Promise<Kept<EffectReport>> {
  type Told = Omit<EffectReport, 'credit' | 'days' | 'sending'>
  const kept = await api.get<Kept<Told>>(`/api/splits/${id}/effect`, asked, signal)
  if (kept.state !== 'ready') return kept
  const credit = { lastTouch: nothing, click: nothing, coupon: nothing }
  return { ...kept, result: { ...kept.result, credit, days: [], sending: 0 } }
}

/** Whether a worker has it in hand. */
export const isDrawing = ({ state, exposure }: Split) =>
  state === 'drawing' || exposure?.state === 'reading'
