import type { About } from '../../../server/src/recommendations/edition.ts'
import type { Evidence } from '../../../server/src/recommendations/evidence.ts'
import type { Recipe, StrategyName } from '../../../server/src/recommendations/recipe.ts'
import type { Recommended } from '../../../server/src/recommendations/recommended.ts'
import { api } from './client.ts'

export type { Evidence, Recipe, Recommended, StrategyName }

export const getRecommendations = (signal?: AbortSignal) =>
  api.get<About & { readonly computedAt: number | null; readonly tookMs: number | null }>(
    '/api/recommendations',
    {},
    signal,
  )

export const getEvidence = (
  { strategy, of }: { readonly strategy: StrategyName; readonly of?: string | undefined },
  signal?: AbortSignal,
) =>
  api.get<{ readonly items: readonly Evidence[] }>(
    `/api/recommendations/${strategy}/evidence`,
    { of },
    signal,
  )

export const countAnew = () => api.post<{ readonly asked: true }>('/api/recommendations/count', {})

export type Tried = { readonly items: readonly Recommended[]; readonly enough: boolean }

export const tryRecipe = (
  asked: { readonly recipe: Recipe; readonly customer?: number; readonly offSite?: boolean },
  signal?: AbortSignal,
) => api.post<Tried>('/api/recommendations/try', asked, signal)
