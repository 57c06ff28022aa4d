import { useQuery } from '@tanstack/react-query'
import { listCampaigns } from '../api/campaigns.ts'
import { listEvents } from '../api/events.ts'
import { listKeys } from '../api/settings.ts'
import { useMay, useSession } from '../app/session.tsx'

/** How far a shop has come from empty to its first campaign. */
export type Setup = {
  /** The public key for pages; undefined for those who may not see keys. */
  readonly pageKey: string | undefined
  readonly hasEvents: boolean
  readonly campaigns: number
}

/** Reads it from what the shop has; `everyMs` looks again, for the ticks of the first-steps page. */
export function useSetup(everyMs?: number) {
  const seesKeys = useMay('developer')
  const { shop } = useSession()
  return useQuery({
    queryKey: ['setup', shop.id, seesKeys],
    refetchInterval: everyMs ?? false,
    queryFn: async ({ signal }): Promise<Setup> => {
      const [keys, events, campaigns] = await Promise.all([
        seesKeys ? listKeys(signal) : undefined,
        listEvents({ limit: 1 }, signal),
        listCampaigns({ limit: 100 }, signal),
      ])
      const page = keys?.items.find((key) => key.scope === 'browser' && key.revokedAt === null)
      return {
        pageKey: page?.shown,
        hasEvents: events.items.length > 0,
        campaigns: campaigns.items.length,
      }
    },
  })
}
