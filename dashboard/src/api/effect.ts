import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import type { EffectReport } from '../../../server/src/proof/effect-report.ts'
import type { SegmentEffect } from '../../../server/src/proof/segment-effect.ts'
import { api } from './client.ts'

export type { EffectReport }
export type Outcome = EffectReport['outcomes'][number]
export type Effect = Outcome['effect']

export const getEffect = (
  id: number,
  asked: { readonly fresh?: '1' },
  signal?: AbortSignal,
): Promise<Kept<EffectReport>> => api.get(`/api/campaigns/${id}/effect`, asked, signal)

export const getSegmentEffect = (
  { campaign, segment }: { readonly campaign: number; readonly segment: number },
  asked: { readonly fresh?: '1' },
  signal?: AbortSignal,
): Promise<Kept<SegmentEffect>> =>
  api.get(`/api/campaigns/${campaign}/effect/segments/${segment}`, asked, signal)

export const putMargin = (margin: number | null) =>
  api.put<{ margin: number | null }>('/api/settings/margin', { margin })
