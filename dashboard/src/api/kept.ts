import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'

const askAgainMs = 1_000

/**
 * A report that the server keeps: asks again while it is being worked out, and while a newer one is. `fetch` is told whether
 * the person wants it worked out anew.
 */
export function useKept<T>(
  key: QueryKey,
  fetch: (asked: { readonly fresh?: '1' }, signal: AbortSignal) => Promise<Kept<T>>,
) {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetch({}, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? askAgainMs : false),
  })
  return {
    ...query,
    anew: async () => {
      await fetch({ fresh: '1' }, AbortSignal.timeout(60_000))
      await query.refetch()
    },
  }
}
export type KeptQuery<T> = ReturnType<typeof useKept<T>>

function isUnderWay(kept: Kept<unknown> | undefined): boolean {
  return kept?.state === 'working' || (kept?.state === 'ready' && kept.isRefreshing)
}
