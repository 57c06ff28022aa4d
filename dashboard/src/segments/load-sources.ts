import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { listCampaigns } from '../api/campaigns.ts'
import { listLists } from '../api/lists.ts'
import { getVocabulary, listSegments } from '../api/segments.ts'
import type { Sources } from './sources.ts'

const minute = 60_000
// One array for all who wait: what is made of it stays the same too.
const none: Sources['campaigns'] = []

/** What the pickers are filled with. A segment is not offered to itself. */
export function useLoadedSources(self: number | undefined): Sources {
  const vocabulary = useQuery({
    queryKey: ['segments', 'vocabulary'],
    queryFn: ({ signal }) => getVocabulary(signal),
    staleTime: minute,
  })
  const segments = useQuery({
    queryKey: ['segments', 'names'],
    queryFn: ({ signal }) => listSegments({ limit: 200 }, signal),
    staleTime: minute,
  })
  const lists = useQuery({
    queryKey: ['lists'],
    queryFn: ({ signal }) => listLists(signal),
    staleTime: minute,
    retry: false,
  })
  const campaigns = useCampaignNames()
  return useMemo(
    () => ({
      vocabulary: vocabulary.data,
      segments: (segments.data?.items ?? []).filter(({ id }) => id !== self),
      lists: lists.data?.items ?? [],
      campaigns,
    }),
    [vocabulary.data, segments.data, lists.data, campaigns, self],
  )
}

/** The campaigns that a sentence may name. */
export function useCampaignNames(): Sources['campaigns'] {
  const campaigns = useQuery({
    queryKey: ['campaigns', 'names'],
    queryFn: ({ signal }) => listCampaigns({ limit: 200 }, signal),
    staleTime: minute,
  })
  return campaigns.data?.items ?? none
}
