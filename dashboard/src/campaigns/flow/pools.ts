import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

type Pool = { readonly id: number; readonly name: string }
const none: readonly Pool[] = []

/** The pools of coupons that a campaign may give from. */
export function usePools(): readonly Pool[] {
  const pools = useQuery({
    queryKey: ['coupons', 'names'],
    queryFn: ({ signal }) =>
      api.get<{ readonly items: readonly Pool[] }>('/api/coupons', {}, signal),
    staleTime: 60_000,
    retry: false,
  })
  return pools.data?.items ?? none
}
